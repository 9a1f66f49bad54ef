import { exportJwk, type Jwk, key } from 'jwtight';
import { type JwkSet, jwksHeaders, localJwks, publishJwks } from 'jwtight/jwks';
import { describe, expect, it } from 'vitest';
import { configError, es256, outcome, TestClock, token, verifier } from './tokens.js';

const clock = new TestClock();
const a = await es256('a');
const b = await es256('b');
const [jwkA, jwkB] = (await publishJwks([a.publicKey, b.publicKey])).keys as [Jwk, Jwk];
const extractable = await key('ES256').id('x').extractable().generate();
const secret = await key('HS256').id('s').extractable().generate();
const es = { algorithms: ['ES256'] } as const;

describe('a local key set', () => {
  it.each<[string, JwkSet | string]>([
    ['an object', { keys: [jwkA, jwkB] }],
    ['JSON text', JSON.stringify({ keys: [jwkA, jwkB] })],
  ])('verifies from %s', async (_what, set) => {
    const keys = await localJwks(set, es);
    expect(keys.algorithms).toEqual(['ES256']);
    const verify = verifier(keys, clock, { maxEntries: 10 });
    for (const { privateKey } of [a, b, a]) expect(await outcome(verify(await token(privateKey, clock)))).toBe('ok');
    expect(await outcome(verify(await token(extractable.privateKey, clock)))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(keys.status()).toEqual({ keys: 2, skipped: [] });
    expect(keys.trusts(keys.find({ alg: 'ES256', kid: 'a' }) as never)).toBe(true);
    expect(keys.trusts(a.publicKey)).toBe(false);
    expect(keys.find({ alg: 'RS256', kid: 'a' })).toBeUndefined();
    expect(keys.find({ alg: 'RS256' })).toBeUndefined();
  });

  it('skips what it cannot use, and says so', async () => {
    const rsa = (await publishJwks([(await key('RS256').modulusLength(2048).generate()).publicKey])).keys[0]!;
    const weird = [
      { ...jwkB, use: 'enc' },
      { ...jwkB, alg: 'ECDH-ES' },
      { ...jwkB, key_ops: ['sign'] },
      { ...jwkB, crv: 'P-384' },
      { ...jwkB, x: 'AAAA' },
      { ...jwkB, y: jwkA.y },
      { ...jwkB, kid: '' },
      { ...jwkB, kid: 5 },
      { kty: 'EC' },
      { kty: 'OKP', crv: 'Ed448', x: 'AAAA' },
      {},
      null,
      [],
      'x',
      rsa,
    ];
    const keys = await localJwks({ keys: [jwkA, ...weird] as Jwk[] }, es);
    expect(keys.status().keys).toBe(1);
    expect(keys.status().skipped.map(({ index, reason }) => [index, reason])).toEqual(
      weird.map((_, i) => [i + 1, 'unusable']),
    );
    const { x, y } = jwkB;
    for (const { message } of keys.status().skipped) {
      expect(message).not.toBe('');
      expect(message).not.toContain(x);
      expect(message).not.toContain(y);
    }
  });

  it('takes the same key twice for one', async () => {
    const keys = await localJwks({ keys: [jwkA, { ...jwkA, x5t: 'x' } as Jwk] }, es);
    expect(keys.status()).toEqual({ keys: 1, skipped: [] });
  });

  it('keeps one kid apart by algorithm', async () => {
    const ed = (await publishJwks([(await key('Ed25519').id('a').generate()).publicKey])).keys[0]!;
    const keys = await localJwks({ keys: [jwkA, ed] }, { algorithms: ['ES256', 'Ed25519'] });
    expect(keys.find({ alg: 'Ed25519', kid: 'a' })).toMatchObject({ algorithm: 'Ed25519' });
    expect(keys.find({ alg: 'ES256', kid: 'a' })).toMatchObject({ algorithm: 'ES256' });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['no set', async () => undefined],
    ['null', async () => null],
    ['a list', async () => [jwkA]],
    ['a key', async () => jwkA],
    ['no keys', async () => ({ keys: [] })],
    ['keys that are no list', async () => ({ keys: jwkA })],
    ['broken text', async () => '{'],
    ['a name twice', async () => `{"keys":[],"keys":[${JSON.stringify(jwkA)}]}`],
    ['nothing usable', async () => ({ keys: [{ ...jwkA, use: 'enc' }] })],
    ['a secret', async () => ({ keys: [jwkA, await exportJwk(secret)] })],
    ['a secret by another name', async () => ({ keys: [jwkA, { ...jwkB, k: 'AAAA' }] })],
    ['a private key', async () => ({ keys: [jwkA, await exportJwk(extractable.privateKey)] })],
    ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'].map((name): [string, () => Promise<unknown>] => [
      `a key with ${name}`,
      async () => ({ keys: [jwkA, { ...jwkB, [name]: 'AAAA' }] }),
    ]),
    ['two keys of one name', async () => ({ keys: [jwkA, { ...jwkB, kid: 'a' }] })],
    ['two keys without name', async () => ({ keys: [jwkA, jwkB].map(({ kid: _, ...jwk }) => jwk) })],
  ])('is refused: %s', async (_what, set) => {
    const given = await set();
    await configError(() => localJwks(given as JwkSet, es));
  });

  it.each<[unknown]>([[undefined], [{}], [{ algorithms: [] }], [{ algorithms: ['HS256'] }], [{ ...es, maxAge: 5 }]])(
    'is refused with the options %j',
    async (options) => {
      await configError(() => localJwks({ keys: [jwkA] }, options as never));
    },
  );
});

