import { createVerifier, key, unchecked } from 'jwtight';
import type { AuditOptions, AuditSubject, TokenKind, VerifierDescription } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import {
  accessTokenWith,
  findingsOf,
  fires,
  goodClaims,
  goodHeader,
  NOW_SECONDS,
  quiet,
  rawToken,
} from '../support.js';

const GOOD = accessTokenWith();
const LOGOUT = { 'http://schemas.openid.net/event/backchannel-logout': {} };
/** Claims with the header of no kind in particular. */
const plain = (claims: object, header: object = { alg: 'ES256' }): string => rawToken(header, claims);
const draft = (claims: Record<string, unknown>): AuditSubject => ({ draft: { claims } });
const unreadable = ['', 'a.b.c', rawToken(goodHeader(), '[]')];

describe('claims/exp-missing', () => {
  it.each<[string, AuditOptions, string]>([
    ['an access token', { kind: 'access' }, 'confirmed'],
    ['a logout token', { kind: 'logout' }, 'confirmed'],
    ['a refresh token', { kind: 'refresh' }, 'confirmed'],
    ['an unknown kind', { kind: 'unknown' }, 'likely'],
  ])('%s', async (_what, options, confidence) => {
    expect(await fires('claims/exp-missing', { token: plain({}) }, options)).toMatchObject({
      severity: 'high',
      confidence,
      path: '/token/claims',
      rootCause: 'no-expiry',
    });
  });

  it('counts null as absent, and looks at drafts', async () => {
    await fires('claims/exp-missing', { token: accessTokenWith({ exp: null }) });
    expect((await fires('claims/exp-missing', draft({}))).path).toBe('/draft/claims');
  });

  it.each<TokenKind>(['set', 'dpop'])('is quiet for %s', async (kind) => {
    await quiet('claims/exp-missing', { token: plain({}) }, { kind });
  });

  it.each([GOOD, accessTokenWith({ exp: 'soon' }), accessTokenWith({ exp: 0 }), ...unreadable])(
    'is quiet otherwise',
    async (token) => {
      await quiet('claims/exp-missing', { token });
    },
  );
});

describe('claims/iat-missing', () => {
  it.each<[TokenKind, string]>([
    ['access', 'medium'],
    ['id', 'low'],
    ['unknown', 'low'],
  ])('%s', async (kind, severity) => {
    expect(await fires('claims/iat-missing', { token: plain({}) }, { kind })).toMatchObject({
      severity,
      path: '/token/claims',
    });
  });

  it('is quiet with it', async () => {
    await quiet('claims/iat-missing', { token: GOOD });
  });
});

