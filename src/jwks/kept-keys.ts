// A key set that is loaded when it is needed and kept as long as it may be: the state behind every fetched source.

import { isObject, type JsonObject, parseJsonObject } from '../encoding/json.js';
import { JwtError } from '../errors.js';
import type { JwsHeader } from '../jws/header.js';
import type { KeySource } from '../jws/key-source.js';
import { secondsNow } from '../jwt/clock.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import type { VerificationKey } from '../keys/key.js';
import type { Fetched, PlatformAbortSignal } from './fetch-json.js';
import { importKeySet, type KeySet, type SkippedKey } from './jwk-set.js';
import type { CheckedOptions, KeySetEvent, RemoteSettings } from './remote-options.js';
import { unavailable } from './unavailable.js';
import { within } from './within.js';

/** How a fetched key set stands. Times are seconds since 1970. */
export interface KeySetStatus {
  /**
   * `fresh`: in use. `stale`: older than its age; in use while its source fails. `expired`: too old even for that.
   * `empty`: never loaded.
   */
  readonly state: 'empty' | 'fresh' | 'stale' | 'expired';
  /** Usable keys; one that serves several of the algorithms counts once for each. */
  readonly keys: number;
  readonly skipped: readonly SkippedKey[];
  readonly loadedAt: number | undefined;
  readonly freshUntil: number | undefined;
  readonly usableUntil: number | undefined;
  readonly attemptedAt: number | undefined;
  /** Why the last attempt failed; `undefined` when it did not. */
  readonly error: JwtError | undefined;
}

/** A source of keys that are fetched. */
export interface RemoteKeySource extends KeySource {
  readonly algorithms: readonly AsymmetricAlgorithm[];
  /** What the source does, defaults included. */
  readonly settings: RemoteSettings;
  find(header: JwsHeader): VerificationKey | undefined | Promise<VerificationKey | undefined>;
  /** How the set stands now. */
  status(): KeySetStatus;
  /**
   * Loads the set now, whatever its age: before the first token, or because its issuer withdrew a key.
   *
   * @throws JwtError `ERR_JWT_KEYS_UNAVAILABLE` when it cannot be had; what was loaded before stays in use.
   */
  refresh(): Promise<void>;
}

/** Where shared requests are not possible: how many may be under way together, and how often others look. */
const MAX_PARALLEL = 8;
const POLL_MILLISECONDS = 20;

/** Without a usable set attempts are made more often than the cooldown: every token is being refused. */
const EMPTY_COOLDOWN = 1;

/**
 * Makes a source of what `load` brings.
 *
 * @param name - what the set is called in a shared cache.
 */
