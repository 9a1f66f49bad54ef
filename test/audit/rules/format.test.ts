import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, base64url, findingsOf, fires, goodClaims, goodHeader, quiet, rawToken } from '../support.js';

const TOKEN = accessTokenWith();
const [HEADER, CLAIMS, SIGNATURE] = TOKEN.split('.') as [string, string, string];
const JWE = `${base64url('{"alg":"dir","enc":"A256GCM"}')}..AAAA.AAAA.AAAA`;
const signed = (alg: unknown, signature: Uint8Array): string => rawToken(goodHeader({ alg }), goodClaims(), signature);
const ones = (length: number): Uint8Array => new Uint8Array(length).fill(1);

describe('format/part-count', () => {
  it.each(['', HEADER, `${HEADER}.${CLAIMS}`, `${TOKEN}.`, `${JWE}.a`, '{"payload":"e30"}'])('%.9s', async (token) => {
    expect(await fires('format/part-count', { token })).toMatchObject({ severity: 'high', path: '/token' });
  });

  it.each([TOKEN, JWE, '..', 'a'.repeat(300_000)])('is quiet for %.9s', async (token) => {
    await quiet('format/part-count', { token });
  });
});

describe('format/signature-empty', () => {
  it.each(['ES256', 'HS256', 'ES257', undefined, 5])('%s', async (alg) => {
    expect(await fires('format/signature-empty', { token: signed(alg, ones(0)) })).toMatchObject({
      severity: 'critical',
      path: '/token/signature',
      rootCause: 'alg-none',
    });
  });

  it.each([
    TOKEN,
    signed('none', ones(0)),
    signed('NONE', ones(0)),
    `${HEADER}.${CLAIMS}`,
    JWE,
    `${HEADER}.${CLAIMS}.€`,
    `${HEADER}.${CLAIMS}.A=`,
  ])('is quiet otherwise', async (token) => {
    await quiet('format/signature-empty', { token });
  });

  it.each(['=', '==', ' =='])('%j is empty to lenient decoders', async (signature) => {
    await fires('format/signature-empty', { token: `${HEADER}.${CLAIMS}.${signature}` });
  });
});

describe('format/signature-length', () => {
  const id = 'format/signature-length';

  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
    ['ES256', 64],
    ['ES384', 96],
    ['ES512', 132],
    ['EdDSA', 64],
    ['Ed25519', 64],
    ['ML-DSA-44', 2420],
  ])('%s has %i bytes', async (alg, bytes) => {
    for (const wrong of [bytes - 1, bytes + 1])
      expect(await fires(id, { token: signed(alg, ones(wrong)) })).toMatchObject({
        severity: 'high',
        path: '/token/signature',
        rootCause: 'encoding/ecdsa-der',
      });
    await quiet(id, { token: signed(alg, ones(bytes)) });
  });

  it('RSA has at least 256, or what the key has', async () => {
    await fires(id, { token: signed('RS256', ones(255)) });
    for (const bytes of [256, 257, 512]) await quiet(id, { token: signed('PS256', ones(bytes)) });
    const n = base64url(Uint8Array.from([0x01, ...ones(256)]));
    const key = { kty: 'RSA', n, e: 'AQAB' };
    await quiet(id, { token: signed('PS256', ones(257)), key });
    await fires(id, { token: signed('PS256', ones(256)), key });
    await fires(id, { token: signed('PS256', ones(258)), key });
  });

  it('EdDSA may mean Ed448, unless the key is on the other curve', async () => {
    const ed448 = { token: signed('EdDSA', ones(114)) };
    await quiet(id, ed448);
    await quiet(id, { ...ed448, key: { kty: 'OKP', crv: 'Ed448', x: base64url(ones(57)) } });
    await fires(id, { ...ed448, key: { kty: 'OKP', crv: 'Ed25519', x: base64url(ones(32)) } });
    await fires(id, { token: signed('EdDSA', ones(64)), key: { kty: 'OKP', crv: 'Ed448', x: base64url(ones(57)) } });
    await fires(id, { token: signed('Ed25519', ones(114)) });
  });

  it('a key of another type says nothing', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    await quiet(id, { token: signed('PS256', ones(300)), key: { ...ec } });
    await quiet(id, { token: signed('PS256', ones(300)), key: { kty: 'oct', k: base64url(ones(32)) } });
    await quiet(id, { token: signed('PS256', ones(300)), key: { kty: 'RSA', e: 'AQAB' } });
    await quiet(id, { token: signed('HS256', ones(32)), key: { kty: 'oct', k: base64url(ones(64)) } });
  });

  it.each([
    signed('ES256K', ones(5)),
    signed('ES256', ones(0)),
    signed(undefined, ones(5)),
    `${HEADER}.${CLAIMS}.€`,
    JWE,
  ])('is quiet where nothing is known', async (token) => {
    await quiet(id, { token });
  });
});

