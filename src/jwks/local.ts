import { isObject, parseJsonObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import type { KeySource } from '../jws/key-source.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import { checkAlgorithms, importKeySet, type JwkSet, type SkippedKey } from './jwk-set.js';

/** A source of keys that were there from the start. */
export interface LocalKeySource extends KeySource {
  /** How many keys are usable, and which were skipped. */
  status(): { readonly keys: number; readonly skipped: readonly SkippedKey[] };
}

/**
 * The keys of a JWK Set that you have: an object, or its JSON text.
 *
 * Keys for other algorithms or uses are skipped; `status()` tells which.
 *
 * @throws JwtConfigError when no key is usable, two have the same id, or one is a secret or a private key.
 * @example
 * ```ts
 * import { createVerifier, key } from 'jwtight';
 * import { localJwks, publishJwks } from 'jwtight/jwks';
 *
 * const { publicKey } = await key('ES256').id().generate();
 * const keys = await localJwks(await publishJwks([publicKey]), { algorithms: ['ES256'] });
 * const verify = createVerifier({ keys, issuer: 'https://auth.example.com', audience: 'billing-api' });
 * console.log(keys.status()); // { keys: 1, skipped: [] }
 * ```
 */
export async function localJwks(
  set: JwkSet | string,
  options: { readonly algorithms: readonly AsymmetricAlgorithm[] },
): Promise<LocalKeySource> {
  checkOptions(options, ['algorithms'], 'localJwks');
  const algorithms = checkAlgorithms(options.algorithms);
  const document = typeof set === 'string' ? parseJsonObject(set) : set;
  if (!isObject(document) || !Array.isArray(document.keys))
    throw new JwtConfigError('the set must be an object with a list of keys, or its JSON text without duplicate names');
  const { keys, skipped, find, has } = await importKeySet(document, algorithms, Number.POSITIVE_INFINITY);
  const refused = skipped.find(({ reason }) => reason !== 'unusable') ?? (keys.size === 0 ? skipped[0] : undefined);
  if (refused) throw new JwtConfigError(`key ${refused.index} of the set cannot be used: ${refused.message}`);
  if (keys.size === 0) throw new JwtConfigError('the set has no keys');
  return { algorithms, find, trusts: has, status: () => ({ keys: keys.size, skipped }) };
}
