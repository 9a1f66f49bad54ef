// A diagnosis is true: undone, every mistake it names is gone, and it names no other. Tokens of other libraries.

import { createPrivateKey, sign as nodeSign } from 'node:crypto';
import fc from 'fast-check';
import { importPKCS8, SignJWT } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { createVerifier, exportPem, key } from 'jwtight';
import type { CauseId, DiagnoseKey } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { base64url, NOW, NOW_SECONDS } from '../support.js';
import {
  AUDIENCE,
  diagnosed,
  finds,
  good,
  goodClaims,
  ISSUER,
  otherPair,
  pair,
  tokenWith,
  verifier,
} from './support.js';

const policy = { issuer: ISSUER, audience: AUDIENCE, clock: () => NOW };
/** A payload that takes padding, and differs in the two alphabets. */
const base = await tokenWith({ text: '???>>>~~~x' });
const PEM = await exportPem(pair.privateKey);

type Parts = readonly [header: string, payload: string, signature: string];
const inParts = (token: string, change: (parts: Parts) => readonly string[]) =>
  change(token.split('.') as never).join('.');
const asBytes = (part: string) => Buffer.from(part, 'base64url');

/** DER of r‖s, as node:crypto makes it. */
function derOf([header, payload]: Parts): string {
  return base64url(nodeSign('sha256', Buffer.from(`${header}.${payload}`), { key: PEM, dsaEncoding: 'der' }));
}

/** Mistakes in the order in which they are made; each leaves what another one makes as it is. */
const MISTAKES: readonly (readonly [CauseId, (token: string) => string])[] = [
  ['der-signature', (token) => inParts(token, (parts) => [parts[0], parts[1], derOf(parts)])],
  [
    'padding',
    (token) =>
      inParts(token, ([header, payload, signature]) => [
        header,
        `${payload}${'='.repeat(-payload.length & 3)}`,
        signature,
      ]),
  ],
  [
    'standard-base64',
    (token) =>
      inParts(token, ([header, payload, signature]) => [
        header,
        payload.replaceAll('-', '+').replaceAll('_', '/'),
        signature,
      ]),
  ],
  ['white-space', (token) => `${token.slice(0, 20)}\n${token.slice(20)}`],
  ['quotes', (token) => `"${token}"`],
  ['bearer-prefix', (token) => `Bearer ${token}`],
  ['surrounding-space', (token) => `${token}\r\n`],
];

describe('mistakes in how a token is written', () => {
  it('are found in any combination, and nothing else', () =>
    fc.assert(
      fc.asyncProperty(fc.subarray([...MISTAKES], { minLength: 1 }), async (made) => {
        expect(base.split('.')[1]).toMatch(/[-_]/);
        expect(asBytes(base.split('.')[1]!).length % 3).not.toBe(0);
        const spoilt = made.reduce((token, [, make]) => make(token), base);
        expect((await verifier.safe(spoilt)).ok).toBe(false);
        const { causes } = await diagnosed(spoilt);
        expect(causes.map(({ id }) => id).sort()).toEqual(made.map(([id]) => id).sort());
        expect(causes.every(({ confidence }) => confidence === 'certain')).toBe(true);
      }),
      { numRuns: 60 },
    ));

  it('are none where the verifier accepts the token', async () => {
    for (const token of [
      good,
      await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(pair.privateKey.cryptoKey),
    ]) {
      expect((await verifier.safe(token)).ok).toBe(true);
      expect(await diagnosed(token)).toEqual({ ok: true, causes: [] });
    }
  });
});

describe('tokens of jsonwebtoken', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 251) & 255);
  const text = Buffer.from(bytes).toString('base64');
  const made = (secret: string | Buffer, claims = goodClaims()) =>
    jsonwebtoken.sign(claims, secret, { algorithm: 'HS256' });

  it.each<[string, string, CauseId, { text: string } | Uint8Array, { text: string } | Uint8Array]>([
    ['decoded', made(Buffer.from(bytes)), 'secret-not-decoded', { text }, bytes],
    ['not decoded', made(text), 'secret-decoded', bytes, { text }],
  ])('are verified with the secret %s', async (_what, token, id, wrong, right) => {
    const verifierWith = async (source: typeof wrong) =>
      createVerifier({ ...policy, keys: await key('HS256').extractable().secret(source) });
    await finds(token, [id], { verifier: await verifierWith(wrong), now: NOW });
    await finds(`Bearer ${token}`, ['bearer-prefix', id], { verifier: await verifierWith(wrong), now: NOW });
    const mended = await verifierWith(right);
    await finds(token, [], { verifier: mended, now: NOW });
    expect((await mended.safe(token)).ok).toBe(true);
  });

  it('with milliseconds, the wrong audience and drift, all at once', async () => {
    const claims = goodClaims({ iat: NOW, aud: 'other', nbf: NOW_SECONDS + 38 });
    const token = made(Buffer.from(bytes), claims);
    const keys = await key('HS256').extractable().secret(bytes);
    const message = await finds(token, ['milliseconds', 'wrong-audience', 'clock-drift'], {
      verifier: createVerifier({ ...policy, clockTolerance: 0, keys }),
      now: NOW,
    });
    expect(message).toContain('38 s before nbf');
    expect(message).toContain('iat is in milliseconds');
  });
});

describe('tokens of jose', () => {
  const signedBy = async (pem: string, kid: string) =>
    new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256', kid }).sign(await importPKCS8(pem, 'ES256'));

  it('signed by another key of the set', async () => {
    const crossed = await signedBy(await exportPem(otherPair.privateKey), 'one');
    const keys: DiagnoseKey[] = [pair.publicKey, otherPair.publicKey];
    expect(await finds(crossed, ['other-key'], { keys, now: NOW })).toContain('keys[1]');
    const both = createVerifier({ ...policy, keys: [pair.publicKey, otherPair.publicKey] });
    await finds(crossed, ['other-key'], { verifier: both, keys, now: NOW });
    expect((await both.safe(await signedBy(await exportPem(otherPair.privateKey), 'two'))).ok).toBe(true);
  });

  it('need PKCS#8, which SEC 1 is not', async () => {
    const sec1 = createPrivateKey(PEM).export({ type: 'sec1', format: 'pem' }) as string;
    await expect(importPKCS8(sec1, 'ES256')).rejects.toThrow();
    const token = await signedBy(PEM, 'one');
    const message = await finds(token, [['pem-not-pkcs8', 'likely']], { keys: { pem: sec1 }, now: NOW });
    expect(message).toContain('SEC 1');
    await finds(token, [], { keys: { pem: PEM }, now: NOW });
  });
});
