import type { Duration } from '../encoding/duration.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError, JwtError } from '../errors.js';
import type { JwtClaims } from '../jwt/claims.js';
import { checkPrefix, parseTimeout } from '../stores/options.js';
import { type RedisClient, type RedisCommands, redisCommands } from '../stores/redis.js';
import {
  createRevocations,
  REVOCATION_OPTIONS,
  type RevocationEntries,
  type RevocationOptions,
  type Revocations,
} from './revocations.js';

/** How {@link redisRevocations} uses its server. */
export interface RedisRevocationOptions extends RevocationOptions {
  /** What every key starts with; `jwtight:revocation:` by default. */
  readonly prefix?: string;
  /** Longest wait for an answer; half a second by default. */
  readonly timeout?: Duration;
  /**
   * What `isRevoked` answers when the server does not: `'refuse'` (the default) rejects, and the verifier refuses the
   * token; `'accept'` lets revoked tokens pass for as long as the server is away. `revoke`, `revokeSubject` and
   * `useOnce` reject in either case.
   */
  readonly onUnavailable?: 'refuse' | 'accept';
}

/**
 * A revocation store in Redis, or whatever speaks its protocol and runs Lua, shared by any number of processes: for
 * clients of the packages `redis` and `ioredis`, on a single server or a cluster. Keys expire with their tokens. A
 * check is one round trip.
 *
 * The server must not evict keys (`maxmemory-policy noeviction`), and forgets on a crash what it has not written: see
 * the guide on revocation.
 *
 * @throws JwtConfigError for a foreign client, or an option that is unknown or not what it should be.
 * @example
 * ```ts
 * import { createVerifier, key } from 'jwtight';
 * import { redisRevocations } from 'jwtight/revocation';
 * import { createClient } from 'redis';
 *
 * const client = createClient({ url: 'redis://localhost', disableOfflineQueue: true });
 * client.on('error', console.error);
 *
 * const { publicKey } = await key('ES256').generate();
 * const issuer = 'https://auth.example.com';
 * const revocation = redisRevocations(client);
 * createVerifier({ keys: publicKey, issuer, audience: 'billing-api', revocation });
 *
 * export const start = () => client.connect();
 * export const logOutEverywhere = (sub: string) => revocation.revokeSubject({ iss: issuer, sub });
 * ```
 */
export function redisRevocations(client: RedisClient, options: RedisRevocationOptions = {}): Revocations {
  checkOptions(options, [...REVOCATION_OPTIONS, 'prefix', 'timeout', 'onUnavailable'], 'redisRevocations');
  const { onUnavailable = 'refuse' } = options;
  if (onUnavailable !== 'refuse' && onUnavailable !== 'accept')
    throw new JwtConfigError("onUnavailable must be 'refuse' or 'accept'");
  const prefix = checkPrefix(options.prefix ?? 'jwtight:revocation:');
  const redis = redisCommands(client, parseTimeout(options.timeout ?? 0.5));
  const store = createRevocations(redisEntries(redis, prefix), options);
  if (onUnavailable === 'refuse') return store;
  return Object.freeze({
    ...store,
    async isRevoked(claims: JwtClaims) {
      try {
        return await store.isRevoked(claims);
      } catch (error) {
        if (error instanceof JwtError && error.code === 'ERR_JWT_REVOCATION_UNAVAILABLE') return false;
        throw error;
      }
    },
  });
}

/** Keeps the greater value and the later end. ARGV: the value; the time to live in milliseconds, 0 for no end. */
const RAISE = `
local value, ttl = ARGV[1], tonumber(ARGV[2])
local old, left = redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])
if old and (tonumber(old) or 0) > tonumber(value) then value = old end
if ttl == 0 or left == -1 then return redis.call('SET', KEYS[1], value) end
return redis.call('SET', KEYS[1], value, 'PX', string.format('%.0f', math.max(ttl, left)))`;

/** ARGV: the time to live in milliseconds. */
const TAKE = `return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0`;

function redisEntries(redis: RedisCommands, prefix: string): RevocationEntries {
  const milliseconds = (seconds: number): number => (Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : 0);
  return {
    async read(keys) {
      const values = await redis.read(keys.map((key) => prefix + key));
      return values.map((value) => (value === null ? undefined : Number(value)));
    },
    async raise(key, value, until, now) {
      await redis.run(RAISE, prefix + key, value, milliseconds(until - now));
    },
    async take(key, until, now) {
      return Number(await redis.run(TAKE, prefix + key, milliseconds(until - now))) === 1;
    },
  };
}