describe('claims/iss-missing, sub-missing and aud-missing', () => {
  const names = ['iss', 'sub', 'aud'];

  it.each(names)('%s is medium where nobody demands it', async (name) => {
    for (const kind of ['unknown', 'refresh', 'access'] as const)
      expect(await fires(`claims/${name}-missing`, { token: plain({}) }, { kind })).toMatchObject({
        severity: 'medium',
        path: '/token/claims',
      });
    expect((await fires(`claims/${name}-missing`, draft({}))).path).toBe('/draft/claims');
    await fires(`claims/${name}-missing`, { token: plain({ [name]: null }) });
  });

  it.each(names)('%s is high where the kind demands it', async (name) => {
    const id = `claims/${name}-missing`;
    expect((await fires(id, { token: accessTokenWith({ [name]: undefined }) })).severity).toBe('high');
    for (const kind of ['id', 'client-assertion'] as const)
      expect((await fires(id, { token: plain({}) }, { kind })).severity).toBe('high');
  });

  it.each<[string, VerifierDescription]>([
    ['iss', { issuer: 'https://a.example' }],
    ['aud', { audience: 'api' }],
    ...names.map((name): [string, VerifierDescription] => [name, { requiredClaims: [name] }]),
  ])('%s is high where a verifier demands it', async (name, verifier) => {
    const id = `claims/${name}-missing`;
    expect((await fires(id, { token: plain({}), verifier: [{}, verifier] })).severity).toBe('high');
    expect((await fires(id, { token: plain({}), verifier: { requiredClaims: ['jti'] } })).severity).toBe('medium');
  });

  it('other claims of a verifier do not matter', async () => {
    const verifier = { issuer: 'https://a.example', audience: 'api' };
    expect((await fires('claims/sub-missing', { token: plain({}), verifier })).severity).toBe('medium');
    expect((await fires('claims/aud-missing', { token: plain({}), verifier: { issuer: 'x' } })).severity).toBe(
      'medium',
    );
    expect((await fires('claims/iss-missing', { token: plain({}), verifier: { audience: 'x' } })).severity).toBe(
      'medium',
    );
  });

  it('a DPoP proof has none of them', async () => {
    for (const name of names) {
      await quiet(`claims/${name}-missing`, { token: plain({}) }, { kind: 'dpop' });
      await quiet(`claims/${name}-missing`, { token: plain({}), verifier: { issuer: 'x' } }, { kind: 'dpop' });
    }
  });

  it('a SET and a logout token need no sub', async () => {
    for (const kind of ['set', 'logout'] as const) {
      await quiet('claims/sub-missing', { token: plain({}) }, { kind });
      expect((await fires('claims/iss-missing', { token: plain({}) }, { kind })).severity).toBe('high');
    }
    expect((await fires('claims/aud-missing', { token: plain({}) }, { kind: 'set' })).severity).toBe('medium');
    expect((await fires('claims/aud-missing', { token: plain({}) }, { kind: 'logout' })).severity).toBe('high');
  });

  it('aud is needless where the key serves one audience, unless it is demanded', async () => {
    const options: AuditOptions = { context: { singleAudience: true } };
    await quiet('claims/aud-missing', { token: plain({}) }, options);
    await fires('claims/aud-missing', { token: accessTokenWith({ aud: undefined }) }, options);
    await fires('claims/iss-missing', { token: plain({}) }, options);
  });

  it('an empty iss or sub is none; an empty aud is another finding', async () => {
    const token = plain({ iss: '', sub: '', aud: '' });
    await fires('claims/iss-missing', { token });
    await fires('claims/sub-missing', { token });
    await quiet('claims/aud-missing', { token });
  });

  it.each(names)('%s: quiet otherwise', async (name) => {
    for (const token of [GOOD, plain({ iss: 5, sub: 5, aud: [] }), ...unreadable])
      await quiet(`claims/${name}-missing`, { token });
  });
});

describe('claims/jti-missing', () => {
  const token = plain({});

  it.each<[string, AuditSubject, AuditOptions, string]>([
    ['nobody needs it', { token }, {}, 'info'],
    ['an old access token', { token }, { kind: 'access' }, 'info'],
    ['an ID token', { token }, { kind: 'id' }, 'info'],
    ['RFC 9068', { token: accessTokenWith({ jti: undefined }) }, {}, 'medium'],
    ['a DPoP proof', { token }, { kind: 'dpop' }, 'medium'],
    ['a SET', { token }, { kind: 'set' }, 'medium'],
    ['a logout token', { token }, { kind: 'logout' }, 'medium'],
    ['a client assertion', { token }, { kind: 'client-assertion' }, 'medium'],
    ['revocation by the issuer', { token, issuance: { revocation: 'jti' } }, {}, 'medium'],
    ['revocation by a verifier', { token, verifier: [{}, { revocation: true }] }, {}, 'medium'],
    ['revocation by other means', { token, issuance: { revocation: 'status-list' } }, {}, 'info'],
  ])('%s', async (_what, subject, options, severity) => {
    expect(await fires('claims/jti-missing', subject, options)).toMatchObject({
      severity,
      path: '/token/claims',
      rootCause: 'revocation',
    });
  });

  it('is quiet with it', async () => {
    await quiet('claims/jti-missing', { token: GOOD, issuance: { revocation: 'jti' } });
  });
});

