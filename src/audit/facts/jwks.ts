import { isObject, parseJsonObject } from '../../encoding/json.js';
import { type KeyFacts, readJwk } from './key.js';
import { own } from './token.js';

/** A JWK Set as far as it can be read. */
export interface JwksFacts {
  readonly path: '/jwks';
  /** Why there are no keys: the text is no JSON object, or it has no list `keys`. */
  readonly problem: 'not-json' | 'no-keys' | undefined;
  readonly keys: readonly KeyFacts[];
}

/** Most keys of a set that are read. */
const MOST_KEYS = 1000;
/** Longest JSON text that is read, in characters. */
const LONGEST = 1_048_576;

/** Reads a set given as document or JSON text. Whatever it holds, nothing is thrown. */
export async function readJwks(given: string | Readonly<Record<string, unknown>>): Promise<JwksFacts> {
  const document = typeof given !== 'string' ? given : given.length > LONGEST ? undefined : parseJsonObject(given);
  const list = own(document, 'keys');
  const problem = !isObject(document) ? 'not-json' : Array.isArray(list) ? undefined : 'no-keys';
  const members: readonly unknown[] = problem ? [] : (list as unknown[]).slice(0, MOST_KEYS);
  const keys = await Promise.all(members.map((jwk, i) => readJwk(jwk, `/jwks/keys/${i}`)));
  return { path: '/jwks', problem, keys };
}
