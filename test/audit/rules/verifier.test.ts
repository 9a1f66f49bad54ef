import { createVerifier, dpopProof, key, unchecked } from 'jwtight';
import type { AuditOptions, AuditSubject, VerifierDescription } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, findingsOf, fires, goodClaims, NOW_SECONDS, quiet, rawToken } from '../support.js';

const v = (verifier: VerifierDescription, more: Omit<AuditSubject, 'verifier'> = {}): AuditSubject => ({
  verifier,
  ...more,
});

async function ours(changes: object = {}) {
  const { publicKey } = await key('ES256').generate();
  return createVerifier({
    keys: publicKey,
    issuer: 'https://auth.example.com',
    audience: 'https://api.example.com',
    ...changes,
  }).policy as Extract<NonNullable<AuditSubject['verifier']>, { readonly requireExpiry?: unknown }>;
}

describe('verifier/signature-disabled', () => {
  const ID = 'verifier/signature-disabled';
  it.each<[string, VerifierDescription]>([
    ['only decodes', { verifySignature: false }],
    ['has no key', { keys: [] }],
    ['has an empty key', { keys: '' }],
    ['has empty keys only', { keys: ['', new Uint8Array()] }],
    ['has an empty JWK', { keys: [{ kty: 'oct', k: '' }] }],
  ])('fires where it %s', async (_what, verifier) => {
    expect(await fires(ID, v(verifier))).toMatchObject({
      severity: 'critical',
      confidence: 'confirmed',
      path: '/verifier',
    });
  });
  it('says which of the two', async () => {
    const messages = await findingsOf(ID, { verifier: [{ verifySignature: false }, { keys: [] }] });
    expect(messages.map(({ path }) => path)).toEqual(['/verifier/0', '/verifier/1']);
    expect(new Set(messages.map(({ message }) => message)).size).toBe(2);
  });
  it.each<[string, VerifierDescription]>([
    ['nothing is known of the keys', {}],
    ['it verifies', { verifySignature: true }],
    ['there is a key', { keys: ['', 'x'] }],
    ['keys are fetched', { keys: [], jwksUrl: 'https://auth.example.com/jwks' }],
    ['header keys have rules of their own', { keys: [], trustsHeaderKeys: true }],
  ])('is quiet where %s', async (_what, verifier) => {
    await quiet(ID, v(verifier));
  });
  it('is quiet on ours', async () => {
    await quiet(ID, { verifier: await ours() });
  });
});

describe('verifier/exp-ignored and verifier/exp-not-required', () => {
  it('charges what is worse', async () => {
    expect(await fires('verifier/exp-ignored', v({ ignoreExpiration: true }))).toMatchObject({
      severity: 'critical',
      path: '/verifier',
      rootCause: 'no-expiry',
    });
    await quiet('verifier/exp-not-required', v({ ignoreExpiration: true }));
  });
  it('asks for exp to be required', async () => {
    expect(await fires('verifier/exp-not-required', v({}))).toMatchObject({
      severity: 'high',
      path: '/verifier',
      rootCause: 'no-expiry',
    });
    await quiet('verifier/exp-ignored', v({}));
    await quiet('verifier/exp-not-required', v({ requiredClaims: ['exp'] }));
  });
  it.each(['secevent+jwt', 'application/secevent+jwt', 'DPoP+JWT'])(
    'is quiet on kinds defined without exp: %s',
    async (type) => {
      await quiet('verifier/exp-not-required', v({ type }));
    },
  );
  it('knows ours', async () => {
    await quiet('verifier/exp-not-required', { verifier: await ours() });
    await fires('verifier/exp-not-required', { verifier: await ours({ requireExpiry: unchecked }) });
  });
});

describe('verifier/aud-unchecked', () => {
  const ID = 'verifier/aud-unchecked';
  it('fires where no audience is configured', async () => {
    expect(await fires(ID, v({}))).toMatchObject({ severity: 'high', path: '/verifier' });
    expect((await fires(ID, v({ audience: unchecked }))).severity).toBe('high');
    expect((await fires(ID, v({}, { issuance: { audiences: ['a', 'b'] } }))).severity).toBe('high');
    expect((await fires(ID, { verifier: await ours({ audience: unchecked }) })).severity).toBe('high');
  });
  it('is medium where the key serves one audience', async () => {
    expect((await fires(ID, v({}), { context: { singleAudience: true } })).severity).toBe('medium');
    expect((await fires(ID, v({}, { issuance: { audiences: ['a'] } }))).severity).toBe('medium');
  });
  it('is quiet on an explicit opt-out there, on an audience, and on DPoP proofs', async () => {
    await quiet(ID, { verifier: await ours({ audience: unchecked }) }, { context: { singleAudience: true } });
    await quiet(ID, v({ audience: 'a' }));
    await quiet(ID, v({ type: 'dpop+jwt' }));
  });
});

