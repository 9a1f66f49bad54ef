import { checkOptions } from '../encoding/options.js';
import { ExpiringMap } from '../stores/expiring-map.js';
import { checkMaxEntries } from '../stores/options.js';
import { unavailable } from '../stores/unavailable.js';
import type { RefreshFamily, RefreshStore } from './refresh-store.js';

/** How {@link memoryRefreshStore} keeps its families. */
export interface MemoryRefreshStoreOptions {
  /** Most families kept; 100,000 by default. A full store refuses new ones with `ERR_JWT_REVOCATION_UNAVAILABLE`. */
  readonly maxEntries?: number;
}

/**
 * Families of refresh tokens in this process's memory: for one process, and for tests. A restart ends all sessions.
 *
 * @throws JwtConfigError for an option that is unknown or not what it should be.
 * @example
 * ```ts
 * import { createRefreshTokens, memoryRefreshStore } from 'jwtight/refresh';
 *
 * const store = memoryRefreshStore({ maxEntries: 10_000 });
 * const sessions = createRefreshTokens({ store, idleTimeout: '14d', absoluteTimeout: '90d' });
 * ```
 */
export function memoryRefreshStore(options: MemoryRefreshStoreOptions = {}): RefreshStore {
  checkOptions(options, ['maxEntries'], 'memoryRefreshStore');
  // undefined marks a revoked family.
  const families = new ExpiringMap<RefreshFamily | undefined>(checkMaxEntries(options.maxEntries ?? 100_000));
  return Object.freeze({
    async create(familyId: string, family: RefreshFamily, now: number) {
      if (!families.set(familyId, family, family.expiresAt, now)) throw unavailable('it is full, raise maxEntries');
    },
    // No await in here: nothing comes between looking and changing.
    async rotate(familyId: string, { secretHash, nextSecretHash, now, idleTimeout }) {
      const entry = families.get(familyId, now);
      if (!entry) return { status: 'expired' };
      const { value: family, until } = entry;
      if (!family) return { status: 'revoked' };
      if (family.secretHash !== secretHash) {
        families.set(familyId, undefined, until, now);
        return { status: 'reused' };
      }
      const expiresAt = Math.min(now + idleTimeout, family.endsAt);
      families.set(familyId, { ...family, secretHash: nextSecretHash, expiresAt }, expiresAt, now);
      return { status: 'rotated', content: family.content, expiresAt };
    },
    async revoke(familyId: string, now: number) {
      const entry = families.get(familyId, now);
      if (entry) families.set(familyId, undefined, entry.until, now);
    },
  } satisfies RefreshStore);
}
