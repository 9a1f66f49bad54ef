export type { IoRedisClient, NodeRedisClient, RedisClient } from '../stores/redis.js';
export { type MemoryRefreshStoreOptions, memoryRefreshStore } from './memory.js';
export { type RedisRefreshStoreOptions, redisRefreshStore } from './redis.js';
export type { RefreshFamily, RefreshOutcome, RefreshStore, RefreshUse } from './refresh-store.js';
export {
  createRefreshTokens,
  type RefreshToken,
  type RefreshTokenOptions,
  type RefreshTokens,
  type RotatedToken,
} from './refresh-tokens.js';
