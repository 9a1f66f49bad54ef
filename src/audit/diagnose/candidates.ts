// The keys that a token is tried on, each imported as the library would, and leniently where it would not.

import { type JsonObject, parseJsonObject } from '../../encoding/json.js';
import { readPem } from '../../encoding/pem.js';
import type { JwtConfigError } from '../../errors.js';
import { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm, isAlgorithm } from '../../keys/algorithms.js';
import { exportMaterial, importJwk, importKey, type KeyMaterial } from '../../keys/import-key.js';
import { importSecret } from '../../keys/import-secret.js';
import { JWK_MEMBERS, type Jwk } from '../../keys/jwk.js';
import type { VerificationKey } from '../../keys/key.js';
import { readJwks } from '../facts/jwks.js';
import { type KeyFacts, readJwk, readKey } from '../facts/key.js';
import { readSecret } from '../facts/secret.js';
import { readSegment } from '../facts/segment.js';
import type { DiagnoseKey } from './options.js';

/** A key to try. Its name is its place in the options. */
export interface Candidate {
  readonly name: string;
  /** Absent where it cannot be imported, or is for no algorithm that is known here. */
  readonly key?: VerificationKey | undefined;
  /** Why the library would not take the key, in its own words. */
  readonly problem?: string | undefined;
  /** The bytes of an HMAC secret, where they can be had. */
  readonly secret?: Uint8Array | undefined;
  /** The text of a PEM, and its label where it is a usual one. */
  readonly pem?: string;
  readonly label?: string | undefined;
  /** `exp` of a JWK: seconds since 1970. */
  readonly expires?: number | undefined;
}

const SETTINGS = { extractable: true, modulusLength: 0 };

/** Reads the keys of one option; a set gives one for each member. `alg` is what the token says. */
export async function readCandidates(name: string, given: DiagnoseKey, alg: unknown): Promise<Candidate[]> {
  if ('cryptoKey' in given) return [await fromOurs(name, given)];
  if ('secret' in given) return [await fromSecret(name, readSecret(given.secret, undefined).bytes, given.algorithm)];
  if ('pem' in given) return [await fromPem(name, given.pem, given.algorithm, alg)];
  if ('jwk' in given) {
    const jwk = typeof given.jwk === 'string' ? parseJsonObject(given.jwk) : given.jwk;
    return [await fromJwk(await readJwk(jwk, name), given.algorithm, alg)];
  }
  const { problem, keys } = await readJwks(given.jwks);
  if (problem) return [{ name, problem: 'the JWK Set is not a JSON object with a list of keys' }];
  return Promise.all(keys.map((facts, i) => fromJwk({ ...facts, path: `${name}.jwks.keys[${i}]` }, undefined, alg)));
}

/** A key of ours; of an HMAC secret that may be exported, its bytes too. */
export async function fromOurs(name: string, key: VerificationKey): Promise<Candidate> {
  const { jwk } = key.role === 'secret' ? await readKey(key, name) : { jwk: {} as JsonObject };
  return { name, key, secret: typeof jwk.k === 'string' ? readSegment(jwk.k).bytes : undefined };
}

async function fromSecret(
  name: string,
  bytes: Uint8Array,
  algorithm: Algorithm,
  source: Uint8Array | { readonly jwk: Jwk } = bytes,
): Promise<Candidate> {
  const attempt = await attempting(() => importSecret(algorithm as 'HS256', source, SETTINGS));
  // Others take a secret that is too short: it may have signed the token all the same.
  return { name, secret: bytes, ...attempt, key: attempt.key ?? (await hmacKey(bytes, algorithm)) };
}

async function fromPem(name: string, pem: string, declared: Algorithm | undefined, alg: unknown): Promise<Candidate> {
  const facts = await readKey(pem, name);
  const label = facts.pem?.label;
  const { problem } = await attempting(async () => void readPem(pem));
  const algorithm = facts.pem ? algorithmOf(facts, declared, alg) : undefined;
  if (algorithm === undefined) return { name, problem, pem, label };
  const source = problem === undefined ? { pem } : { jwk: facts.jwk as Jwk };
  const attempt = await attempting(() => publicKey(algorithm, source, facts.isPrivate));
  return { name, pem, label, key: attempt.key, problem: problem ?? attempt.problem };
}

async function fromJwk(facts: KeyFacts, declared: Algorithm | undefined, alg: unknown): Promise<Candidate> {
  const { path: name, type, isPrivate } = facts;
  const jwk = facts.jwk as Jwk;
  const algorithm = algorithmOf(facts, declared, alg);
  if (algorithm === undefined)
    return { name, problem: type === undefined ? 'the JWK has no kty that is known' : undefined };
  const { exp } = facts.jwk;
  const expires = typeof exp === 'number' ? exp : undefined;
  if (ALGORITHMS[algorithm].keyType === 'oct') {
    const text = typeof jwk.k === 'string' ? jwk.k : '';
    const bytes = readSegment(text).bytes ?? readSecret(text, undefined).bytes;
    const candidate = await fromSecret(name, bytes, algorithm, { jwk });
    return { ...candidate, key: candidate.key && { ...candidate.key, ...(facts.kid && { id: facts.kid }) }, expires };
  }
  return { name, expires, ...(await attempting(() => publicKey(algorithm, { jwk }, isPrivate))) };
}

/** What a key is for: as declared, as its alg says, or as the token says where that fits the key. */
function algorithmOf(facts: KeyFacts, declared: Algorithm | undefined, alg: unknown): Algorithm | undefined {
  const named = declared ?? facts.alg;
  if (named !== undefined) return isAlgorithm(named) ? named : undefined;
  if (!isAlgorithm(alg)) return undefined;
  return ALGORITHMS[alg].keyType === facts.type && ALGORITHMS[alg].curve === facts.curve ? alg : undefined;
}

/** The public half, whichever half is given. */
async function publicKey(algorithm: Algorithm, source: KeyMaterial, isPrivate: boolean): Promise<VerificationKey> {
  const role = isPrivate ? 'private' : 'public';
  const key = await importKey(algorithm as AsymmetricAlgorithm, role, source, SETTINGS);
  if (!isPrivate) return key as VerificationKey;
  const { kty, crv, ...members } = await exportMaterial(algorithm, key.cryptoKey);
  const names = JWK_MEMBERS[ALGORITHMS[algorithm].keyType].public;
  const half: Jwk = Object.fromEntries(names.map((name) => [name, members[name]]));
  const jwk = { ...half, kty, ...(crv !== undefined && { crv }) };
  return (await importJwk(algorithm, 'public', jwk, { ...SETTINGS, ...(key.id && { id: key.id }) })) as VerificationKey;
}

/** A secret of any length as a key. Undefined where the runtime refuses it. */
export async function hmacKey(bytes: Uint8Array, algorithm: Algorithm): Promise<VerificationKey | undefined> {
  try {
    const { parameters } = ALGORITHMS[algorithm];
    const copy = Uint8Array.from(bytes);
    const cryptoKey = await crypto.subtle.importKey('raw', copy, parameters, false, ['verify']);
    return { algorithm, role: 'secret', cryptoKey } as VerificationKey;
  } catch {
    return undefined;
  }
}

/** Imports a key, or says in the words of the library why it cannot be. */
async function attempting(make: () => Promise<unknown>): Promise<Pick<Candidate, 'key' | 'problem'>> {
  try {
    return { key: (await make()) as VerificationKey };
  } catch (error) {
    // The messages of these errors hold no value.
    return { problem: (error as JwtConfigError).message };
  }
}
