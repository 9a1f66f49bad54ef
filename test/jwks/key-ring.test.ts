import { decodeUnverified, type JwtError, type PrivateKey, supportedAlgorithms } from 'jwtight';
import {
  createKeyRing,
  type KeyRing,
  type KeyRingOptions,
  type KeyRingStore,
  localJwks,
  memoryKeyRingStore,
  remoteJwks,
} from 'jwtight/jwks';
import { beforeEach, describe, expect, it } from 'vitest';
import { configError, outcome, TestClock, token, verifier } from './tokens.js';

const DAY = 86_400;
const LEAD = 2 * 600 + 10;

let clock: TestClock;
beforeEach(() => {
  clock = new TestClock();
});

function makeRing(options: Partial<KeyRingOptions<'ES256'>> = {}): KeyRing<'ES256'> {
  return createKeyRing({ algorithm: 'ES256', tokenLifetime: '1h', clock: clock.now, ...options });
}

async function id(ring: KeyRing): Promise<string> {
  return (await ring.signingKey()).id!;
}

async function published(ring: KeyRing): Promise<(string | undefined)[]> {
  return (await ring.publish()).keys.map(({ kid }) => kid);
}

describe('a key ring', () => {
  it('has defaults that fit together', () => {
    const ring = makeRing();
    expect(ring.settings).toEqual({
      rotateEvery: 90 * DAY,
      overlap: 3600 + 600,
      lead: LEAD,
      tokenLifetime: 3600,
      maxAge: 600,
      syncEvery: 10,
    });
    expect(ring.algorithms).toEqual(['ES256']);
    expect(Object.isFrozen(ring.settings) && Object.isFrozen(ring.algorithms)).toBe(true);
    expect(ring.status()).toEqual([]);
    expect(ring.trusts({} as never)).toBe(false);
  });

  it('signs at once, and verifies what it signed', async () => {
    const ring = makeRing();
    const signing = await ring.signingKey();
    expect(signing).toMatchObject({ algorithm: 'ES256', role: 'private' });
    expect(signing.cryptoKey.extractable).toBe(false);
    const verify = verifier(ring, clock, { maxEntries: 10 });
    const text = await token(signing, clock);
    expect(decodeUnverified(text).header.kid).toBe(signing.id);
    await verify(text);
    expect((await verify(text)).key.id).toBe(signing.id);
    expect(ring.status()).toEqual([
      { id: signing.id, state: 'signing', signsFrom: clock.seconds, usableUntil: undefined },
    ]);
    expect(await ring.signingKey()).toBe(signing);
  });

  it('publishes public halves with everything a verifier needs', async () => {
    const ring = makeRing();
    const set = await ring.publish();
    expect(set.keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        alg: 'ES256',
        use: 'sig',
        kid: await id(ring),
      },
    ]);
    const verify = verifier(await localJwks(set, { algorithms: ['ES256'] }), clock);
    expect(await outcome(verify(await token(await ring.signingKey(), clock)))).toBe('ok');
  });

  it('turns on schedule: publish, sign, retire, drop', async () => {
    const lead = LEAD - 9;
    const ring = makeRing({ rotateEvery: '30d', syncEvery: 1 });
    const begun = clock.seconds;
    const first = await id(ring);
    clock.seconds = begun + 30 * DAY - lead - 1;
    expect(await published(ring)).toEqual([first]);
    clock.pass(1);
    const [, second, ...others] = await published(ring);
    expect([second === first, others]).toEqual([false, []]);
    expect(await id(ring)).toBe(first);
    const signsFrom = begun + 30 * DAY;
    expect(ring.status()).toEqual([
      { id: first, state: 'signing', signsFrom: begun, usableUntil: signsFrom + 4200 },
      { id: second, state: 'next', signsFrom, usableUntil: undefined },
    ]);
    clock.seconds = signsFrom - 1;
    expect(await id(ring)).toBe(first);
    const last = await token(await ring.signingKey(), clock);
    const { key: firstKey } = await verifier(ring, clock)(last);
    clock.pass(1);
    expect(await id(ring)).toBe(second);
    expect(ring.status().map(({ state }) => state)).toEqual(['retired', 'signing']);
    clock.pass(3598);
    expect(await outcome(verifier(ring, clock)(last))).toBe('ok');
    clock.pass(601);
    expect(await published(ring)).toEqual([first, second]);
    expect(ring.trusts(firstKey)).toBe(true);
    clock.pass(1);
    expect(ring.trusts(firstKey)).toBe(false);
    expect(await published(ring)).toEqual([second]);
    expect(await outcome(verifier(ring, clock)(last))).toBe('ERR_JWT_KEY_NOT_FOUND');
  });

  it('drops a key in time even between two looks at the store', async () => {
    const ring = makeRing({ syncEvery: 600, maxAge: 60 });
    const begun = clock.seconds;
    const first = await ring.signingKey();
    const text = await token(first, clock, 3600);
    const { key: firstKey } = await verifier(ring, clock)(text);
    clock.seconds = begun + 90 * DAY;
    // Nobody asked in time: the next key is published now, and signs after the lead only.
    expect(await ring.signingKey()).toBe(first);
    const gone = clock.seconds + 720 + 3660;
    clock.seconds = gone - 1;
    await ring.publish();
    expect(ring.trusts(firstKey)).toBe(true);
    clock.seconds = gone;
    expect(ring.trusts(firstKey)).toBe(false);
    expect(await ring.find({ alg: 'ES256', kid: first.id! })).toBeUndefined();
    expect(ring.status()).toHaveLength(1);
    expect((await ring.publish()).keys).toHaveLength(1);
  });

  it('never signs with a key that was not published for long enough, however long it slept', async () => {
    const ring = makeRing();
    const first = await id(ring);
    clock.pass(400 * DAY);
    expect(await id(ring)).toBe(first);
    const [, second] = await published(ring);
    clock.pass(LEAD - 1);
    expect(await id(ring)).toBe(first);
    clock.pass(1);
    expect(await id(ring)).toBe(second);
  });

  it('forgets the private half of a retired key', async () => {
    const ring = makeRing();
    await ring.publish();
    clock.pass(90 * DAY - LEAD);
    await ring.publish();
    clock.pass(LEAD);
    const { keys } = JSON.parse(await ring.exportState());
    expect(keys.map(({ jwk }: { jwk: { d?: string } }) => typeof jwk.d)).toEqual(['undefined', 'string']);
  });

  it('finds no key for a token without a kid or with a foreign one', async () => {
    const ring = makeRing();
    await ring.publish();
    expect(await ring.find({ alg: 'ES256' })).toBeUndefined();
    expect(await ring.find({ alg: 'ES256', kid: 'x' })).toBeUndefined();
    clock.pass(1);
    expect(await ring.find({ alg: 'ES256', kid: 'x' })).toBeUndefined();
  });

  it('makes new keys at once after a leak and drops every other', async () => {
    const ring = makeRing();
    const verify = verifier(ring, clock, { maxEntries: 10 });
    clock.pass(90 * DAY - LEAD);
    const old = await token(await ring.signingKey(), clock);
    await verify(old);
    const before = await published(ring);
    await ring.rotate();
    expect(await published(ring)).toEqual([await id(ring)]);
    expect(before).not.toContain(await id(ring));
    expect(await outcome(verify(old))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(await outcome(verify(await token(await ring.signingKey(), clock)))).toBe('ok');
    // From here the schedule begins anew.
    clock.pass(90 * DAY - LEAD - 1);
    expect(await published(ring)).toHaveLength(1);
  });

  it('works with RSA, Edwards curves and, where there is one, ML-DSA', async () => {
    const supported = await supportedAlgorithms();
    for (const algorithm of ['RS256', 'Ed25519', 'ML-DSA-44'] as const) {
      if (!supported.includes(algorithm)) continue;
      const ring = createKeyRing({ algorithm, tokenLifetime: 60, clock: clock.now });
      const verify = verifier(ring, clock);
      expect(await outcome(verify(await token(await ring.signingKey(), clock, 60)))).toBe('ok');
      expect(JSON.stringify(await ring.publish())).not.toMatch(/"(d|p|q|priv)":/);
      clock.pass(90 * DAY);
      await ring.signingKey();
      clock.pass(LEAD);
      expect(await outcome(verify(await token(await ring.signingKey(), clock, 60)))).toBe('ok');
      expect(await ring.exportState()).toMatch(/"(d|priv)":/);
    }
  });
});

