import type { AuditOptions, AuditSubject, IssuancePolicy } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, findingsOf, fires, goodClaims, NOW, NOW_SECONDS, quiet, rawToken } from '../support.js';

const HOUR = 3600;
const DAY = 86_400;

const access = (life: number) => ({ token: accessTokenWith({ exp: NOW_SECONDS + life }) });
const unknown = (life: number) => ({ token: rawToken({}, { iat: NOW_SECONDS, exp: NOW_SECONDS + life }) });
const issuing = (issuance: IssuancePolicy): AuditSubject => ({ issuance });

describe('lifetime/access-long', () => {
  const RULE = 'lifetime/access-long';

  it.each([
    [HOUR + 1, 'medium', false],
    [DAY, 'medium', false],
    [DAY + 1, 'high', false],
    [30 * DAY, 'high', false],
    [30 * DAY + 1, 'high', true],
    [365 * DAY, 'high', true],
    [365 * DAY + 1, 'critical', true],
  ])('%i s is %s', async (life, severity, highRisk) => {
    const finding = await fires(RULE, access(life));
    expect(finding).toMatchObject({
      severity,
      confidence: 'confirmed',
      basis: 'policy',
      path: '/token/claims/exp',
      rootCause: 'long-life',
    });
    expect(finding.message.includes('High risk')).toBe(highRisk);
    expect(finding.message).toContain(String(life));
  });

  it.each([
    [HOUR + 1, 'low'],
    [DAY + 1, 'medium'],
    [365 * DAY + 1, 'high'],
  ])('%i s of a token of unknown kind is %s', async (life, severity) => {
    expect(await fires(RULE, unknown(life))).toMatchObject({ severity, confidence: 'likely' });
  });

  it('reads drafts and policies', async () => {
    const draft = { claims: goodClaims({ exp: NOW_SECONDS + DAY }) };
    const findings = await findingsOf(RULE, { draft, issuance: { accessTokenLifetime: '2h' } });
    expect(findings.map(({ path }) => path)).toEqual(['/draft/claims/exp', '/issuance/accessTokenLifetime']);
  });

  it('counts from now where nothing says when it began', async () => {
    const since = (exp: number) => ({ token: accessTokenWith({ iat: undefined, exp: NOW_SECONDS + exp }) });
    expect((await fires(RULE, since(DAY + 1))).severity).toBe('high');
    await quiet(RULE, since(HOUR));
  });

  it.each<[string, AuditSubject, AuditOptions?]>([
    ['an hour', access(HOUR)],
    ['an hour in the policy', issuing({ accessTokenLifetime: HOUR })],
    ['no exp', { token: accessTokenWith({ exp: undefined }) }],
    ['exp in milliseconds', { token: accessTokenWith({ exp: NOW + 1e11 }) }],
    ['an ID token', access(DAY * 2), { kind: 'id' }],
    ['a refresh token', access(DAY * 40), { kind: 'refresh' }],
    ['a policy without lifetimes', issuing({})],
  ])('is quiet on %s', async (_what, subject, options) => {
    await quiet(RULE, subject, options);
  });

  it('looks at dates just below those in milliseconds', async () => {
    expect((await fires(RULE, { token: accessTokenWith({ exp: 1e11 }) })).severity).toBe('critical');
    await quiet(RULE, { token: accessTokenWith({ exp: 1e11 + 1 }) });
  });

  it('is stricter in the other profiles', async () => {
    for (const profile of ['asvs-l2', 'fapi2', 'hipaa'] as const) {
      expect((await fires(RULE, access(HOUR), { profile })).severity).toBe('medium');
    }
    expect((await fires(RULE, access(9 * HOUR), { profile: 'hipaa' })).severity).toBe('high');
  });
});

