import { describe, expect, it } from 'vitest';
import { accessTokenWith, base64url, findingsOf, fires, goodClaims, goodHeader, quiet, rawToken } from '../support.js';

const TOKEN = accessTokenWith();
const [HEADER, CLAIMS, SIGNATURE] = TOKEN.split('.') as [string, string, string];

describe('encoding/base64-not-url', () => {
  it.each([
    ['+', 'header', `ab+d.${CLAIMS}.${SIGNATURE}`],
    ['/', 'claims', `${HEADER}.ab/d.${SIGNATURE}`],
    ['both', 'signature', `${HEADER}.${CLAIMS}.a+/d`],
  ])('points at the part with %s', async (_what, part, token) => {
    expect(await fires('encoding/base64-not-url', { token })).toMatchObject({
      severity: 'medium',
      confidence: 'confirmed',
      basis: 'standard',
      path: `/token/${part}`,
    });
  });

  it('numbers the parts of a JWE', async () => {
    const { path } = await fires('encoding/base64-not-url', { token: `${HEADER}.ab+d.abcd.abcd.abcd` });
    expect(path).toBe('/token/segments/1');
  });

  it('reports every part', async () => {
    const paths = (await findingsOf('encoding/base64-not-url', { token: '++++.////.abcd' })).map(({ path }) => path);
    expect(paths).toEqual(['/token/claims', '/token/header']);
  });

  it.each([TOKEN, `${TOKEN}=`, 'ab+d'])('is quiet otherwise', async (token) => {
    await quiet('encoding/base64-not-url', { token });
  });
});

describe('encoding/padding', () => {
  const padded = `${HEADER}.${CLAIMS}.${SIGNATURE}==`;

  it('is low', async () => {
    expect(await fires('encoding/padding', { token: padded })).toMatchObject({
      severity: 'low',
      path: '/token/signature',
    });
  });

  it('is medium where the verifier tolerates it', async () => {
    const lenient = await fires('encoding/padding', { token: padded, verifier: { permits: ['lenient-base64'] } });
    expect(lenient.severity).toBe('medium');
    const strict = await fires('encoding/padding', { token: padded, verifier: { permits: ['weak-keys'] } });
    expect(strict.severity).toBe('low');
  });

  it('is quiet without', async () => {
    await quiet('encoding/padding', { token: TOKEN });
  });
});

describe('encoding/non-canonical', () => {
  it.each([
    ['stray bits', `${HEADER}.${CLAIMS}.AR`],
    ['an impossible length', `${HEADER}.${CLAIMS}.AQEBA`],
    ['white space inside', `${HEADER}.${CLAIMS}.AQ EB`],
    ['a foreign letter', `${HEADER}.${CLAIMS}.AQ€B`],
  ])('%s', async (_what, token) => {
    expect(await fires('encoding/non-canonical', { token })).toMatchObject({
      severity: 'medium',
      path: '/token/signature',
    });
  });

  it.each([TOKEN, `${TOKEN}==`, ` ${TOKEN}\n`])('is quiet otherwise', async (token) => {
    await quiet('encoding/non-canonical', { token });
  });
});

describe('encoding/ecdsa-der', () => {
  const der = (...bytes: number[]) => rawToken(goodHeader(), goodClaims(), Uint8Array.from(bytes));

  it('fires on a SEQUENCE of two INTEGERs', async () => {
    expect(await fires('encoding/ecdsa-der', { token: der(0x30, 6, 2, 1, 5, 2, 1, 7) })).toMatchObject({
      severity: 'high',
      path: '/token/signature',
    });
  });

  it.each([
    ['raw r and s', TOKEN],
    ['one INTEGER', der(0x30, 3, 2, 1, 5)],
    ['other elements', der(0x30, 6, 2, 1, 5, 4, 1, 7)],
    ['something behind it', der(0x30, 6, 2, 1, 5, 2, 1, 7, 5, 0)],
    ['a SET', der(0x31, 6, 2, 1, 5, 2, 1, 7)],
    ['another algorithm', rawToken({ alg: 'RS256' }, {}, Uint8Array.from([0x30, 6, 2, 1, 5, 2, 1, 7]))],
  ])('is quiet on %s', async (_what, token) => {
    await quiet('encoding/ecdsa-der', { token });
  });
});

describe('encoding/not-utf8', () => {
  it.each([
    ['invalid UTF-8', [0x7b, 0xff, 0x7d]],
    ['a BOM', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['UTF-16', [0x7b, 0, 0x7d, 0]],
  ])('%s', async (_what, bytes) => {
    const part = base64url(Uint8Array.from(bytes));
    expect((await fires('encoding/not-utf8', { token: `${HEADER}.${part}.` })).path).toBe('/token/claims');
    expect((await fires('encoding/not-utf8', { token: `${part}.${CLAIMS}.` })).path).toBe('/token/header');
  });

  it.each([rawToken({}, '{"name":"Zoë 🦊"}'), rawToken({}, 'text')])('is quiet on UTF-8', async (token) => {
    await quiet('encoding/not-utf8', { token });
  });
});

describe('encoding/double-encoded', () => {
  it.each([
    ['header', `${base64url(HEADER)}.${CLAIMS}.${SIGNATURE}`],
    ['claims', `${HEADER}.${base64url(CLAIMS)}.${SIGNATURE}`],
    ['claims', `${HEADER}.${base64url(btoa('{"a":1}'))}.${SIGNATURE}`],
    ['claims', `${HEADER}.${base64url(base64url('{"a":{},"a":1}'))}.${SIGNATURE}`],
  ])('points at the %s', async (part, token) => {
    expect(await fires('encoding/double-encoded', { token })).toMatchObject({
      severity: 'medium',
      path: `/token/${part}`,
    });
  });

  it.each([TOKEN, rawToken({}, base64url('text')), rawToken({}, base64url('{no JSON')), rawToken({}, '')])(
    'is quiet otherwise',
    async (token) => {
      await quiet('encoding/double-encoded', { token });
    },
  );
});
