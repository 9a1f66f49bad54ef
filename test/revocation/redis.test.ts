import { randomBytes } from 'node:crypto';
import { claims, createVerifier, key, sign } from 'jwtight';
import { type RedisRevocationOptions, redisRevocations } from 'jwtight/revocation';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectConfigError, expectJwtError } from '../support/errors.js';
import { hasRedis, RedisServer, redisHint, startCluster } from '../support/redis.js';
import { CLIENTS, type TestClient } from '../support/redis-clients.js';
import { describeStore, ISS, NOW } from './suite.js';

// Servers take their time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const UNAVAILABLE = 'ERR_JWT_REVOCATION_UNAVAILABLE';

/** A prefix of its own for every store: the tests share servers. */
const prefix = () => `test:${randomBytes(9).toString('hex')}:`;

describe('redisRevocations', () => {
  it.each([[undefined], [null], [{}], ['redis://localhost'], [{ eval() {} }], [{ mget() {} }], [{ mGet() {} }]])(
    'refuses the client %o',
    async (client) => {
      await expectConfigError(() => redisRevocations(client as never));
    },
  );

  it.each([
    [{ prefix: '' }],
    [{ prefix: 5 }],
    [{ timeout: 0 }],
    [{ timeout: '25d' }],
    [{ timeout: '1' }],
    [{ timeout: undefined }],
    [{ onUnavailable: 'ignore' }],
    [{ onUnavailable: undefined }],
    [{ maxEntries: 5 }],
    [{ clock: 5 }],
    [{ clockTolerance: -1 }],
    [null],
  ])('refuses the options %o', async (options) => {
    const client = { mget: async () => [], eval: async () => null };
    await expectConfigError(() => redisRevocations(client, options as never));
  });
});

describe.skipIf(!hasRedis).each(Object.entries(CLIENTS))(`redisRevocations with %s${redisHint}`, (name, open) => {
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

  describeStore(`${name}, one server`, (clock, options) =>
    redisRevocations(redis.client, { ...options, prefix: prefix(), timeout: 5, clock: () => clock.seconds * 1000 }),
  );

  const make = (options: RedisRevocationOptions = {}) => {
    const start = prefix();
    const store = redisRevocations(redis.client, {
      prefix: start,
      clock: () => NOW * 1000,
      clockTolerance: 60,
      timeout: 5,
      ...options,
    });
    return { store, ttl: async (rest: string) => Number(await redis.command('PTTL', start + rest)) / 1000 };
  };
  const between = async (value: Promise<number>, low: number, high: number) => {
    expect(await value).toBeGreaterThan(low);
    expect(await value).toBeLessThanOrEqual(high);
  };

  it('lets keys live as long as their tokens and the tolerance', async () => {
    const { store, ttl } = make();
    await store.revoke({ jti: 'a', exp: NOW + 900 });
    await between(ttl('token:[null,"a"]'), 950, 960);
    await store.revoke({ jti: 'a', exp: NOW + 100 });
    await between(ttl('token:[null,"a"]'), 950, 960);
    await store.revoke({ jti: 'a', exp: NOW + 2000.5 });
    await between(ttl('token:[null,"a"]'), 2050, 2060.5);
    await store.useOnce({ jti: 'a', iat: NOW }, { ttl: 60 });
    await between(ttl('once:[null,"a"]'), 110, 120);
    await store.revoke({ jti: 'far', exp: 8.64e12 });
    await between(ttl('token:[null,"far"]'), 8e12, 9e12);
  });

  it('lets subjects live for ever, or as long as any token', async () => {
    const endless = make();
    await endless.store.revokeSubject({ sub: 'a' });
    expect(await endless.ttl('subject:[null,"a"]')).toBe(-0.001);
    const ending = make({ maxTokenLifetime: '1h' });
    await ending.store.revokeSubject({ sub: 'a' }, NOW - 100);
    await between(ending.ttl('subject:[null,"a"]'), 3550, 3560);
    await ending.store.revokeSubject({ sub: 'a' }, NOW - 200);
    await between(ending.ttl('subject:[null,"a"]'), 3550, 3560);
  });

  it('never puts an end to a key that has none', async () => {
    const start = prefix();
    const stores = [undefined, '1h' as const].map((maxTokenLifetime) =>
      redisRevocations(redis.client, {
        prefix: start,
        timeout: 5,
        clock: () => NOW * 1000,
        ...(maxTokenLifetime && { maxTokenLifetime }),
      }),
    );
    for (const store of stores) await store.revokeSubject({ sub: 'a' });
    expect(await redis.command('PTTL', `${start}subject:[null,"a"]`)).toBe(-1);
  });

  it('refuses rather than guess at what it finds', async () => {
    const start = prefix();
    const store = redisRevocations(redis.client, { prefix: start, timeout: 5, clock: () => NOW * 1000 });
    await redis.command('SET', `${start}subject:[null,"a"]`, 'garbage');
    expect(await store.isRevoked({ jti: 'x', sub: 'a', iat: NOW + 5 })).toBe(true);
    await store.revokeSubject({ sub: 'a' });
    expect(await store.isRevoked({ jti: 'x', sub: 'a', iat: NOW + 5 })).toBe(false);
    await redis.command('LPUSH', `${start}token:[null,"list"]`, 'x');
    await expectJwtError(() => store.revoke({ jti: 'list', exp: NOW + 5 }), UNAVAILABLE, { secrets: ['list'] });
  });

  it('checks in one round trip', async () => {
    const { store } = make();
    const count = async () =>
      Number(/total_commands_processed:(\d+)/.exec(String(await redis.command('INFO', 'stats')))![1]);
    await store.isRevoked({ iss: ISS, jti: 'a', sub: 'b', iat: NOW });
    const before = await count();
    await store.isRevoked({ iss: ISS, jti: 'a', sub: 'b', iat: NOW });
    expect((await count()) - before).toBe(2);
  });

  it('serves a verifier', async () => {
    const secret = await key('HS256').generate();
    const revocation = redisRevocations(redis.client, { prefix: prefix(), timeout: 5 });
    const verify = createVerifier({ keys: secret, issuer: ISS, audience: 'api', revocation });
    const token = await sign(claims().issuer(ISS).audience('api').id().expiresIn('15m'), secret);
    await revocation.revoke((await verify(token)).claims);
    await expectJwtError(() => verify(token), 'ERR_JWT_REVOKED');
  });

  it('lets one of a thousand uses at once succeed, whichever process they come from', async () => {
    const other = await open.connect(server.port);
    try {
      const start = prefix();
      const stores = [redis, other].map(({ client }) => redisRevocations(client, { prefix: start, timeout: 5 }));
      const proof = { jti: 'proof', iat: Date.now() / 1000 };
      const uses = await Promise.allSettled(
        Array.from({ length: 1000 }, (_, i) => stores[i % 2]!.useOnce(proof, { ttl: '60s' })),
      );
      const codes = uses.flatMap((use) => (use.status === 'rejected' ? [use.reason.code] : []));
      expect(codes).toEqual(Array.from({ length: 999 }, () => 'ERR_JWT_REVOKED'));
    } finally {
      other.end();
    }
  });
});

