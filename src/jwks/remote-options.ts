// The options that all fetched key sets share.

import { type Duration, parseDuration } from '../encoding/duration.js';
import { checkOptions } from '../encoding/options.js';
import type { JwtError } from '../errors.js';
import type { Clock } from '../jwt/clock.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import { check } from './check.js';
import type { FetchFunction } from './fetch-json.js';
import { checkAlgorithms, type SkippedKey } from './jwk-set.js';
import { canShareRequests } from './share-requests.js';

/**
 * Keeps key sets for short-lived isolates: Workers KV, Redis, the Cache API.
 *
 * What it returns is trusted like the issuer's own answer: nobody else may be able to write there.
 */
export interface KeySetCache {
  /** The text that was last set under a name; anything but text when there is none. */
  get(name: string): unknown | Promise<unknown>;
  /** Keeps a text; after `lifetime` seconds it is useless and may go. */
  set(name: string, text: string, lifetime: number): unknown | Promise<unknown>;
}

/** What happened to a key set. */
export type KeySetEvent =
  /** A set was taken over: from its source, or from the shared cache. */
  | {
      readonly type: 'loaded';
      readonly from: 'source' | 'cache';
      readonly keys: number;
      readonly skipped: readonly SkippedKey[];
    }
  /** The source gave no usable set. */
  | { readonly type: 'failed'; readonly error: JwtError }
  /** The shared cache failed, or held something else than a set; the source was asked instead. */
  | { readonly type: 'cache-failed'; readonly error: unknown };

/** How a key set is fetched and kept. Durations are seconds, or text such as `'10m'`. */
export interface RemoteOptions {
  /** The only algorithms that count, whatever the set says. HMAC is refused: a published key is no secret. */
  readonly algorithms: readonly AsymmetricAlgorithm[];
  /** Longest time one attempt may take, body included; 5 seconds by default, at most 5 minutes. */
  readonly timeout?: Duration;
  /** Longest time a set is used without asking again; 10 minutes by default. A shorter `max-age` of the server counts. */
  readonly maxAge?: Duration;
  /** Least time between two attempts, whatever kids tokens name; 30 seconds by default, at least 1. */
  readonly cooldown?: Duration;
  /** How long a set is used beyond its age while its source fails (RFC 5861 §4); 24 hours by default, 0 for not at all. */
  readonly staleIfError?: Duration;
  /** Largest body read, in bytes; 256 KiB by default. */
  readonly maxBytes?: number;
  /** Most keys a set may have; 100 by default. */
  readonly maxKeys?: number;
  /** Shares sets between isolates or processes. */
  readonly cache?: KeySetCache;
  /** Used instead of the platform's `fetch`. Must honour `redirect: 'manual'`. */
  readonly fetch?: FetchFunction;
  /** Also allows `http://localhost`, `http://127.0.0.1` and `http://[::1]`, for development and tests. */
  readonly allowLocalhost?: boolean;
  /**
   * Whether verifications that wait share one request. By default they do, except on Cloudflare Workers, where a
   * request that awaits another's promise may hang for ever.
   */
  readonly shareRequests?: boolean;
  /** Told whatever happens. What it throws is ignored. */
  readonly onEvent?: (event: KeySetEvent) => void;
  /** Tells the time in milliseconds; `Date.now` by default. */
  readonly clock?: Clock;
}

/** The options with their defaults filled in; durations in seconds. The audit reads them. */
export interface RemoteSettings {
  /** Where the set is fetched, without the query; `undefined` for a function. */
  readonly url: string | undefined;
  /** The issuer whose discovery document names the set, if that is how it is found. */
  readonly issuer: string | undefined;
  /** Hosts besides the issuer's own that its discovery document may name. */
  readonly jwksHosts: readonly string[];
  readonly timeout: number;
  readonly maxAge: number;
  readonly cooldown: number;
  readonly staleIfError: number;
  readonly maxBytes: number;
  readonly maxKeys: number;
  readonly allowLocalhost: boolean;
  readonly shareRequests: boolean;
}

const OPTIONS: readonly (keyof RemoteOptions)[] = [
  'algorithms',
  'timeout',
  'maxAge',
  'cooldown',
  'staleIfError',
  'maxBytes',
  'maxKeys',
  'cache',
  'fetch',
  'allowLocalhost',
  'shareRequests',
  'onEvent',
  'clock',
];

/** Options that have been checked, and what is not a setting beside the settings. */
export interface CheckedOptions {
  readonly algorithms: readonly AsymmetricAlgorithm[];
  readonly settings: RemoteSettings;
  readonly cache: KeySetCache | undefined;
  readonly fetch: FetchFunction | undefined;
  readonly onEvent: ((event: KeySetEvent) => void) | undefined;
  readonly clock: Clock;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws JwtConfigError naming the option that is missing, unknown or not what it should be.
 */
export function checkRemoteOptions(
  options: RemoteOptions,
  what: string,
  source: { readonly url?: string; readonly issuer?: string; readonly jwksHosts?: readonly string[] },
  ...more: string[]
): CheckedOptions {
  checkOptions(options, [...OPTIONS, ...more], what);
  const {
    timeout = 5,
    maxAge = 600,
    cooldown = 30,
    staleIfError = 86_400,
    maxBytes = 262_144,
    maxKeys = 100,
  } = options;
  const {
    cache,
    fetch,
    onEvent,
    clock = Date.now,
    allowLocalhost = false,
    shareRequests = canShareRequests(),
  } = options;
  const algorithms = checkAlgorithms(options.algorithms);
  for (const [name, value] of Object.entries({ fetch, onEvent, clock }))
    check(value === undefined || typeof value === 'function', `${name} must be a function`);
  check(
    cache === undefined || [cache?.get, cache?.set].every((method) => typeof method === 'function'),
    'cache needs get() and set()',
  );
  for (const [name, value] of Object.entries({ allowLocalhost, shareRequests }))
    check(typeof value === 'boolean', `${name} must be true or false`);
  for (const [name, value] of Object.entries({ maxBytes, maxKeys }))
    check(Number.isSafeInteger(value) && value > 0, `${name} must be a positive whole number`);
  const seconds = {
    timeout: parseDuration(timeout, 'timeout'),
    maxAge: parseDuration(maxAge, 'maxAge'),
    cooldown: parseDuration(cooldown, 'cooldown'),
    staleIfError: parseDuration(staleIfError, 'staleIfError'),
  };
  // A longer one would not fit the platform's timers in milliseconds.
  check(seconds.timeout > 0 && seconds.timeout <= 300, 'timeout must be more than 0 and at most 5 minutes');
  check(
    seconds.cooldown >= 1 && seconds.cooldown <= seconds.maxAge,
    'cooldown must be at least 1 second and at most maxAge',
  );
  const { url, issuer, jwksHosts = [] } = source;
  const settings = Object.freeze({
    url,
    issuer,
    jwksHosts: Object.freeze([...jwksHosts]),
    ...seconds,
    maxBytes,
    maxKeys,
    allowLocalhost,
    shareRequests,
  });
  return { algorithms, settings, cache, fetch, onEvent, clock };
}
