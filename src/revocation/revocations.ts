// What every store does with claims before it touches its entries.

import { type Duration, MAX_SECONDS } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError, JwtError } from '../errors.js';
import type { JwtClaims } from '../jwt/claims.js';
import { type Clock, secondsNow } from '../jwt/clock.js';
import { malformedClaim, missingClaim } from '../jwt/registered-claims.js';
import type { RevocationStore } from '../jwt/revocation-store.js';
import { checkClock, positiveDuration } from '../stores/options.js';
import { entryKey } from './entry-key.js';

/** For how long to remember a token that does not say itself when it ends. */
export interface KeepOptions {
  /** For tokens without `exp`: how long they stay good, from now or from `iat`, whichever is later. */
  readonly ttl?: Duration;
}

/** A store of revoked tokens that also remembers which tokens have been used. */
export interface Revocations extends RevocationStore {
  /**
   * Revokes one token until it has expired. Pass its verified claims.
   *
   * @throws JwtError `ERR_JWT_CLAIM_MISSING` without `jti`, or with neither `exp` nor `ttl`;
   * `ERR_JWT_REVOCATION_UNAVAILABLE` when the token is **not** revoked: no answer, or no room.
   */
  revoke(claims: JwtClaims, options?: KeepOptions): Promise<void>;
  /**
   * Logs a subject out everywhere: revokes its tokens with `iat` at or before a time in seconds (now, by default),
   * and those without `iat`. Without `iss`, those of every issuer. A new login within the same second is revoked too.
   *
   * @throws JwtError `ERR_JWT_CLAIM_MISSING` without `sub`; `ERR_JWT_REVOCATION_UNAVAILABLE` when nothing is revoked.
   */
  revokeSubject(subject: { readonly iss?: string; readonly sub: string }, before?: number): Promise<void>;
  /**
   * Whether a token is revoked, by itself or with its subject.
   *
   * @throws JwtError `ERR_JWT_CLAIM_MISSING` without `jti`; `ERR_JWT_REVOCATION_UNAVAILABLE` when the store cannot say.
   */
  isRevoked(claims: JwtClaims): Promise<boolean>;
  /**
   * Accepts a token the first time and never again: DPoP proofs (RFC 9449 §11.1), client assertions (RFC 7523 §3),
   * logout tokens. Of any number of uses at once, in any number of processes, one succeeds. Call it last, after every
   * other check.
   *
   * @throws JwtError `ERR_JWT_REVOKED` from the second use on; `ERR_JWT_EXPIRED` when it is too late to use the token;
   * `ERR_JWT_CLAIM_MISSING` without `jti`, or with neither `exp` nor `ttl`; `ERR_JWT_REVOCATION_UNAVAILABLE`.
   */
  useOnce(claims: JwtClaims, options?: KeepOptions): Promise<void>;
}

/** Options that every store has. */
export interface RevocationOptions {
  /**
   * How much longer than to `exp` revocations are kept. Never less than the `clockTolerance` of your verifiers;
   * 5 minutes by default.
   */
  readonly clockTolerance?: Duration;
  /**
   * The longest life of a token that has a subject. Revocations of subjects then leave the store so long after their
   * time, and a token that lives longer is refused, as it could come back to life. Left out, they stay: one entry for
   * each subject that was ever logged out.
   */
  readonly maxTokenLifetime?: Duration;
  readonly clock?: Clock;
}

export const REVOCATION_OPTIONS: readonly string[] = ['clockTolerance', 'maxTokenLifetime', 'clock'];

/** The entries of a store: numbers by key, kept until a time in seconds. */
export interface RevocationEntries {
  read(keys: readonly string[], now: number): Promise<readonly (number | undefined)[]>;
  /** Stores the number; where the key has one, the greater and the later of both remain. */
  raise(key: string, value: number, until: number, now: number): Promise<void>;
  /** Takes a free key. @returns whether it was free. */
  take(key: string, until: number, now: number): Promise<boolean>;
}

