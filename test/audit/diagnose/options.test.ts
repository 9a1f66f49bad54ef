// Mistakes of the caller: all of them JwtConfigError, whatever the token.

import { JwtConfigError } from 'jwtight';
import { type DiagnoseOptions, diagnose } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { NOW } from '../support.js';
import { good, pair, verifier } from './support.js';

const jwk = { kty: 'EC' };

describe('options', () => {
  it.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['neither verifier nor keys', {}],
    ['a time only', { now: NOW }],
    ['an unknown option', { verifier, clock: Date.now }],
    ['an undefined verifier', { verifier: undefined }],
    ['undefined keys', { keys: undefined }],
    ['undefined beside a verifier', { verifier, keys: undefined }],
    ['null for a verifier', { verifier: null }],
    ['a verifier of another library', { verifier: { algorithms: ['ES256'] } }],
    ['a function', { verifier: () => true }],
    ['no policies', { verifier: [] }],
    ['a policy that is none', { verifier: [verifier.policy, {}] }],
    ['a policy that is incomplete', { verifier: { keys: verifier.policy.keys } }],
    ['no keys', { keys: [] }],
    ['text for a key', { keys: 'secret' }],
    ['an empty key', { keys: {} }],
    ['a private key', { keys: pair.privateKey }],
    ['a raw CryptoKey', { keys: { cryptoKey: pair.publicKey.cryptoKey } }],
    ['two forms at once', { keys: { jwk, pem: 'x' } }],
    ['an unknown form', { keys: { key: 'x' } }],
    ['an empty PEM', { keys: { pem: '' } }],
    ['a PEM for HMAC', { keys: { pem: 'x', algorithm: 'HS256' } }],
    ['a PEM for no algorithm', { keys: { pem: 'x', algorithm: 'none' } }],
    ['an undefined algorithm', { keys: { pem: 'x', algorithm: undefined } }],
    ['a JWK that is a number', { keys: { jwk: 5 } }],
    ['an empty JWK Set', { keys: { jwks: '' } }],
    ['a JWK Set with an algorithm', { keys: { jwks: {}, algorithm: 'ES256' } }],
    ['an empty secret', { keys: { secret: '', algorithm: 'HS256' } }],
    ['a secret of no bytes', { keys: { secret: new Uint8Array(), algorithm: 'HS256' } }],
    ['a secret that is a number', { keys: { secret: 5, algorithm: 'HS256' } }],
    ['a secret without algorithm', { keys: { secret: 'x' } }],
    ['a secret for ES256', { keys: { secret: 'x', algorithm: 'ES256' } }],
    ['a secret for a name every object has', { keys: { secret: 'x', algorithm: 'constructor' } }],
    ['a bad key in a list', { keys: [pair.publicKey, {}] }],
    ['a time as text', { verifier, now: '2026-11-22' }],
    ['null for the time', { verifier, now: null }],
    ['no time', { verifier, now: Number.NaN }],
    ['a clock that tells none', { verifier, now: () => Number.NaN }],
  ])('refuses %s', async (_, options) => {
    for (const token of [good, '', undefined])
      await expect(diagnose(token as string, options as DiagnoseOptions)).rejects.toThrow(JwtConfigError);
  });

  it('names the key that is wrong', async () => {
    const wrong = { keys: [pair.publicKey, { pem: '' }] };
    await expect(diagnose(good, wrong)).rejects.toThrow(/keys\[1\]\.pem/);
  });

  it('takes the time of the machine where nobody tells another', async () => {
    const { causes } = await diagnose(good, { keys: pair.publicKey });
    expect(causes.every(({ id }) => ['expired', 'clock-drift', 'not-active'].includes(id))).toBe(true);
  });
});