describe('verifier/iss-unchecked', () => {
  const ID = 'verifier/iss-unchecked';
  it('fires', async () => {
    expect(await fires(ID, v({ audience: 'a' }))).toMatchObject({ severity: 'medium', path: '/verifier' });
    expect((await fires(ID, { verifier: await ours({ issuer: unchecked }) })).severity).toBe('medium');
  });
  it('is quiet on an issuer and on DPoP proofs', async () => {
    await quiet(ID, v({ issuer: 'a' }));
    await quiet(ID, v({ type: 'dpop+jwt' }));
    await quiet(ID, { verifier: await ours({ profile: dpopProof, issuer: unchecked, audience: unchecked }) });
  });
});

describe('verifier/issuer-not-bound-to-key', () => {
  const ID = 'verifier/issuer-not-bound-to-key';
  const issuer = ['https://a.example.com', 'https://b.example.com'];
  it.each<[string, VerifierDescription, string]>([
    ['keys', { issuer, keys: ['x'] }, 'confirmed'],
    ['a JWKS', { issuer, jwksUrl: 'https://a.example.com/jwks' }, 'confirmed'],
    ['unknown keys', { issuer }, 'possible'],
  ])('fires with %s', async (_what, verifier, confidence) => {
    expect(await fires(ID, v(verifier))).toMatchObject({ severity: 'critical', confidence, path: '/verifier' });
  });
  it.each<[string, VerifierDescription]>([
    ['one issuer', { issuer: ['a'] }],
    ['no issuer', {}],
    ['one issuer in two spellings', { issuer: ['https://accounts.google.com', 'accounts.google.com'], keys: ['x'] }],
    ['a slash at the end', { issuer: ['https://a.example.com/', 'https://a.example.com'], keys: ['x'] }],
  ])('is quiet on %s', async (_what, verifier) => {
    await quiet(ID, v(verifier));
  });
  it('is quiet on verifiers with an issuer each', async () => {
    await quiet(ID, { verifier: [await ours(), await ours({ issuer: 'https://b.example.com' })] });
  });
});

describe('verifier/typ-unchecked', () => {
  const ID = 'verifier/typ-unchecked';
  it('fires with several kinds', async () => {
    expect(await fires(ID, v({}, { issuance: { kinds: ['access', 'id'] } }))).toMatchObject({
      severity: 'medium',
      path: '/verifier',
    });
  });
  it.each<[string, AuditSubject]>([
    ['a type', v({ type: 'at+jwt' }, { issuance: { kinds: ['access', 'id'] } })],
    ['one kind', v({}, { issuance: { kinds: ['access', 'access'] } })],
    ['kinds that are not known', v({}, { issuance: {} })],
  ])('is quiet with %s', async (_what, subject) => {
    await quiet(ID, subject);
  });
  it('is quiet on ours', async () => {
    await quiet(ID, { verifier: await ours(), issuance: { kinds: ['access', 'id'] } });
  });
});

describe('verifier/loose-match', () => {
  const ID = 'verifier/loose-match';
  it.each<[string, RegExp | 'prefix' | 'substring']>([
    ['a prefix', 'prefix'],
    ['a substring', 'substring'],
    ['no anchor', /example/],
    ['no end', /^example/],
    ['no start', /example$/],
    ['an escaped end', /^example\$/],
    ['an end in brackets', /^example[$]/],
    ['an alternative beside the anchors', /^a|b$/],
    ['an alternative after a group', /^(a)|(b)$/],
    ['lines', /^a$/m],
  ])('fires on %s', async (_what, pattern) => {
    expect(await fires(ID, v({ patterns: [/^a$/, pattern] }))).toMatchObject({
      severity: 'high',
      path: '/verifier/patterns/1',
    });
  });
  it.each([/^a$/, /^(a|b)$/, /^((a|b)|c)$/, /^[|]$/, /^a\|b$/])('is quiet on %s', async (pattern) => {
    await quiet(ID, v({ patterns: [pattern] }));
  });
  it('is quiet on equality', async () => {
    await quiet(ID, v({}));
  });
});