describe('format/ecdsa-zero', () => {
  const half = (zeroFirst: boolean): Uint8Array =>
    Uint8Array.from({ length: 64 }, (_, i) => (i < 32 === zeroFirst ? 0 : 1));

  it.each([
    ['both', new Uint8Array(64)],
    ['r', half(true)],
    ['s', half(false)],
    // What jwt_tool sends: MAYCAQACAQA.
    ['both in DER', Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0)],
    ['s in DER', Uint8Array.of(0x30, 6, 2, 1, 5, 2, 1, 0)],
  ])('%s', async (_what, signature) => {
    for (const alg of ['ES256', 'ES256K'])
      expect(await fires('format/ecdsa-zero', { token: signed(alg, signature) })).toMatchObject({
        severity: 'critical',
        path: '/token/signature',
      });
  });

  it.each([
    TOKEN,
    signed(
      'ES256',
      Uint8Array.from({ length: 64 }, (_, i) => Number(i === 31 || i === 63)),
    ),
    signed(
      'ES256',
      Uint8Array.from({ length: 64 }, (_, i) => Number(i === 0 || i === 32)),
    ),
    signed('ES256', Uint8Array.of(0x30, 7, 2, 2, 0, 255, 2, 1, 1)),
    signed('HS512', new Uint8Array(64)),
    signed('ESX', new Uint8Array(64)),
    signed('XES256', new Uint8Array(64)),
    signed(undefined, new Uint8Array(64)),
    signed('ES256', new Uint8Array(0)),
    JWE,
  ])('is quiet otherwise (%#)', async (token) => {
    await quiet('format/ecdsa-zero', { token });
  });
});

describe('format/duplicate-member', () => {
  it('finds them in both parts', async () => {
    const token = rawToken('{"alg":"ES256","alg":"none"}', '{"sub":"a","sub":"b"}');
    const found = await findingsOf('format/duplicate-member', { token });
    expect(found.map(({ severity, path }) => [severity, path])).toEqual([
      ['high', '/token/claims'],
      ['high', '/token/header'],
    ]);
  });

  it('finds them below', async () => {
    const token = rawToken(goodHeader(), '{"a":{"sub":"a","sub":"b"}}');
    expect((await fires('format/duplicate-member', { token })).path).toBe('/token/claims');
  });

  it.each([TOKEN, rawToken('[]', '[]'), rawToken({}, '{"a":{"sub":1},"sub":2}'), JWE, ''])(
    'is quiet otherwise',
    async (token) => {
      await quiet('format/duplicate-member', { token });
    },
  );
});

describe('format/bearer-prefix', () => {
  it.each([
    'Bearer',
    `Bearer "${TOKEN}"`,
    `DPoP ${TOKEN}`,
    `Bearer ${TOKEN}`,
    `Authorization: Bearer ${TOKEN}`,
    `"${TOKEN}"`,
    `'${TOKEN}'`,
    `${TOKEN}\n`,
    ` ${TOKEN}`,
  ])('%.20s', async (token) => {
    expect(await fires('format/bearer-prefix', { token })).toMatchObject({ severity: 'info', path: '/token' });
  });

  it.each([TOKEN, ''])('is quiet otherwise', async (token) => {
    await quiet('format/bearer-prefix', { token });
  });
});

describe('format/nested-without-cty', () => {
  it('is low', async () => {
    for (const inner of [TOKEN, JWE])
      expect(await fires('format/nested-without-cty', { token: rawToken(goodHeader(), inner) })).toMatchObject({
        severity: 'low',
        path: '/token/header',
      });
  });

  it.each([
    TOKEN,
    JWE,
    rawToken(goodHeader({ cty: 'JWT' }), TOKEN),
    rawToken(goodHeader(), 'text'),
    rawToken(goodHeader(), 'a.b.c'),
    rawToken(goodHeader(), `${HEADER}.${CLAIMS}`),
    rawToken('[]', TOKEN),
    '',
  ])('is quiet otherwise (%#)', async (token) => {
    await quiet('format/nested-without-cty', { token });
  });
});

describe('an ordinary token', () => {
  it('has no fault of form', async () => {
    expect(SIGNATURE).not.toBe('');
    for (const id of ['part-count', 'signature-empty', 'signature-length', 'ecdsa-zero', 'duplicate-member'])
      await quiet(`format/${id}`, { token: TOKEN });
  });
});
