import type { AuditSubject, StorageChoice } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, fires, NOW_SECONDS, quiet, rawToken } from '../support.js';

type Cookie = NonNullable<StorageChoice['cookie']>;

const keeping = (storage: StorageChoice, more: AuditSubject = {}): AuditSubject => ({ storage, ...more });
const cookie = (cookie: Cookie, more: AuditSubject = {}) => keeping({ where: 'cookie', cookie }, more);

describe('storage/localstorage', () => {
  const RULE = 'storage/localstorage';

  it('depends on the place and the kind of token', async () => {
    const token = accessTokenWith();
    expect(await fires(RULE, keeping({ where: 'localStorage' }))).toMatchObject({
      severity: 'medium',
      path: '/storage/where',
    });
    expect((await fires(RULE, keeping({ where: 'localStorage' }, { token }))).severity).toBe('medium');
    expect((await fires(RULE, keeping({ where: 'localStorage' }, { token }), { kind: 'refresh' })).severity).toBe(
      'high',
    );
    expect((await fires(RULE, keeping({ where: 'sessionStorage' }))).severity).toBe('low');
  });

  it.each<StorageChoice>([{ where: 'memory' }, { where: 'cookie' }, { where: 'url' }, {}])(
    'is quiet',
    async (storage) => {
      await quiet(RULE, keeping(storage));
    },
  );
});

describe('flags of a cookie', () => {
  it.each([
    ['storage/cookie-no-httponly', 'httpOnly'],
    ['storage/cookie-no-secure', 'secure'],
  ])('%s', async (id, name) => {
    for (const flags of [{}, { [name]: false }]) {
      expect(await fires(id, cookie(flags))).toMatchObject({
        severity: 'high',
        confidence: 'confirmed',
        path: '/storage/cookie',
      });
    }
    await fires(id, keeping({ cookie: {} }));
    await quiet(id, cookie({ [name]: true }));
    // No cookie is described, or the token is not in it.
    await quiet(id, keeping({ where: 'cookie' }));
    await quiet(id, keeping({ where: 'memory', cookie: {} }));
  });
});

describe('storage/cookie-samesite', () => {
  const RULE = 'storage/cookie-samesite';

  it('is medium where it is missing', async () => {
    expect(await fires(RULE, cookie({}))).toMatchObject({ severity: 'medium', path: '/storage/cookie' });
    expect((await fires(RULE, keeping({ cookie: {}, csrfDefence: true }))).severity).toBe('medium');
  });

  it.each(['None', 'none'] as const)('is high where it is %s without a defence', async (sameSite) => {
    expect(await fires(RULE, keeping({ cookie: { sameSite }, csrfDefence: false }))).toMatchObject({
      severity: 'high',
      confidence: 'confirmed',
    });
    expect(await fires(RULE, cookie({ sameSite }))).toMatchObject({ severity: 'high', confidence: 'likely' });
  });

  it('is quiet in a cross-site embed with a CSRF defence', async () => {
    await quiet(RULE, keeping({ where: 'cookie', cookie: { sameSite: 'None' }, csrfDefence: true }));
  });

  it.each(['Lax', 'Strict', 'lax', 'strict'] as const)('is quiet on %s', async (sameSite) => {
    await quiet(RULE, keeping({ cookie: { sameSite }, csrfDefence: false }));
  });
});

describe('storage/cookie-prefix', () => {
  const RULE = 'storage/cookie-prefix';

  it.each(['session', 'x__Host-session', '__host-session', '__Hostsession'])('fires on %s', async (name) => {
    expect(await fires(RULE, cookie({ name }))).toMatchObject({ severity: 'low', path: '/storage/cookie' });
  });

  it.each<Cookie>([{ name: '__Host-session' }, { name: '__Secure-session' }, {}])('is quiet', async (given) => {
    await quiet(RULE, cookie(given));
  });
});

describe('storage/cookie-too-large', () => {
  const RULE = 'storage/cookie-too-large';
  const token = 'a'.repeat(4000);

  it('counts name and value', async () => {
    expect(await fires(RULE, cookie({ name: 'n'.repeat(97) }, { token }))).toMatchObject({
      severity: 'medium',
      path: '/storage/cookie',
    });
    await fires(RULE, cookie({}, { token: 'a'.repeat(4097) }));
    await fires(RULE, cookie({}, { token: 'a'.repeat(300_000) }));
    await quiet(RULE, cookie({ name: 'n'.repeat(96) }, { token }));
    await quiet(RULE, cookie({}, { token: 'a'.repeat(4096) }));
  });
});

describe('storage/cookie-broad-domain', () => {
  it('fires on Domain', async () => {
    expect(await fires('storage/cookie-broad-domain', cookie({ domain: 'example.com' }))).toMatchObject({
      severity: 'low',
      path: '/storage/cookie',
    });
    await quiet('storage/cookie-broad-domain', cookie({}));
  });
});