describe('claims/jti-predictable', () => {
  it.each([
    1,
    '1',
    '42',
    '1763769600000',
    '9999999999999999999',
    'session-000123',
    'token:sub_17',
    'acme.example/000000000000012',
    '1763769600000-42',
    '1763769600.123456',
    'req:1763769600/000007',
    '2026-11-22',
    '2026-11-22T00:00:00Z',
    '2026-11-22T00:00:00.000000+01:00',
    'deadbeefdeadbee',
    'DEADBEEF',
    'aZbQwErTyU',
    'a b!c d?e',
  ])('%s', async (jti) => {
    expect(await fires('claims/jti-predictable', { token: accessTokenWith({ jti }) })).toMatchObject({
      severity: 'low',
      confidence: 'likely',
      path: '/token/claims/jti',
    });
    expect((await fires('claims/jti-predictable', draft({ jti }))).path).toBe('/draft/claims/jti');
  });

  it.each([
    undefined,
    null,
    '',
    '10000000000000000000',
    '12345678-1234-4234-8234-123456789012',
    '2026-11-22T00:00:00Z-5f1b8a9e',
    'deadbeefdeadbeef',
    'aZbQwErTyUi',
    '4b1c6a34-2f64-4f0e-9a55-0d3c3f6f4a11',
    'x1-4b1c6a34-2f64-4f0e-9a55-17',
    'V1StGXR8_Z5jdHi6B-myT',
    'clh3am8yq0000qw8k3z2m9x7p7',
    'a b!c d?e f',
  ])('is quiet for %s', async (jti) => {
    await quiet('claims/jti-predictable', { token: accessTokenWith({ jti }) });
  });
});

describe('claims/numericdate-milliseconds', () => {
  it.each(['exp', 'nbf', 'iat'])('%s', async (name) => {
    const subject = { token: accessTokenWith({ [name]: 1e11 + 1 }) };
    expect(await fires('claims/numericdate-milliseconds', subject)).toMatchObject({
      severity: 'high',
      path: `/token/claims/${name}`,
    });
    expect((await fires('claims/numericdate-milliseconds', draft({ [name]: NOW_SECONDS * 1000 }))).path).toBe(
      `/draft/claims/${name}`,
    );
  });

  it.each([{}, { exp: 1e11 }, { exp: '1763769600000' }, { auth_time: 2e12 }])('is quiet for %j', async (claims) => {
    await quiet('claims/numericdate-milliseconds', { token: accessTokenWith(claims) });
  });

  it('leaves Infinity to another rule', async () => {
    await quiet('claims/numericdate-milliseconds', { token: rawToken(goodHeader(), '{"exp":1e400}') });
  });
});

describe('claims/numericdate-type', () => {
  it.each(['"5"', '1e400', '-1', '-0.5', 'true', '[]', '{}', '""'])('%s', async (value) => {
    for (const [name, severity] of [
      ['exp', 'high'],
      ['nbf', 'medium'],
      ['iat', 'medium'],
    ] as const)
      expect(
        await fires('claims/numericdate-type', { token: rawToken(goodHeader(), `{"${name}":${value}}`) }),
      ).toMatchObject({ severity, path: `/token/claims/${name}` });
  });

  it('reports each', async () => {
    const found = await findingsOf('claims/numericdate-type', draft({ exp: 'a', nbf: Number.NaN, iat: 5 }));
    expect(found.map(({ path }) => path)).toEqual(['/draft/claims/exp', '/draft/claims/nbf']);
  });

  it.each(['0', '5.5', 'null', '1763769600000'])('is quiet for %s', async (value) => {
    await quiet('claims/numericdate-type', { token: rawToken(goodHeader(), `{"exp":${value}}`) });
  });
});

describe('claims/time-inconsistent', () => {
  it.each([
    { exp: 5, iat: 5, nbf: undefined },
    { exp: 5, iat: 6 },
    { exp: 5, iat: 1, nbf: 5 },
    { exp: 5, iat: undefined, nbf: 6 },
    { exp: NOW_SECONDS * 1000, iat: (NOW_SECONDS + 1) * 1000 },
    { exp: NOW_SECONDS, iat: NOW_SECONDS * 1000 },
  ])('%j', async (claims) => {
    expect(await fires('claims/time-inconsistent', { token: accessTokenWith(claims) })).toMatchObject({
      severity: 'medium',
      path: '/token/claims/exp',
    });
    expect((await fires('claims/time-inconsistent', draft(claims))).path).toBe('/draft/claims/exp');
  });

  it.each([
    {},
    { exp: 6, iat: 5, nbf: 5 },
    { exp: undefined },
    { exp: 5, iat: '9' },
    { exp: '5', iat: 9 },
    { exp: 6, iat: 4, nbf: 5 },
    { iat: NOW_SECONDS * 1000 },
    { nbf: NOW_SECONDS * 1000 },
    { iat: NOW_SECONDS * 1000, exp: (NOW_SECONDS + 1) * 1000 },
  ])('is quiet for %j', async (claims) => {
    await quiet('claims/time-inconsistent', { token: accessTokenWith(claims) });
  });
});

