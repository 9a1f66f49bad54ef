// Several policies: each issuer with its own keys and checks (RFC 8725 §3.8).

import { describe, expect, it } from 'vitest';
import { accessToken, createVerifier, key, unchecked } from '../../src/index.js';
import { b64, CLAIMS, clock, clockAt, NOW, rawToken, refusal, signer, token } from './support.js';

const A = 'https://a.example';
const B = 'https://b.example';
const secretOf = (name: string) => `${name} has a secret of its own that is long enough`;
/** Both issuers name their key alike. */
const keyOf = (name: string) =>
  key('HS256')
    .id('2026')
    .secret({ text: secretOf(name) });
const by = (signedBy: string, claims: object, header: object = {}) =>
  token({ ...CLAIMS, ...claims }, { alg: 'HS256', kid: '2026', ...header }, signer('HS256', secretOf(signedBy)));

const [keyA, keyB] = [await keyOf('a'), await keyOf('b')];
const policyA = { keys: keyA, issuer: A, audience: 'api', clock } as const;
const policyB = { keys: keyB, issuer: B, audience: ['api', 'web'], clock, requiredClaims: ['tenant'] } as const;
const verify = createVerifier([policyA, policyB]);

describe('several policies', () => {
  it('each issuer is verified with its own key, though the kid is the same', async () => {
    expect(await verify(by('a', { iss: A, aud: 'api' }))).toMatchObject({ claims: { iss: A }, key: keyA });
    expect(await verify(by('b', { iss: B, aud: 'web', tenant: 1 }))).toMatchObject({ claims: { iss: B }, key: keyB });
  });

  it('no issuer can speak for another', async () => {
    expect(await refusal(verify, by('a', { iss: B, aud: 'api', tenant: 1 }))).toMatchObject({
      code: 'ERR_JWT_SIGNATURE',
    });
    expect(await refusal(verify, by('b', { iss: A, aud: 'api' }))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
  });

  it('each has its own checks', async () => {
    expect(await refusal(verify, by('a', { iss: A, aud: 'web' }))).toMatchObject({ code: 'ERR_JWT_AUDIENCE' });
    expect(await refusal(verify, by('b', { iss: B, aud: 'web' }))).toMatchObject({
      code: 'ERR_JWT_CLAIM_MISSING',
      claim: 'tenant',
    });
    expect(await verify.safe(by('a', { iss: A, aud: 'api' }))).toMatchObject({ ok: true });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['unknown', 'https://c.example'],
    ['empty', ''],
    ['a list', [A]],
    ['a number', 5],
    ['__proto__', '__proto__'],
    ['in another case', A.toUpperCase()],
    ['with a slash', `${A}/`],
  ])('an issuer that is %s', async (_, iss) => {
    expect(await refusal(verify, by('a', { iss, aud: 'api' }))).toMatchObject({ code: 'ERR_JWT_ISSUER', claim: 'iss' });
  });

  it('a payload that cannot be read is malformed, whatever the signature', async () => {
    for (const payload of ['', '[]', '{"iss":1,"iss":1}', 'x', '{'])
      expect(await refusal(verify, rawToken('{"alg":"HS256"}', payload))).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
    expect(await refusal(verify, `${b64('{"alg":"HS256"}')}.${b64('{}')}=.AA`)).toMatchObject({
      code: 'ERR_JWT_MALFORMED',
    });
  });

  it('each pins its own algorithms', async () => {
    const { privateKey: _, publicKey } = await key('ES256').generate();
    const mixed = createVerifier([policyA, { ...policyB, keys: publicKey }]);
    expect(await refusal(mixed, by('b', { iss: B }))).toMatchObject({
      code: 'ERR_JWT_ALGORITHM',
      message: expect.not.stringContaining('HS256'),
    });
    expect(await mixed.safe(by('a', { iss: A, aud: 'api' }))).toMatchObject({ ok: true });
    expect(mixed.policy.map(({ algorithms }) => algorithms)).toEqual([['HS256'], ['ES256']]);
  });

  it('each has its own longest token', async () => {
    const long = { pad: 'x'.repeat(1000) };
    const limited = createVerifier([
      { ...policyA, maxTokenLength: 600 },
      { ...policyB, maxTokenLength: 3000 },
    ]);
    expect(await refusal(limited, by('a', { iss: A, aud: 'api', ...long }))).toMatchObject({
      code: 'ERR_JWT_TOO_LARGE',
    });
    expect(await limited.safe(by('a', { iss: A, aud: 'api' }))).toMatchObject({ ok: true });
    expect(await limited.safe(by('b', { iss: B, aud: 'api', tenant: 1, ...long }))).toMatchObject({ ok: true });
    expect(await refusal(limited, by('b', { iss: B, aud: 'api', tenant: 1, pad: 'x'.repeat(3000) }))).toMatchObject({
      code: 'ERR_JWT_TOO_LARGE',
    });
    const exact = by('a', { iss: A, aud: 'api' });
    expect(await createVerifier([{ ...policyA, maxTokenLength: exact.length }]).safe(exact)).toMatchObject({
      ok: true,
    });
    expect(
      await refusal(createVerifier([{ ...policyA, maxTokenLength: exact.length - 1 }, policyB]), exact),
    ).toMatchObject({ code: 'ERR_JWT_TOO_LARGE' });
  });

  it('each has its own clock, tolerance, type and expiry', async () => {
    const each = createVerifier([
      { ...policyA, clock: clockAt(NOW + 2000), clockTolerance: 0, requireExpiry: unchecked },
      { ...policyB, profile: accessToken, requiredClaims: ['x'] },
    ]);
    expect(await refusal(each, by('a', { iss: A, aud: 'api' }))).toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    expect(await each.safe(by('a', { iss: A, aud: 'api', exp: NOW + 2001 }))).toMatchObject({ ok: true });
    expect(await refusal(each, by('b', { iss: B, aud: 'api' }))).toMatchObject({ code: 'ERR_JWT_TYPE' });
    const full = { iss: B, aud: 'api', jti: '1', client_id: 'c', x: 1 };
    expect(await each.safe(by('b', full, { typ: 'at+jwt' }))).toMatchObject({ ok: true });
  });

  it('a list of one is routed too', async () => {
    const one = createVerifier([policyA]);
    expect(await one.safe(by('a', { iss: A, aud: 'api' }))).toMatchObject({ ok: true });
    expect(await refusal(one, by('a', { iss: B, aud: 'api' }))).toMatchObject({ code: 'ERR_JWT_ISSUER' });
  });
});
