import { describe, expect, it } from 'vitest';
import type { Algorithm } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import { assertKey, checkCryptoKey, tooShort } from '../../src/keys/check-key.js';
import { ALL, ASYMMETRIC, configError, HMAC, hmacCryptoKey, material } from './fixtures.js';

const rsaPair = (modulusLength: number, publicExponent = [1, 0, 1]) =>
  crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array(publicExponent) },
    true,
    ['sign', 'verify'],
  );

async function rsaPublicWith(e: number[]): Promise<CryptoKey> {
  const jwk = { ...(await material('RS256')).publicJwk, e: Buffer.from(e).toString('base64url') };
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return crypto.subtle.importKey('jwk', jwk as JsonWebKey, parameters, true, ['verify']);
}

/** An object that says of itself what a CryptoKey says. */
const saying = (facts: object, algorithm: object = { name: 'Ed25519' }) => ({
  type: 'public',
  extractable: true,
  usages: ['verify'],
  ...facts,
  algorithm,
});

describe('checkCryptoKey', () => {
  it.each(ASYMMETRIC)('accepts both halves of a pair: %s', async (algorithm) => {
    const { privateCryptoKey, publicCryptoKey } = await material(algorithm);
    checkCryptoKey(algorithm, 'private', privateCryptoKey);
    checkCryptoKey(algorithm, 'public', publicCryptoKey);
    await configError(() => checkCryptoKey(algorithm, 'public', privateCryptoKey));
    await configError(() => checkCryptoKey(algorithm, 'private', publicCryptoKey));
    await configError(() => checkCryptoKey(algorithm, 'secret', privateCryptoKey));
  });

  it.each(ALL)('refuses the keys of every other algorithm: %s', async (algorithm) => {
    const same = (other: Algorithm) => [algorithm, other].every((name) => name === 'Ed25519' || name === 'EdDSA');
    for (const other of ASYMMETRIC) {
      if (other === algorithm || same(other)) continue;
      const { privateCryptoKey, publicCryptoKey } = await material(other);
      await configError(() => checkCryptoKey(algorithm, 'private', privateCryptoKey));
      await configError(() => checkCryptoKey(algorithm, 'public', publicCryptoKey));
    }
    for (const [i, other] of HMAC.entries())
      if (other !== algorithm) {
        const secret = await hmacCryptoKey(64, ['SHA-256', 'SHA-384', 'SHA-512'][i]);
        await configError(() => checkCryptoKey(algorithm, 'secret', secret));
      }
  });

  it.each([
    ['HS256', 'SHA-256', 32],
    ['HS384', 'SHA-384', 48],
    ['HS512', 'SHA-512', 64],
  ] as const)('wants HMAC keys as long as the hash: %s', async (algorithm, hash, bytes) => {
    const right = await hmacCryptoKey(bytes, hash);
    checkCryptoKey(algorithm, 'secret', right);
    checkCryptoKey(algorithm, 'secret', await hmacCryptoKey(bytes + 1, hash));
    const short = await hmacCryptoKey(bytes - 1, hash);
    await configError(() => checkCryptoKey(algorithm, 'secret', short));
  });

  it('wants an RSA modulus of 2048 bits', async () => {
    const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' }, publicExponent: Uint8Array.of(1, 0, 1) };
    const small = await rsaPair(1024);
    await configError(() => checkCryptoKey('RS256', 'public', small.publicKey));
    await configError(() => checkCryptoKey('RS256', 'private', small.privateKey));
    await configError(() => checkCryptoKey('RS256', 'public', saying({}, { ...parameters, modulusLength: 2047 })));
    checkCryptoKey('RS256', 'public', saying({}, { ...parameters, modulusLength: 2048 }));
  });

  it.each([[[1]], [[0, 1]], [[0]], [[2]], [[4]], [[1, 0, 0]], [[1, 0, 2]]])('refuses the exponent %j', async (e) => {
    const weak = await rsaPublicWith(e);
    await configError(() => checkCryptoKey('RS256', 'public', weak));
  });

  it.each([[[3]], [[17]], [[1, 0, 1]], [[1, 1]], [[2, 1]]])('accepts the exponent %j', async (e) => {
    checkCryptoKey('RS256', 'public', await rsaPublicWith(e));
  });

  it('judges exponents with leading zeros by their value', async () => {
    const told = (publicExponent: number[]) =>
      saying(
        {},
        {
          name: 'RSASSA-PKCS1-v1_5',
          hash: { name: 'SHA-256' },
          modulusLength: 2048,
          publicExponent: Uint8Array.from(publicExponent),
        },
      );
    await configError(() => checkCryptoKey('RS256', 'public', told([0, 0, 1])));
    await configError(() => checkCryptoKey('RS256', 'public', told([])));
    checkCryptoKey('RS256', 'public', told([0, 3]));
  });

  it('wants the usage of the role', async () => {
    const { publicJwk, privateJwk } = await material('ES256');
    const parameters = { name: 'ECDSA', namedCurve: 'P-256' };
    const idle = await crypto.subtle.importKey('jwk', publicJwk as JsonWebKey, parameters, true, []);
    await configError(() => checkCryptoKey('ES256', 'public', idle));
    const working = await crypto.subtle.importKey('jwk', privateJwk as JsonWebKey, parameters, true, ['sign']);
    await configError(() => checkCryptoKey('ES256', 'private', saying({ type: 'private' }, working.algorithm)));
    for (const usages of [undefined, null, 'verify', [], ['sign'], ['Verify'], { some: () => true }])
      await configError(() => checkCryptoKey('Ed25519', 'public', saying({ usages })));
    checkCryptoKey('Ed25519', 'public', saying({ usages: ['sign', 'verify'] }));
    checkCryptoKey('HS256', 'secret', await hmacCryptoKey(32, 'SHA-256', ['verify']));
    checkCryptoKey('HS256', 'secret', await hmacCryptoKey(32, 'SHA-256', ['sign']));
  });

  it.each([
    undefined,
    null,
    '',
    'key',
    5,
    [],
    {},
    { algorithm: 'Ed25519', type: 'public', usages: ['verify'] },
    { algorithm: null, type: 'public', usages: ['verify'] },
    { algorithm: {}, type: 'public', usages: ['verify'] },
    new Uint8Array(32),
    () => undefined,
  ])('refuses what is no CryptoKey: %o', async (value) => {
    await configError(() => checkCryptoKey('Ed25519', 'public', value));
  });
});