describe('claims/issued-in-future', () => {
  it.each(['iat', 'nbf'])('%s', async (name) => {
    const at = (seconds: number) => ({ token: accessTokenWith({ [name]: NOW_SECONDS + seconds }) });
    expect(await fires('claims/issued-in-future', at(61))).toMatchObject({
      severity: 'low',
      path: `/token/claims/${name}`,
    });
    await quiet('claims/issued-in-future', at(60));
  });

  it('leaves milliseconds to another rule', async () => {
    await quiet('claims/issued-in-future', { token: accessTokenWith({ iat: NOW_SECONDS * 1000 }) });
    await fires('claims/issued-in-future', { token: accessTokenWith({ iat: 1e11 }) });
  });

  it.each([{}, { iat: undefined }, { iat: '9999999999' }])('is quiet for %j', async (claims) => {
    await quiet('claims/issued-in-future', { token: accessTokenWith(claims) });
  });

  it('needs claims', async () => {
    for (const token of unreadable) await quiet('claims/issued-in-future', { token });
  });
});

describe('claims/expired', () => {
  it('is information', async () => {
    expect(await fires('claims/expired', { token: accessTokenWith({ exp: NOW_SECONDS - 1 }) })).toMatchObject({
      severity: 'info',
      path: '/token/claims/exp',
    });
  });

  it.each([NOW_SECONDS, NOW_SECONDS + 1, undefined, '5'])('is quiet for %s', async (exp) => {
    await quiet('claims/expired', { token: accessTokenWith({ exp }) });
  });

  it('goes by the injected clock', async () => {
    await quiet('claims/expired', { token: accessTokenWith({ exp: 5 }) }, { now: 5000 });
    await fires('claims/expired', { token: accessTokenWith({ exp: 5 }) }, { now: 6000 });
    for (const token of unreadable) await quiet('claims/expired', { token });
  });
});

describe('claims/aud-wildcard', () => {
  const id = 'claims/aud-wildcard';

  it.each([
    '*',
    '',
    ' ',
    'https://*',
    'https://*.example.com',
    'api:*',
    '*.example.com',
    'https:',
    'https://',
    'urn:',
    'file:///',
  ])('%j', async (aud) => {
    expect(await fires(id, { token: accessTokenWith({ aud }) })).toMatchObject({
      severity: 'high',
      path: '/token/claims/aud',
    });
    expect((await fires(id, draft({ aud: ['api', aud] }))).path).toBe('/draft/claims/aud/1');
  });

  it('an empty list', async () => {
    expect(await fires(id, { token: accessTokenWith({ aud: [] }) })).toMatchObject({
      severity: 'high',
      path: '/token/claims/aud',
    });
  });

  it('more than five', async () => {
    expect(await fires(id, { token: accessTokenWith({ aud: ['a', 'b', 'c', 'd', 'e', 'f'] }) })).toMatchObject({
      severity: 'medium',
      basis: 'policy',
      path: '/token/claims/aud',
    });
    await quiet(id, { token: accessTokenWith({ aud: ['a', 'b', 'c', 'd', 'e', 'a'] }) });
  });

  it('looks at verifiers', async () => {
    expect((await fires(id, { verifier: [{}, { audience: ['api', '*'] }] })).path).toBe('/verifier/1/audience/1');
    await quiet(id, { verifier: {} });
  });

  it.each(['api', 'https://api.example.com', 'urn:example:api', 'a*b', 'mailto', 5, ['a'], [5], undefined, null])(
    'is quiet for %j',
    async (aud) => {
      await quiet(id, { token: accessTokenWith({ aud }) });
    },
  );

  it('needs claims or a verifier', async () => {
    for (const token of unreadable) await quiet(id, { token });
  });
});

describe('claims/iss-not-url', () => {
  it.each<TokenKind>(['access', 'id', 'logout'])('%s', async (kind) => {
    for (const iss of ['auth', 'http://auth.example.com', 'auth.example.com', 5])
      expect(await fires('claims/iss-not-url', { token: plain({ iss }) }, { kind })).toMatchObject({
        severity: 'low',
        path: '/token/claims/iss',
      });
  });

  it('is quiet otherwise', async () => {
    for (const kind of ['client-assertion', 'refresh', 'set', 'dpop', 'unknown'] as const)
      await quiet('claims/iss-not-url', { token: plain({ iss: 'auth' }) }, { kind });
    for (const iss of ['https://auth.example.com', 'HTTPS://a.example/realms/x', undefined, ''])
      await quiet('claims/iss-not-url', { token: accessTokenWith({ iss }) });
  });
});

