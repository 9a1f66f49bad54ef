// No error says anything of a token, a secret or a claim's value (promise 8).

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  accessToken,
  claims,
  clientAssertion,
  createVerifier,
  decodeUnverified,
  idToken,
  JwtError,
  key,
  sign,
} from '../../src/index.js';
import {
  AUDIENCE,
  b64,
  CLAIMS,
  caught,
  clock,
  hs256,
  ISSUER,
  NOW,
  rawToken,
  refusal,
  SECRET,
  secretKey,
  token,
  verifier,
} from './support.js';

const CANARY = 'CANARY-7f3a';
const value = `${CANARY}-value`;

/** Everything somebody might log of an error. */
function everything(error: unknown): string {
  const { cause } = error as Error;
  return [
    String(error),
    JSON.stringify(error),
    JSON.stringify(Object.getOwnPropertyDescriptors(error)),
    inspect(error, { depth: Infinity, showHidden: true }),
    cause === undefined ? '' : inspect(cause, { depth: Infinity, showHidden: true }),
  ].join('\n');
}

function expectClean(error: unknown, ...texts: string[]): void {
  const told = everything(error);
  for (const text of [CANARY, SECRET, b64(CANARY).slice(0, -2), ...texts]) expect(told).not.toContain(text);
}

const payload = { ...CLAIMS, secret: value };
const otherKey = await key('HS256').id('a').generate();
const schema = z.object({ secret: z.literal('x') });

describe('refused tokens', () => {
  const refusals: [string, string, object?][] = [
    ['not a token', value],
    ['bad header', `${value}.${value}.${value}`],
    ['header not JSON', rawToken(value, JSON.stringify(payload))],
    ['alg', token(payload, { alg: value })],
    ['alg of another kind', token(payload, { alg: [value] })],
    ['kid', token(payload, { alg: 'HS256', kid: value }), { keys: otherKey }],
    ['kid of another kind', token(payload, { alg: 'HS256', kid: [value] })],
    ['crit', token(payload, { alg: 'HS256', crit: [value] })],
    ['zip', token(payload, { alg: 'HS256', zip: value })],
    ['typ', token(payload, { alg: 'HS256', typ: value })],
    ['signature', `${token(payload).slice(0, -6)}AAAAAA`],
    ['signature that cannot be read', `${token(payload)} `],
    ['payload not JSON', rawToken('{"alg":"HS256"}', `${value}{`)],
    ['duplicate', rawToken('{"alg":"HS256"}', `{"${CANARY}":"${value}","${CANARY}":1}`)],
    ['iss', token({ ...payload, iss: value })],
    ['iss of another kind', token({ ...payload, iss: [value] })],
    ['aud', token({ ...payload, aud: value })],
    ['aud of another kind', token({ ...payload, aud: { value } })],
    ['sub', token({ ...payload, sub: value }), { subject: 'user-42' }],
    ['sub missing', token({ ...payload, sub: undefined }), { subject: 'user-42' }],
    ['jti of another kind', token({ ...payload, jti: { value } })],
    ['exp', token({ ...payload, exp: 1234567 })],
    ['exp as text', token({ ...payload, exp: value })],
    ['nbf', token({ ...payload, nbf: NOW + 7654321 })],
    ['iat', token({ ...payload, iat: 7654321 }), { maxTokenAge: 5 }],
    ['required', token(payload), { requiredClaims: ['x'] }],
    ['revoked', token({ ...payload, jti: value }), { revocation: { isRevoked: () => true } }],
    [
      'profile',
      token({ ...payload, jti: value, client_id: [value] }, { alg: 'HS256', typ: 'at+jwt' }),
      { profile: accessToken },
    ],
    ['profile azp', token({ ...payload, azp: value }), { profile: idToken }],
    ['profile sub', token({ ...payload, jti: value, sub: value }), { profile: clientAssertion }],
    ['schema', token(payload), { claims: schema }],
    ['schema, a name', token({ ...CLAIMS, x: value }), { claims: z.strictObject({}) }],
    ['too large', token(payload), { maxTokenLength: 10 }],
  ];

  it.each(refusals)('%s', async (_, text, options = {}) => {
    const error = await refusal(verifier(options), text);
    expect(error).toBeInstanceOf(JwtError);
    expectClean(error, text, '1234567', '7654321');
    for (const segment of text.split('.').filter((part) => part.length > 8)) expectClean(error, segment);
    expect(error.message.length).toBeLessThan(140);
    const routing = createVerifier([{ keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock }]);
    const routed = await routing.safe(text);
    if (!routed.ok) expectClean(routed.error, text);
    const decoded = await caught(() => decodeUnverified(text));
    if (decoded !== 'nothing was thrown') expectClean(decoded, text);
  });

  it('an error is JSON of its code, its claim and nothing else', async () => {
    const error = await refusal(verifier(), token({ ...payload, exp: 5 }));
    expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'JwtError', code: 'ERR_JWT_EXPIRED', claim: 'exp' });
    const bare = await refusal(verifier(), '');
    expect(JSON.parse(JSON.stringify(bare))).toEqual({ name: 'JwtError', code: 'ERR_JWT_MALFORMED' });
    expect(bare).not.toHaveProperty('claim');
  });

  it('the verifier and its policy do not show the secret', () => {
    const verify = verifier();
    for (const part of [verify, verify.policy, secretKey]) {
      const told = `${inspect(part, { depth: Infinity, showHidden: true })} ${JSON.stringify(part)}`;
      expect(told).not.toContain(SECRET);
      expect(told).not.toContain(b64(SECRET));
    }
  });
});

describe('mistakes', () => {
  const mistakes: [string, () => unknown][] = [
    ['policy', () => verifier({ issuer: { value } })],
    ['policy: audience', () => verifier({ audience: [value, 5] })],
    ['policy: unknown option', () => verifier({ [value]: value })],
    ['policy: duration', () => verifier({ clockTolerance: value })],
    ['policy: profile', () => verifier({ profile: accessToken, type: value })],
    ['keys', () => verifier({ keys: value })],
    ['claims', () => claims().with({ iss: [value] as never })],
    ['claims that are not JSON', () => claims().set('x', { y: [() => value] })],
    ['sign', () => sign({ exp: value } as never, secretKey)],
    [
      'sign: profile',
      () => sign(claims(clientAssertion).issuer(value).subject(`${value}2`).audience('a').id().expiresIn(5), secretKey),
    ],
    ['sign: key', () => sign(CLAIMS, value as never)],
    ['sign: options', () => sign(CLAIMS, secretKey, { [value]: value } as never)],
  ];
  it.each(mistakes)('%s', async (_, action) => {
    const error = await caught(action);
    expect(error).toMatchObject({ name: 'JwtConfigError', code: 'ERR_JWT_CONFIG' });
    // The stack names this file's functions, and no values either.
    expectClean(error);
  });
});

it('these tests would see a leak', () => {
  expect(() => expectClean(new Error(`x ${value}`))).toThrow();
  expect(() => expectClean(new Error('x', { cause: { deep: [value] } }))).toThrow();
  expect(() => expectClean(Object.assign(new Error('x'), { token: b64(value) }))).toThrow();
  expect(b64(hs256('x'))).toHaveLength(43);
});
