import { randomBytes } from 'node:crypto';
import { createRefreshTokens, redisRefreshStore } from 'jwtight/refresh';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectConfigError, expectJwtError } from '../support/errors.js';
import { hasRedis, RedisServer, redisHint, startCluster } from '../support/redis.js';
import { CLIENTS, type TestClient } from '../support/redis-clients.js';
import { describeRefreshTokens, NOW } from './suite.js';

// Servers take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const UNAVAILABLE = 'ERR_JWT_REVOCATION_UNAVAILABLE';
const prefix = () => `test:${randomBytes(9).toString('hex')}:`;
const times = { idleTimeout: '1h', absoluteTimeout: '3h' } as const;

describe('redisRefreshStore', () => {
  it('refuses a foreign client and options it does not know', async () => {
    const client = { mget: async () => [], eval: async () => null };
    await expectConfigError(() => redisRefreshStore({} as never));
    for (const options of [{ prefix: '' }, { timeout: 0 }, { timeout: undefined }, { grace: 5 }, null])
      await expectConfigError(() => redisRefreshStore(client, options as never));
  });

  it.each([[undefined], [null], ['rotated'], [[]], [['fine']], [{ status: 'expired' }]])(
    'does not believe a server that answers %j',
    async (answer) => {
      const store = redisRefreshStore({ mget: async () => [], eval: async () => answer });
      const sessions = createRefreshTokens({ store, ...times });
      await expectJwtError(() => sessions.rotate('A'.repeat(64)), UNAVAILABLE);
    },
  );
});

describe.skipIf(!hasRedis).each(Object.entries(CLIENTS))(`redisRefreshStore with %s${redisHint}`, (name, open) => {
  let server: RedisServer;
  let redis: TestClient;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = await open.connect(server.port);
  });
  afterAll(async () => {
    redis?.end();
    await server?.stop();
  });

  describeRefreshTokens(`${name}, one server`, () => redisRefreshStore(redis.client, { prefix: prefix(), timeout: 5 }));

  it('leaves nothing that does not expire, and no part of a token', async () => {
    const start = prefix();
    const clock = { seconds: NOW };
    const sessions = createRefreshTokens({
      ...times,
      store: redisRefreshStore(redis.client, { prefix: start, timeout: 5 }),
      clock: () => clock.seconds * 1000,
    });
    const first = await sessions.issue('user-42', { scope: 'a' });
    const ttl = async () => Number(await redis.command('PTTL', start + first.familyId)) / 1000;
    expect(await redis.command('KEYS', `${start}*`)).toEqual([start + first.familyId]);
    expect(await ttl()).toBeGreaterThan(3590);
    expect(await ttl()).toBeLessThanOrEqual(3600);

    let last = first;
    for (clock.seconds = NOW + 3000; clock.seconds <= NOW + 9000; clock.seconds += 3000)
      last = await sessions.rotate(last.token);
    expect(await ttl()).toBeGreaterThan(1790);
    expect(await ttl()).toBeLessThanOrEqual(1800);

    const kept =
      String(await redis.command('HGETALL', start + first.familyId)) +
      JSON.stringify(await redis.command('HVALS', start + first.familyId));
    expect(kept).toContain('user-42');
    for (const { token } of [first, last])
      for (let i = 0; i + 8 <= token.length; i++) expect(kept).not.toContain(token.slice(i, i + 8));

    clock.seconds = NOW + 9000;
    await sessions.revokeFamily(last.token);
    expect(await redis.command('HKEYS', start + first.familyId)).toEqual(['expires']);
    expect(await ttl()).toBeLessThanOrEqual(1800);
    expect(await ttl()).toBeGreaterThan(0);
  });

  it('lets one of a thousand uses at once succeed, whichever process they come from', async () => {
    const other = await open.connect(server.port);
    try {
      const start = prefix();
      const both = [redis, other].map(({ client }) =>
        createRefreshTokens({ ...times, store: redisRefreshStore(client, { prefix: start, timeout: 5 }) }),
      );
      const { token } = await both[0]!.issue('user-42');
      const uses = await Promise.allSettled(Array.from({ length: 1000 }, (_, i) => both[i % 2]!.rotate(token)));
      const won = uses.flatMap((use) => (use.status === 'fulfilled' ? [use.value] : []));
      expect(won).toHaveLength(1);
      await expectJwtError(() => both[1]!.rotate(won[0]!.token), 'ERR_JWT_REVOKED');
    } finally {
      other.end();
    }
  });

  it('refuses what it finds damaged', async () => {
    const start = prefix();
    const sessions = createRefreshTokens({
      ...times,
      store: redisRefreshStore(redis.client, { prefix: start, timeout: 5 }),
    });
    const { token, familyId } = await sessions.issue('user-42');
    await redis.command('HSET', start + familyId, 'content', '{"subject":"user-43"');
    await expectJwtError(() => sessions.rotate(token), UNAVAILABLE, { secrets: ['user-43'] });
    await redis.command('SET', start + familyId, 'x');
    await expectJwtError(() => sessions.rotate(token), UNAVAILABLE, { secrets: [familyId] });
  });

  it('fails closed within a second when the server is deaf', async () => {
    const lost = await RedisServer.start();
    let client: TestClient | undefined;
    try {
      client = await open.connect(lost.port);
      const sessions = createRefreshTokens({ ...times, store: redisRefreshStore(client.client) });
      const { token } = await sessions.issue('user-42');
      lost.freeze();
      const start = performance.now();
      await Promise.all([
        expectJwtError(() => sessions.issue('user-42'), UNAVAILABLE),
        expectJwtError(() => sessions.rotate(token), UNAVAILABLE),
        expectJwtError(() => sessions.revokeFamily(token), UNAVAILABLE),
      ]);
      expect(performance.now() - start).toBeLessThan(1000);
    } finally {
      client?.end();
      await lost.stop();
    }
  });
});

describe.skipIf(!hasRedis)(`redisRefreshStore on a cluster${redisHint}`, () => {
  let servers: RedisServer[] = [];

  beforeAll(async () => {
    servers = await startCluster();
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  describe.each(Object.entries(CLIENTS))('with %s', (name, open) => {
    let redis: TestClient;

    beforeAll(async () => {
      redis = await open.cluster(servers.map(({ port }) => port));
    });
    afterAll(() => redis?.end());

    describeRefreshTokens(`${name}, cluster`, () => redisRefreshStore(redis.client, { prefix: prefix(), timeout: 5 }));
  });
});
