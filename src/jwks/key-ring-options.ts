import { type Duration, parseDuration } from '../encoding/duration.js';
import { checkOptions } from '../encoding/options.js';
import type { Clock } from '../jwt/clock.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import { check } from './check.js';
import { checkAlgorithms } from './jwk-set.js';
import type { RingSchedule } from './key-ring-state.js';
import { type KeyRingStore, memoryKeyRingStore } from './key-ring-store.js';
import { canShareRequests } from './share-requests.js';

/** How a key ring turns. Durations are seconds, or text such as `'90d'`. */
export interface KeyRingOptions<A extends AsymmetricAlgorithm = AsymmetricAlgorithm> {
  /** What the ring signs with. */
  readonly algorithm: A;
  /** The longest life of any token that the ring signs. */
  readonly tokenLifetime: Duration;
  /** How long a key signs; 90 days by default. */
  readonly rotateEvery?: Duration;
  /** How long the published set may be kept, its `max-age`; 10 minutes by default. */
  readonly maxAge?: Duration;
  /** How long a retired key goes on verifying: at least, and by default, `tokenLifetime` + `maxAge`. */
  readonly overlap?: Duration;
  /** How often the store is looked at; 10 seconds by default. */
  readonly syncEvery?: Duration;
  /** Shared by the processes that sign; memory of this process by default. */
  readonly store?: KeyRingStore;
  /** Whether callers who wait share one look at the store. By default they do, except on Cloudflare Workers. */
  readonly shareRequests?: boolean;
  /** Tells the time in milliseconds; `Date.now` by default. */
  readonly clock?: Clock;
}

/** What a ring does, defaults included; durations in seconds. The audit reads it. */
export interface KeyRingSettings extends RingSchedule {
  readonly tokenLifetime: number;
  readonly maxAge: number;
  readonly syncEvery: number;
}

const OPTIONS: readonly (keyof KeyRingOptions)[] = [
  'algorithm',
  'tokenLifetime',
  'rotateEvery',
  'maxAge',
  'overlap',
  'syncEvery',
  'store',
  'shareRequests',
  'clock',
];

/** Options that have been checked. */
export interface CheckedRingOptions {
  readonly settings: KeyRingSettings;
  readonly store: KeyRingStore;
  readonly shareRequests: boolean;
  readonly clock: Clock;
}

/**
 * Checks the options of a ring and fills in the defaults.
 *
 * @throws JwtConfigError naming the option that is missing, unknown, or would leave tokens without their key.
 */
export function checkRingOptions(options: KeyRingOptions): CheckedRingOptions {
  checkOptions(options, OPTIONS, 'createKeyRing');
  checkAlgorithms([options.algorithm]);
  const { store = memoryKeyRingStore(), shareRequests = canShareRequests(), clock = Date.now } = options;
  check(typeof clock === 'function', 'clock must be a function such as Date.now');
  check(typeof shareRequests === 'boolean', 'shareRequests must be true or false');
  check(
    [store?.read, store?.compareAndSet].every((method) => typeof method === 'function'),
    'store needs read() and compareAndSet()',
  );
  const tokenLifetime = parseDuration(options.tokenLifetime, 'tokenLifetime');
  const { maxAge: age = 600, rotateEvery: every = 7_776_000, syncEvery: sync = 10 } = options;
  const maxAge = parseDuration(age, 'maxAge');
  const syncEvery = parseDuration(sync, 'syncEvery');
  const rotateEvery = parseDuration(every, 'rotateEvery');
  const { overlap: given = tokenLifetime + maxAge } = options;
  const overlap = parseDuration(given, 'overlap');
  // A cache between may keep the set for its whole age before a verifier does; the publisher may be one look behind.
  const lead = 2 * maxAge + syncEvery;
  check(tokenLifetime >= 1 && maxAge >= 1, 'tokenLifetime and maxAge must be at least 1 second');
  check(
    overlap >= tokenLifetime + maxAge,
    'overlap must be at least tokenLifetime + maxAge: a key must outlive its tokens',
  );
  check(rotateEvery > lead, 'rotateEvery must be longer than twice maxAge and syncEvery together');
  return {
    settings: Object.freeze({ rotateEvery, overlap, lead, tokenLifetime, maxAge, syncEvery }),
    store,
    shareRequests,
    clock,
  };
}
