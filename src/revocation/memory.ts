import { checkOptions } from '../encoding/options.js';
import type { JwtError } from '../errors.js';
import { ExpiringMap } from '../stores/expiring-map.js';
import { checkMaxEntries } from '../stores/options.js';
import { unavailable } from '../stores/unavailable.js';
import {
  createRevocations,
  REVOCATION_OPTIONS,
  type RevocationEntries,
  type RevocationOptions,
  type Revocations,
} from './revocations.js';

/** How {@link memoryRevocations} keeps its entries. */
export interface MemoryRevocationOptions extends RevocationOptions {
  /** Most revocations kept, and most used tokens; 100,000 each by default. A full store refuses new ones. */
  readonly maxEntries?: number;
}

/**
 * A revocation store in this process's memory: for one process, and for tests. Entries leave when their tokens have
 * expired. A full store rejects with `ERR_JWT_REVOCATION_UNAVAILABLE` instead of forgetting a revocation.
 *
 * @throws JwtConfigError for an option that is unknown or not what it should be.
 * @example
 * ```ts
 * import { claims, createVerifier, key, sign } from 'jwtight';
 * import { memoryRevocations } from 'jwtight/revocation';
 *
 * const secret = await key('HS256').generate();
 * const revocation = memoryRevocations();
 * const issuer = 'https://auth.example.com';
 * const verify = createVerifier({ keys: secret, issuer, audience: 'billing-api', revocation });
 *
 * const token = await sign(claims().issuer(issuer).audience('billing-api').id().expiresIn('15m'), secret);
 * await revocation.revoke((await verify(token)).claims);
 * const result = await verify.safe(token);
 * console.log(result.ok || result.error.code); // ERR_JWT_REVOKED
 * ```
 */
export function memoryRevocations(options: MemoryRevocationOptions = {}): Revocations {
  checkOptions(options, [...REVOCATION_OPTIONS, 'maxEntries'], 'memoryRevocations');
  const maxEntries = checkMaxEntries(options.maxEntries ?? 100_000);
  return createRevocations(memoryEntries(maxEntries), options);
}

/** Used tokens stand apart: whoever floods the service with proofs cannot use up the room for revocations. */
function memoryEntries(maxEntries: number): RevocationEntries {
  const revoked = new ExpiringMap<number>(maxEntries);
  const used = new ExpiringMap<true>(maxEntries);
  return {
    async read(keys, now) {
      return keys.map((key) => revoked.get(key, now)?.value);
    },
    async raise(key, value, until, now) {
      const old = revoked.get(key, now) ?? { value, until };
      if (!revoked.set(key, Math.max(old.value, value), Math.max(old.until, until), now)) throw full();
    },
    async take(key, until, now) {
      if (used.get(key, now)) return false;
      if (!used.set(key, true, until, now)) throw full();
      return true;
    },
  };
}

function full(): JwtError {
  return unavailable('it is full, raise maxEntries');
}
