import { afterEach, describe, expect, it, vi } from 'vitest';
import { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm, type HmacAlgorithm } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import { thumbprint } from '../../src/keys/export-key.js';
import { ALL, ASYMMETRIC, configError, HMAC, material, RSA } from './fixtures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The builder as JavaScript sees it: with every method, whatever the algorithm. */
interface AnyBuilder {
  id(...kid: unknown[]): AnyBuilder;
  extractable(): AnyBuilder;
  modulusLength(bits: unknown): AnyBuilder;
  generate(): Promise<unknown>;
  secret(source: unknown): Promise<unknown>;
  private(source: unknown): Promise<unknown>;
  public(source: unknown): Promise<unknown>;
}
const anyKey = (algorithm: Algorithm) => key(algorithm) as unknown as AnyBuilder;

/** RSA keys of 2048 bits: quicker. */
const pair = (algorithm: AsymmetricAlgorithm) =>
  RSA.includes(algorithm as 'RS256') ? key(algorithm as 'RS256').modulusLength(2048) : key(algorithm);

describe('key', () => {
  it.each([
    'none',
    'None',
    'NONE',
    'hs256',
    'HS256 ',
    'ES256K',
    'ES521',
    'RSA-OAEP',
    '',
    '__proto__',
    'constructor',
    'toString',
    undefined,
    null,
    5,
    [],
    ['HS256'],
    {},
    { toString: () => 'HS256' },
    Symbol('HS256'),
  ])('refuses the algorithm %o', async (algorithm) => {
    const { message } = await configError(() => key(algorithm as never));
    expect(message).toContain('HS256, HS384');
    expect(message).not.toContain('none');
  });

  it('does nothing before the last call', () => {
    const spies = [vi.spyOn(crypto.subtle, 'importKey'), vi.spyOn(crypto.subtle, 'generateKey')];
    key('RS256').id('a').extractable().modulusLength(4096);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it('makes immutable builders', async () => {
    const { privateJwk: jwk } = await material('ES256');
    const plain = key('ES256');
    const named = plain.id('a');
    const open = named.extractable();
    const thumb = open.id();
    expect(await plain.private({ jwk })).not.toHaveProperty('id');
    expect(await named.private({ jwk })).toMatchObject({ id: 'a', cryptoKey: { extractable: false } });
    expect(await open.private({ jwk })).toMatchObject({ id: 'a', cryptoKey: { extractable: true } });
    expect((await thumb.private({ jwk })).id).toHaveLength(43);
    expect((await plain.private({ jwk })).cryptoKey.extractable).toBe(false);
  });
});

describe('.id()', () => {
  it.each([undefined, null, '', 5, 0, false, [], ['a'], {}, Symbol('a'), () => 'a'])('refuses %o', async (kid) => {
    for (const algorithm of ['HS256', 'ES256'] as const) await configError(() => anyKey(algorithm).id(kid));
  });

  it('takes any other name as it is', async () => {
    for (const kid of ['0', ' ', 'á/🐎', '__proto__', 'x'.repeat(1000)])
      expect((await key('HS256').id(kid).generate()).id).toBe(kid);
  });
});

describe('.modulusLength()', () => {
  it.each([
    undefined,
    null,
    0,
    1,
    -2048,
    512,
    1024,
    2040,
    2047,
    2049,
    2052,
    2048.5,
    16385,
    16392,
    32768,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '2048',
    [2048],
    2048n,
    {},
  ])('refuses %o', async (bits) => {
    await configError(() => anyKey('RS256').modulusLength(bits));
  });

  it.each([2048, 2056, 3072, 4096, 16384])('accepts %d', (bits) => {
    for (const algorithm of RSA) expect(key(algorithm).modulusLength(bits)).toHaveProperty('generate');
  });

  it('is for RSA alone', async () => {
    for (const algorithm of ALL)
      if (!RSA.includes(algorithm as 'RS256')) await configError(() => anyKey(algorithm).modulusLength(2048));
  });

  it('is 3072 by default', async () => {
    const generateKey = vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new Error());
    await configError(() => key('PS256').generate());
    await configError(() => key('PS256').modulusLength(4096).generate());
    expect(generateKey.mock.calls.map(([parameters]) => parameters)).toMatchObject([
      { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) },
      { modulusLength: 4096 },
    ]);
  });
});

