import { createVerifier, exportJwk, JwtError, key, sign } from 'jwtight';
import { type KeySetEvent, publishJwks, type RemoteOptions, remoteJwks } from 'jwtight/jwks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { json, type KeyServer, keyServer } from './key-server.js';
import { es256, outcome, TestClock, token, verifier } from './tokens.js';

const a = await es256('a');
const b = await es256('b');
const setA = await publishJwks([a.publicKey]);
const setAB = await publishJwks([a.publicKey, b.publicKey]);
const setB = await publishJwks([b.publicKey]);

let server: KeyServer;
let clock: TestClock;
let events: KeySetEvent[];

beforeAll(async () => {
  server = await keyServer(json(setA));
});
afterAll(() => server.stop());
beforeEach(() => {
  server.handle = json(setA);
  server.requests.length = 0;
  clock = new TestClock();
  events = [];
});

function remote(options: Partial<RemoteOptions> = {}, url = server.url) {
  const onEvent = (event: KeySetEvent) => events.push(event);
  return remoteJwks(url, { algorithms: ['ES256'], allowLocalhost: true, clock: clock.now, onEvent, ...options });
}

describe('a key set at a URL', () => {
  it('is fetched when it is first needed, and once', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    expect(server.requests).toEqual([]);
    expect(keys.status()).toEqual({
      state: 'empty',
      keys: 0,
      skipped: [],
      loadedAt: undefined,
      freshUntil: undefined,
      usableUntil: undefined,
      attemptedAt: undefined,
      error: undefined,
    });
    expect((await verify(await token(a.privateKey, clock))).key.id).toBe('a');
    await verify(await token(a.privateKey, clock));
    expect(server.requests).toEqual(['/jwks.json']);
    expect(keys.status()).toEqual({
      state: 'fresh',
      keys: 1,
      skipped: [],
      loadedAt: clock.seconds,
      freshUntil: clock.seconds + 600,
      usableUntil: clock.seconds + 600 + 86_400,
      attemptedAt: clock.seconds,
      error: undefined,
    });
    expect(events).toEqual([{ type: 'loaded', from: 'source', keys: 1, skipped: [] }]);
  });

  it('asks for JSON and follows nothing', async () => {
    let accept: string | undefined;
    server.handle = (request, response) => {
      accept = request.headers.accept;
      json(setA)(request, response);
    };
    await remote().refresh();
    expect(accept).toBe('application/jwk-set+json, application/json');
  });

  it('gives a key without a promise while it is fresh', async () => {
    const keys = remote();
    await keys.refresh();
    expect(keys.find({ alg: 'ES256', kid: 'a' })).toMatchObject({ id: 'a', role: 'public' });
  });

  it('is fetched again when its age is up, not a second sooner', async () => {
    const verify = verifier(remote({ maxAge: '5m' }), clock);
    const kept = await token(a.privateKey, clock);
    await verify(kept);
    clock.pass(299);
    await verify(kept);
    expect(server.requests).toHaveLength(1);
    clock.pass(1);
    await verify(kept);
    expect(server.requests).toHaveLength(2);
  });

  it.each<[string, number]>([
    ['max-age=60', 60],
    ['public, max-age=60', 60],
    ['public,Max-Age="60"', 60],
    ['max-age=86400', 600],
    ['max-age=5', 30],
    ['max-age=0', 30],
    ['no-store', 30],
    ['max-age=300, no-cache', 30],
    ['x-max-age=60', 600],
    ['s-maxage=60', 600],
    ['max-age=soon', 600],
    ['', 600],
  ])('keeps within its bounds to the Cache-Control %j: %i s', async (cacheControl, seconds) => {
    server.handle = json(setA, { 'cache-control': cacheControl });
    const keys = remote();
    await keys.refresh();
    expect(keys.status().freshUntil).toBe(clock.seconds + seconds);
  });

  it.each([
    ['100', 200],
    ['295', 30],
    ['900', 30],
    ['x', 300],
  ])('counts the Age %s that a cache between gave', async (age, seconds) => {
    server.handle = json(setA, { 'cache-control': 'max-age=300', age });
    const keys = remote();
    await keys.refresh();
    expect(keys.status().freshUntil).toBe(clock.seconds + seconds);
  });

  it('stops verifying with a key that has left it, in the token cache too', async () => {
    const keys = remote();
    const verify = verifier(keys, clock, { maxEntries: 10 });
    const old = await token(a.privateKey, clock);
    const { key: before } = await verify(old);
    await verify(old);
    expect(keys.trusts(before)).toBe(true);
    server.handle = json(setB);
    clock.pass(600);
    expect(keys.trusts(before)).toBe(false);
    expect(await outcome(verify(old))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(keys.trusts(before)).toBe(false);
    expect(await outcome(verify(await token(b.privateKey, clock)))).toBe('ok');
  });

  it('lets nobody use an old key while it is being loaded again', async () => {
    const verify = verifier(remote(), clock);
    const old = await token(a.privateKey, clock);
    await verify(old);
    server.handle = json(setB);
    clock.pass(600);
    const codes = await Promise.all(Array.from({ length: 10 }, () => outcome(verify(old))));
    expect(new Set(codes)).toEqual(new Set(['ERR_JWT_KEY_NOT_FOUND']));
  });

  it('drops a key at once when it is refreshed', async () => {
    const keys = remote();
    const verify = verifier(keys, clock, { maxEntries: 10 });
    const old = await token(a.privateKey, clock);
    await verify(old);
    server.handle = json(setB);
    await keys.refresh();
    expect(await outcome(verify(old))).toBe('ERR_JWT_KEY_NOT_FOUND');
    server.handle = json({ keys: [] });
    await keys.refresh();
    expect(keys.status()).toMatchObject({ state: 'fresh', keys: 0 });
    clock.pass(31);
    expect(await outcome(verify(await token(b.privateKey, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
  });

  it('keeps the object of a key that stays, so that cached tokens stay too', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    const kept = await token(a.privateKey, clock);
    const { key: before } = await verify(kept);
    server.handle = json({ keys: [...setB.keys, { ...setA.keys[0], x5t: 'new' }] });
    await keys.refresh();
    expect(keys.trusts(before)).toBe(true);
    expect((await verify(kept)).key).toBe(before);
  });

  it('does not take a key for another with the same id', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    const { key: before } = await verify(await token(a.privateKey, clock));
    const other = await es256('a');
    server.handle = json(await publishJwks([other.publicKey]));
    await keys.refresh();
    expect(keys.trusts(before)).toBe(false);
    expect(await outcome(verify(await token(a.privateKey, clock)))).toBe('ERR_JWT_SIGNATURE');
    expect(await outcome(verify(await token(other.privateKey, clock)))).toBe('ok');
  });

  it('is asked for an unknown kid after the cooldown, and not before', async () => {
    const verify = verifier(remote(), clock);
    await verify(await token(a.privateKey, clock));
    const fresh = await token(b.privateKey, clock);
    server.handle = json(setAB);
    clock.pass(29);
    expect(await outcome(verify(fresh))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(server.requests).toHaveLength(1);
    clock.pass(1);
    expect(await outcome(verify(fresh))).toBe('ok');
    expect(server.requests).toHaveLength(2);
  });

  it('does not grow young again when the clock is set back', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    await verify(await token(a.privateKey, clock));
    server.handle = json(setB);
    clock.pass(-600);
    expect(keys.status().state).toBe('stale');
    expect(await outcome(verify(await token(a.privateKey, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(keys.status()).toMatchObject({ state: 'fresh', loadedAt: clock.seconds });
  });

  it('ignores what its watcher throws', async () => {
    const keys = remote({
      onEvent: () => {
        throw new Error('watcher');
      },
    });
    await keys.refresh();
    expect(keys.status().state).toBe('fresh');
  });

  it('never returns a key for another algorithm than those declared', async () => {
    const { publicKey, privateKey } = await key('Ed25519').id('e').generate();
    server.handle = json(await publishJwks([a.publicKey, publicKey]));
    const keys = remote();
    const verify = verifier(keys, clock);
    expect(await outcome(verify(await token(privateKey, clock)))).toBe('ERR_JWT_ALGORITHM');
    await keys.refresh();
    expect(keys.status().skipped).toEqual([{ index: 1, reason: 'unusable', message: expect.any(String) }]);
  });
});

describe('many verifications at once', () => {
  it('cause one fetch, 10,000 of them with unknown kids', async () => {
    const keys = remote();
    const stranger = await token((await es256('stranger')).privateKey, clock);
    // Signatures do not matter: nobody's key is found.
    const tokens = Array.from({ length: 10_000 }, (_, i) => {
      const [, payload, signature] = stranger.split('.');
      return `${Buffer.from(`{"alg":"ES256","kid":"k${i}"}`).toString('base64url')}.${payload}.${signature}`;
    });
    const verify = verifier(keys, clock);
    const codes = new Set(await Promise.all(tokens.map((text) => outcome(verify(text)))));
    expect([...codes]).toEqual(['ERR_JWT_KEY_NOT_FOUND']);
    expect(server.requests).toHaveLength(1);
    clock.pass(30);
    await Promise.all(tokens.map((text) => outcome(verify(text))));
    expect(server.requests).toHaveLength(2);
    await Promise.all(tokens.map((text) => outcome(verify(text))));
    expect(server.requests).toHaveLength(2);
  });

  it('are all served by the fetch they wait for', async () => {
    const verify = verifier(remote(), clock);
    const kept = await token(a.privateKey, clock);
    await Promise.all(Array.from({ length: 500 }, () => verify(kept)));
    clock.pass(600);
    await Promise.all(Array.from({ length: 500 }, () => verify(kept)));
    expect(server.requests).toHaveLength(2);
  });

  it('survive keys that rotate under load', async () => {
    const verify = verifier(remote(), clock);
    const pairs = await Promise.all(Array.from({ length: 12 }, (_, i) => es256(`r${i}`)));
    const served = async (i: number) =>
      json(await publishJwks(pairs.slice(Math.max(0, i - 1), i + 2).map((p) => p.publicKey)));
    for (const [i, { privateKey }] of pairs.entries()) {
      // The set holds the last, the present and the next key, as a ring publishes them.
      server.handle = await served(i);
      clock.pass(601);
      const mine = await token(privateKey, clock);
      const former = await token(pairs[Math.max(0, i - 1)]!.privateKey, clock);
      await Promise.all(Array.from({ length: 100 }, (_, n) => verify(n % 2 ? mine : former)));
    }
    expect(server.requests).toHaveLength(12);
  });
});

describe('a source that fails', () => {
  const answers: [string, KeyServer['handle']][] = [
    ['500', (_, response) => response.writeHead(500).end('oops')],
    ['404', (_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"keys":[]}')],
    ['204', (_, response) => response.writeHead(204).end()],
    ['206', (_, response) => response.writeHead(206, { 'content-type': 'application/json' }).end(JSON.stringify(setA))],
    ...[301, 302, 303, 307, 308].map((status): [string, KeyServer['handle']] => [
      `redirect ${status}`,
      (request, response) => {
        if (request.url === '/elsewhere') json(setA)(request, response);
        else response.writeHead(status, { location: '/elsewhere' }).end();
      },
    ]),
    ['no content type', (_, response) => response.writeHead(200).end(JSON.stringify(setA))],
    ...['text/html', 'text/plain; charset=utf-8', 'application/jsonp', 'text/json', 'application/json-seq'].map(
      (type): [string, KeyServer['handle']] => [`content type ${type}`, json(setA, { 'content-type': type })],
    ),
    ['HTML', json('<html>Sign in to the network</html>')],
    ['nothing', json('')],
    ['an array', json([])],
    ['no keys', json({})],
    ['keys that are no list', json({ keys: { 0: setA.keys[0], length: 1 } })],
    ['a name twice', json(`{"keys":[],"keys":${JSON.stringify(setA.keys)}}`)],
    ['a BOM', json(`\uFEFF${JSON.stringify(setA)}`)],
    [
      'bytes that are not UTF-8',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
      },
    ],
    ['deep nesting', json(`{"keys":[],"x":${'['.repeat(40)}${']'.repeat(40)}}`)],
    [
      'half a body',
      (_, response) => {
        const text = JSON.stringify(setA);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
        response.write(text.slice(0, 40), () => response.socket!.destroy());
      },
    ],
    [
      'half a chunked body',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(JSON.stringify(setA).slice(0, 40), () => response.socket!.destroy());
      },
    ],
    ['a closed connection', (_, response) => response.socket!.destroy()],
  ];

  it.each(answers)('with %s is unavailable', async (_what, handle) => {
    server.handle = handle;
    const keys = remote();
    expect(await outcome(verifier(keys, clock)(await token(a.privateKey, clock)))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(server.requests).not.toContain('/elsewhere');
    expect(keys.status()).toMatchObject({ state: 'empty', keys: 0, error: { code: 'ERR_JWT_KEYS_UNAVAILABLE' } });
    expect(events).toEqual([{ type: 'failed', error: keys.status().error }]);
  });

  it.each([
    'application/json; charset=utf-8',
    'application/jwk-set+json',
    'Application/JSON',
    'application/vnd.x.y-1+json ; q=1',
  ])('is no source with the content type %s', async (type) => {
    server.handle = json(setA, { 'content-type': type });
    await remote().refresh();
  });

  it('that stalls before or within its answer is given up in time', async () => {
    for (const handle of [
      () => {},
      ((_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).write('{')) as KeyServer['handle'],
    ]) {
      server.handle = handle;
      const begun = performance.now();
      const keys = remote({ timeout: 0.05 });
      expect(await outcome(verifier(keys, clock)(await token(a.privateKey, clock)))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
      expect(performance.now() - begun).toBeLessThan(2000);
      expect(keys.status().error?.message).toContain('0.05 seconds');
    }
  });

  it('is not read on when its status says that it failed', async () => {
    server.handle = (_, response) => response.writeHead(500).write('oops');
    const keys = remote({ timeout: 5 });
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(keys.status().error?.message).toContain('status 200');
  });

  it('is given up even when its fetch does not listen to the signal', async () => {
    const keys = remote({ timeout: 0.02, fetch: () => new Promise(() => {}) });
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('tells the request to stop when the time is up', async () => {
    let aborted = false;
    server.handle = (request) =>
      request.socket.once('close', () => {
        aborted = true;
      });
    await outcome(remote({ timeout: 0.02 }).refresh());
    for (let i = 0; i < 200 && !aborted; i++) await new Promise((done) => setTimeout(done, 5));
    expect(aborted).toBe(true);
  });

  it('of 10 MB is cut off at the limit', async () => {
    let sent = 0;
    let closed: Promise<void> | undefined;
    const chunk = Buffer.alloc(65_536, ' ');
    server.handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      closed = new Promise((done) => response.once('close', done));
      const more = () => {
        for (sent += chunk.length; sent < 10_000_000 && response.write(chunk); sent += chunk.length);
        if (sent < 10_000_000) response.once('drain', more);
        else response.end(JSON.stringify(setA));
      };
      more();
    };
    const keys = remote();
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(keys.status().error?.message).toContain('262144 bytes');
    await closed;
    expect(sent).toBeLessThan(10_000_000);
  });

  it('may have exactly so many bytes and keys', async () => {
    const text = JSON.stringify(setAB);
    server.handle = json(text);
    await remote({ maxBytes: text.length, maxKeys: 2 }).refresh();
    expect(await outcome(remote({ maxBytes: text.length - 1 }).refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(await outcome(remote({ maxKeys: 1 }).refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('by default may have 100 keys', async () => {
    const many = (count: number) => ({ keys: Array.from({ length: count }, () => ({ kty: 'x' })) });
    server.handle = json(many(100));
    await remote().refresh();
    server.handle = json(many(101));
    expect(await outcome(remote().refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('says why it could not be reached, and nothing of the URL', async () => {
    const closed = await keyServer(json(setA));
    await closed.stop();
    const keys = remote({}, `${closed.url}?token=s3cret`);
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    const { error } = keys.status();
    expect(error?.message).toContain('ECONNREFUSED');
    expect(String(error) + JSON.stringify(error) + error?.stack).not.toMatch(/s3cret|127\.0\.0\.1:/);
    expect(error?.cause).toBeUndefined();
    expect(JSON.stringify(keys.settings)).not.toContain('s3cret');
  });

  it.each([
    [Object.assign(new Error('x'), { code: 'ConnectionRefused' }), ' (ConnectionRefused)'],
    [Object.assign(new Error('x'), { code: 'https://x?s3cret' }), ''],
    [Object.assign(new Error('x'), { code: 42 }), ''],
    [new Error('https://x?s3cret'), ''],
    [undefined, ''],
    [null, ''],
  ])('may fail in its own way: %s', async (thrown, code) => {
    const keys = remote({ fetch: () => Promise.reject(thrown) });
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(keys.status().error?.message).toBe(`the request for the key set failed${code}`);
  });

  it('may answer without a body', async () => {
    const keys = remote({ fetch: async () => ({ status: 200, headers: new Headers(), body: null }) });
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('is asked again after a second while there is nothing to use', async () => {
    server.handle = (_, response) => response.writeHead(500).end();
    const verify = verifier(remote(), clock);
    const kept = await token(a.privateKey, clock);
    expect(await outcome(verify(kept))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    server.handle = json(setA);
    expect(await outcome(verify(kept))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(server.requests).toHaveLength(1);
    clock.pass(1);
    expect(await outcome(verify(kept))).toBe('ok');
  });

  it('dies and comes back, and no valid token is refused meanwhile', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    const pass = async () => {
      const kept = await token(a.privateKey, clock);
      await Promise.all(Array.from({ length: 20 }, () => verify(kept)));
    };
    await pass();
    await server.stop();
    // 24 hours and 10 minutes after it was loaded, the set is too old even for an outage.
    for (let minutes = 0; minutes < 24 * 60; minutes += 30) {
      await pass();
      clock.pass(1800);
    }
    clock.pass(599);
    await pass();
    expect(keys.status()).toMatchObject({ state: 'stale', error: { code: 'ERR_JWT_KEYS_UNAVAILABLE' } });
    clock.pass(1);
    expect(keys.status().state).toBe('expired');
    expect(await outcome(pass())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    await server.start();
    clock.pass(1);
    await pass();
    expect(keys.status()).toMatchObject({ state: 'fresh', error: undefined });
  });

  it('does not make anybody wait who has a key, and is asked once per cooldown', async () => {
    const keys = remote();
    const verify = verifier(keys, clock, { maxEntries: 10 });
    const kept = await token(a.privateKey, clock);
    const { key: known } = await verify(kept);
    await server.stop();
    clock.pass(600);
    await verify(kept);
    await server.start();
    server.requests.length = 0;
    server.handle = () => {};
    // Between attempts the token cache goes on, too.
    expect(keys.trusts(known)).toBe(true);
    clock.pass(30);
    expect(keys.trusts(known)).toBe(false);
    for (let i = 0; i < 50; i++) await verify(kept);
    expect(keys.trusts(known)).toBe(true);
    clock.pass(29);
    for (let i = 0; i < 50; i++) await verify(kept);
    for (let i = 0; i < 200 && server.requests.length === 0; i++) await new Promise((done) => setTimeout(done, 5));
    expect(server.requests).toHaveLength(1);
    await server.stop();
    await server.start();
  });

  it('leaves it open what an unknown kid is', async () => {
    const keys = remote();
    const verify = verifier(keys, clock);
    await verify(await token(a.privateKey, clock));
    const unknown = await token(b.privateKey, clock);
    server.handle = (_, response) => response.writeHead(500).end();
    clock.pass(30);
    expect(await outcome(verify(unknown))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(await outcome(verify(unknown))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(server.requests).toHaveLength(2);
    // The set is still fresh: known keys go on without a promise.
    expect(keys.find({ alg: 'ES256', kid: 'a' })).toMatchObject({ id: 'a' });
    server.handle = json(setA);
    clock.pass(30);
    expect(await outcome(verify(unknown))).toBe('ERR_JWT_KEY_NOT_FOUND');
  });

  it('gets no grace where none is wanted', async () => {
    const keys = remote({ staleIfError: 0 });
    const verify = verifier(keys, clock);
    const kept = await token(a.privateKey, clock);
    await verify(kept);
    server.handle = (_, response) => response.writeHead(500).end();
    clock.pass(600);
    expect(keys.status().state).toBe('expired');
    expect(await outcome(verify(kept))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('makes refresh fail, and what was loaded stays', async () => {
    const keys = remote();
    await keys.refresh();
    server.handle = (_, response) => response.writeHead(500).end();
    await expect(keys.refresh()).rejects.toBeInstanceOf(JwtError);
    expect(keys.status().state).toBe('fresh');
    expect(keys.find({ alg: 'ES256', kid: 'a' })).toMatchObject({ id: 'a' });
  });
});

describe('a function that brings the set', () => {
  const options = (more: Partial<RemoteOptions> = {}): RemoteOptions => ({
    algorithms: ['ES256'],
    clock: clock.now,
    ...more,
  });

  it.each<[string, () => unknown]>([
    ['an object', () => setA],
    ['a promise', async () => setA],
    ['JSON text', async () => JSON.stringify(setA)],
  ])('may bring %s', async (_what, load) => {
    const keys = remoteJwks(load as () => typeof setA, options());
    expect(keys.settings.url).toBeUndefined();
    expect(await outcome(verifier(keys, clock)(await token(a.privateKey, clock)))).toBe('ok');
    expect(keys.status().freshUntil).toBe(clock.seconds + 600);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    ['rejects', () => Promise.reject(undefined)],
    ['brings nothing', () => undefined],
    ['brings a list', () => setA.keys],
    ['brings broken text', () => '{'],
    ['brings a name twice', () => '{"keys":[],"keys":[]}'],
    ['brings too much', () => `${' '.repeat(262_144)}{"keys":[]}`],
    ['never returns', () => new Promise(() => {})],
  ])('fails when it %s', async (_what, load) => {
    const keys = remoteJwks(load as () => typeof setA, options({ timeout: 0.02 }));
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('is told when to stop', async () => {
    let signal: AbortSignal | undefined;
    const keys = remoteJwks(
      (given) => {
        signal = given;
        return new Promise(() => {});
      },
      options({ timeout: 0.02 }),
    );
    await outcome(keys.refresh());
    expect(signal?.aborted).toBe(true);
  });
});

describe('keys without names', () => {
  const nameless = async (algorithm: 'RS256' | 'ES256') => key(algorithm).generate();

  it('serve every kid where they stand alone', async () => {
    const { publicKey, privateKey } = await nameless('ES256');
    const { kid, ...jwk } = (await publishJwks([publicKey])).keys[0]!;
    server.handle = json({ keys: [jwk] });
    const verify = verifier(remote(), clock);
    expect(await outcome(verify(await token(privateKey, clock)))).toBe('ok');
    const named = await key('ES256').id('any').private({ cryptoKey: privateKey.cryptoKey });
    expect(await outcome(verify(await token(named, clock)))).toBe('ok');
    // Beside a named key it is only one of two.
    server.handle = json({ keys: [jwk, setA.keys[0]] });
    const two = verifier(remote(), clock);
    expect(await outcome(two(await token(privateKey, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(await outcome(two(await token(named, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(await outcome(two(await token(a.privateKey, clock)))).toBe('ok');
  });

  it('are not guessed for a token that names none', async () => {
    server.handle = json(setAB);
    const verify = verifier(remote(), clock);
    const anonymous = await key('ES256').private({ cryptoKey: a.privateKey.cryptoKey });
    expect(await outcome(verify(await token(anonymous, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
    server.handle = json(setA);
    expect(await outcome(verifier(remote(), clock)(await token(anonymous, clock)))).toBe('ok');
  });

  it('serve several algorithms where the JWK says none', async () => {
    const rs = await key('RS256').id('r').modulusLength(2048).extractable().generate();
    const { alg, ...jwk } = (await publishJwks([rs.publicKey])).keys[0]!;
    const ps = await key('PS256')
      .id('r')
      .private({ jwk: { ...(await exportJwk(rs.privateKey)), alg: 'PS256' } });
    server.handle = json({ keys: [jwk] });
    const both = remote({ algorithms: ['RS256', 'PS256', 'RS256'] });
    expect(both.algorithms).toEqual(['RS256', 'PS256']);
    const verify = verifier(both, clock);
    expect(await outcome(verify(await token(rs.privateKey, clock)))).toBe('ok');
    expect(await outcome(verify(await token(ps, clock)))).toBe('ok');
    expect(both.status()).toMatchObject({ keys: 2, skipped: [] });
    const one = verifier(remote({ algorithms: ['RS256'] }), clock);
    expect(await outcome(one(await token(ps, clock)))).toBe('ERR_JWT_ALGORITHM');
  });
});

describe('several issuers', () => {
  it('each have their own keys', async () => {
    server.handle = (request, response) => json(request.url === '/a' ? setA : setB)(request, response);
    const policy = (issuer: string, path: string) => ({
      keys: remote({}, `${server.origin}${path}`),
      issuer,
      audience: 'x',
      clock: clock.now,
    });
    const verify = createVerifier([policy('https://a.example', '/a'), policy('https://b.example', '/b')]);
    const make = (iss: string, signer: typeof a) =>
      sign({ iss, aud: 'x', exp: clock.seconds + 60 }, signer.privateKey, { clock: clock.now });
    expect(await outcome(verify(await make('https://a.example', a)))).toBe('ok');
    expect(await outcome(verify(await make('https://b.example', a)))).toBe('ERR_JWT_KEY_NOT_FOUND');
  });
});