describe('tooShort', () => {
  it('says how long a key must be', () => {
    expect(tooShort('HS384').message).toContain('48 bytes');
    expect(tooShort('PS512').message).toContain('2048 bits');
  });
});

describe('assertKey', () => {
  it.each(ASYMMETRIC)('lets a private key sign and a public key verify: %s', async (algorithm) => {
    const { privateJwk, publicJwk } = await material(algorithm);
    const [privateKey, publicKey] = [
      await key(algorithm).private({ jwk: privateJwk }),
      await key(algorithm).public({ jwk: publicJwk }),
    ];
    for (let again = 0; again < 2; again++) {
      assertKey(privateKey, 'sign');
      assertKey(publicKey, 'verify');
      await configError(() => assertKey(privateKey, 'verify'));
      await configError(() => assertKey(publicKey, 'sign'));
    }
  });

  it.each(HMAC)('lets a secret do both: %s', async (algorithm) => {
    const secret = await key(algorithm).generate();
    assertKey(secret, 'sign');
    assertKey(secret, 'verify');
  });

  // The mistake is found when the verifier is built, not at the first token.
  it('holds a secret to its key_ops', async () => {
    const k = Buffer.alloc(32, 7).toString('base64url');
    const signs = await key('HS256').secret({ jwk: { kty: 'oct', k, key_ops: ['sign'] } });
    const verifies = await key('HS256').secret({ jwk: { kty: 'oct', k, key_ops: ['verify'] } });
    assertKey(signs, 'sign');
    assertKey(verifies, 'verify');
    await configError(() => assertKey(signs, 'verify'));
    await configError(() => assertKey(verifies, 'sign'));
  });

  it.each([
    undefined,
    null,
    '',
    'HS256',
    5,
    [],
    {},
    new Uint8Array(32),
    { kty: 'oct', k: 'AAAA' },
    { algorithm: 'none', role: 'public' },
    { algorithm: '__proto__', role: 'public' },
    { algorithm: 'ES256' },
    { algorithm: 'ES256', role: 'verifier' },
    { algorithm: 'ES256', role: '__proto__' },
    { algorithm: 'ES256', role: ['public'] },
    { algorithm: 'ES256', role: Object.create(null) },
    {
      algorithm: 'ES256',
      role: {
        toString() {
          throw new Error('not of ours');
        },
      },
    },
    { algorithm: 'ES256', role: Symbol('public') },
    { algorithm: 'ES256', role: 'public' },
    { algorithm: 'ES256', role: 'public', cryptoKey: {} },
  ])('refuses what is no key: %o', async (value) => {
    await configError(() => assertKey(value, 'verify'));
    await configError(() => assertKey(value, 'sign'));
  });

  it('refuses a bare CryptoKey', async () => {
    const { publicCryptoKey } = await material('ES256');
    await configError(() => assertKey(publicCryptoKey, 'verify'));
  });

  it('refuses forged keys whose parts contradict each other', async () => {
    const { publicCryptoKey, privateCryptoKey } = await material('RS256');
    const es256 = await material('ES256');
    const hmac = await hmacCryptoKey(32);
    const forged: [string, unknown, unknown][] = [
      ['HS256', 'public', publicCryptoKey],
      ['HS256', 'secret', publicCryptoKey],
      ['HS256', 'public', hmac],
      ['RS256', 'secret', hmac],
      ['RS256', 'secret', publicCryptoKey],
      ['RS256', 'public', privateCryptoKey],
      ['RS256', 'public', es256.publicCryptoKey],
      ['PS256', 'public', publicCryptoKey],
      ['RS384', 'public', publicCryptoKey],
      ['ES384', 'public', es256.publicCryptoKey],
      ['HS512', 'secret', hmac],
      ['HS256', 'secret', await hmacCryptoKey(31)],
    ];
    for (const [algorithm, role, cryptoKey] of forged)
      for (const freeze of [false, true]) {
        const value = { algorithm, role, cryptoKey };
        if (freeze) Object.freeze(value);
        await configError(() => assertKey(value, 'verify'));
      }
    for (const [algorithm, cryptoKey] of [
      ['HS256', privateCryptoKey],
      ['ES256', privateCryptoKey],
      ['RS256', publicCryptoKey],
    ])
      await configError(() => assertKey({ algorithm, role: 'private', cryptoKey }, 'sign'));
  });

  it('refuses an id that is no string', async () => {
    const { publicCryptoKey: cryptoKey } = await material('ES256');
    for (const id of [5, null, ['a'], {}, Symbol('id')])
      await configError(() => assertKey({ algorithm: 'ES256', role: 'public', cryptoKey, id }, 'verify'));
    assertKey({ algorithm: 'ES256', role: 'public', cryptoKey, id: 'a' }, 'verify');
    assertKey({ algorithm: 'ES256', role: 'public', cryptoKey, id: undefined }, 'verify');
  });

  it('looks again at a key that can change', async () => {
    const { publicCryptoKey } = await material('ES256');
    const changing: object = { algorithm: 'ES256', role: 'public', cryptoKey: publicCryptoKey };
    assertKey(changing, 'verify');
    Object.assign(changing, { cryptoKey: (await material('ES384')).publicCryptoKey });
    await configError(() => assertKey(changing as object, 'verify'));
  });

  it('looks once at a key that cannot', async () => {
    const { publicCryptoKey } = await material('ES256');
    let looks = 0;
    const watched = new Proxy(publicCryptoKey, {
      get(target, name) {
        if (name === 'algorithm') looks++;
        return Reflect.get(target, name, target);
      },
    });
    const frozen = Object.freeze({ algorithm: 'ES256', role: 'public', cryptoKey: watched });
    assertKey(frozen, 'verify');
    const first = looks;
    assertKey(frozen, 'verify');
    expect(first).toBeGreaterThan(0);
    expect(looks).toBe(first);
  });
});
