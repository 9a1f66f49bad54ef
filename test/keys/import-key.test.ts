import { generateKeyPairSync } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AsymmetricAlgorithm } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import type { KeyMaterial } from '../../src/keys/import-key.js';
import type { Jwk } from '../../src/keys/jwk.js';
import { EC_CERTIFICATE, ED25519_CERTIFICATE, RSA_CERTIFICATE } from '../encoding/certificates.js';
import { ASYMMETRIC, configError, editBytes, hmacCryptoKey, material, RSA } from './fixtures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const spki = { type: 'spki', format: 'pem' } as const;

/** The same source for all three tags, one half of a pair. */
async function sources(algorithm: AsymmetricAlgorithm, role: 'private' | 'public'): Promise<KeyMaterial[]> {
  const pair = await material(algorithm);
  return role === 'private'
    ? [{ pem: pair.privatePem }, { jwk: pair.privateJwk }, { cryptoKey: pair.privateCryptoKey }]
    : [{ pem: pair.publicPem }, { jwk: pair.publicJwk }, { cryptoKey: pair.publicCryptoKey }];
}

describe.each(ASYMMETRIC)('importing %s', (algorithm) => {
  const parameters = { RS: 'RSASSA-PKCS1-v1_5', PS: 'RSA-PSS', ES: 'ECDSA', Ed: 'Ed25519', ML: algorithm };
  const name = parameters[algorithm.slice(0, 2) as 'RS'];

  it('makes a frozen key of the declared role', async () => {
    for (const role of ['private', 'public'] as const)
      for (const source of await sources(algorithm, role)) {
        const made = await key(algorithm)[role](source);
        expect(Object.keys(made)).toEqual(['algorithm', 'role', 'cryptoKey']);
        expect(made).toMatchObject({ algorithm, role });
        expect(Object.isFrozen(made)).toBe(true);
        expect(made.cryptoKey).toMatchObject({ type: role, usages: [role === 'private' ? 'sign' : 'verify'] });
        expect(made.cryptoKey.algorithm.name).toBe(name);
        expect(made.cryptoKey.extractable).toBe(role === 'public' || 'cryptoKey' in source);
      }
  });

  it('uses a CryptoKey as it is', async () => {
    const { privateCryptoKey, publicCryptoKey } = await material(algorithm);
    expect((await key(algorithm).private({ cryptoKey: privateCryptoKey })).cryptoKey).toBe(privateCryptoKey);
    expect((await key(algorithm).public({ cryptoKey: publicCryptoKey })).cryptoKey).toBe(publicCryptoKey);
  });

  it('lets the private key out only when asked to', async () => {
    for (const source of (await sources(algorithm, 'private')).slice(0, 2)) {
      expect((await key(algorithm).private(source)).cryptoKey.extractable).toBe(false);
      expect((await key(algorithm).extractable().private(source)).cryptoKey.extractable).toBe(true);
    }
  });

  it('names the key: by itself, by its JWK, by its thumbprint', async () => {
    const { publicJwk } = await material(algorithm);
    const jwk = { ...publicJwk, kid: 'theirs' };
    expect(await key(algorithm).public({ jwk: publicJwk })).not.toHaveProperty('id');
    expect((await key(algorithm).public({ jwk })).id).toBe('theirs');
    expect((await key(algorithm).id('ours').public({ jwk })).id).toBe('ours');
    const ids = new Set<string | undefined>();
    for (const role of ['private', 'public'] as const)
      for (const source of await sources(algorithm, role)) ids.add((await key(algorithm).id()[role](source)).id);
    expect([...ids]).toEqual([(await key(algorithm).id().public({ jwk })).id]);
    expect([...ids][0]).toMatch(/^[\w-]{43}$/);
  });

  it('refuses a private key where a public one belongs, and the reverse', async () => {
    for (const source of await sources(algorithm, 'private')) await configError(() => key(algorithm).public(source));
    for (const source of await sources(algorithm, 'public')) await configError(() => key(algorithm).private(source));
  });

  it('refuses the keys of every other kind', async () => {
    const kind = (name: string) => (RSA.includes(name as 'RS256') ? 'RSA' : name.replace('EdDSA', 'Ed25519'));
    for (const other of ASYMMETRIC) {
      if (kind(other) === kind(algorithm)) continue;
      for (const role of ['private', 'public'] as const)
        for (const source of await sources(other, role)) await configError(() => key(algorithm)[role](source));
    }
  });

  it('refuses a secret', async () => {
    const secret = { kty: 'oct', k: Buffer.alloc(64, 7).toString('base64url') };
    for (const role of ['private', 'public'] as const) {
      await configError(() => key(algorithm)[role]({ jwk: secret }));
      await configError(async () => key(algorithm)[role]({ cryptoKey: await hmacCryptoKey(64) }));
    }
  });
});