describe.skipIf(!hasRedis).each(Object.entries(CLIENTS))(
  `redisRevocations with %s, without a server${redisHint}`,
  (_, open) => {
    const token = { iss: ISS, jti: 'a', sub: 'b', iat: NOW, exp: NOW + 900 };
    const clock = () => NOW * 1000;

    /** Runs on a server of its own, as it comes to harm. */
    async function withServer(test: (server: RedisServer, redis: TestClient) => Promise<void>): Promise<void> {
      const server = await RedisServer.start();
      let redis: TestClient | undefined;
      try {
        redis = await open.connect(server.port);
        await test(server, redis);
      } finally {
        redis?.end();
        await server.stop();
      }
    }

    it.each(['dead', 'deaf'])('fails closed within a second when the server is %s', async (how) => {
      await withServer(async (server, redis) => {
        const store = redisRevocations(redis.client, { clock });
        const lenient = redisRevocations(redis.client, { clock, onUnavailable: 'accept' });
        const secret = await key('HS256').generate();
        const verify = createVerifier({ keys: secret, issuer: ISS, audience: 'api', revocation: store });
        const jwt = await sign(claims().issuer(ISS).audience('api').id().expiresIn('15m'), secret);
        await store.revoke(token);
        expect(await lenient.isRevoked(token)).toBe(true);
        if (how === 'dead') await server.kill();
        else server.freeze();

        const start = performance.now();
        await Promise.all([
          expectJwtError(() => store.isRevoked(token), UNAVAILABLE),
          expectJwtError(() => store.revoke(token), UNAVAILABLE),
          expectJwtError(() => store.revokeSubject({ sub: 'b' }), UNAVAILABLE),
          expectJwtError(() => store.useOnce(token), UNAVAILABLE),
          expectJwtError(() => verify(jwt), UNAVAILABLE),
          lenient.isRevoked(token).then((revoked) => expect(revoked).toBe(false)),
          expectJwtError(() => lenient.revoke(token), UNAVAILABLE),
          expectJwtError(() => lenient.revokeSubject({ sub: 'b' }), UNAVAILABLE),
          expectJwtError(() => lenient.useOnce(token), UNAVAILABLE),
          expectJwtError(() => lenient.isRevoked({ iss: ISS }), 'ERR_JWT_CLAIM_MISSING'),
        ]);
        expect(performance.now() - start).toBeLessThan(1000);
        server.thaw();
      });
    });

    it('works again when the server does', async () => {
      await withServer(async (server, redis) => {
        const store = redisRevocations(redis.client, { clock, timeout: 5 });
        await store.revoke(token);
        await server.kill();
        await server.restart();
        // Nothing was written to disk, so nothing is revoked; what matters is that there is an answer.
        expect(await store.isRevoked(token)).toBe(false);
        await store.revoke(token);
        expect(await store.isRevoked(token)).toBe(true);
      });
    });

    it('fails closed when the server refuses the command, and says no more than its code', async () => {
      await withServer(async (_server, redis) => {
        const store = redisRevocations(redis.client, { clock, timeout: 5 });
        await redis.command('CONFIG', 'SET', 'maxmemory', '1');
        await expectJwtError(() => store.revoke(token), UNAVAILABLE, { secrets: [ISS, 'jwtight'] });
        await expect(store.revoke(token)).rejects.toThrow(/OOM/);
        expect(await store.isRevoked(token)).toBe(false);
      });
    });

    it('fails closed when the client has been closed', async () => {
      await withServer(async (_server, redis) => {
        const store = redisRevocations(redis.client, { clock });
        redis.end();
        await expectJwtError(() => store.isRevoked(token), UNAVAILABLE);
      });
    });

    it('loses no acknowledged revocation when the server is killed in the middle', async () => {
      const server = await RedisServer.start('--appendonly', 'yes', '--appendfsync', 'always');
      try {
        const acknowledged: string[] = [];
        for (let round = 0; round < 3; round++) {
          const redis = await open.connect(server.port);
          const store = redisRevocations(redis.client, { clock, timeout: 2 });
          const aim = acknowledged.length + 300;
          const worker = async (id: number) => {
            for (let i = 0; ; i++) {
              const jti = `${round}-${id}-${i}`;
              await store.revoke({ jti, exp: NOW + 900 });
              acknowledged.push(jti);
              if (acknowledged.length === aim) void server.kill();
            }
          };
          const ends = await Promise.allSettled(Array.from({ length: 16 }, (_, id) => worker(id)));
          expect(ends.map((end) => end.status === 'rejected' && end.reason.code)).toEqual(Array(16).fill(UNAVAILABLE));
          redis.end();
          await server.kill();
          await server.restart();
        }
        expect(acknowledged.length).toBeGreaterThanOrEqual(900);
        const redis = await open.connect(server.port);
        try {
          const store = redisRevocations(redis.client, { clock, timeout: 5 });
          const lost = await Promise.all(acknowledged.map(async (jti) => !(await store.isRevoked({ jti }))));
          expect(acknowledged.filter((_, i) => lost[i])).toEqual([]);
        } finally {
          redis.end();
        }
      } finally {
        await server.stop();
      }
    });
  },
);

