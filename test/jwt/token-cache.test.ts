import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { createVerifier, key } from '../../src/index.js';
import { TokenCache } from '../../src/jwt/token-cache.js';
import { AUDIENCE, CLAIMS, clock, ISSUER, NOW, refusal, secretKey, token, verifier } from './support.js';

const verifierPolicy = { keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock } as const;

describe('TokenCache', () => {
  const held = (cache: TokenCache<number>, n: number) =>
    Array.from({ length: n }, (_, i) => `${i}`).filter((name) => peek(cache, name) !== undefined);

  /** Looks without moving anything: a hit in the older generation would be taken over. */
  function peek(cache: TokenCache<number>, name: string): number | undefined {
    const { set } = cache;
    cache.set = () => undefined;
    try {
      return cache.get(name);
    } finally {
      cache.set = set;
    }
  }

  it('gives back what was set, and nothing else', () => {
    const cache = new TokenCache<number>(4);
    cache.set('a', 1);
    cache.set('b', 2);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.get('__proto__')]).toEqual([
      1,
      2,
      undefined,
      undefined,
    ]);
    cache.set('a', 3);
    expect(cache.get('a')).toBe(3);
  });

  it('holds the latest half at least, and never more than it may', () => {
    for (const maxEntries of [2, 3, 4, 7, 10]) {
      const cache = new TokenCache<number>(maxEntries);
      const half = Math.floor(maxEntries / 2);
      for (let i = 0; i < 50; i++) {
        cache.set(`${i}`, i);
        const names = held(cache, 50);
        expect(names.length).toBeLessThanOrEqual(maxEntries);
        expect(names).toEqual(
          expect.arrayContaining(Array.from({ length: Math.min(half, i + 1) }, (_, k) => `${i - k}`)),
        );
      }
      expect(held(cache, 50).length).toBeGreaterThan(half - 1);
    }
  });

  it('drops the older generation whole', () => {
    const cache = new TokenCache<number>(4);
    for (let i = 0; i < 4; i++) cache.set(`${i}`, i);
    expect(held(cache, 10)).toEqual(['0', '1', '2', '3']);
    cache.set('4', 4);
    expect(held(cache, 10)).toEqual(['2', '3', '4']);
  });

  it('a hit keeps an entry', () => {
    const cache = new TokenCache<number>(4);
    cache.set('0', 0);
    for (let i = 1; i < 20; i++) {
      cache.set(`${i}`, i);
      expect(cache.get('0')).toBe(0);
    }
    expect(cache.get('1')).toBeUndefined();
  });

  it('misses push nothing out', () => {
    const cache = new TokenCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    for (let i = 0; i < 5; i++) expect(cache.get(`${i}`)).toBeUndefined();
    expect(held(cache, 5)).toEqual([]);
    expect([cache.get('b'), cache.get('a')]).toEqual([2, 1]);
  });

  it('hits alone do not let it grow', () => {
    const cache = new TokenCache<number>(4);
    for (let i = 0; i < 4; i++) cache.set(`${i}`, i);
    for (let round = 0; round < 5; round++) for (let i = 0; i < 4; i++) cache.get(`${i}`);
    expect(held(cache, 10).length).toBeLessThanOrEqual(4);
  });
});

