import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import { exportJwk, exportPem, thumbprint } from '../../src/keys/export-key.js';
import type { AnyKey } from '../../src/keys/key.js';
import { ALL, ASYMMETRIC, configError, HMAC, hmacCryptoKey, material, RSA } from './fixtures.js';

/** Signs with one key and verifies with the other. */
async function belong(signing: AnyKey, verifying: AnyKey): Promise<boolean> {
  const { parameters } = ALGORITHMS[signing.algorithm];
  const message = new Uint8Array(8);
  const signature = await crypto.subtle.sign(parameters, signing.cryptoKey, message);
  return crypto.subtle.verify(parameters, verifying.cryptoKey, signature, message);
}

const generatedRsa = key('RS256').modulusLength(2048).id().extractable().generate();

/** A pair of our own; RSA keys take long to make, so that one serves all RSA algorithms. */
const generated = (algorithm: AsymmetricAlgorithm) =>
  RSA.includes(algorithm as 'RS256') ? generatedRsa : key(algorithm).id().extractable().generate();

describe.each(ASYMMETRIC)('round trips of %s', (algorithm) => {
  it('JWK', async () => {
    const { privateJwk, publicJwk } = await material(algorithm);
    const [d, q] = [
      await key(algorithm).id('a').extractable().private({ jwk: privateJwk }),
      await key(algorithm).id('a').public({ jwk: publicJwk }),
    ];
    const marks = { alg: algorithm, use: 'sig', kid: 'a' };
    expect(await exportJwk(d)).toStrictEqual({ ...privateJwk, ...marks });
    expect(await exportJwk(q)).toStrictEqual({ ...publicJwk, ...marks });
    const again = await key(algorithm).private({ jwk: await exportJwk(d) });
    expect(again.id).toBe('a');
    expect(await belong(again, await key(algorithm).public({ jwk: await exportJwk(q) }))).toBe(true);
  });

  it('PEM', async () => {
    const { privatePem, publicPem } = await material(algorithm);
    const [d, q] = [
      await key(algorithm).extractable().private({ pem: privatePem }),
      await key(algorithm).public({ pem: publicPem }),
    ];
    expect(await exportPem(d)).toBe(privatePem);
    expect(await exportPem(q)).toBe(publicPem);
    expect(await exportJwk(q)).not.toHaveProperty('kid');
    const again = await key(algorithm).private({ pem: await exportPem(d) });
    expect(await belong(again, await key(algorithm).public({ pem: await exportPem(q) }))).toBe(true);
  });

  it('CryptoKey', async () => {
    const { privateCryptoKey, publicCryptoKey, privateJwk, publicPem } = await material(algorithm);
    const d = await key(algorithm).private({ cryptoKey: privateCryptoKey });
    const q = await key(algorithm).public({ cryptoKey: publicCryptoKey });
    expect(await exportJwk(d)).toStrictEqual({ ...privateJwk, alg: algorithm, use: 'sig' });
    expect(await exportPem(q)).toBe(publicPem);
    expect(await thumbprint(d)).toBe(await thumbprint(q));
  });

  it('generated keys', async () => {
    const { privateKey, publicKey } = await generated(algorithm);
    const fromJwk = await key(privateKey.algorithm).private({ jwk: await exportJwk(privateKey) });
    const fromPem = await key(privateKey.algorithm)
      .id()
      .private({ pem: await exportPem(privateKey) });
    expect([fromJwk.id, fromPem.id]).toEqual([publicKey.id, publicKey.id]);
    for (const signing of [privateKey, fromJwk, fromPem]) expect(await belong(signing, publicKey)).toBe(true);
    const openly = await key(publicKey.algorithm).public({ pem: await exportPem(publicKey) });
    expect(await belong(privateKey, openly)).toBe(true);
    expect((await key(publicKey.algorithm).public({ jwk: await exportJwk(publicKey) })).id).toBe(publicKey.id);
  });

  it('keep what is secret', async () => {
    const { privateJwk } = await material(algorithm);
    const closed = await key(algorithm).private({ jwk: privateJwk });
    await configError(() => exportJwk(closed));
    await configError(() => exportPem(closed));
    await configError(() => thumbprint(closed));
  });
});

describe('PEM', () => {
  it('is what other tools read', async () => {
    const { privateKey, publicKey } = await key('ES256').extractable().generate();
    expect(createPrivateKey(await exportPem(privateKey)).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(createPublicKey(await exportPem(publicKey)).asymmetricKeyType).toBe('ec');
    expect(await exportPem(publicKey)).toMatch(
      /^-----BEGIN PUBLIC KEY-----\n([\w+/=]{1,64}\n)+-----END PUBLIC KEY-----\n$/,
    );
    expect(await exportPem(privateKey)).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n([\w+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/,
    );
  });

  it('is not for secrets', async () => {
    const { message } = await configError(async () =>
      exportPem((await key('HS256').extractable().generate()) as never),
    );
    expect(message).toContain('exportJwk');
    await configError(async () => exportPem((await key('HS256').generate()) as never));
  });
});

describe('secrets', () => {
  it.each(HMAC)('go out as a JWK: %s', async (algorithm) => {
    const k = Buffer.alloc(64, 7).toString('base64url');
    const secret = await key(algorithm).extractable().secret({ base64url: k });
    expect(await exportJwk(secret)).toStrictEqual({ kty: 'oct', k, alg: algorithm, use: 'sig' });
    expect(await belong(secret, await key(algorithm).secret({ jwk: await exportJwk(secret) }))).toBe(true);
    await configError(async () => exportJwk(await key(algorithm).generate()));
  });
});

describe('what exporting refuses', () => {
  const exports: [string, (value: never) => Promise<unknown>][] = [
    ['exportJwk', exportJwk],
    ['exportPem', exportPem],
    ['thumbprint', thumbprint],
  ];

  it.each(exports)('%s: what is no key', async (_, run) => {
    const { publicCryptoKey, publicJwk } = await material('ES256');
    for (const value of [
      undefined,
      null,
      '',
      5,
      [],
      {},
      publicCryptoKey,
      publicJwk,
      { algorithm: 'none', role: 'public', cryptoKey: publicCryptoKey },
      { algorithm: '__proto__', role: 'public', cryptoKey: publicCryptoKey },
      { algorithm: 'ES256', role: 'toString', cryptoKey: publicCryptoKey },
      { algorithm: 'ES256', role: Object.create(null), cryptoKey: publicCryptoKey },
      { algorithm: 'ES256', cryptoKey: publicCryptoKey },
      { algorithm: 'ES256', role: 'public' },
    ])
      await configError(() => run(value as never));
  });

  it.each(exports)('%s: forged keys', async (_, run) => {
    const { publicCryptoKey, privateCryptoKey } = await material('ES256');
    const forged: [Algorithm, string, unknown][] = [
      ['ES256', 'private', publicCryptoKey],
      ['ES256', 'public', privateCryptoKey],
      ['ES384', 'public', publicCryptoKey],
      ['HS256', 'secret', publicCryptoKey],
      ['HS256', 'public', await hmacCryptoKey(32)],
      ['HS512', 'secret', await hmacCryptoKey(64)],
      [
        'ES256',
        'public',
        { type: 'public', extractable: true, usages: ['verify'], algorithm: publicCryptoKey.algorithm },
      ],
    ];
    for (const [algorithm, role, cryptoKey] of forged)
      await configError(() => run({ algorithm, role, cryptoKey } as never));
  });

  it('covers every algorithm', () => {
    expect(Object.keys(ALGORITHMS)).toEqual(ALL);
  });
});