describe('what importing refuses', () => {
  const NO_SOURCES: unknown[] = [
    undefined,
    null,
    '',
    '-----BEGIN PUBLIC KEY-----',
    5,
    [],
    {},
    () => ({}),
    { spki: 'x' },
    { secret: 'x' },
    { text: 'x' },
    { toString: 'x' },
    { PEM: 'x' },
    new Uint8Array(32),
    { pem: undefined },
    { pem: null },
    { pem: '' },
    { pem: 5 },
    { pem: 'no PEM' },
    { pem: ['-----BEGIN PUBLIC KEY-----'] },
    { jwk: undefined },
    { jwk: null },
    { jwk: '' },
    { jwk: '{"kty":"EC"}' },
    { jwk: [] },
    { jwk: {} },
    { cryptoKey: undefined },
    { cryptoKey: null },
    { cryptoKey: {} },
    { cryptoKey: '' },
  ];
  it.each(NO_SOURCES)('as a source: %o', async (source) => {
    await configError(() => key('ES256').public(source as never));
    await configError(() => key('ES256').private(source as never));
  });

  it('as two sources at once', async () => {
    const { publicPem: pem, publicJwk: jwk, publicCryptoKey: cryptoKey } = await material('ES256');
    for (const source of [
      { pem, jwk },
      { jwk, cryptoKey },
      { pem, jwk: undefined },
      { pem, kid: 'a' },
      { pem, text: '' },
    ])
      await configError(() => key('ES256').public(source as never));
  });

  it('RSA keys under 2048 bits, in every form', async () => {
    const small = await material('RS256', 1024);
    const odd = generateKeyPairSync('rsa', { modulusLength: 2040 });
    for (const algorithm of RSA) {
      await configError(() => key(algorithm).public({ pem: small.publicPem }));
      await configError(() => key(algorithm).public({ jwk: small.publicJwk }));
      await configError(() => key(algorithm).private({ pem: small.privatePem }));
      await configError(() => key(algorithm).private({ jwk: small.privateJwk }));
      const { publicCryptoKey, privateCryptoKey } = await material(algorithm, 1024);
      await configError(() => key(algorithm).public({ cryptoKey: publicCryptoKey }));
      await configError(() => key(algorithm).private({ cryptoKey: privateCryptoKey }));
    }
    await configError(() => key('PS256').public({ pem: odd.publicKey.export(spki).toString() }));
    await configError(() => key('PS256').private({ pem: odd.privateKey.export(pkcs8).toString() }));
  });

  it.each(['AQ', 'AA', 'Ag', 'BA', 'AQAA', 'AAE', 'AQAC'])('the RSA exponent %s', async (e) => {
    const { publicJwk, privateJwk } = await material('RS256');
    await configError(() => key('RS256').public({ jwk: { ...publicJwk, e } }));
    await configError(() => key('PS256').private({ jwk: { ...privateJwk, e } }));
  });

  it('points that are not on the curve', async () => {
    for (const algorithm of ['ES256', 'ES384', 'ES512'] as const) {
      const { publicJwk: jwk } = await material(algorithm);
      const flip = (text: string) => editBytes(text, (bytes) => [...bytes.slice(0, -1), bytes.at(-1)! ^ 1]);
      await configError(() => key(algorithm).public({ jwk: { ...jwk, y: flip(jwk.y!) } }));
      await configError(() => key(algorithm).public({ jwk: { ...jwk, x: flip(jwk.x!) } }));
      await configError(() => key(algorithm).public({ jwk: { ...jwk, x: jwk.x!.replace(/./g, 'A') } }));
      const zero = editBytes(jwk.x!, (bytes) => bytes.map(() => 0));
      await configError(() => key(algorithm).public({ jwk: { ...jwk, x: zero, y: zero } }));
    }
  });

  it('halves that do not belong together', async () => {
    for (const algorithm of ['ES256', 'Ed25519'] as const) {
      const pair = await crypto.subtle.generateKey(
        { name: algorithm === 'ES256' ? 'ECDSA' : 'Ed25519', namedCurve: 'P-256' },
        true,
        ['sign', 'verify'],
      );
      const { x, y } = await crypto.subtle.exportKey('jwk', (pair as CryptoKeyPair).publicKey);
      const { privateJwk } = await material(algorithm);
      const mixed = { ...privateJwk, x: x!, ...(y === undefined ? undefined : { y }) };
      await configError(() => key(algorithm).private({ jwk: mixed }));
    }
  });

  it('neighbouring kinds of keys in PEM', async () => {
    const others = [
      generateKeyPairSync('x25519'),
      generateKeyPairSync('ed448'),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }),
    ];
    for (const algorithm of ['RS256', 'ES256', 'Ed25519', 'ML-DSA-44'] as const)
      for (const { publicKey, privateKey } of others) {
        await configError(() => key(algorithm).public({ pem: publicKey.export(spki).toString() }));
        await configError(() => key(algorithm).private({ pem: privateKey.export(pkcs8).toString() }));
      }
  });

  it('certificates of another kind, and any certificate as a private key', async () => {
    expect((await key('RS256').public({ pem: RSA_CERTIFICATE })).role).toBe('public');
    expect((await key('PS512').public({ pem: RSA_CERTIFICATE })).role).toBe('public');
    expect((await key('ES256').public({ pem: EC_CERTIFICATE })).role).toBe('public');
    expect((await key('Ed25519').public({ pem: ED25519_CERTIFICATE })).role).toBe('public');
    await configError(() => key('RS256').private({ pem: RSA_CERTIFICATE }));
    await configError(() => key('RS256').public({ pem: EC_CERTIFICATE }));
    await configError(() => key('ES384').public({ pem: EC_CERTIFICATE }));
    await configError(() => key('ES256').public({ pem: ED25519_CERTIFICATE }));
    await configError(() => key('EdDSA').public({ pem: RSA_CERTIFICATE }));
  });

  it('the old forms read as the wrong role', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const old = { type: 'pkcs1', format: 'pem' } as const;
    expect((await key('RS256').public({ pem: publicKey.export(old).toString() })).role).toBe('public');
    expect((await key('RS256').private({ pem: privateKey.export(old).toString() })).role).toBe('private');
    await configError(() => key('RS256').public({ pem: privateKey.export(old).toString() }));
    await configError(() => key('RS256').private({ pem: publicKey.export(old).toString() }));
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const sec1 = ec.export({ type: 'sec1', format: 'pem' }).toString();
    expect((await key('ES256').private({ pem: sec1 })).role).toBe('private');
    await configError(() => key('ES384').private({ pem: sec1 }));
    await configError(() => key('ES256').public({ pem: sec1 }));
  });

  it('the thumbprint of a CryptoKey that cannot be exported', async () => {
    const { privateJwk } = await material('ES256');
    const parameters = { name: 'ECDSA', namedCurve: 'P-256' };
    const cryptoKey = await crypto.subtle.importKey('jwk', privateJwk as JsonWebKey, parameters, false, ['sign']);
    await configError(() => key('ES256').id().private({ cryptoKey }));
    expect(await key('ES256').private({ cryptoKey })).toStrictEqual({ algorithm: 'ES256', role: 'private', cryptoKey });
    expect((await key('ES256').id('a').private({ cryptoKey })).id).toBe('a');
  });

  it('a CryptoKey that is only said to be one', async () => {
    const said = { type: 'public', extractable: true, usages: ['verify'], algorithm: { name: 'Ed25519' } };
    await configError(() => key('Ed25519').public({ cryptoKey: said as never }));
    await configError(() =>
      key('Ed25519')
        .id()
        .public({ cryptoKey: { ...said, extractable: false } as never }),
    );
    const { publicKey } = generateKeyPairSync('ed25519');
    await configError(() => key('Ed25519').public({ cryptoKey: publicKey as never }));
  });

  it('what the runtime does not support, saying so', async () => {
    const unsupported = new DOMException('', 'NotSupportedError');
    const { publicJwk, publicPem, publicCryptoKey } = await material('ML-DSA-65');
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(unsupported);
    vi.spyOn(crypto.subtle, 'exportKey').mockRejectedValue(unsupported);
    vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(unsupported);
    for (const action of [
      () => key('ML-DSA-65').public({ jwk: publicJwk }),
      () => key('ML-DSA-65').public({ pem: publicPem }),
      () => key('ML-DSA-65').public({ cryptoKey: publicCryptoKey }),
      () => key('ML-DSA-65').generate(),
    ])
      expect((await configError(action)).message).toBe('this runtime does not support ML-DSA-65');
    for (const other of [new DOMException('', 'DataError'), new TypeError(), null, 'NotSupportedError']) {
      vi.mocked(crypto.subtle.importKey).mockRejectedValue(other);
      expect((await configError(() => key('ML-DSA-65').public({ jwk: publicJwk }))).message).toBe(
        'the key is not a valid ML-DSA-65 key',
      );
    }
  });
});