describe('storage/cookie-outlives-token', () => {
  const RULE = 'storage/cookie-outlives-token';
  const token = accessTokenWith();

  it('fires more than a day after exp', async () => {
    expect(await fires(RULE, cookie({ maxAge: 900 + 86_401 }, { token }))).toMatchObject({
      severity: 'info',
      path: '/storage/cookie',
    });
    await fires(RULE, cookie({ maxAge: '2d' }, { token: rawToken({}, { exp: NOW_SECONDS + 900 }) }));
  });

  it.each<[string, AuditSubject]>([
    ['a day', cookie({ maxAge: 900 + 86_400 }, { token })],
    ['a day, counted from now', cookie({ maxAge: '1d' }, { token: rawToken({}, { exp: NOW_SECONDS }) })],
    ['no Max-Age', cookie({}, { token })],
    ['no exp', cookie({ maxAge: '30d' }, { token: rawToken({}, {}) })],
    ['exp that is no number', cookie({ maxAge: '30d' }, { token: rawToken({}, { exp: '1' }) })],
  ])('is quiet: %s', async (_what, subject) => {
    await quiet(RULE, subject);
  });
});

describe('storage/url-transport', () => {
  it('fires on url', async () => {
    expect(await fires('storage/url-transport', keeping({ where: 'url' }))).toMatchObject({
      severity: 'high',
      path: '/storage/where',
    });
    await quiet('storage/url-transport', keeping({ where: 'memory' }));
  });
});

describe('storage/plain-http', () => {
  const RULE = 'storage/plain-http';

  it.each([
    'http://app.example.com',
    ' HTTP://app.example.com:8080/x',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://notlocalhost',
    'http://[2001:db8::1]',
    'http://127.0.0.1@example.com',
  ])('fires on %s', async (origin) => {
    expect(await fires(RULE, keeping({ origin }))).toMatchObject({ severity: 'high', path: '/storage/origin' });
  });

  it.each([
    'https://app.example.com',
    'http://localhost',
    'http://LOCALHOST:3000/',
    'http://app.localhost',
    'http://127.0.0.1:80',
    'http://127.1.2.3',
    'http://[::1]:3000',
    'app.example.com',
    'x-http://example.com',
  ])('is quiet on %s', async (origin) => {
    await quiet(RULE, keeping({ origin }));
  });
});

describe('storage/no-csp', () => {
  const RULE = 'storage/no-csp';

  it.each<[string, StorageChoice]>([
    ['local storage', { where: 'localStorage' }],
    ['session storage', { where: 'sessionStorage' }],
    ['a cookie that scripts can read', { where: 'cookie', cookie: {} }],
  ])('fires on %s', async (_what, storage) => {
    expect(await fires(RULE, keeping({ ...storage, contentSecurityPolicy: false }))).toMatchObject({
      severity: 'medium',
      path: '/storage/contentSecurityPolicy',
    });
  });

  it.each([
    '',
    "img-src 'self'",
    "default-src 'self' 'unsafe-inline'",
    "default-src 'self'; script-src 'self' 'UNSAFE-INLINE'",
    "Script-Src 'unsafe-inline';style-src 'self' 'nonce-abc'",
    "script-src 'self'; script-src-elem 'unsafe-inline'",
    "script-src 'self'; script-src-attr 'unsafe-inline'",
    "script-src-elem 'self'",
    "img-src 'self', script-src 'unsafe-inline'",
  ])('fires on %s', async (contentSecurityPolicy) => {
    await fires(RULE, keeping({ where: 'localStorage', contentSecurityPolicy }));
  });

  it.each([
    "default-src 'self'",
    "img-src 'self' ;  script-src  'self'",
    "default-src 'unsafe-inline'; script-src 'self'",
    "script-src 'self'; default-src 'unsafe-inline'",
    "script-src 'self'; style-src 'unsafe-inline'",
    "script-src 'unsafe-inline' 'nonce-abc'",
    "script-src 'unsafe-inline' 'sha256-abc'",
    "script-src 'unsafe-inline' 'strict-dynamic'",
    "script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'",
    "script-src 'unsafe-inline', default-src 'self'",
  ])('is quiet on %s', async (contentSecurityPolicy) => {
    await quiet(RULE, keeping({ where: 'localStorage', contentSecurityPolicy }));
  });

  it.each<StorageChoice>([
    { where: 'memory', contentSecurityPolicy: false },
    { where: 'cookie', cookie: { httpOnly: true }, contentSecurityPolicy: false },
    { where: 'localStorage' },
  ])('is quiet where nothing can be read or nothing is known', async (storage) => {
    await quiet(RULE, keeping(storage));
  });
});

describe('storage/logged and storage/cached', () => {
  it('fire', async () => {
    expect(await fires('storage/logged', keeping({ logged: true }))).toMatchObject({
      severity: 'high',
      path: '/storage/logged',
    });
    for (const cacheControl of ['', 'no-cache', 'private', 'x-no-store', 'no-storey']) {
      expect(await fires('storage/cached', keeping({ cacheControl }))).toMatchObject({
        severity: 'low',
        path: '/storage/cacheControl',
      });
    }
  });

  it.each(['no-store', 'private, No-Store', 'no-store,no-cache', 'private,no-store, max-age=0'])(
    'are quiet on %s',
    async (cacheControl) => {
      await quiet('storage/cached', keeping({ cacheControl }));
    },
  );

  it('are quiet where nothing is said', async () => {
    await quiet('storage/logged', keeping({ logged: false }));
    await quiet('storage/logged', keeping({}));
    await quiet('storage/cached', keeping({}));
  });
});
