export type { RevocationStore } from '../jwt/revocation-store.js';
export type { IoRedisClient, NodeRedisClient, RedisClient } from '../stores/redis.js';
export { type MemoryRevocationOptions, memoryRevocations } from './memory.js';
export { type RedisRevocationOptions, redisRevocations } from './redis.js';
export type { KeepOptions, RevocationOptions, Revocations } from './revocations.js';
