import { randomBytes } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { key } from '../../src/keys/builder.js';
import { exportJwk } from '../../src/keys/export-key.js';
import type { SecretMaterial } from '../../src/keys/import-secret.js';
import { EC_CERTIFICATE, RSA_CERTIFICATE } from '../encoding/certificates.js';
import { configError, HMAC, hmacCryptoKey, material } from './fixtures.js';

const LENGTHS = { HS256: 32, HS384: 48, HS512: 64 };
const HASHES = { HS256: 'SHA-256', HS384: 'SHA-384', HS512: 'SHA-512' };

/** The bytes of a secret, in every form that takes any bytes. */
function forms(bytes: Uint8Array): [string, SecretMaterial][] {
  const buffer = Buffer.from(bytes);
  const base64url = buffer.toString('base64url');
  return [
    ['bytes', Uint8Array.from(bytes)],
    ['a Buffer', buffer],
    ['hex', { hex: buffer.toString('hex') }],
    ['HEX', { hex: buffer.toString('hex').toUpperCase() }],
    ['base64', { base64: buffer.toString('base64') }],
    ['base64 without padding', { base64: buffer.toString('base64').replaceAll('=', '') }],
    ['base64url', { base64url }],
    ['a JWK', { jwk: { kty: 'oct', k: base64url } }],
  ];
}

/** What the secret turned out to be. */
const read = async (source: SecretMaterial, algorithm: 'HS256' | 'HS384' | 'HS512' = 'HS256') => {
  const { k } = await exportJwk(await key(algorithm).extractable().secret(source));
  return Buffer.from(k!, 'base64url').toString('hex');
};

describe.each(HMAC)('a secret for %s', (algorithm) => {
  const bytes = randomBytes(LENGTHS[algorithm]);

  it.each(forms(bytes))('is read from %s', async (_, source) => {
    const made = await key(algorithm).secret(source);
    expect(Object.keys(made)).toEqual(['algorithm', 'role', 'cryptoKey']);
    expect(made).toMatchObject({ algorithm, role: 'secret' });
    expect(Object.isFrozen(made)).toBe(true);
    expect(made.cryptoKey).toMatchObject({
      type: 'secret',
      extractable: false,
      usages: ['sign', 'verify'],
      algorithm: { name: 'HMAC', hash: { name: HASHES[algorithm] }, length: bytes.length * 8 },
    });
    expect(await read(source, algorithm)).toBe(bytes.toString('hex'));
  });

  it.each(forms(bytes.subarray(1)))('must be as long as the hash: %s', async (_, source) => {
    await configError(() => key(algorithm).secret(source));
  });

  it('may be longer', async () => {
    for (const [, source] of forms(randomBytes(200))) expect((await key(algorithm).secret(source)).role).toBe('secret');
  });
});

describe('text', () => {
  it('is its own UTF-8', async () => {
    const text = 'žluťoučký kůň úpěl ďábelské ódy 🐎';
    expect(await read({ text })).toBe(Buffer.from(text).toString('hex'));
  });

  it('is measured in bytes', async () => {
    expect(await read({ text: '🐎'.repeat(8) })).toHaveLength(64);
    await configError(() => key('HS256').secret({ text: '🐎'.repeat(7) }));
    await configError(() => key('HS256').secret({ text: 'a'.repeat(31) }));
  });

  it('is not decoded, whatever it looks like', async () => {
    const text = '0123456789abcdef'.repeat(4);
    expect(await read({ text })).toBe(Buffer.from(text).toString('hex'));
    expect(await read({ hex: text })).toBe(text);
  });

  it('must be well-formed', async () => {
    await configError(() => key('HS256').secret({ text: `${'a'.repeat(40)}\ud800` }));
    await configError(() => key('HS256').secret({ text: `\udc00${'a'.repeat(40)}` }));
  });
});

