// JWK Sets (RFC 7517 §5): which of their keys can be used, and which key a header means.

import { isObject, type JsonObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import type { JwsHeader } from '../jws/header.js';
import { ALGORITHMS, type AsymmetricAlgorithm, isAlgorithm } from '../keys/algorithms.js';
import { importJwk } from '../keys/import-key.js';
import { type Jwk, PRIVATE_MEMBERS } from '../keys/jwk.js';
import type { PublicKey, VerificationKey } from '../keys/key.js';
import { unavailable } from './unavailable.js';

/** A JWK Set (RFC 7517 §5). */
export interface JwkSet {
  readonly keys: readonly Jwk[];
}

/** A key of a set that verifies nothing, and why. */
export interface SkippedKey {
  /** Its place in the set, from 0. */
  readonly index: number;
  /**
   * `secret` and `private`: what should never be published, so nobody's signature any more; `duplicate`: another
   * key has the same algorithm and id; `unusable`: not for the declared algorithms, too weak, or malformed.
   */
  readonly reason: 'secret' | 'private' | 'duplicate' | 'unusable';
  readonly message: string;
}

/** The usable keys of a set. */
export interface KeySet {
  /** By algorithm and everything of the JWK that counts, so that a key keeps its object while its set is reloaded. */
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly skipped: readonly SkippedKey[];
  find(header: JwsHeader): PublicKey | undefined;
  has(key: VerificationKey): boolean;
}

/** The members that decide what a key is. */
const IDENTITY = ['kty', 'kid', 'alg', 'use', 'key_ops', 'crv', 'x', 'y', 'n', 'e', 'pub'];

interface Candidate {
  readonly index: number;
  readonly name: string;
  readonly identity: string;
  readonly key: PublicKey;
}

/**
 * Checks the algorithms of a key set.
 *
 * @throws JwtConfigError for an empty list, an unknown algorithm, or HMAC, which no set of public keys can serve.
 */
export function checkAlgorithms(algorithms: unknown): readonly AsymmetricAlgorithm[] {
  const list: unknown[] = Array.isArray(algorithms) ? algorithms : [];
  if (list.length === 0 || !list.every((name) => isAlgorithm(name) && ALGORITHMS[name].keyType !== 'oct'))
    throw new JwtConfigError(
      "algorithms must list what the tokens are signed with, such as ['ES256']; HMAC has no public keys",
    );
  return Object.freeze([...new Set(list as AsymmetricAlgorithm[])]);
}

/**
 * Imports what can be used of a set: public keys, for the declared algorithms only (RFC 8725 §3.1).
 *
 * @param known - the keys of an earlier state of the set: those that are still in it are taken over.
 * @throws JwtError `ERR_JWT_KEYS_UNAVAILABLE` when it is no set, or holds too many keys.
 */
export async function importKeySet(
  document: JsonObject,
  algorithms: readonly AsymmetricAlgorithm[],
  maxKeys: number,
  known?: KeySet,
): Promise<KeySet> {
  const list = document.keys;
  if (!Array.isArray(list) || list.length > maxKeys)
    throw unavailable(`the key set must have a list of at most ${maxKeys} keys`);
  const candidates: Candidate[] = [];
  const skipped: SkippedKey[] = [];
  for (const [index, jwk] of list.entries()) {
    const [reason, message] = refusal(jwk) ?? [];
    if (reason) {
      skipped.push({ index, reason, message: message! });
      continue;
    }
    const possible = algorithms.filter((algorithm) => ALGORITHMS[algorithm].keyType === jwk.kty);
    let problem = possible.length === 0 ? 'the JWK is for none of the declared algorithms' : undefined;
    for (const algorithm of possible) {
      const identity = algorithm + JSON.stringify(jwk, IDENTITY);
      try {
        const key = known?.keys.get(identity) ?? (await importPublic(algorithm, jwk));
        candidates.push({ index, name: keyName(algorithm, key.id), identity, key });
      } catch (error) {
        problem = (error as Error).message;
      }
    }
    if (problem && candidates.at(-1)?.index !== index) skipped.push({ index, reason: 'unusable', message: problem });
  }
  return toKeySet(candidates, skipped);
}

async function importPublic(algorithm: AsymmetricAlgorithm, jwk: Jwk): Promise<PublicKey> {
  return (await importJwk(algorithm, 'public', jwk, { extractable: true, modulusLength: 0 })) as PublicKey;
}

/** Why a member of the list is not even looked at. */
function refusal(jwk: unknown): [SkippedKey['reason'], string] | undefined {
  if (!isObject(jwk)) return ['unusable', 'the JWK must be an object'];
  if (jwk.kty === 'oct' || 'k' in jwk) return ['secret', 'the JWK is a secret: a set of public keys must not hold any'];
  if (PRIVATE_MEMBERS.some((name) => name in jwk))
    return ['private', 'the JWK holds a private key: replace it, it is public now'];
  return undefined;
}

function keyName(algorithm: string, kid: string | undefined): string {
  return kid === undefined ? algorithm : `${algorithm} ${kid}`;
}

function toKeySet(candidates: readonly Candidate[], skipped: SkippedKey[]): KeySet {
  const byName = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { name, identity } of candidates) {
    if (byName.has(name) && byName.get(name) !== identity) ambiguous.add(name);
    byName.set(name, identity);
  }
  const keys = new Map<string, PublicKey>();
  for (const { index, name, identity, key } of candidates) {
    // Which of the two is meant cannot be known, and trying both would let a set choose.
    if (ambiguous.has(name)) skipped.push({ index, reason: 'duplicate', message: 'another JWK has the same kid' });
    else keys.set(identity, key);
  }
  const trusted = new Set<VerificationKey>(keys.values());
  const byAlgorithm = new Map<string, PublicKey[]>();
  for (const key of keys.values()) {
    const sameAlgorithm = byAlgorithm.get(key.algorithm);
    if (sameAlgorithm) sameAlgorithm.push(key);
    else byAlgorithm.set(key.algorithm, [key]);
  }
  return {
    keys,
    skipped,
    find({ alg, kid }) {
      const named = kid === undefined ? undefined : keys.get(byName.get(keyName(alg, kid))!);
      if (named) return named;
      // Without two names to compare, only a key that stands alone can be meant.
      const [only, ...others] = byAlgorithm.get(alg) ?? [];
      return others.length === 0 && (kid === undefined || only?.id === undefined) ? only : undefined;
    },
    has: (key) => trusted.has(key),
  };
}