describe('what importing does not mind', () => {
  it('a JWK that is changed afterwards', async () => {
    const { privateJwk } = await material('ES256');
    const jwk = { ...privateJwk, kid: 'a' };
    const promise = key('ES256').extractable().private({ jwk });
    Object.assign(jwk, { kid: 'b', d: 'AAAA', x: 'AAAA', kty: 'RSA' });
    const made = await promise;
    expect(made.id).toBe('a');
    expect((await crypto.subtle.exportKey('jwk', made.cryptoKey)).d).toBe(privateJwk.d);
  });

  it('sources and JWKs of another realm', async () => {
    const { publicJwk } = await material('ES256');
    const source = runInNewContext(`({ jwk: JSON.parse(text) })`, { text: JSON.stringify(publicJwk) }) as { jwk: Jwk };
    expect((await key('ES256').public(source)).role).toBe('public');
  });

  it('sources and JWKs without a prototype', async () => {
    const { publicJwk } = await material('ES256');
    const bare = (value: object) => Object.assign(Object.create(null), value);
    expect((await key('ES256').public(bare({ jwk: bare(publicJwk) }))).role).toBe('public');
  });

  it('an RSA modulus that is no whole number of bytes', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2052 });
    const made = await key('RS256').public({ pem: publicKey.export(spki).toString() });
    expect(made.cryptoKey.algorithm).toMatchObject({ modulusLength: 2052 });
  });
});
