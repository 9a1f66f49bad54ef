// Where a request must not await another's promise (Cloudflare Workers), and where isolates share a cache.

import { type KeySetCache, type KeySetEvent, publishJwks, type RemoteOptions, remoteJwks } from 'jwtight/jwks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { es256, outcome, TestClock, token, verifier } from './tokens.js';

const URL_A = 'https://auth.example.com/jwks.json';
const a = await es256('a');
const b = await es256('b');
const setA = await publishJwks([a.publicKey]);
const setB = await publishJwks([b.publicKey]);

let clock: TestClock;
let events: KeySetEvent[];
let served: unknown;
let fetches: number;
/** Answers held back, in the order in which they were asked for. */
let held: (() => void)[] | undefined;

beforeEach(() => {
  clock = new TestClock();
  events = [];
  served = setA;
  fetches = 0;
  held = undefined;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function fetch() {
  fetches++;
  const body = JSON.stringify(served);
  if (held) await new Promise<void>((done) => held!.push(done));
  if (served === undefined) throw new Error('down');
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

function isolate(options: Partial<RemoteOptions> = {}) {
  const onEvent = (event: KeySetEvent) => events.push(event);
  return remoteJwks(URL_A, {
    algorithms: ['ES256'],
    clock: clock.now,
    fetch,
    shareRequests: false,
    onEvent,
    ...options,
  });
}

/** Lets everything that waits for nothing but promises go on. */
const settle = () => new Promise((done) => setImmediate(done));

describe('without shared requests', () => {
  it('is how Workers run by themselves, and nothing else', () => {
    const keys = () => remoteJwks(URL_A, { algorithms: ['ES256'] });
    expect(keys().settings.shareRequests).toBe(true);
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    expect(keys().settings.shareRequests).toBe(false);
    vi.stubGlobal('navigator', undefined);
    expect(keys().settings.shareRequests).toBe(true);
  });

  it('nobody hangs on a request that is gone for ever', async () => {
    const keys = isolate();
    const kept = await token(a.privateKey, clock);
    held = [];
    // Its visitor has left: what it awaited never settles.
    void keys.find({ alg: 'ES256', kid: 'a' });
    await settle();
    held = undefined;
    expect(await outcome(verifier(keys, clock)(kept))).toBe('ok');
    expect(fetches).toBe(2);
    // From then on there is a value to share.
    expect(await outcome(verifier(keys, clock)(kept))).toBe('ok');
    expect(fetches).toBe(2);
  });

  it('no more than eight fetch at once, and the others see what they bring', async () => {
    const keys = isolate();
    held = [];
    const waiting = Array.from({ length: 50 }, () => keys.find({ alg: 'ES256', kid: 'a' }));
    await settle();
    expect(fetches).toBe(8);
    held[3]!();
    await Promise.all(waiting.slice(8));
    for (const found of await Promise.all([waiting[3], ...waiting.slice(8)])) expect(found).toMatchObject({ id: 'a' });
    expect(fetches).toBe(8);
    for (const release of held) release();
    await Promise.all(waiting);
  });

  it('those who wait give up in time when nobody brings anything', async () => {
    const keys = isolate({ timeout: 0.05 });
    held = [];
    const waiting = Array.from({ length: 12 }, () => outcome(verifier(keys, clock)(tokenA)));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ERR_JWT_KEYS_UNAVAILABLE']));
    expect(fetches).toBe(8);
  });

  it('a request whose eight predecessors are gone waits no longer than the timeout', async () => {
    const keys = isolate({ timeout: 0.05 });
    held = [];
    // With their visitors their timers are gone, too.
    vi.stubGlobal('setTimeout', () => 0);
    for (let i = 0; i < 8; i++) void keys.find({ alg: 'ES256', kid: 'a' });
    await settle();
    vi.unstubAllGlobals();
    expect(fetches).toBe(8);
    expect(await outcome(verifier(keys, clock)(tokenA))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(keys.status()).toMatchObject({ state: 'empty', error: undefined });
    held = undefined;
    clock.pass(1);
    expect(await outcome(verifier(keys, clock)(tokenA))).toBe('ok');
    expect(fetches).toBe(9);
  });

  it('an unknown kid causes no fetch within the cooldown once one has landed', async () => {
    const verify = verifier(isolate(), clock);
    await verify(tokenA);
    clock.pass(30);
    const stranger = await token(b.privateKey, clock);
    expect(await outcome(verify(stranger))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(await outcome(verify(stranger))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(fetches).toBe(2);
    served = undefined;
    clock.pass(30);
    expect(await outcome(verify(stranger))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(await outcome(verify(stranger))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(fetches).toBe(3);
  });

  it('an answer that comes late does not undo a newer one', async () => {
    const keys = isolate();
    held = [];
    const first = keys.find({ alg: 'ES256', kid: 'a' });
    await settle();
    served = setB;
    const second = keys.find({ alg: 'ES256', kid: 'b' });
    await settle();
    held[1]!();
    expect(await second).toMatchObject({ id: 'b' });
    held[0]!();
    expect(await first).toBeUndefined();
    expect(keys.find({ alg: 'ES256', kid: 'b' })).toMatchObject({ id: 'b' });
    expect(events).toHaveLength(1);
  });

  it('a failure that comes late does not undo a success', async () => {
    const keys = isolate();
    held = [];
    const first = keys.find({ alg: 'ES256', kid: 'a' });
    await settle();
    const second = keys.find({ alg: 'ES256', kid: 'a' });
    await settle();
    held[1]!();
    await second;
    served = undefined;
    held[0]!();
    expect(await first).toMatchObject({ id: 'a' });
    expect(keys.status()).toMatchObject({ state: 'fresh', error: undefined });
    expect(events.map(({ type }) => type)).toEqual(['loaded', 'failed']);
  });

  it('an outage costs one request per cooldown its own time, and nobody a valid token', async () => {
    const verify = verifier(isolate(), clock);
    await verify(tokenA);
    served = undefined;
    clock.pass(600);
    for (let i = 0; i < 20; i++) await verify(tokenA);
    expect(fetches).toBe(2);
    clock.pass(30);
    await Promise.all(Array.from({ length: 20 }, () => verify(tokenA)));
    expect(fetches).toBeLessThanOrEqual(2 + 8);
  });
});

const tokenA = await token(a.privateKey, new TestClock(), 30 * 86_400);

/** A shared cache with its contents in sight. */
class MapCache implements KeySetCache {
  readonly entries = new Map<string, string>();
  readonly lifetimes: number[] = [];
  async get(name: string): Promise<string | null> {
    return this.entries.get(name) ?? null;
  }
  async set(name: string, text: string, lifetime: number): Promise<void> {
    this.entries.set(name, text);
    this.lifetimes.push(lifetime);
  }
}

describe.each([true, false])('a shared cache (shared requests: %s)', (shareRequests) => {
  const NAME = `jwtight:jwks:${URL_A}`;
  let cache: MapCache;
  const fresh = (options: Partial<RemoteOptions> = {}) => isolate({ cache, shareRequests, ...options });
  beforeEach(() => {
    cache = new MapCache();
  });

  it('spares every isolate but the first a fetch', async () => {
    for (let i = 0; i < 5; i++) {
      const keys = fresh();
      expect(await outcome(verifier(keys, clock)(tokenA))).toBe('ok');
      expect(keys.status()).toMatchObject({ state: 'fresh', loadedAt: 1_800_000_000, freshUntil: 1_800_000_600 });
      clock.pass(100);
    }
    expect(fetches).toBe(1);
    expect(cache.lifetimes).toEqual([600 + 86_400]);
    expect([...cache.entries.keys()]).toEqual([NAME]);
    expect(JSON.parse(cache.entries.get(NAME)!)).toEqual({ at: 1_800_000_000, age: 600, document: setA });
    expect(events.map((event) => event.type === 'loaded' && event.from)).toEqual(['source', ...Array(4).fill('cache')]);
  });

  it('does not lengthen the life of a set', async () => {
    await fresh().refresh();
    clock.pass(599);
    const keys = fresh();
    await verifier(keys, clock)(tokenA);
    expect(fetches).toBe(1);
    served = setB;
    clock.pass(1);
    expect(await outcome(verifier(keys, clock)(tokenA))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(fetches).toBe(2);
    // Not even where an isolate of another configuration wrote it.
    cache.entries.set(NAME, JSON.stringify({ at: clock.seconds, age: 1e9, document: setB }));
    clock.pass(1);
    const other = fresh();
    await other.find({ alg: 'ES256', kid: 'b' });
    expect(other.status().freshUntil).toBe(clock.seconds - 1 + 600);
  });

  it('is a help while the source fails', async () => {
    await fresh().refresh();
    served = undefined;
    clock.pass(600 + 86_399);
    expect(await outcome(verifier(fresh(), clock)(tokenA))).toBe('ok');
    expect(fetches).toBe(2);
    clock.pass(1);
    expect(await outcome(verifier(fresh(), clock)(tokenA))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
  });

  it('counts for the cooldown of all', async () => {
    await fresh().refresh();
    const stranger = await token(b.privateKey, clock);
    clock.pass(29);
    for (let i = 0; i < 5; i++) expect(await outcome(verifier(fresh(), clock)(stranger))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(fetches).toBe(1);
    served = setB;
    clock.pass(1);
    const late = fresh();
    expect(await outcome(verifier(late, clock)(stranger))).toBe('ok');
    expect(fetches).toBe(2);
  });

  it('brings a new key that another isolate has fetched', async () => {
    const [here, there] = [fresh(), fresh()];
    await here.refresh();
    clock.pass(31);
    served = setB;
    await there.refresh();
    clock.pass(1);
    expect(await outcome(verifier(here, clock)(await token(b.privateKey, clock)))).toBe('ok');
    expect(fetches).toBe(2);
  });

  it('is passed over by refresh', async () => {
    await fresh().refresh();
    await fresh().refresh();
    expect(fetches).toBe(2);
  });

  it.each<[string, string]>([
    ['no JSON', 'x'],
    ['no entry', '{}'],
    ['a set as it is', JSON.stringify(setA)],
    ['no document', '{"at":1799999999,"age":600}'],
    ['no time', JSON.stringify({ age: 600, document: setB })],
    ['a document that is no set', '{"at":1799999999,"age":600,"document":{}}'],
  ])('that holds %s is reported and passed over', async (_what, text) => {
    cache.entries.set(NAME, text);
    expect(await outcome(verifier(fresh(), clock)(tokenA))).toBe('ok');
    expect(events.map(({ type }) => type)).toEqual(['cache-failed', 'loaded']);
    expect(events[0]).toMatchObject({ error: { code: 'ERR_JWT_KEYS_UNAVAILABLE' } });
  });

  it('that holds an older set than we have is passed over', async () => {
    const keys = fresh();
    await keys.refresh();
    cache.entries.set(NAME, JSON.stringify({ at: clock.seconds - 1, age: 600, document: setB }));
    served = undefined;
    clock.pass(600);
    expect(await outcome(verifier(keys, clock)(tokenA))).toBe('ok');
    expect(keys.status().loadedAt).toBe(clock.seconds - 600);
  });

  it('from the future is passed over', async () => {
    cache.entries.set(NAME, JSON.stringify({ at: clock.seconds + 1, age: 600, document: setB }));
    expect(await outcome(verifier(fresh(), clock)(tokenA))).toBe('ok');
  });

  it('never brings what a set may not hold', async () => {
    const secret = { kty: 'oct', alg: 'HS256', kid: 'a', k: 'A'.repeat(43) };
    cache.entries.set(NAME, JSON.stringify({ at: clock.seconds, age: 600, document: { keys: [secret] } }));
    const keys = fresh();
    expect(await keys.find({ alg: 'ES256', kid: 'a' })).toBeUndefined();
    expect(keys.status().skipped).toMatchObject([{ reason: 'secret' }]);
  });

  it('that fails or hangs is reported and done without', async () => {
    const broken: KeySetCache[] = [
      { get: () => Promise.reject(new Error('x')), set: () => Promise.reject(new Error('x')) },
      {
        get() {
          throw new Error('x');
        },
        set() {
          throw new Error('x');
        },
      },
      { get: () => new Promise(() => {}), set: () => new Promise(() => {}) },
    ];
    for (const each of broken) {
      events = [];
      expect(await outcome(verifier(fresh({ cache: each, timeout: 0.02 }), clock)(tokenA))).toBe('ok');
      expect(events.map(({ type }) => type)).toEqual(['cache-failed', 'loaded', 'cache-failed']);
    }
  });
});