describe('bytes', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
  const hex = Buffer.from(secret).toString('hex');

  it('may be a view of more', async () => {
    const more = new Uint8Array(100).fill(255);
    more.set(secret, 30);
    expect(await read(more.subarray(30, 62))).toBe(hex);
    expect(await read(Buffer.from(more.buffer, 30, 32))).toBe(hex);
    expect(await read(new DataView(more.buffer, 30, 32) as never)).toBe(hex);
    expect(await read(new Uint16Array(more.buffer, 30, 16) as never)).toBe(hex);
  });

  it('may come from another realm, or be shared', async () => {
    expect(await read(runInNewContext('Uint8Array.from({ length: 32 }, (_, i) => i)') as Uint8Array)).toBe(hex);
    const shared = new Uint8Array(new SharedArrayBuffer(32));
    shared.set(secret);
    expect(await read(shared)).toBe(hex);
  });

  it('can be overwritten at once', async () => {
    const bytes = Uint8Array.from(secret);
    const promise = key('HS256').extractable().secret(bytes);
    bytes.fill(0);
    expect((await exportJwk(await promise)).k).toBe(Buffer.from(secret).toString('base64url'));
    const source = { hex, jwk: undefined as never };
    Reflect.deleteProperty(source, 'jwk');
    const later = key('HS256').extractable().secret(source);
    source.hex = '';
    expect((await exportJwk(await later)).k).toBe(Buffer.from(secret).toString('base64url'));
  });

  it('are left alone', async () => {
    const bytes = Uint8Array.from(secret);
    await key('HS256').secret(bytes);
    expect(bytes).toEqual(secret);
  });

  it('must be a view: an ArrayBuffer or a list is none', async () => {
    await configError(() => key('HS256').secret(secret.buffer as never));
    await configError(() => key('HS256').secret([...secret] as never));
    const detached = Uint8Array.from(secret);
    structuredClone(detached, { transfer: [detached.buffer] });
    await configError(() => key('HS256').secret(detached));
  });
});

describe('a JWK', () => {
  const k = Buffer.alloc(32, 7).toString('base64url');

  it('brings its kid, unless the key has a name', async () => {
    expect((await key('HS256').secret({ jwk: { kty: 'oct', k, kid: 'theirs' } })).id).toBe('theirs');
    expect(
      (
        await key('HS256')
          .id('ours')
          .secret({ jwk: { kty: 'oct', k, kid: 'theirs' } })
      ).id,
    ).toBe('ours');
    expect(await key('HS256').secret({ jwk: { kty: 'oct', k } })).not.toHaveProperty('id');
  });

  it('narrows what the secret may do', async () => {
    const secret = await key('HS256').secret({ jwk: { kty: 'oct', k, key_ops: ['verify'] } });
    expect(secret.cryptoKey.usages).toEqual(['verify']);
  });

  it.each([
    { kty: 'oct', k: '' },
    { kty: 'oct' },
    { kty: 'oct', k: k.slice(0, -1) },
    { kty: 'oct', k: `${k}=` },
    { kty: 'EC', k },
    { kty: 'oct', k, alg: 'HS512' },
    { kty: 'oct', k, alg: 'A256GCM' },
    { kty: 'oct', k, use: 'enc' },
    { kty: 'oct', k, key_ops: ['encrypt'] },
    { kty: 'oct', k, crv: 'P-256' },
    { kty: 'oct', k, kid: '' },
    { keys: [{ kty: 'oct', k }] },
  ])('must be one for the algorithm: %o', async (jwk) => {
    await configError(() => key('HS256').secret({ jwk } as never));
  });

  it('of a key pair is refused', async () => {
    for (const algorithm of ['RS256', 'ES256', 'Ed25519', 'ML-DSA-44'] as const) {
      const { publicJwk, privateJwk } = await material(algorithm);
      await configError(() => key('HS256').secret({ jwk: publicJwk }));
      await configError(() => key('HS256').secret({ jwk: privateJwk }));
    }
  });
});

