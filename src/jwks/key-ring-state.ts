// The keys of a ring on their schedule: published, signing, retired, dropped. Times are seconds since 1970.

import { isObject, parseJsonObject } from '../encoding/json.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import { key } from '../keys/builder.js';
import { exportJwk } from '../keys/export-key.js';
import type { Jwk } from '../keys/jwk.js';
import { publicHalf } from './publish.js';
import { unavailable } from './unavailable.js';

/** A key of the ring. It signs from its time on until its successor does. */
export interface RingKey {
  /** With the private half until it is retired: what is not there cannot sign. */
  readonly jwk: Jwk;
  readonly signsFrom: number;
}

/** When the keys change. Seconds. */
export interface RingSchedule {
  readonly rotateEvery: number;
  /** How long a retired key goes on verifying. */
  readonly overlap: number;
  /** How long a key is published before it signs. */
  readonly lead: number;
}

/** Makes a key that is named by its thumbprint, as a private JWK. */
export async function makeJwk(algorithm: AsymmetricAlgorithm): Promise<Jwk> {
  const { privateKey } = await key(algorithm).id().extractable().generate();
  return exportJwk(privateKey);
}

/** When the key at an index stops verifying: the overlap after its successor began to sign. */
export function usableUntil(keys: readonly RingKey[], index: number, { overlap }: RingSchedule): number {
  return (keys[index + 1]?.signsFrom ?? Number.POSITIVE_INFINITY) + overlap;
}

/** When the next key must begin to sign, if now is the time to publish it. */
export function nextSignsFrom(
  keys: readonly RingKey[],
  now: number,
  { rotateEvery, lead }: RingSchedule,
): number | undefined {
  const last = keys.at(-1);
  // The very first key signs at once: nobody can have an older set.
  if (!last) return now;
  const due = last.signsFrom + rotateEvery;
  // Never sooner than the lead from now, however long the ring slept.
  return now < due - lead ? undefined : Math.max(due, now + lead);
}

/** The keys without those that are dropped by now, and retired ones without their private halves. */
export function withoutSpent(keys: readonly RingKey[], now: number, schedule: RingSchedule): RingKey[] {
  return keys
    .map(({ jwk, signsFrom }, i) => ({
      jwk: now < (keys[i + 1]?.signsFrom ?? Infinity) ? jwk : publicHalf(jwk),
      signsFrom,
    }))
    .filter((_, i) => now < usableUntil(keys, i, schedule));
}

/**
 * Reads the text of a state.
 *
 * @throws JwtError `ERR_JWT_KEYS_UNAVAILABLE` when it is anything but the keys of a ring in order.
 */
export function parseRing(text: unknown): RingKey[] {
  const { keys } = (typeof text === 'string' ? parseJsonObject(text) : undefined) ?? {};
  let before = Number.NEGATIVE_INFINITY;
  const isNext = (entry: unknown) => {
    if (!isObject(entry) || !isObject(entry.jwk) || typeof entry.signsFrom !== 'number' || entry.signsFrom < before)
      return false;
    before = entry.signsFrom;
    return true;
  };
  if (Array.isArray(keys) && keys.length > 0 && keys.every(isNext)) return keys as RingKey[];
  throw unavailable('the store of the key ring holds something else than its state');
}