describe('its options', () => {
  it.each<[string, object]>([
    ['no algorithm', { algorithm: undefined }],
    ['HMAC', { algorithm: 'HS256' }],
    ['an unknown algorithm', { algorithm: 'none' }],
    ['no tokenLifetime', { tokenLifetime: undefined }],
    ['a tokenLifetime of nothing', { tokenLifetime: 0 }],
    ['a tokenLifetime without unit', { tokenLifetime: '15' }],
    ['an empty maxAge', { maxAge: '' }],
    ['a maxAge of nothing', { maxAge: 0 }],
    ['an infinite overlap', { overlap: Infinity }],
    ['an overlap of NaN', { overlap: Number.NaN }],
    ['an overlap that is too short', { overlap: 3600 + 600 - 1 }],
    ['an overlap that is too short for the maxAge', { overlap: '2h', maxAge: 3601 }],
    ['rotateEvery within the lead', { rotateEvery: LEAD }],
    ['a rotateEvery that is undefined', { rotateEvery: undefined }],
    ['a rotateEvery that is null', { rotateEvery: null }],
    ['a syncEvery below 0', { syncEvery: -1 }],
    ['a store without read', { store: { compareAndSet() {} } }],
    ['a store without compareAndSet', { store: { read() {} } }],
    ['a store that is null', { store: null }],
    ['a clock that is a number', { clock: 5 }],
    ['shareRequests as text', { shareRequests: 'yes' }],
    ['an unknown option', { rotate: 5 }],
  ])('refuse %s', async (_what, options) => {
    await configError(() => makeRing(options as never));
  });

  it('accept what just fits', () => {
    makeRing({ overlap: 3600 + 600, rotateEvery: LEAD + 1, syncEvery: 0 });
    makeRing({ tokenLifetime: 1, maxAge: 1 });
  });

  it('must be an object', async () => {
    await configError(() => createKeyRing(undefined as never));
  });

  it.each([[undefined], [''], [5]])('refuse %s as a saved state', async (state) => {
    await configError(() => memoryKeyRingStore(state as never));
  });
});