describe('what is no secret', () => {
  it.each([
    undefined,
    null,
    '',
    'a'.repeat(64),
    5,
    true,
    [],
    {},
    () => new Uint8Array(64),
    new Uint8Array(0),
    new Uint8Array(31),
    { text: undefined },
    { text: null },
    { text: '' },
    { text: 5 },
    { text: new Uint8Array(64) },
    { text: ['a'.repeat(64)] },
    { hex: undefined },
    { hex: '' },
    { hex: 'ab'.repeat(31) },
    { hex: 'abc'.repeat(31) },
    { hex: 'xy'.repeat(32) },
    { hex: `0x${'ab'.repeat(32)}` },
    { hex: ` ${'ab'.repeat(32)} ` },
    { base64: undefined },
    { base64: '' },
    { base64: '=' },
    { base64: `${'A'.repeat(43)}==` },
    { base64: `${'A'.repeat(42)}B=` },
    { base64: `${'_'.repeat(44)}` },
    { base64: `${'A'.repeat(44)}\n` },
    { base64url: undefined },
    { base64url: '' },
    { base64url: `${'A'.repeat(43)}=` },
    { base64url: `${'A'.repeat(42)}B` },
    { base64url: '+'.repeat(44) },
    { base64url: 'A'.repeat(45) },
    { jwk: undefined },
    { jwk: '' },
    { jwk: '{"kty":"oct"}' },
    { jwk: [] },
    { pem: RSA_CERTIFICATE },
    { cryptoKey: {} },
    { bytes: new Uint8Array(64) },
    { text: 'a'.repeat(64), hex: 'ab'.repeat(32) },
    { text: 'a'.repeat(64), encoding: 'utf8' },
  ])('%o', async (source) => {
    for (const algorithm of HMAC) await configError(() => key(algorithm).secret(source as never));
  });

  it('a CryptoKey', async () => {
    const cryptoKey = await hmacCryptoKey(32);
    await configError(() => key('HS256').secret(cryptoKey as never));
    await configError(() => key('HS256').secret({ cryptoKey } as never));
  });
});

describe('the text of another key', async () => {
  const { publicPem, privatePem, publicJwk, privateJwk } = await material('RS256');
  const der = (pem: string) => Buffer.from(pem.replace(/-----.*?-----/g, ''), 'base64');
  const TEXTS: [string, string][] = [
    ['a public PEM', publicPem],
    ['a private PEM', privatePem],
    ['a public PEM cut short', publicPem.slice(0, 100)],
    ['a public PEM with CRLF and white space around', `\r\n ${publicPem.replaceAll('\n', '\r\n')}\t`],
    ['a public PEM on one line', publicPem.replaceAll('\n', '\\n')],
    ['a certificate', RSA_CERTIFICATE],
    ['another certificate', EC_CERTIFICATE],
    ['a public JWK', JSON.stringify(publicJwk)],
    ['a private JWK, indented', JSON.stringify(privateJwk, null, 2)],
    ['a secret JWK', JSON.stringify({ kty: 'oct', k: 'A'.repeat(43) })],
    ['a JWK Set', JSON.stringify({ keys: [publicJwk] })],
    ['the Base64 of an SPKI', der(publicPem).toString('base64')],
    ['the Base64 of a PKCS#8', der(privatePem).toString('base64')],
    ['the Base64 of a PEM', Buffer.from(publicPem).toString('base64')],
    ['the Base64 of a certificate', der(RSA_CERTIFICATE).toString('base64')],
    ['an OpenSSH key', `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ${'A'.repeat(100)} me@example`],
  ];

  it.each(TEXTS)('is refused as text: %s', async (_, text) => {
    for (const algorithm of HMAC) {
      const { message } = await configError(() => key(algorithm).secret({ text }));
      expect(message).not.toContain(text.slice(0, 11));
    }
  });

  it.each([
    ...TEXTS.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]),
    ['SPKI', der(publicPem)],
    ['PKCS#8', der(privatePem)],
    ['X.509', der(RSA_CERTIFICATE)],
  ] as [string, Buffer][])('is refused as bytes, in every encoding: %s', async (_, bytes) => {
    for (const [, source] of forms(bytes)) await configError(() => key('HS256').secret(source));
  });
});