describe('claims/id-token-profile', () => {
  const id = 'claims/id-token-profile';
  const options: AuditOptions = { kind: 'id' };

  it('wants the nonce that was sent', async () => {
    const sent: AuditOptions = { ...options, context: { nonceSent: true } };
    expect(await fires(id, { token: GOOD }, sent)).toMatchObject({ severity: 'medium', path: '/token/claims' });
    await quiet(id, { token: accessTokenWith({ nonce: 'n' }) }, sent);
    await quiet(id, { token: GOOD }, options);
    await quiet(id, { token: GOOD }, { context: { nonceSent: true } });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ aud: ['a', 'b'] }, '/token/claims'],
    [{ aud: ['a', 'b'], azp: '' }, '/token/claims/azp'],
    [{ azp: 5 }, '/token/claims/azp'],
    [{ nonce: '' }, '/token/claims/nonce'],
  ])('%j', async (claims, path) => {
    expect(await fires(id, { token: accessTokenWith(claims) }, options)).toMatchObject({ severity: 'medium', path });
  });

  it('wants azp to be a client of the verifiers', async () => {
    const token = accessTokenWith({ aud: ['a', 'b'], azp: 'a' });
    await quiet(id, { token, verifier: [{ audience: 'b' }, { audience: 'a' }] }, options);
    await quiet(id, { token, verifier: {} }, options);
    expect((await fires(id, { token, verifier: { audience: 'b' } }, options)).path).toBe('/token/claims/azp');
  });

  it('leaves azp alone where there is one audience, as Google does for an app and its server', async () => {
    for (const aud of ['server', ['server']]) {
      const token = accessTokenWith({ aud, azp: 'app' });
      await quiet(id, { token, verifier: { audience: 'server' } }, options);
    }
  });

  it('needs claims', async () => {
    await quiet(id, { token: '' }, options);
  });
});

describe('claims/logout-token-profile', () => {
  const id = 'claims/logout-token-profile';
  const options: AuditOptions = { kind: 'logout' };
  const logout = (claims: object, typ: unknown = 'logout+jwt') =>
    plain({ sub: 'a', events: LOGOUT, ...claims }, { alg: 'ES256', typ });

  it.each<[string, string, string]>([
    ['a nonce', logout({ nonce: 'n' }), '/token/claims/nonce'],
    ['no events', logout({ events: undefined }), '/token/claims'],
    ['other events', logout({ events: { x: {} } }), '/token/claims/events'],
    ['neither sub nor sid', logout({ sub: undefined }), '/token/claims'],
    ['another typ', logout({}, 'JWT'), '/token/header/typ'],
  ])('%s', async (_what, token, path) => {
    expect(await fires(id, { token }, options)).toMatchObject({ severity: 'medium', path });
  });

  it('is quiet otherwise', async () => {
    for (const token of [
      logout({}),
      logout({}, undefined),
      logout({}, 'application/logout+jwt'),
      logout({ sub: undefined, sid: 's' }),
    ])
      await quiet(id, { token }, options);
    await quiet(id, { token: plain({ nonce: 'n' }) }, { kind: 'id' });
    await quiet(id, { token: '' }, options);
  });
});