describe.skipIf(!hasRedis)(`redisRevocations on a cluster${redisHint}`, () => {
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

    describeStore(`${name}, cluster`, (clock, options) =>
      redisRevocations(redis.client, { ...options, prefix: prefix(), timeout: 5, clock: () => clock.seconds * 1000 }),
    );

    it('spreads over all nodes, and finds everything again', async () => {
      const start = prefix();
      const store = redisRevocations(redis.client, { prefix: start, clock: () => NOW * 1000, timeout: 5 });
      const ids = Array.from({ length: 60 }, (_, i) => `${i}`);
      for (const id of ids.slice(0, 30)) await store.revoke({ iss: ISS, jti: id, exp: NOW + 900 });
      for (const id of ids.slice(30)) await store.revokeSubject({ iss: ISS, sub: id });
      const revoked = await Promise.all(
        ids.map((id) => store.isRevoked({ iss: ISS, jti: id, sub: id, iat: NOW, exp: NOW + 900 })),
      );
      expect(revoked).toEqual(ids.map(() => true));
      expect(await store.isRevoked({ iss: ISS, jti: '60', sub: '60', iat: NOW, exp: NOW + 900 })).toBe(false);

      for (const { port } of servers) {
        const node = await open.connect(port);
        try {
          const keys = (await node.command('KEYS', `${start}*`)) as string[];
          expect(keys.length).toBeGreaterThan(5);
        } finally {
          node.end();
        }
      }
    });
  });
});