describe('a verifier with a cache', () => {
  const options = { cache: { maxEntries: 4 } };
  let verifications: MockInstance<typeof crypto.subtle.verify>;
  beforeEach(() => {
    verifications = vi.spyOn(crypto.subtle, 'verify');
  });
  afterEach(() => {
    verifications.mockRestore();
  });
  /** How often a signature was looked at since last asked. */
  const looked = () => {
    const { length } = verifications.mock.calls;
    verifications.mockClear();
    return length;
  };

  it('looks at the signature of a token once', async () => {
    const verify = verifier(options);
    const results = [await verify(token()), await verify(token()), await verify(token())];
    expect(looked()).toBe(1);
    for (const result of results) expect(result).toEqual({ claims: CLAIMS, header: { alg: 'HS256' }, key: secretKey });
    expect(await verify.safe(token())).toMatchObject({ ok: true, claims: CLAIMS });
    expect(looked()).toBe(0);
  });

  it('without one each time', async () => {
    const verify = verifier();
    for (let i = 0; i < 3; i++) await verify(token());
    expect(looked()).toBe(3);
  });

  it('knows the whole token, and nothing near it', async () => {
    const verify = verifier(options);
    const good = token();
    await verify(good);
    const [head, body, signature] = good.split('.') as [string, string, string];
    const other = token({ ...CLAIMS, sub: 'admin' }).split('.')[1];
    for (const near of [
      `${head}.${other}.${signature}`,
      `${head}.${body}.`,
      `${good}=`,
      ` ${good}`,
      `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
      `${head}.${body}`,
    ])
      await refusal(verify, near);
    expect(await refusal(verify, new String(good))).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
    expect(await refusal(verify, '__proto__')).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
  });

  it('is not shared by two verifiers', async () => {
    const [one, two] = [verifier(options), verifier({ ...options, audience: 'other' })];
    await one(token());
    expect(await refusal(two, token())).toMatchObject({ code: 'ERR_JWT_AUDIENCE' });
    expect(looked()).toBe(3);
  });

  it('claims are frozen all the way down: no caller can change them for another', async () => {
    const text = token({ ...CLAIMS, org: { roles: [{ name: 'user' }] } });
    for (const each of [verifier(options), createVerifier([{ ...verifierPolicy, cache: { maxEntries: 2 } }])]) {
      for (let i = 0; i < 2; i++) {
        const { claims, header } = await each(text);
        const { org } = claims as unknown as { org: { roles: { name: string }[] } };
        for (const part of [claims, org, org.roles, org.roles[0], header]) expect(Object.isFrozen(part)).toBe(true);
        expect(() => Object.assign(claims, { sub: 'admin' })).toThrow(TypeError);
        expect(() => org.roles.push({ name: 'admin' })).toThrow(TypeError);
      }
      expect((await each(text)).claims.org).toEqual({ roles: [{ name: 'user' }] });
    }
  });

  it('each hit has a result of its own', async () => {
    const verify = verifier(options);
    await verify(token());
    const hit = await verify(token());
    Object.assign(hit, { claims: { sub: 'admin' }, key: undefined });
    expect(await verify(token())).toEqual({ claims: CLAIMS, header: { alg: 'HS256' }, key: secretKey });
  });

  it('checks the times at every hit', async () => {
    let now = NOW;
    const verify = verifier({ ...options, clock: () => now * 1000, maxTokenAge: 300 });
    const text = token({ ...CLAIMS, nbf: NOW - 5, exp: NOW + 100 });
    await verify(text);
    now = NOW + 159;
    await verify(text);
    now = NOW + 160;
    expect(await refusal(verify, text)).toMatchObject({ code: 'ERR_JWT_EXPIRED', claim: 'exp' });
    now = NOW - 66;
    expect(await refusal(verify, text)).toMatchObject({ code: 'ERR_JWT_NOT_ACTIVE', claim: 'nbf' });
    now = NOW;
    await verify(text);
    const old = token({ ...CLAIMS, iat: NOW - 300, exp: NOW + 9999 });
    await verify(old);
    now = NOW + 60;
    await verify(old);
    now = NOW + 61;
    expect(await refusal(verify, old)).toMatchObject({ code: 'ERR_JWT_TOO_OLD', claim: 'iat' });
    expect(looked()).toBe(2);
  });

  it('asks the revocation store at every hit', async () => {
    let answer: unknown = false;
    const isRevoked = vi.fn(async () => answer);
    const verify = verifier({ ...options, revocation: { isRevoked } });
    const text = token({ ...CLAIMS, jti: '1' });
    await verify(text);
    await verify(text);
    expect(isRevoked).toHaveBeenCalledTimes(2);
    answer = true;
    expect(await refusal(verify, text)).toMatchObject({ code: 'ERR_JWT_REVOKED' });
    isRevoked.mockRejectedValue(new Error('down'));
    expect(await refusal(verify, text)).toMatchObject({ code: 'ERR_JWT_REVOCATION_UNAVAILABLE' });
    expect(looked()).toBe(1);
  });

  it('runs the schema at every hit', async () => {
    const validate = vi.fn((value: unknown) => ({
      value: { n: validate.mock.calls.length, seen: Object.isFrozen(value) },
    }));
    const verify = verifier({ ...options, claims: { '~standard': { version: 1, vendor: 'test', validate } } });
    expect((await verify(token())).claims).toEqual({ ...CLAIMS, n: 1, seen: true });
    expect((await verify(token())).claims).toEqual({ ...CLAIMS, n: 2, seen: true });
    expect(looked()).toBe(1);
  });

  describe('asks whether the key is still trusted at every hit', () => {
    const source = (trusts: (key: unknown) => unknown) => ({
      algorithms: ['HS256'],
      find: vi.fn(() => secretKey),
      trusts: vi.fn(trusts),
    });

    it('yes', async () => {
      const keys = source(() => true);
      const verify = verifier({ ...options, keys });
      await verify(token());
      expect(keys.trusts).not.toHaveBeenCalled();
      await verify(token());
      expect(keys.trusts.mock.calls).toEqual([[secretKey]]);
      expect([looked(), keys.find.mock.calls.length]).toEqual([1, 1]);
    });

    it.each([
      ['no', () => false],
      ['nothing', () => undefined],
      ['a promise of no', () => Promise.resolve(false)],
      ['text', () => 'false'],
    ])('%s: the token is verified again', async (_, answer) => {
      const keys = source(answer);
      const verify = verifier({ ...options, keys });
      for (let i = 0; i < 3; i++) await verify(token());
      expect([looked(), keys.find.mock.calls.length]).toEqual([3, 3]);
      keys.find.mockReturnValue(undefined as never);
      expect(await refusal(verify, token())).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
    });

    it('a failure: the token is verified again, or refused', async () => {
      const keys = source(() => {
        throw new Error('down');
      });
      const verify = verifier({ ...options, keys });
      await verify(token());
      const result = await verify.safe(token());
      if (result.ok) expect(looked()).toBe(2);
      else expect(result.error.code).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    });

    it('with another key since: all checks are run with it', async () => {
      const next = await key('HS256').generate();
      const keys = source((asked) => asked === keys.find());
      const verify = verifier({ ...options, keys });
      await verify(token());
      keys.find.mockReturnValue(next);
      expect(await refusal(verify, token())).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
      keys.find.mockReturnValue(secretKey);
      expect(await verify.safe(token())).toMatchObject({ ok: true });
    });
  });

  it('keeps no token that was refused', async () => {
    let answer = true;
    const validate = (value: unknown) => (answer ? { issues: [] } : { value });
    const schema = { '~standard': { version: 1, vendor: 'test', validate } };
    const verify = verifier({ ...options, claims: schema });
    for (let i = 0; i < 2; i++) await verify.safe(token());
    expect(looked()).toBe(2);
    answer = false;
    for (let i = 0; i < 2; i++) await verify.safe(token());
    expect(looked()).toBe(1);

    const revoking = verifier({ ...options, revocation: { isRevoked: () => true } });
    for (let i = 0; i < 3; i++) await revoking.safe(token({ ...CLAIMS, jti: '1' }));
    expect(looked()).toBe(3);
    const strict = verifier(options);
    for (let i = 0; i < 3; i++) await strict.safe(token({ ...CLAIMS, exp: 1 }));
    expect(looked()).toBe(3);
  });

  it('is bounded', async () => {
    const verify = verifier({ cache: { maxEntries: 2 } });
    const texts = Array.from({ length: 6 }, (_, i) => token({ ...CLAIMS, sub: `${i}` }));
    for (const text of texts) await verify(text);
    expect(looked()).toBe(6);
    await verify(texts[5]!);
    expect(looked()).toBe(0);
    await verify(texts[0]!);
    expect(looked()).toBe(1);
  });

  it('hits of one token push no other out', async () => {
    const verify = verifier({ cache: { maxEntries: 2 } });
    const [a, b] = [token(), token({ ...CLAIMS, sub: 'other' })];
    for (const text of [a, b, b, b]) await verify(text);
    expect(looked()).toBe(2);
    await verify(a);
    expect(looked()).toBe(0);
  });

  it('of several policies: only for those that have one, each with its own checks', async () => {
    let now = NOW;
    const clockOfB = () => now * 1000;
    const verify = createVerifier([
      { ...verifierPolicy, issuer: 'a' },
      { ...verifierPolicy, issuer: 'b', cache: { maxEntries: 2 }, clock: clockOfB, clockTolerance: 0 },
    ]);
    const [a, b] = [token({ ...CLAIMS, iss: 'a' }), token({ ...CLAIMS, iss: 'b' })];
    for (let i = 0; i < 3; i++) await verify(a);
    expect(looked()).toBe(3);
    for (let i = 0; i < 3; i++) await verify(b);
    expect(looked()).toBe(1);
    expect(Object.isFrozen((await verify(a)).claims)).toBe(false);
    now = NOW + 900;
    expect(await refusal(verify, b)).toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    expect(await verify.safe(a)).toMatchObject({ ok: true });
  });

  it('of several policies has room for all of them', async () => {
    const verify = createVerifier([
      { ...verifierPolicy, issuer: 'a', cache: { maxEntries: 2 } },
      { ...verifierPolicy, issuer: 'b', cache: { maxEntries: 6 } },
    ]);
    const texts = Array.from({ length: 4 }, (_, i) => token({ ...CLAIMS, iss: i % 2 ? 'a' : 'b', sub: `${i}` }));
    for (const text of texts) await verify(text);
    looked();
    for (const text of texts) await verify(text);
    expect(looked()).toBe(0);
  });

  it('many at a time', async () => {
    const verify = verifier({ cache: { maxEntries: 100 } });
    const texts = Array.from({ length: 64 }, (_, i) => token({ ...CLAIMS, sub: `${i % 16}` }));
    for (let round = 0; round < 2; round++) {
      const subjects = await Promise.all(texts.map(async (text) => (await verify(text)).claims.sub));
      expect(subjects).toEqual(texts.map((_, i) => `${i % 16}`));
    }
    expect(looked()).toBe(64);
  });
});