/** Builds a store over its entries. */
export function createRevocations(entries: RevocationEntries, options: RevocationOptions): Revocations {
  const tolerance = positiveDuration(options.clockTolerance ?? '5m', 'clockTolerance');
  const maxLifetime =
    options.maxTokenLifetime === undefined ? undefined : positiveDuration(options.maxTokenLifetime, 'maxTokenLifetime');
  const clock = checkClock(options.clock ?? Date.now);

  function keepUntil({ exp, iat = 0 }: JwtClaims, options: KeepOptions, now: number): number {
    checkOptions(options, ['ttl'], 'revocation');
    const ttl = options.ttl === undefined ? undefined : positiveDuration(options.ttl, 'ttl');
    if (ttl === undefined) {
      if (exp !== undefined) return exp + tolerance;
      throw claimError('ERR_JWT_CLAIM_MISSING', 'exp', 'is missing: pass ttl for tokens without it');
    }
    return Math.max(exp ?? 0, Math.max(now, iat) + ttl) + tolerance;
  }

  return Object.freeze({
    async revoke(claims: JwtClaims, options: KeepOptions = {}) {
      checkClaims(claims, 'jti');
      const now = secondsNow(clock);
      const until = keepUntil(claims, options, now);
      if (until > now) await entries.raise(await entryKey('token', claims.iss, claims.jti!), 0, until, now);
    },

    async revokeSubject(subject: { readonly iss?: string; readonly sub: string }, before?: number) {
      checkClaims(subject as JwtClaims, 'sub');
      const now = secondsNow(clock);
      const time = before === undefined ? now : checkBefore(before, now);
      const until = maxLifetime === undefined ? Number.POSITIVE_INFINITY : time + maxLifetime + tolerance;
      if (until > now) await entries.raise(await entryKey('subject', subject.iss, subject.sub), time, until, now);
    },

    async isRevoked(claims: JwtClaims) {
      checkClaims(claims, 'jti');
      const now = secondsNow(clock);
      const { iss, sub, jti, iat = 0 } = claims;
      const keys = [entryKey('token', iss, jti!)];
      if (sub !== undefined) {
        keys.push(entryKey('subject', undefined, sub));
        if (iss !== undefined) keys.push(entryKey('subject', iss, sub));
      }
      const [token, ...subjects] = await entries.read(await Promise.all(keys), now);
      // Rounded down as the time of the revocation is. Anything but a clear "later" is revoked.
      const isBefore = (time: number | undefined): boolean => time !== undefined && !(Math.floor(iat) > time);
      if (token !== undefined || subjects.some(isBefore)) return true;
      if (sub !== undefined && maxLifetime !== undefined) checkLifetime(claims, maxLifetime, now);
      return false;
    },

    async useOnce(claims: JwtClaims, options: KeepOptions = {}) {
      checkClaims(claims, 'jti');
      const now = secondsNow(clock);
      const until = keepUntil(claims, options, now);
      if (until <= now) throw claimError('ERR_JWT_EXPIRED', 'exp', 'has passed: the token has expired');
      if (!(await entries.take(await entryKey('once', claims.iss, claims.jti!), until, now)))
        throw claimError('ERR_JWT_REVOKED', 'jti', 'has been used: the token was good once');
    },
  });
}

function checkClaims(claims: JwtClaims, required: 'jti' | 'sub'): void {
  if (!isObject(claims)) throw new JwtConfigError(`pass the token's claims, with ${required}`);
  const malformed = malformedClaim(claims);
  if (malformed) throw claimError('ERR_JWT_CLAIM_INVALID', malformed.claim, `must be ${malformed.expected}`);
  if (missingClaim(claims, [required])) throw claimError('ERR_JWT_CLAIM_MISSING', required, 'is required and missing');
}

/** A day ahead at most: milliseconds instead of seconds would revoke all tokens of the next 50,000 years. */
function checkBefore(before: unknown, now: number): number {
  if (typeof before === 'number' && before >= 0 && before <= Math.min(now + 86_400, MAX_SECONDS))
    return Math.floor(before);
  throw new JwtConfigError('before must be a time in seconds since 1970, at most a day ahead');
}

/** A token that outlives the revocations of its subject would be good again one day. */
function checkLifetime({ exp, iat }: JwtClaims, maxLifetime: number, now: number): void {
  if (exp === undefined)
    throw claimError('ERR_JWT_CLAIM_MISSING', 'exp', 'is required by maxTokenLifetime and missing');
  if (exp - (iat ?? now) > maxLifetime)
    throw claimError(
      'ERR_JWT_CLAIM_INVALID',
      'exp',
      `is more than maxTokenLifetime, ${maxLifetime} seconds, after iat`,
    );
}

function claimError(
  code: 'ERR_JWT_CLAIM_INVALID' | 'ERR_JWT_CLAIM_MISSING' | 'ERR_JWT_EXPIRED' | 'ERR_JWT_REVOKED',
  claim: string,
  message: string,
): JwtError {
  return new JwtError(code, `${claim} ${message}`, { claim });
}