describe('its state', () => {
  it('moves to another process and goes on there', async () => {
    const ring = makeRing();
    const text = await token(await ring.signingKey(), clock);
    const restored = makeRing({ store: memoryKeyRingStore(await ring.exportState()) });
    expect(await id(restored)).toBe(await id(ring));
    expect(await outcome(verifier(restored, clock)(text))).toBe('ok');
    expect(await restored.exportState()).toBe(await ring.exportState());
    expect(await outcome(verifier(ring, clock)(await token(await restored.signingKey(), clock)))).toBe('ok');
  });

  it.each<[string, (state: string) => unknown]>([
    ['text that is not JSON', () => 'x'],
    ['no text', () => ({ keys: [] })],
    ['nothing', () => undefined],
    ['no keys', () => '{}'],
    ['an empty list', () => '{"keys":[]}'],
    ['a list of nothing', () => '{"keys":[null]}'],
    ['a key without jwk', () => '{"keys":[{"signsFrom":1}]}'],
    ['a jwk that is none', () => '{"keys":[{"signsFrom":1,"jwk":{}}]}'],
    ['a jwk of another type', () => '{"keys":[{"signsFrom":1,"jwk":{"kty":"RSA"}}]}'],
    ['a secret', () => '{"keys":[{"signsFrom":1,"jwk":{"kty":"oct","k":"AAAA"}}]}'],
    ['a time that is none', (state) => state.replace(/"signsFrom":\d+/, '"signsFrom":"1"')],
    ['keys out of order', (state) => state.replace(/\]\}$/, ',{"signsFrom":1,"jwk":{"kty":"EC"}}]}')],
    ['another algorithm', (state) => state.replace('"ES256"', '"ES384"')],
    ['names twice', (state) => state.replace('{', '{"keys":[],')],
    ['a damaged private half', (state) => state.replace(/"d":"[^"]+"/, '"d":"AAAA"')],
    ['no private half', (state) => state.replace(/"d":"[^"]+",/, '')],
  ])('is refused with %s', async (_what, damage) => {
    const state = damage(await makeRing().exportState()) as string;
    const ring = makeRing({ store: { read: () => ({ state, version: 1 }), compareAndSet: () => false } });
    expect(await outcome(ring.signingKey())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('is refused with keys in the wrong order', async () => {
    const ring = makeRing();
    await ring.publish();
    clock.pass(90 * DAY - LEAD);
    const { keys } = JSON.parse(await ring.exportState());
    expect(keys).toHaveLength(2);
    const store = memoryKeyRingStore(JSON.stringify({ keys: keys.reverse() }));
    expect(await outcome(makeRing({ store }).signingKey())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('of a ring whose clock lags far behind has the first key sign, not the next', async () => {
    const ring = makeRing();
    const first = await id(ring);
    clock.pass(90 * DAY - LEAD);
    const store = memoryKeyRingStore(await ring.exportState());
    clock.pass(-91 * DAY);
    const behind = makeRing({ store });
    expect(await id(behind)).toBe(first);
    expect(behind.status().map(({ state }) => state)).toEqual(['signing', 'next']);
  });

  it('of a ring whose clock lags has its first key sign already', async () => {
    const state = await makeRing().exportState();
    const mine = new TestClock();
    mine.pass(-5);
    const ring = createKeyRing({
      algorithm: 'ES256',
      tokenLifetime: '1h',
      store: memoryKeyRingStore(state),
      clock: mine.now,
    });
    expect((await ring.signingKey()).role).toBe('private');
    expect(ring.status()).toMatchObject([{ state: 'signing' }]);
  });

  it('of a ring whose clock lags lets the successor sign when the private half is gone', async () => {
    const store = memoryKeyRingStore();
    const ring = makeRing({ store });
    const first = await id(ring);
    clock.pass(90 * DAY - LEAD);
    await ring.publish();
    clock.pass(LEAD);
    const second = await id(ring);
    const mine = new TestClock();
    mine.seconds = clock.seconds - 30;
    const behind = createKeyRing({ algorithm: 'ES256', tokenLifetime: '1h', store, clock: mine.now });
    expect(await id(behind)).toBe(second);
    expect(await published(behind)).toEqual([first, second]);
  });
});

describe('a simulated year', () => {
  it('refuses no valid token of any age, and lets no retired key sign', async () => {
    // Tokens of 7 days, keys of 30, three processes with one store, a verifier elsewhere that keeps the set as long
    // as it may, and a cache before it.
    const store = memoryKeyRingStore();
    const options = { tokenLifetime: '7d', rotateEvery: '30d', maxAge: '10m', store } as const;
    const rings = [makeRing(options), makeRing(options), makeRing(options)];
    let cdn: { set: unknown; at: number } | undefined;
    let asked = 0;
    const remote = remoteJwks(
      async () => {
        if (!cdn || clock.seconds - cdn.at >= 600)
          cdn = { set: await rings[asked++ % 3]!.publish(), at: clock.seconds };
        return cdn.set as never;
      },
      { algorithms: ['ES256'], maxAge: '10m', clock: clock.now },
    );
    const verifiers = [...rings.map((ring) => verifier(ring, clock)), verifier(remote, clock)];
    const begun = clock.seconds;
    const alive: { text: string; until: number }[] = [];
    const signers: string[] = [];
    let random = 7;
    const next = (below: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return random % below;
    };
    while (clock.seconds < begun + 365 * DAY) {
      const signing = await rings[next(3)]!.signingKey();
      // Once a successor has signed, no process ever signs with the former key again.
      if (signers.at(-1) !== signing.id) {
        expect(signers).not.toContain(signing.id);
        signers.push(signing.id!);
      }
      alive.push({ text: await token(signing, clock, 7 * DAY), until: clock.seconds + 7 * DAY });
      while (alive[0]!.until <= clock.seconds) alive.shift();
      for (const age of [0, 1, next(alive.length), alive.length - 1, alive.length - 2]) {
        const { text } = alive[Math.min(age, alive.length - 1)] ?? alive[0]!;
        await Promise.all(verifiers.map((verify) => verify(text)));
      }
      clock.pass(300 + next(6 * 3600));
    }
    // 365 days of 30, late by what nobody asked.
    expect(signers.length).toBe(13);
    expect(remote.status().error).toBeUndefined();
  }, 60_000);

  it('finds the right key in every second around a rotation', async () => {
    const ring = makeRing({ tokenLifetime: 60, maxAge: 5, syncEvery: 2, rotateEvery: 120 });
    const verify = verifier(ring, clock);
    const remote = verifier(
      remoteJwks(() => ring.publish(), { algorithms: ['ES256'], maxAge: 5, cooldown: 5, clock: clock.now }),
      clock,
    );
    const tokens: { text: string; until: number }[] = [];
    const signers = new Set<string>();
    for (let second = 0; second < 600; second++) {
      const signing = await ring.signingKey();
      signers.add(signing.id!);
      expect([...signers].at(-1)).toBe(signing.id);
      tokens.push({ text: await token(signing, clock, 60), until: clock.seconds + 60 });
      const oldest = tokens.findIndex(({ until }) => until > clock.seconds);
      for (const { text } of [tokens[oldest]!, tokens[(oldest + second) >> 1]!, tokens.at(-1)!]) {
        await verify(text);
        await remote(text);
      }
      clock.pass(1);
    }
    expect(signers.size).toBe(5);
  });
});

describe('processes that share a store', () => {
  /** A store whose answers take their time, each a different one. */
  function slowStore(): KeyRingStore & { calls: number; failing: boolean } {
    const store = memoryKeyRingStore();
    const wait = async () => {
      if (slow.failing) throw new Error('postgres://user:s3cret@host');
      for (let turns = (slow.calls++ * 7) % 11; turns > 0; turns--) await Promise.resolve();
    };
    const slow = {
      calls: 0,
      failing: false,
      async read() {
        await wait();
        return store.read();
      },
      async compareAndSet(version: number, state: string) {
        await wait();
        return store.compareAndSet(version, state);
      },
    };
    return slow;
  }

  it('agree on the key when they begin together', async () => {
    const store = slowStore();
    const rings = Array.from({ length: 20 }, () => makeRing({ store }));
    const ids = new Set(await Promise.all(rings.map(id)));
    expect(ids.size).toBe(1);
    expect((await store.read())?.version).toBe(1);
  });

  it('agree on every key after it', async () => {
    const store = slowStore();
    const rings = Array.from({ length: 8 }, () => makeRing({ store, rotateEvery: '1d' }));
    for (let day = 0; day < 5; day++) {
      const sets = new Set((await Promise.all(rings.map(published))).map(String));
      expect(sets.size).toBe(1);
      clock.pass(DAY - LEAD);
      await Promise.all(rings.map(published));
      clock.pass(LEAD);
      expect(new Set(await Promise.all(rings.map(id))).size).toBe(1);
    }
  });

  it('race to rotate, and one key is left', async () => {
    const store = slowStore();
    const rings = Array.from({ length: 8 }, () => makeRing({ store }));
    await Promise.all(rings.map((ring) => ring.publish()));
    await Promise.all([...rings.map((ring) => ring.rotate()), ...rings.map((ring) => ring.signingKey())]);
    clock.pass(10);
    expect(new Set((await Promise.all(rings.map(published))).flat()).size).toBe(1);
    expect(new Set(await Promise.all(rings.map(id))).size).toBe(1);
  });

  it('learn of a rotation elsewhere at the next look, or by its first token', async () => {
    const store = memoryKeyRingStore();
    const [here, there] = [makeRing({ store }), makeRing({ store })];
    const verify = verifier(there, clock, { maxEntries: 10 });
    const old = await token(await here.signingKey(), clock);
    await verify(old);
    await here.rotate();
    clock.pass(1);
    expect(await outcome(verify(old))).toBe('ok');
    expect(await outcome(verify(await token(await here.signingKey(), clock)))).toBe('ok');
    expect(await outcome(verify(old))).toBe('ERR_JWT_KEY_NOT_FOUND');
    const second = await token(await here.signingKey(), clock);
    await verify(second);
    await here.rotate();
    clock.pass(9);
    expect(await outcome(verify(second))).toBe('ok');
    clock.pass(1);
    expect(await outcome(verify(second))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(await id(there)).toBe(await id(here));
  });

  it('look for an unknown kid once a second', async () => {
    const store = slowStore();
    const ring = makeRing({ store });
    await ring.publish();
    clock.pass(1);
    const { calls } = store;
    for (let i = 0; i < 5; i++) await ring.find({ alg: 'ES256', kid: 'x' });
    expect(store.calls).toBe(calls + 1);
  });

  it('do not undo a rotation with what they read before it', async () => {
    const store = memoryKeyRingStore();
    let release = (): void => {};
    let hold: Promise<void> | undefined;
    const ring = makeRing({
      store: {
        async read() {
          const stored = await store.read();
          const held = hold;
          hold = undefined;
          await held;
          return stored;
        },
        compareAndSet: store.compareAndSet,
      },
    });
    const before = await id(ring);
    clock.pass(10);
    hold = new Promise((done) => {
      release = done;
    });
    const looking = ring.publish();
    await ring.rotate();
    const after = await id(ring);
    release();
    await looking;
    expect(after).not.toBe(before);
    expect(await id(ring)).toBe(after);
    expect(await published(ring)).toEqual([after]);
  });

  it('share one look among all who wait, unless they must not', async () => {
    for (const [shareRequests, calls] of [
      [true, 1],
      [false, 5],
    ] as const) {
      const store = slowStore();
      const ring = makeRing({ store, shareRequests });
      await ring.publish();
      clock.pass(10);
      store.calls = 0;
      await Promise.all(Array.from({ length: 5 }, () => ring.signingKey()));
      expect(store.calls).toBe(calls);
    }
  });

  it('go on without the store as long as they can know their keys', async () => {
    const store = slowStore();
    const ring = makeRing({ store });
    const verify = verifier(ring, clock);
    const text = await token(await ring.signingKey(), clock);
    store.failing = true;
    expect(await outcome(ring.rotate())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    clock.pass(LEAD - 1);
    await ring.signingKey();
    expect(await outcome(verify(text))).toBe('ok');
    // Another process may have changed the key by now.
    clock.pass(1);
    for (const asked of [() => ring.signingKey(), () => ring.publish(), () => ring.exportState(), () => verify(text)])
      expect(await outcome(asked())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    await expect(ring.signingKey()).rejects.not.toThrow(/s3cret/);
    await expect(ring.signingKey().catch((error: JwtError) => error.cause)).resolves.toBeUndefined();
    store.failing = false;
    expect(await outcome(verify(text))).toBe('ok');
  });

  it('do not ask a failing store for every token', async () => {
    const store = slowStore();
    let reads = 0;
    const ring = makeRing({
      store: {
        read: () => {
          reads++;
          return store.read();
        },
        compareAndSet: store.compareAndSet,
      },
    });
    await ring.signingKey();
    store.failing = true;
    clock.pass(10);
    reads = 0;
    for (let i = 0; i < 5; i++) await ring.signingKey();
    expect(reads).toBe(1);
  });

  it.each<[string, unknown]>([
    ['never agrees', false],
    ['does not say', undefined],
    ['says something else', 1],
  ])('give up with a store that %s', async (_what, answer) => {
    let tries = 0;
    const ring = createKeyRing({
      algorithm: 'Ed25519',
      tokenLifetime: 60,
      store: { read: () => null, compareAndSet: () => ++tries > 0 && (answer as boolean) },
    });
    expect(await outcome(ring.signingKey())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(tries).toBe(50);
  });

  it('never sign with a key whose turn is over', async () => {
    const ring = makeRing({ rotateEvery: '1d' });
    const seen: PrivateKey[] = [];
    for (let hour = 0; hour < 24 * 10; hour++) {
      const signing = await ring.signingKey();
      if (!seen.includes(signing)) seen.push(signing);
      expect(seen.at(-1)).toBe(signing);
      const now = clock.seconds;
      const retired = ring.status().filter(({ state }) => state === 'retired');
      expect(retired.map(({ id }) => id)).not.toContain(signing.id);
      expect(ring.status().every(({ usableUntil }) => usableUntil === undefined || usableUntil > now)).toBe(true);
      clock.pass(3600);
    }
    expect(seen.length).toBeGreaterThan(8);
  });
});
