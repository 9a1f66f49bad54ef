import { Cluster, Redis } from 'ioredis';
import type { JwtClaims, RevocationStore } from 'jwtight';
import { type Challenge, challenge, clearTokenCookie, readBearer, readTokenCookie, tokenCookie } from 'jwtight/http';
import { createRefreshTokens, memoryRefreshStore, type RotatedToken, redisRefreshStore } from 'jwtight/refresh';
import { memoryRevocations, type Revocations, redisRevocations } from 'jwtight/revocation';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';
import { describe, expectTypeOf, it } from 'vitest';

declare const claims: JwtClaims;
const times = { idleTimeout: '14d', absoluteTimeout: '90d' } as const;

describe('Redis clients', () => {
  it('of both packages fit, whatever they connect to', () => {
    for (const client of [
      createClient(),
      createClient({ RESP: 2 }),
      createClientPool(),
      createCluster({ rootNodes: [] }),
      createSentinel({ name: 'a', sentinelRootNodes: [] }),
      new Redis(),
      new Cluster([]),
    ]) {
      expectTypeOf(redisRevocations(client)).toEqualTypeOf<Revocations>();
      redisRefreshStore(client);
    }
    // @ts-expect-error no client
    redisRevocations({ get: async () => null });
    // @ts-expect-error a connection string is no client
    redisRefreshStore('redis://localhost');
  });
});

describe('Revocations', () => {
  it('are what a verifier takes', () => {
    expectTypeOf(memoryRevocations()).toExtend<RevocationStore>();
    memoryRevocations({ maxEntries: 5, clock: Date.now, clockTolerance: '5m', maxTokenLifetime: '1h' });
    memoryRevocations().revoke(claims, { ttl: '60s' });
    // @ts-expect-error no unit
    memoryRevocations().useOnce(claims, { ttl: '60' });
    // @ts-expect-error a token is not its claims
    memoryRevocations().revoke('e30.e30.');
    // @ts-expect-error no subject
    memoryRevocations().revokeSubject({ iss: 'a' });
    // @ts-expect-error only for Redis
    memoryRevocations({ onUnavailable: 'accept' });
  });
});

describe('createRefreshTokens', () => {
  it('needs both timeouts', () => {
    const store = memoryRefreshStore();
    expectTypeOf(createRefreshTokens({ store, ...times }).rotate('a')).resolves.toEqualTypeOf<RotatedToken>();
    // @ts-expect-error no absolute timeout
    createRefreshTokens({ store, idleTimeout: '14d' });
    // @ts-expect-error no idle timeout
    createRefreshTokens({ store, absoluteTimeout: '14d' });
  });
});

describe('jwtight/http', () => {
  it('takes the Fetch API’s Headers and whatever reads alike', () => {
    expectTypeOf(readBearer(new Headers())).toEqualTypeOf<string | undefined>();
    readBearer(new Map<string, string>() as unknown as { get(name: string): string | null });
    expectTypeOf(challenge()).toEqualTypeOf<Challenge>();
    new Response(null, challenge(new Error()));
  });

  it('knows names with a prefix only', () => {
    expectTypeOf(tokenCookie('a', { name: '__Host-a', maxAge: '15m', sameSite: 'Strict' })).toEqualTypeOf<string>();
    readTokenCookie(new Headers(), '__Secure-a');
    // @ts-expect-error no prefix
    tokenCookie('a', { name: 'a' });
    // @ts-expect-error no prefix
    readTokenCookie(new Headers(), 'a');
    // @ts-expect-error cross-site cookies are not for tokens
    tokenCookie('a', { sameSite: 'None' });
    // @ts-expect-error always HttpOnly
    tokenCookie('a', { httpOnly: false });
    // @ts-expect-error a cleared cookie has no age
    clearTokenCookie({ maxAge: 5 });
  });
});