describe('lifetime/id-token-long', () => {
  const RULE = 'lifetime/id-token-long';

  it.each([
    [HOUR + 1, 'low'],
    [DAY, 'low'],
    [DAY + 1, 'medium'],
  ])('%i s is %s', async (life, severity) => {
    expect(await fires(RULE, access(life), { kind: 'id' })).toMatchObject({
      severity,
      basis: 'policy',
      path: '/token/claims/exp',
    });
    expect(await fires(RULE, issuing({ idTokenLifetime: life }))).toMatchObject({
      severity,
      path: '/issuance/idTokenLifetime',
    });
  });

  it.each<[string, AuditSubject, AuditOptions?]>([
    ['an hour', access(HOUR), { kind: 'id' }],
    ['an access token', access(DAY * 2)],
    ['a lifetime of access tokens', issuing({ accessTokenLifetime: DAY * 2 })],
  ])('is quiet on %s', async (_what, subject, options) => {
    await quiet(RULE, subject, options);
  });
});

describe('refresh tokens', () => {
  it.each([
    ['lifetime/refresh-unbounded', {}],
    ['lifetime/refresh-unbounded', { absoluteLifetime: false }],
    ['lifetime/refresh-not-rotated', { publicClient: true }],
    ['lifetime/refresh-not-rotated', { publicClient: true, rotation: false }],
    ['lifetime/refresh-not-revocable', { stateful: false }],
  ] as const)('%s fires', async (id, refreshToken) => {
    expect(await fires(id, issuing({ refreshToken }))).toMatchObject({
      severity: 'high',
      path: '/issuance/refreshToken',
    });
  });

  it.each<[string, IssuancePolicy]>([
    ['lifetime/refresh-unbounded', { refreshToken: { absoluteLifetime: 0 } }],
    ['lifetime/refresh-unbounded', {}],
    ['lifetime/refresh-not-rotated', { refreshToken: { publicClient: true, rotation: true } }],
    ['lifetime/refresh-not-rotated', { refreshToken: { publicClient: true }, senderConstrained: true }],
    ['lifetime/refresh-not-rotated', { refreshToken: { publicClient: false } }],
    ['lifetime/refresh-not-rotated', { refreshToken: {} }],
    ['lifetime/refresh-not-revocable', { refreshToken: { stateful: true } }],
    ['lifetime/refresh-not-revocable', { refreshToken: {} }],
    ['lifetime/refresh-not-revocable', { refreshToken: { stateful: false }, revocation: 'jti' }],
    ['lifetime/refresh-not-revocable', { refreshToken: { stateful: false }, revocation: 'status-list' }],
  ])('%s is quiet', async (id, issuance) => {
    await quiet(id, issuing(issuance));
  });
});

describe('lifetime/key-rotation', () => {
  const RULE = 'lifetime/key-rotation';
  const ago = (seconds: number) => new Date(NOW - seconds * 1000);

  it.each<[string, IssuancePolicy['keyRotation'] & {}, string]>([
    ['never', false, 'medium'],
    ['over 90 days', { every: 90 * DAY + 1 }, 'low'],
    ['a year', { every: 365 * DAY }, 'low'],
    ['over a year', { every: 365 * DAY + 1 }, 'medium'],
    ['two years', { every: 730 * DAY }, 'medium'],
    ['over two years', { every: 730 * DAY + 1 }, 'high'],
    ['long ago', { lastRotated: ago(91 * DAY) }, 'low'],
    ['overdue', { every: '30d', lastRotated: ago(400 * DAY) }, 'medium'],
    ['lately, but seldom', { every: '400d', lastRotated: ago(DAY) }, 'medium'],
  ])('%s', async (_what, keyRotation, severity) => {
    expect(await fires(RULE, issuing({ keyRotation }))).toMatchObject({
      severity,
      basis: 'policy',
      path: '/issuance/keyRotation',
    });
  });

  it.each<[string, IssuancePolicy]>([
    ['90 days', { keyRotation: { every: '90d' } }],
    ['90 days ago', { keyRotation: { lastRotated: ago(90 * DAY) } }],
    ['on schedule', { keyRotation: { every: '90d', lastRotated: ago(30 * DAY) } }],
    ['nothing known', { keyRotation: {} }],
    ['nothing said', {}],
  ])('is quiet: %s', async (_what, issuance) => {
    await quiet(RULE, issuing(issuance));
  });
});