describe('a published key set', () => {
  it('holds public halves, each with kid, use and alg', async () => {
    const nameless = await key('Ed25519').generate();
    const rsa = await key('PS384').id('r').modulusLength(2048).extractable().generate();
    const set = await publishJwks([a.publicKey, extractable.privateKey, nameless.publicKey, rsa.privateKey]);
    const text = expect.any(String);
    expect(set).toEqual({
      keys: [
        { kty: 'EC', crv: 'P-256', x: text, y: text, alg: 'ES256', use: 'sig', kid: 'a' },
        { kty: 'EC', crv: 'P-256', x: text, y: text, alg: 'ES256', use: 'sig', kid: 'x' },
        { kty: 'OKP', crv: 'Ed25519', x: text, alg: 'Ed25519', use: 'sig', kid: text },
        { kty: 'RSA', n: text, e: 'AQAB', alg: 'PS384', use: 'sig', kid: 'r' },
      ],
    });
    const { thumbprint } = await import('jwtight');
    expect(set.keys[2]!.kid).toBe(await thumbprint(nameless.publicKey));
    const keys = await localJwks(set, { algorithms: ['ES256', 'Ed25519', 'PS384'] });
    expect(keys.status()).toEqual({ keys: 4, skipped: [] });
    expect(await outcome(verifier(keys, clock)(await token(rsa.privateKey, clock)))).toBe('ok');
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['an empty list', () => []],
    ['a key alone', () => a.publicKey],
    ['a secret', () => [a.publicKey, secret]],
    ['undefined', () => [undefined]],
    ['a JWK', () => [jwkA]],
    ['a private key that cannot be exported', () => [a.privateKey]],
    ['one id twice', async () => [a.publicKey, (await key('Ed25519').id('a').generate()).publicKey]],
    ['both halves of a pair', () => [extractable.privateKey, extractable.publicKey]],
  ])('cannot be made of %s', async (_what, keys) => {
    const given = await keys();
    await configError(() => publishJwks(given as never));
  });

  it('says that a secret is the problem, whether it can be exported or not', async () => {
    expect(await configError(async () => publishJwks([(await key('HS256').generate()) as never]))).toContain('secret');
  });

  it('comes with headers', async () => {
    expect(jwksHeaders()).toEqual({
      'content-type': 'application/jwk-set+json',
      'cache-control': 'public, max-age=600',
    });
    expect(jwksHeaders('1h')['cache-control']).toBe('public, max-age=3600');
    expect(jwksHeaders(1.9)['cache-control']).toBe('public, max-age=1');
    for (const maxAge of [0, 0.9, -1, '', '5', Number.NaN, null]) await configError(() => jwksHeaders(maxAge as never));
  });
});