describe('the wrong terminal', () => {
  it.each(HMAC)('%s has no halves', async (algorithm) => {
    const { privateJwk, publicJwk, publicPem } = await material('RS256');
    await configError(() => anyKey(algorithm).private({ jwk: privateJwk }));
    await configError(() => anyKey(algorithm).public({ jwk: publicJwk }));
    await configError(() => anyKey(algorithm).public({ pem: publicPem }));
    await configError(() => anyKey(algorithm).public({ jwk: { kty: 'oct', k: 'A'.repeat(86) } }));
  });

  it.each(ASYMMETRIC)('%s has no secret', async (algorithm) => {
    await configError(() => anyKey(algorithm).secret(new Uint8Array(64).fill(7)));
    const { privateJwk } = await material(algorithm);
    await configError(() => anyKey(algorithm).secret({ jwk: privateJwk }));
  });

  it('rejects rather than throws', async () => {
    const promises = [
      anyKey('HS256').private({}),
      anyKey('HS256').public({}),
      anyKey('ES256').secret({}),
      anyKey('ES256').private(undefined),
      anyKey('HS256').secret(undefined),
    ];
    for (const promise of promises) await configError(() => promise);
  });
});

describe('.generate()', () => {
  const HASHES: Record<HmacAlgorithm, [string, number]> = {
    HS256: ['SHA-256', 256],
    HS384: ['SHA-384', 384],
    HS512: ['SHA-512', 512],
  };

  it.each(HMAC)('makes a random secret as long as the hash: %s', async (algorithm) => {
    const [name, length] = HASHES[algorithm];
    const made = await key(algorithm).extractable().generate();
    expect(Object.keys(made)).toEqual(['algorithm', 'role', 'cryptoKey']);
    expect(made).toMatchObject({
      algorithm,
      role: 'secret',
      cryptoKey: { usages: ['sign', 'verify'], extractable: true, algorithm: { name: 'HMAC', hash: { name }, length } },
    });
    expect(Object.isFrozen(made)).toBe(true);
    const raw = async (secret: typeof made) =>
      Buffer.from(await crypto.subtle.exportKey('raw', secret.cryptoKey)).toString('hex');
    const other = await raw(await key(algorithm).extractable().generate());
    expect(await raw(made)).not.toBe(other);
    expect((await key(algorithm).generate()).cryptoKey.extractable).toBe(false);
    expect((await key(algorithm).id().generate()).id).toHaveLength(43);
  });

  it.each(ASYMMETRIC)('makes a pair: %s', async (algorithm) => {
    const { privateKey, publicKey } = await pair(algorithm).generate();
    const { name } = ALGORITHMS[algorithm].parameters;
    for (const [half, role, usages] of [
      [privateKey, 'private', ['sign']],
      [publicKey, 'public', ['verify']],
    ] as const) {
      expect(Object.keys(half)).toEqual(['algorithm', 'role', 'cryptoKey']);
      expect(half).toMatchObject({ algorithm, role, cryptoKey: { type: role, usages, algorithm: { name } } });
      expect(Object.isFrozen(half)).toBe(true);
    }
    expect(privateKey.cryptoKey.extractable).toBe(false);
    expect(publicKey.cryptoKey.extractable).toBe(true);
    const message = new Uint8Array(8);
    const { parameters } = ALGORITHMS[algorithm];
    const signature = await crypto.subtle.sign(parameters, privateKey.cryptoKey, message);
    expect(await crypto.subtle.verify(parameters, publicKey.cryptoKey, signature, message)).toBe(true);
  });

  it.each(['RS256', 'ES256', 'EdDSA', 'ML-DSA-44'] as const)('names both halves alike: %s', async (algorithm) => {
    const named = await pair(algorithm).id('a').extractable().generate();
    expect([named.privateKey.id, named.publicKey.id]).toEqual(['a', 'a']);
    expect(named.privateKey.cryptoKey.extractable).toBe(true);
    const { privateKey, publicKey } = await pair(algorithm).id().extractable().generate();
    expect(publicKey.id).toBe(await thumbprint(privateKey));
    expect(privateKey.id).toBe(publicKey.id);
  });

  it('makes RSA keys of the length asked for', async () => {
    const { publicKey } = await key('RS256').modulusLength(2056).generate();
    expect(publicKey.cryptoKey.algorithm).toMatchObject({ modulusLength: 2056 });
  });

  it('says when the runtime cannot', async () => {
    vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new DOMException('', 'NotSupportedError'));
    expect((await configError(() => key('ML-DSA-44').generate())).message).toContain('ML-DSA-44');
  });
});