describe('lifetime/overlap-too-short', () => {
  const RULE = 'lifetime/overlap-too-short';
  const keyRotation = { every: '90d', overlap: HOUR } as const;
  const jwks = (maxAge: number) => ({ jwksUrl: 'https://auth.example.com/jwks', jwksCache: { maxAge } });

  it.each<[string, AuditSubject]>([
    ['access tokens', issuing({ keyRotation, accessTokenLifetime: HOUR + 1 })],
    ['ID tokens', issuing({ keyRotation, accessTokenLifetime: 60, idTokenLifetime: HOUR + 1 })],
    [
      'refresh tokens that are signed',
      issuing({ keyRotation, refreshToken: { absoluteLifetime: DAY, stateful: false } }),
    ],
    ['the token', { ...access(HOUR + 1), issuance: { keyRotation } }],
    [
      'the cache',
      { issuance: { keyRotation, accessTokenLifetime: 3000 }, verifier: [jwks(60), jwks(601), { audience: 'a' }] },
    ],
  ])('fires on %s', async (_what, subject) => {
    expect(await fires(RULE, subject)).toMatchObject({ severity: 'high', path: '/issuance/keyRotation/overlap' });
  });

  it.each<[string, AuditSubject]>([
    ['enough', issuing({ keyRotation, accessTokenLifetime: HOUR, idTokenLifetime: HOUR })],
    ['enough for the cache too', { issuance: { keyRotation, accessTokenLifetime: 3000 }, verifier: jwks(600) }],
    ['refresh tokens in a store', issuing({ keyRotation, refreshToken: { absoluteLifetime: DAY, stateful: true } })],
    ['no life known', issuing({ keyRotation })],
    ['no overlap known', issuing({ keyRotation: { every: '90d' }, accessTokenLifetime: DAY })],
    ['no rotation', issuing({ keyRotation: false, accessTokenLifetime: DAY })],
  ])('is quiet: %s', async (_what, subject) => {
    await quiet(RULE, subject);
  });
});

describe('lifetime/denylist-by-token-hash', () => {
  const RULE = 'lifetime/denylist-by-token-hash';

  it('fires on policies and verifiers', async () => {
    const subject: AuditSubject = {
      issuance: { revocation: 'token-hash' },
      verifier: [{ revocation: 'jti' }, { revocation: 'token-hash' }],
    };
    const findings = await findingsOf(RULE, subject);
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([
      ['/issuance/revocation', 'high'],
      ['/verifier/1/revocation', 'high'],
    ]);
  });

  it.each<AuditSubject>([issuing({ revocation: 'jti' }), issuing({}), { verifier: {} }])(
    'is quiet',
    async (subject) => {
      await quiet(RULE, subject);
    },
  );
});

describe('lifetime/not-sender-constrained', () => {
  const RULE = 'lifetime/not-sender-constrained';
  const fapi2: AuditOptions = { profile: 'fapi2' };

  it('fires in fapi2', async () => {
    expect(await fires(RULE, access(60), fapi2)).toMatchObject({
      severity: 'medium',
      confidence: 'confirmed',
      path: '/token/claims',
    });
    expect((await fires(RULE, unknown(60), fapi2)).confidence).toBe('possible');
    expect((await fires(RULE, { draft: { claims: goodClaims() } }, fapi2)).path).toBe('/draft/claims');
    expect((await fires(RULE, issuing({ senderConstrained: false }), fapi2)).path).toBe('/issuance/senderConstrained');
  });

  it.each<[string, AuditSubject, AuditOptions?]>([
    ['another profile', access(60), {}],
    ['cnf', { token: accessTokenWith({ cnf: { jkt: 'x' } }) }],
    ['an ID token', access(60), { ...fapi2, kind: 'id' }],
    ['what cannot be read', { token: 'a.b.c.d.e' }],
    ['a policy that says so', issuing({ senderConstrained: true })],
    ['a policy that does not say', issuing({})],
  ])('is quiet on %s', async (_what, subject, options = fapi2) => {
    await quiet(RULE, subject, options);
  });
});