describe('verifier/clock-tolerance', () => {
  const ID = 'verifier/clock-tolerance';
  it.each([
    [61, 'low'],
    [300, 'low'],
    [301, 'medium'],
    [3600, 'medium'],
    [3601, 'high'],
  ])('%i s is %s', async (clockTolerance, severity) => {
    expect(await fires(ID, v({ clockTolerance }))).toMatchObject({
      severity,
      basis: 'policy',
      path: '/verifier/clockTolerance',
    });
  });
  it.each<VerifierDescription>([{ clockTolerance: 60 }, { clockTolerance: 0 }, {}])('is quiet', async (verifier) => {
    await quiet(ID, v(verifier));
  });
  it('is quiet on the default of ours', async () => {
    await quiet(ID, { verifier: await ours() });
  });
});

describe('verifier/no-max-age and verifier/no-size-limit', () => {
  it('fire where nothing is set', async () => {
    expect(await fires('verifier/no-max-age', v({}))).toMatchObject({ severity: 'info', path: '/verifier' });
    expect(await fires('verifier/no-size-limit', v({}))).toMatchObject({ severity: 'low', path: '/verifier' });
  });
  it('are quiet where something is', async () => {
    await quiet('verifier/no-max-age', v({ maxTokenAge: 0 }));
    await quiet('verifier/no-size-limit', v({ maxTokenLength: 1 }));
    await quiet('verifier/no-size-limit', { verifier: await ours() });
  });
});

describe('what a verifier permits', () => {
  it.each([
    ['verifier/jwe-as-jws', 'unsigned-jwe', 'critical'],
    ['verifier/format-confusion', 'json-serialization', 'high'],
    ['verifier/format-confusion', 'claims-before-verifying', 'high'],
    ['verifier/legacy-escape-hatch', 'weak-keys', 'high'],
  ] as const)('%s: %s', async (id, permission, severity) => {
    const subject = v({ permits: ['lenient-base64', permission] });
    expect(await fires(id, subject)).toMatchObject({ severity, path: '/verifier/permits/1' });
    await quiet(id, v({ permits: ['lenient-base64'] }));
    await quiet(id, v({}));
  });
  it('is quiet on verifiers that route by issuer', async () => {
    await quiet('verifier/format-confusion', {
      verifier: [await ours(), await ours({ issuer: 'https://b.example.com' })],
    });
  });
});

describe('verifier/no-revocation-check', () => {
  const ID = 'verifier/no-revocation-check';
  const long = accessTokenWith({ exp: NOW_SECONDS + 901 });
  it.each<[string, AuditSubject]>([
    ['the policy', v({}, { issuance: { accessTokenLifetime: 901 } })],
    ['the token', v({}, { token: long })],
    ['the draft', v({}, { draft: { claims: goodClaims({ exp: NOW_SECONDS + 901 }) } })],
    ['a token of unknown kind', v({}, { token: rawToken({}, { iat: 1, exp: 1000 }) })],
    ['the longest of them', v({}, { token: accessTokenWith(), issuance: { accessTokenLifetime: 901 } })],
    ['no more than the age', v({ maxTokenAge: 901 }, { token: long })],
  ])('fires by the life in %s', async (_what, subject) => {
    expect(await fires(ID, subject)).toMatchObject({
      severity: 'medium',
      basis: 'policy',
      path: '/verifier',
      rootCause: 'revocation',
    });
  });
  it.each<[string, AuditSubject, AuditOptions?]>([
    ['a short life', v({}, { token: accessTokenWith(), issuance: { accessTokenLifetime: 900 } })],
    ['revocation', v({ revocation: 'jti' }, { token: long })],
    ['revocation that is only said to be there', v({ revocation: true }, { token: long })],
    ['a limited age', v({ maxTokenAge: 900 }, { token: long })],
    ['an ID token', v({}, { token: long }), { kind: 'id' }],
    ['a life that is not known', v({}, { token: rawToken({}, {}) })],
  ])('is quiet with %s', async (_what, subject, options) => {
    await quiet(ID, subject, options);
  });
});