export function keepKeys(
  name: string,
  load: (signal: PlatformAbortSignal) => Promise<Fetched>,
  { algorithms, settings, cache, onEvent, clock }: CheckedOptions,
): RemoteKeySource {
  const { timeout, maxAge, cooldown, staleIfError, maxKeys, shareRequests } = settings;
  let set: KeySet | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let lifetime = 0;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let failure: JwtError | undefined;
  let pending: Promise<unknown> | undefined;
  let underWay = 0;
  let attempts = 0;
  let adoptedAttempt = 0;

  // Distances, not differences: a clock that is set back must not make a set young again.
  const isFresh = (now: number) => Math.abs(now - loadedAt) < lifetime;
  const isUsable = (now: number) => Math.abs(now - loadedAt) < lifetime + staleIfError;
  const mayTry = (now: number) => Math.abs(now - attemptedAt) >= (isUsable(now) ? cooldown : EMPTY_COOLDOWN);
  /** Whether what is there counts without another look at the source. */
  const counts = (now: number) => isFresh(now) || (failure !== undefined && isUsable(now) && !mayTry(now));

  function tell(event: KeySetEvent): void {
    try {
      onEvent?.(event);
    } catch {
      // Whoever watches does not decide about tokens.
    }
  }

  async function adopt(
    document: JsonObject,
    from: 'source' | 'cache',
    number: number,
    at: number,
    age: unknown,
  ): Promise<void> {
    const adopted = await importKeySet(document, algorithms, maxKeys, set);
    // Where requests are not shared, an older answer may come after a newer one.
    if (number < adoptedAttempt) return;
    if (from === 'source') adoptedAttempt = number;
    set = adopted;
    loadedAt = at;
    lifetime = Math.min(maxAge, Math.max(cooldown, typeof age === 'number' ? age : maxAge));
    failure = undefined;
    tell({ type: 'loaded', from, keys: set.keys.size, skipped: set.skipped });
  }

  /** Takes over what another process has loaded; whether that saves an attempt of our own. */
  async function adoptCached(header: JwsHeader, number: number, now: number): Promise<boolean> {
    try {
      const text = await within(timeout, async () => cache?.get(name));
      if (typeof text !== 'string') return false;
      const { at, age, document } = parseJsonObject(text) ?? {};
      if (typeof at !== 'number' || !isObject(document))
        throw unavailable('the cache holds something else than a key set');
      if (at <= loadedAt || at > now) return false;
      await adopt(document, 'cache', number, at, age);
    } catch (error) {
      tell({ type: 'cache-failed', error });
      return false;
    }
    if (!isFresh(now) || (now - loadedAt >= cooldown && !set?.find(header))) return false;
    // The other's attempt counts as ours.
    attemptedAt = loadedAt;
    return true;
  }

  async function share(document: JsonObject, now: number): Promise<void> {
    const text = JSON.stringify({ at: now, age: lifetime, document });
    try {
      await within(timeout, async () => cache?.set(name, text, Math.ceil(lifetime + staleIfError)));
    } catch (error) {
      tell({ type: 'cache-failed', error });
    }
  }

  /** One attempt. Never rejects: a failure is kept, and what is there goes on being used as long as it may be. */
  async function attempt(now: number, header?: JwsHeader): Promise<JwtError | undefined> {
    const number = ++attempts;
    attemptedAt = now;
    try {
      if (cache && header && (await adoptCached(header, number, now))) return undefined;
      const { document, maxAge: age } = await within(timeout, load);
      await adopt(document, 'source', number, now, age);
      if (cache) await share(document, now);
      return undefined;
    } catch (cause) {
      const error = cause instanceof JwtError ? cause : unavailable('the key set could not be loaded');
      if (number > adoptedAttempt) failure = error;
      tell({ type: 'failed', error });
      return error;
    } finally {
      underWay = 0;
    }
  }

  /** Makes an attempt if it is time for one, or waits for the one under way. */
  async function refreshed(now: number, header: JwsHeader): Promise<void> {
    if (shareRequests) {
      if (mayTry(now))
        pending ??= attempt(now, header).finally(() => {
          pending = undefined;
        });
      await pending;
      return;
    }
    if (mayTry(now)) underWay = 0;
    else if (underWay === 0) return;
    if (underWay++ < MAX_PARALLEL) {
      await attempt(now, header);
      return;
    }
    // Each waits for timers of its own and sees what another's attempt has left; never for another's promise.
    for (let waited = 0; underWay > 0 && waited < timeout * 1000; waited += POLL_MILLISECONDS)
      await new Promise((done) => setTimeout(done, POLL_MILLISECONDS));
  }

  async function findLater(now: number, header: JwsHeader, known: VerificationKey | undefined) {
    const refreshing = refreshed(now, header);
    // While the source is known to fail nobody waits for it, where the attempt can go on without a waiting request.
    if (known && failure && shareRequests) return known;
    await refreshing;
    const usable = isUsable(secondsNow(clock));
    const found = usable ? set?.find(header) : undefined;
    // A key that is not there may be one that could not be fetched: then nothing is known of the token.
    if (!found && (failure || !usable)) throw failure ?? unavailable('the key set has not arrived yet');
    return found;
  }

  return {
    algorithms,
    settings,
    find(header) {
      const now = secondsNow(clock);
      const known = isUsable(now) ? set?.find(header) : undefined;
      return known && counts(now) ? known : findLater(now, header, known);
    },
    trusts: (key) => set !== undefined && counts(secondsNow(clock)) && set.has(key),
    async refresh() {
      const error = await attempt(secondsNow(clock));
      if (error) throw error;
    },
    status() {
      const now = secondsNow(clock);
      const used = isFresh(now) ? 'fresh' : isUsable(now) ? 'stale' : 'expired';
      return {
        state: set ? used : 'empty',
        keys: set?.keys.size ?? 0,
        skipped: set?.skipped ?? [],
        loadedAt: set && loadedAt,
        freshUntil: set && loadedAt + lifetime,
        usableUntil: set && loadedAt + lifetime + staleIfError,
        attemptedAt: attempts > 0 ? attemptedAt : undefined,
        error: failure,
      };
    },
  };
}