describe('claims/kind-confusable', () => {
  const id = 'claims/kind-confusable';
  const base: VerifierDescription = { issuer: 'https://a.example', audience: 'api', jwksUrl: 'https://a.example/jwks' };
  const JWK = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };

  it.each<[string, VerifierDescription, VerifierDescription, string]>([
    ['all the same', base, base, 'confirmed'],
    ['one checks a typ', base, { ...base, type: 'at+jwt' }, 'confirmed'],
    ['one checks no issuer', base, { ...base, issuer: unchecked }, 'confirmed'],
    ['one checks no audience', { ...base, audience: unchecked }, base, 'confirmed'],
    ['an audience in common', base, { ...base, audience: ['web', 'api'] }, 'confirmed'],
    [
      'an algorithm in common',
      { ...base, algorithms: ['ES256'] },
      { ...base, algorithms: ['PS256', 'ES256'] },
      'confirmed',
    ],
    ['a key in common', { keys: JWK }, { keys: [{ ...JWK, x: 'AQ' }, JWK] }, 'confirmed'],
    ['keys that are not known', {}, {}, 'possible'],
    ['secrets', { keys: 'a' }, { keys: 'b' }, 'possible'],
    ['a secret and a key', { keys: ['a', JWK] }, { keys: { ...JWK, x: 'AQ' } }, 'possible'],
    ['other URLs', base, { ...base, jwksUrl: 'https://b.example/jwks' }, 'possible'],
    ['a key and none', { keys: JWK }, { keys: [] }, 'possible'],
  ])('%s', async (_what, a, b, confidence) => {
    expect(await fires(id, { verifier: [a, b] })).toMatchObject({ severity: 'high', confidence, path: '/verifier/1' });
  });

  it.each<[string, VerifierDescription, VerifierDescription]>([
    ['typ', { ...base, type: 'at+jwt' }, { ...base, type: 'logout+jwt' }],
    ['issuer', base, { ...base, issuer: 'https://b.example' }],
    ['audience', base, { ...base, audience: ['web'] }],
    ['algorithm', { ...base, algorithms: ['ES256'] }, { ...base, algorithms: ['PS256'] }],
    ['keys', { keys: JWK }, { keys: { ...JWK, x: 'AQ' } }],
  ])('is quiet when %s differs', async (_what, a, b) => {
    await quiet(id, { verifier: [a, b] });
  });

  it('is quiet where there is nothing to confuse', async () => {
    await quiet(id, { verifier: base });
    await quiet(id, { verifier: [base, base], issuance: { kinds: ['access', 'access'] } });
    await fires(id, { verifier: [base, base], issuance: { kinds: ['access', 'id'] } });
    await fires(id, { verifier: [base, base], issuance: {} });
  });

  it('knows that verifiers of ours check typ', async () => {
    const { publicKey } = await key('ES256').generate();
    const policy = (type?: string) =>
      createVerifier({ keys: publicKey, issuer: 'https://a.example', audience: 'api', ...(type && { type }) }).policy;
    await quiet(id, { verifier: [policy(), policy('at+jwt')] });
    for (const other of [policy(), policy('JWT')])
      expect((await fires(id, { verifier: [policy(), other] })).confidence).toBe('possible');
  });

  it('compares all', async () => {
    const found = await findingsOf(id, { verifier: [base, { ...base, audience: 'web' }, base] });
    expect(found.map(({ path }) => path)).toEqual(['/verifier/2']);
  });
});

describe('claims/privileged-unconstrained', () => {
  const id = 'claims/privileged-unconstrained';
  const long = { exp: NOW_SECONDS + 901 };

  it.each<[Record<string, unknown>, string]>([
    [{ admin: true }, 'admin'],
    [{ isAdmin: true }, 'isAdmin'],
    [{ is_admin: true }, 'is_admin'],
    [{ superuser: true }, 'superuser'],
    [{ role: '*' }, 'role'],
    [{ role: 'admin' }, 'role'],
    [{ roles: ['user', 'Administrator'] }, 'roles'],
    [{ scope: 'read *' }, 'scope'],
    [{ scp: ['*:*'] }, 'scp'],
    [{ permissions: ['*.*'] }, 'permissions'],
    [{ groups: ['superadmin'] }, 'groups'],
    [{ groups: ['root'] }, 'groups'],
  ])('%j', async (claims, name) => {
    expect(await fires(id, { token: accessTokenWith({ ...long, ...claims }) })).toMatchObject({
      severity: 'medium',
      basis: 'policy',
      path: `/token/claims/${name}`,
      rootCause: 'long-life',
    });
    expect((await fires(id, draft(goodClaims({ ...long, ...claims })))).path).toBe(`/draft/claims/${name}`);
  });

  it.each<Record<string, unknown>>([
    { ...long, admin: false },
    { ...long, admin: 'no' },
    { ...long, role: 'editor' },
    { ...long, scope: 'admin:read orders:*' },
    { ...long, roles: [5, null, 'administrators-of-nothing'] },
    { admin: true },
    { admin: true, exp: undefined },
    { admin: true, exp: NOW_SECONDS + 900 },
    { admin: true, exp: (NOW_SECONDS + 60) * 1000 },
  ])('is quiet for %j', async (claims) => {
    await quiet(id, { token: accessTokenWith(claims) });
  });
});
