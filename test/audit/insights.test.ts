import { accessToken, createVerifier, key } from 'jwtight';
import { type AuditReport, type AuditSubject, audit, type Trait } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { valid } from './reports.js';
import { accessTokenWith, base64url, goodClaims, goodHeader, NOW, rawToken } from './support.js';

const report = async (subject: AuditSubject): Promise<AuditReport> =>
  valid(await audit(subject, { now: NOW, rules: [] }));
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW - days * DAY);

describe('the insights', () => {
  const insights = async (subject: AuditSubject) => (await report(subject)).insights;

  it('are null where nothing is known', async () => {
    expect(new Set(Object.values(await insights({})))).toEqual(new Set([null]));
  });

  it('tell of a token', async () => {
    const token = accessTokenWith({ 'x/y': 1, [`${'n'.repeat(65)}`]: 1 });
    expect(await insights({ token })).toMatchObject({
      algorithm: { name: 'ES256', family: 'ec' },
      tokenKind: 'access',
      tokenLife: 900,
      claims: ['*', 'aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sub', 'x~1y'],
    });
  });

  it('tell of a draft, and of the policy where there is no token', async () => {
    const draft = { header: { alg: 'secret' }, claims: { iat: 1, exp: 11 } };
    expect(await insights({ draft, issuance: { accessTokenLifetime: '15m' } })).toMatchObject({
      algorithm: { name: null, family: 'unknown' },
      tokenLife: 10,
      tokenSize: null,
      claims: ['exp', 'iat'],
    });
    expect(await insights({ issuance: { accessTokenLifetime: '15m' } })).toMatchObject({ tokenLife: 900 });
    const endless = { claims: { iat: 1 } };
    expect(await insights({ draft: endless, issuance: { accessTokenLifetime: '15m' } })).toMatchObject({
      tokenLife: null,
    });
    expect(await insights({ token: 'a.b.c.d.e', issuance: { accessTokenLifetime: '15m' } })).toMatchObject({
      tokenLife: 900,
    });
  });

  it.each(['ES256', 'Ed25519', 'RS256', 'ML-DSA-44'])('tell the size that a token of %s would have', async (alg) => {
    const size = alg === 'RS256' ? 256 : alg === 'ML-DSA-44' ? 2420 : 64;
    const made = (name: string, bytes: number) =>
      rawToken(goodHeader({ alg: name }), goodClaims(), new Uint8Array(bytes));
    const token = made(alg, size);
    expect((await insights({ token })).tokenSize).toEqual({
      bytes: token.length,
      withES256: made('ES256', 64).length,
      withEd25519: made('Ed25519', 64).length,
    });
  });

  it.each(['', 'a.b.c', `${base64url('{}')}.e30.`, 'a.b.c.d.e'])('tell no size of %j', async (token) => {
    expect((await insights({ token })).tokenSize).toBeNull();
  });

  it('tell of keys', async () => {
    const { publicKey } = await key('PS256').modulusLength(2048).generate();
    expect(await insights({ key: publicKey })).toMatchObject({ key: { type: 'RSA', bits: 2048, curve: null } });
    expect(await insights({ key: { kty: 'EC', crv: 'P-256' } })).toMatchObject({
      key: { type: 'EC', bits: null, curve: 'P-256' },
    });
    expect(await insights({ key: { kty: 'EC', crv: 'my secret' } })).toMatchObject({ key: { curve: null } });
    expect(await insights({ key: {} })).toMatchObject({ key: null });
    expect(await insights({ jwks: { keys: [{}, {}] } })).toMatchObject({ publishedKeys: 2 });
  });

  it('tell of verifiers', async () => {
    const { publicKey } = await key('ES256').generate();
    const { policy } = createVerifier({ keys: publicKey, issuer: 'https://a', audience: 'a' });
    expect((await insights({ verifier: [policy, { algorithms: ['RS256', 'ES256', 'mine'] }] })).accepted).toEqual([
      'ES256',
      'RS256',
      'unregistered',
    ]);
    expect((await insights({ verifier: {} })).accepted).toEqual([]);
  });

  it.each<[NonNullable<AuditSubject['issuance']>['keyRotation'], string, number | null]>([
    [false, 'none', null],
    [{}, 'declared', null],
    [{ every: '30d' }, 'declared', null],
    [{ lastRotated: daysAgo(1) }, 'declared', 86_400],
    [{ every: '30d', lastRotated: daysAgo(30) }, 'on-schedule', 2_592_000],
    [{ every: '30d', lastRotated: daysAgo(31) }, 'overdue', 2_678_400],
  ])('tell of rotation %#', async (keyRotation, rotation, keyAge) => {
    expect(await insights({ issuance: { keyRotation: keyRotation! } })).toMatchObject({ rotation, keyAge });
  });
});

