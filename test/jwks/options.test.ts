import { type RemoteOptions, remoteJwks } from 'jwtight/jwks';
import { describe, expect, it } from 'vitest';
import { configError } from './tokens.js';

const URL_A = 'https://auth.example.com/jwks.json';
const make = (options: object, ...[url]: unknown[]) =>
  remoteJwks((url ?? URL_A) as string, { algorithms: ['ES256'], ...options } as RemoteOptions);

describe('the options of a remote key set', () => {
  it('have documented defaults', () => {
    const { settings, algorithms } = make({});
    expect(settings).toEqual({
      url: URL_A,
      issuer: undefined,
      jwksHosts: [],
      timeout: 5,
      maxAge: 600,
      cooldown: 30,
      staleIfError: 86_400,
      maxBytes: 262_144,
      maxKeys: 100,
      allowLocalhost: false,
      shareRequests: true,
    });
    expect(algorithms).toEqual(['ES256']);
    expect(Object.isFrozen(settings) && Object.isFrozen(algorithms)).toBe(true);
  });

  it('take durations as text', () => {
    const { settings } = make({
      timeout: '2s',
      maxAge: '1h',
      cooldown: '1m',
      staleIfError: '7d',
      maxBytes: 1,
      maxKeys: 1,
    });
    expect(settings).toMatchObject({
      timeout: 2,
      maxAge: 3600,
      cooldown: 60,
      staleIfError: 604_800,
      maxBytes: 1,
      maxKeys: 1,
    });
    expect(make({ timeout: 300, cooldown: 1, maxAge: 1, staleIfError: 0 }).settings.timeout).toBe(300);
  });

  const DURATIONS = ['timeout', 'maxAge', 'cooldown', 'staleIfError'];
  const COUNTS = ['maxBytes', 'maxKeys'];
  it.each<[string, unknown]>([
    ...DURATIONS.flatMap((name) =>
      [undefined, null, '', '5', Number.NaN, Infinity, -1, [], {}].map((v): [string, unknown] => [name, v]),
    ),
    ...COUNTS.flatMap((name) =>
      [undefined, null, '', '5', Number.NaN, Infinity, -1, 0, 1.5].map((v): [string, unknown] => [name, v]),
    ),
    ['timeout', 0],
    ['timeout', 300.1],
    ['timeout', '6m'],
    ['cooldown', 0],
    ['cooldown', 0.9],
    ['cooldown', 601],
    ['maxAge', 29],
    ...[undefined, null, 'fetch', {}].flatMap((v): [string, unknown][] => [
      ['fetch', v],
      ['onEvent', v],
      ['clock', v],
    ]),
    ...[undefined, null, 'true', 1, ''].flatMap((v): [string, unknown][] => [
      ['allowLocalhost', v],
      ['shareRequests', v],
    ]),
    ...[undefined, null, {}, { get() {} }, { set() {} }, { get: 1, set: 1 }, 'cache'].map((v): [string, unknown] => [
      'cache',
      v,
    ]),
    ...[
      undefined,
      null,
      [],
      'ES256',
      [''],
      ['none'],
      ['HS256'],
      ['ES256', 'HS512'],
      ['es256'],
      ['__proto__'],
      [['ES256']],
    ].map((v): [string, unknown] => ['algorithms', v]),
    ['redirect', 'follow'],
    ['jwksHosts', ['x']],
  ])('refuse %s: %j', async (name, value) => {
    await configError(() => make({ [name]: value }));
  });

  it.each([undefined, null, [], 'x'])('cannot be %j', async (options) => {
    await configError(() => remoteJwks(URL_A, options as never));
  });

  it.each([
    'http://auth.example.com/jwks.json',
    'https://user:pass@auth.example.com/',
    'https://user@auth.example.com/',
    'https://:pass@auth.example.com/',
    'ftp://auth.example.com/',
    'file:///etc/passwd',
    'data:application/json,{}',
    '/jwks.json',
    'auth.example.com',
    '',
    5,
    {},
    { href: 5 },
    { href: 'http://auth.example.com/' },
    [URL_A],
    'http://localhost/',
    'http://127.0.0.1/',
  ])('do not allow the URL %j', async (url) => {
    expect(await configError(() => make({}, url))).not.toContain('pass@');
  });

  it.each([undefined, null])('do not allow the URL %j', async (url) => {
    await configError(() => remoteJwks(url as never, { algorithms: ['ES256'] }));
  });

  it.each(['http://localhost:8080/', 'http://127.0.0.1/x', 'http://[::1]:1/', 'https://localhost/', URL_A])(
    'allow %s where localhost is allowed',
    (url) => {
      make({ allowLocalhost: true }, url);
    },
  );

  it.each([
    'http://localhost.example.com/',
    'http://xlocalhost/',
    'http://127.0.0.10/',
    'http://1127.0.0.1/',
    'http://127.0.0.1.example.com/',
    'http://0.0.0.0/',
    'http://[::2]/',
    'http://192.168.0.1/',
    'ftp://localhost/',
    'http://user@localhost/',
  ])('do not allow %s even then', async (url) => {
    await configError(() => make({ allowLocalhost: true }, url));
  });

  it('take a URL object and show it without its query', () => {
    expect(make({}, new URL(`${URL_A}?token=s3cret#x`)).settings.url).toBe(URL_A);
  });

  it.each([{ cache: { get() {}, set() {} } }, { fetch() {} }])('make no sense for a function: %j', async (options) => {
    await configError(() => make(options, () => ({ keys: [] })));
  });

  it('find the platform fetch when it is needed, not before', () => {
    const { fetch } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'fetch');
      make({});
    } finally {
      globalThis.fetch = fetch;
    }
  });
});
