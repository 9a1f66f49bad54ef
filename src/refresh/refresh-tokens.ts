import { type Duration, parseDuration } from '../encoding/duration.js';
import { copyJson, isObject, parseJsonObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError, JwtError } from '../errors.js';
import { type Clock, secondsNow } from '../jwt/clock.js';
import { isText } from '../jwt/registered-claims.js';
import { checkClock, positiveDuration } from '../stores/options.js';
import { unavailable } from '../stores/unavailable.js';
import type { RefreshOutcome, RefreshStore } from './refresh-store.js';
import { freshToken, readFamilyId, readToken } from './token.js';

/** What {@link createRefreshTokens} needs to know. */
export interface RefreshTokenOptions {
  /** `memoryRefreshStore()`, `redisRefreshStore(client)` or one of your own. */
  readonly store: RefreshStore;
  /** How long a token waits for its use: a session that sleeps longer is over. */
  readonly idleTimeout: Duration;
  /** How long a session lasts at the most, however often it is refreshed. */
  readonly absoluteTimeout: Duration;
  readonly clock?: Clock;
}

/** A refresh token and what it stands for. Times are in seconds since 1970. */
export interface RefreshToken {
  /** The token, 64 characters of Base64url. Hand it to the client and keep no copy. */
  readonly token: string;
  /** Names the session: the same for all tokens that descend from one login. No secret; good as `sid` or in a log. */
  readonly familyId: string;
  /** When the token ends unless it is used before. */
  readonly expiresAt: number;
}

/** The successor of a token that was used, and what its login put in. */
export interface RotatedToken extends RefreshToken {
  readonly subject: string;
  /** A copy of the data given to `issue`, `null` where none was. */
  readonly data: unknown;
  /** When the login was. */
  readonly issuedAt: number;
}

/** Issues and rotates refresh tokens. */
export interface RefreshTokens {
  /**
   * Begins a family, at a login. The data must be plain JSON; it comes back at every rotation.
   *
   * @throws JwtConfigError for an empty subject or data that is not JSON; JwtError `ERR_JWT_REVOCATION_UNAVAILABLE`.
   */
  issue(subject: string, data?: unknown): Promise<RefreshToken>;
  /**
   * Takes a token and returns its successor. Of any number of uses of one token one succeeds; the next one revokes the
   * whole family, as the token was stolen from one of its two users (RFC 9700 §4.14.2).
   *
   * @throws JwtError `ERR_JWT_REVOKED` for a token that was used before or whose family is revoked; `ERR_JWT_EXPIRED`
   * after a timeout and for a token that was never issued; `ERR_JWT_MALFORMED` for what is no token;
   * `ERR_JWT_REVOCATION_UNAVAILABLE`: whether the token is spent is not known then.
   */
  rotate(token: string): Promise<RotatedToken>;
  /**
   * Ends a session: by any of its tokens, spent or not, or by its family id (RFC 7009). Unknown families are ignored.
   *
   * @throws JwtError `ERR_JWT_MALFORMED`, `ERR_JWT_REVOCATION_UNAVAILABLE`.
   */
  revokeFamily(tokenOrFamilyId: string): Promise<void>;
}

/**
 * Refresh tokens that rotate: opaque, each good once, kept as SHA-256 only (RFC 9700 §4.14.2, RFC 6749 §10.4).
 *
 * @throws JwtConfigError for an option that is missing, unknown or not what it should be.
 * @example
 * ```ts
 * import { createRefreshTokens, memoryRefreshStore } from 'jwtight/refresh';
 *
 * const sessions = createRefreshTokens({ store: memoryRefreshStore(), idleTimeout: '14d', absoluteTimeout: '90d' });
 * const { token } = await sessions.issue('user-42', { scope: 'orders:read' });
 *
 * const next = await sessions.rotate(token);
 * console.log(next.subject); // user-42
 * await sessions.rotate(token).catch((error) => console.log(error.code)); // ERR_JWT_REVOKED
 * await sessions.rotate(next.token).catch((error) => console.log(error.code)); // ERR_JWT_REVOKED
 * ```
 */
export function createRefreshTokens(options: RefreshTokenOptions): RefreshTokens {
  checkOptions(options, ['store', 'idleTimeout', 'absoluteTimeout', 'clock'], 'createRefreshTokens');
  const store = checkStore(options.store);
  const idleTimeout = positiveDuration(options.idleTimeout, 'idleTimeout');
  const absoluteTimeout = parseDuration(options.absoluteTimeout, 'absoluteTimeout');
  if (absoluteTimeout < idleTimeout) throw new JwtConfigError('absoluteTimeout must not be shorter than idleTimeout');
  const clock = checkClock(options.clock ?? Date.now);

  return Object.freeze({
    async issue(subject: string, data: unknown = null) {
      if (!isText(subject)) throw new JwtConfigError('subject must be a non-empty string');
      const now = secondsNow(clock);
      const content = JSON.stringify(copyJson({ subject, data, issuedAt: now }, 'issue'));
      const { token, familyId, secretHash } = await freshToken();
      const expiresAt = now + idleTimeout;
      const family = { secretHash, content, expiresAt, endsAt: now + absoluteTimeout };
      await ask(() => store.create(familyId, family, now));
      return { token, familyId, expiresAt };
    },

    async rotate(token: string) {
      const { familyId, secretHash } = await readToken(token);
      const next = await freshToken(token);
      const use = { secretHash, nextSecretHash: next.secretHash, now: secondsNow(clock), idleTimeout };
      const outcome = await ask(() => store.rotate(familyId, use));
      return { token: next.token, familyId, ...readOutcome(outcome) };
    },

    async revokeFamily(tokenOrFamilyId: string) {
      const familyId = await readFamilyId(tokenOrFamilyId);
      await ask(() => store.revoke(familyId, secondsNow(clock)));
    },
  });
}

function checkStore(store: RefreshStore): RefreshStore {
  const isStore =
    isObject(store) && [store.create, store.rotate, store.revoke].every((method) => typeof method === 'function');
  if (isStore) return store;
  throw new JwtConfigError('store must be a RefreshStore such as memoryRefreshStore()');
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw error instanceof JwtError ? error : unavailable('it failed');
  }
}

/** What a store answers is no more trusted than the network it came over. */
function readOutcome(outcome: RefreshOutcome): Omit<RotatedToken, 'token' | 'familyId'> {
  switch (outcome?.status) {
    case 'rotated': {
      const { content, expiresAt } = outcome;
      const { subject, data, issuedAt } = (typeof content === 'string' && parseJsonObject(content)) || {};
      if (isText(subject) && Number.isFinite(issuedAt) && Number.isFinite(expiresAt))
        return { subject, data, issuedAt: issuedAt as number, expiresAt };
      break;
    }
    case 'reused':
      throw new JwtError('ERR_JWT_REVOKED', 'the refresh token was used before: its family is revoked now');
    case 'revoked':
      throw new JwtError('ERR_JWT_REVOKED', 'the family of the refresh token is revoked');
    case 'expired':
      throw new JwtError('ERR_JWT_EXPIRED', 'the refresh token has expired, or was never issued');
  }
  throw unavailable('its answer is not an outcome');
}