describe('the traits', () => {
  const has = async (trait: Trait, subject: AuditSubject) => (await report(subject)).traits.includes(trait);
  const token = (claims: object = {}, header: object = {}) => accessTokenWith({ ...claims }, { ...header });
  const plain = rawToken({ alg: 'ES256', typ: 'JWT' }, { exp: 1 });

  it.each<[Trait, AuditSubject, boolean]>([
    ['asymmetric', {}, false],
    ['asymmetric', { token: token() }, true],
    ['asymmetric', { token: token({}, { alg: 'HS256' }) }, false],
    ['asymmetric', { verifier: { algorithms: ['ES256', 'PS256'] } }, true],
    ['asymmetric', { verifier: { algorithms: ['ES256', 'HS256'] } }, false],
    ['asymmetric', { verifier: { algorithms: ['none'] } }, false],
    ['asymmetric', { token: token(), secret: 's' }, false],
    ['asymmetric', { token: token(), key: { kty: 'oct' } }, false],
    ['asymmetric', { token: token(), key: { kty: 'EC' } }, true],
    ['asymmetric', { verifier: { algorithms: ['ES256'], keys: [{ kty: 'EC' }, { kty: 'oct' }] } }, false],
    ['explicit-typ', {}, false],
    ['explicit-typ', { token: token() }, true],
    ['explicit-typ', { token: plain }, false],
    ['explicit-typ', { token: token({}, { typ: undefined }) }, false],
    ['explicit-typ', { verifier: { type: 'at+jwt' } }, true],
    ['explicit-typ', { verifier: { type: 'JWT' } }, false],
    ['explicit-typ', { verifier: { type: 'application/jwt' } }, false],
    ['explicit-typ', { verifier: [{ type: 'at+jwt' }, {}] }, false],
    ['explicit-typ', { verifier: { type: 'at+jwt' }, draft: { claims: {} } }, true],
    ['explicit-typ', { verifier: { type: 'at+jwt' }, draft: { header: {}, claims: {} } }, false],
    ['short-access-life', {}, false],
    ['short-access-life', { token: token() }, true],
    ['short-access-life', { token: token({ exp: 1e10 }) }, false],
    ['short-access-life', { issuance: { accessTokenLifetime: 900 } }, true],
    ['short-access-life', { issuance: { accessTokenLifetime: 901 } }, false],
    ['short-access-life', { issuance: { accessTokenLifetime: 900 }, token: token({ exp: 1e10 }) }, false],
    ['short-access-life', { issuance: { accessTokenLifetime: 900 }, token: token({ exp: undefined }) }, false],
    ['short-access-life', { issuance: { accessTokenLifetime: 900 }, token: token({ iat: undefined }) }, true],
    ['short-access-life', { token: token({ iat: undefined }) }, false],
    ['short-access-life', { token: rawToken({}, { nonce: 'n', iat: 1, exp: 2 }) }, false],
    ['rotation', {}, false],
    ['rotation', { issuance: { keyRotation: false } }, false],
    ['rotation', { issuance: { keyRotation: { every: '90d' } } }, false],
    ['rotation', { issuance: { keyRotation: { every: '90d', lastRotated: daysAgo(90) } } }, true],
    ['rotation', { issuance: { keyRotation: { every: '90d', lastRotated: daysAgo(91) } } }, false],
    ['rotation', { issuance: { keyRotation: { every: '90d', lastRotated: daysAgo(-1) } } }, false],
    ['rotation', { issuance: { keyRotation: { every: '91d', lastRotated: daysAgo(1) } } }, false],
    ['rotation', { issuance: { keyRotation: { lastRotated: daysAgo(1) } } }, false],
    ['rotation', { issuance: { keyRotation: { every: '90d' } }, jwks: { keys: [{}, {}] } }, true],
    ['rotation', { issuance: { keyRotation: { every: '90d' } }, jwks: { keys: [{}] } }, false],
    [
      'rotation',
      { issuance: { keyRotation: { every: '90d', lastRotated: daysAgo(91) } }, jwks: { keys: [{}, {}] } },
      false,
    ],
    ['revocation', {}, false],
    ['revocation', { verifier: { revocation: true } }, true],
    ['revocation', { verifier: { revocation: 'token-hash' } }, false],
    ['revocation', { verifier: [{ revocation: true }, {}] }, false],
    ['revocation', { issuance: { revocation: 'status-list' } }, true],
    ['revocation', { issuance: { revocation: 'none' } }, false],
    ['revocation', { issuance: { revocation: 'jti' }, verifier: { revocation: true } }, true],
    ['revocation', { issuance: { revocation: 'jti' }, verifier: {} }, false],
    ['revocation', { issuance: { revocation: 'token-hash' }, verifier: { revocation: true } }, false],
    ['sender-constrained', {}, false],
    ['sender-constrained', { token: token({ cnf: { jkt: 'x' } }) }, true],
    ['sender-constrained', { token: token() }, false],
    ['sender-constrained', { token: token({ cnf: {} }) }, false],
    ['sender-constrained', { token: token({ cnf: 'x' }) }, false],
    ['sender-constrained', { issuance: { senderConstrained: true } }, true],
    ['sender-constrained', { issuance: { senderConstrained: true }, token: token({ cnf: { jkt: 'x' } }) }, true],
    ['sender-constrained', { issuance: { senderConstrained: true }, token: token() }, false],
    ['sender-constrained', { issuance: { senderConstrained: true }, token: 'a.b.c.d.e' }, true],
    ['sender-constrained', { issuance: { senderConstrained: false }, token: token({ cnf: { jkt: 'x' } }) }, false],
  ])('%s %#', async (trait, subject, expected) => {
    expect(await has(trait, subject)).toBe(expected);
  });

  it('of a verifier of ours come from its policy', async () => {
    const { publicKey } = await key('ES256').generate();
    const common = { keys: publicKey, issuer: 'https://a', audience: 'a' };
    expect(await has('explicit-typ', { verifier: createVerifier(common).policy })).toBe(false);
    const { policy } = createVerifier({ ...common, profile: accessToken });
    expect((await report({ verifier: policy })).traits).toEqual(['asymmetric', 'explicit-typ']);
  });
});
