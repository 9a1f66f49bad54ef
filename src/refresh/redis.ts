import type { Duration } from '../encoding/duration.js';
import { checkOptions } from '../encoding/options.js';
import { checkPrefix, parseTimeout } from '../stores/options.js';
import { type RedisClient, redisCommands } from '../stores/redis.js';
import { unavailable } from '../stores/unavailable.js';
import type { RefreshFamily, RefreshOutcome, RefreshStore } from './refresh-store.js';

/** How {@link redisRefreshStore} uses its server. */
export interface RedisRefreshStoreOptions {
  /** What every key starts with; `jwtight:refresh:` by default. */
  readonly prefix?: string;
  /** Longest wait for an answer; half a second by default. */
  readonly timeout?: Duration;
}

/**
 * Families of refresh tokens in Redis, or whatever speaks its protocol and runs Lua: for clients of the packages
 * `redis` and `ioredis`, on a single server or a cluster. A family is one key that expires with it; every change is
 * one script on that key.
 *
 * The server must not evict keys (`maxmemory-policy noeviction`): an evicted family is a session that is over.
 *
 * @throws JwtConfigError for a foreign client, or an option that is unknown or not what it should be.
 * @example
 * ```ts
 * import { Redis } from 'ioredis';
 * import { createRefreshTokens, redisRefreshStore } from 'jwtight/refresh';
 *
 * const client = new Redis('redis://localhost', { lazyConnect: true, enableOfflineQueue: false });
 * client.on('error', console.error);
 * export const start = () => client.connect();
 *
 * const store = redisRefreshStore(client);
 * const sessions = createRefreshTokens({ store, idleTimeout: '14d', absoluteTimeout: '90d' });
 * ```
 */
export function redisRefreshStore(client: RedisClient, options: RedisRefreshStoreOptions = {}): RefreshStore {
  checkOptions(options, ['prefix', 'timeout'], 'redisRefreshStore');
  const prefix = checkPrefix(options.prefix ?? 'jwtight:refresh:');
  const redis = redisCommands(client, parseTimeout(options.timeout ?? 0.5));
  return Object.freeze({
    async create(familyId: string, { secretHash, content, expiresAt, endsAt }: RefreshFamily, now: number) {
      await redis.run(CREATE, prefix + familyId, secretHash, content, expiresAt, endsAt, now);
    },
    async rotate(familyId: string, { secretHash, nextSecretHash, now, idleTimeout }) {
      return readReply(await redis.run(ROTATE, prefix + familyId, secretHash, nextSecretHash, now, idleTimeout));
    },
    async revoke(familyId: string) {
      await redis.run(REVOKE, prefix + familyId);
    },
  } satisfies RefreshStore);
}

// A hash of secret, content, expires and ends; a revoked family has kept expires only.

/** ARGV: secret hash, content, expiresAt, endsAt, now. */
const CREATE = `
redis.call('HSET', KEYS[1], 'secret', ARGV[1], 'content', ARGV[2], 'expires', ARGV[3], 'ends', ARGV[4])
return redis.call('PEXPIRE', KEYS[1], math.ceil((tonumber(ARGV[3]) - tonumber(ARGV[5])) * 1000))`;

/** ARGV: secret hash, next secret hash, now, idle timeout. */
const ROTATE = `
local family = redis.call('HMGET', KEYS[1], 'secret', 'content', 'expires', 'ends')
local now = tonumber(ARGV[3])
if not family[3] or now >= tonumber(family[3]) then return {'expired'} end
if not family[1] then return {'revoked'} end
if family[1] ~= ARGV[1] then
  redis.call('HDEL', KEYS[1], 'secret', 'content', 'ends')
  return {'reused'}
end
local expires = math.min(now + tonumber(ARGV[4]), tonumber(family[4]))
local text = string.format('%.17g', expires)
redis.call('HSET', KEYS[1], 'secret', ARGV[2], 'expires', text)
redis.call('PEXPIRE', KEYS[1], math.ceil((expires - now) * 1000))
return {'rotated', family[2], text}`;

const REVOKE = `return redis.call('HDEL', KEYS[1], 'secret', 'content', 'ends')`;

function readReply(reply: unknown): RefreshOutcome {
  const [status, content, expiresAt] = Array.isArray(reply) ? reply.map(String) : [];
  switch (status) {
    case 'rotated':
      return { status, content: content!, expiresAt: Number(expiresAt) };
    case 'reused':
    case 'revoked':
    case 'expired':
      return { status };
    default:
      throw unavailable('the answer is not what was asked for');
  }
}
