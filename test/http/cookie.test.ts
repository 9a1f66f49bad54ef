import fc from 'fast-check';
import { JwtError } from 'jwtight';
import { clearTokenCookie, readTokenCookie, tokenCookie } from 'jwtight/http';
import { describe, expect, it } from 'vitest';
import { codeUnit, noText } from '../support/arbitraries.js';
import { expectConfigError, expectJwtError } from '../support/errors.js';

const read = (cookie: unknown, ...name: [never?]) => readTokenCookie({ get: () => cookie as string | null }, ...name);

describe('tokenCookie', () => {
  it('has every protection without being asked', () => {
    expect(tokenCookie('a.b.c')).toBe('__Host-token=a.b.c; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('takes a name, an age, and the stricter SameSite', () => {
    expect(tokenCookie('a.b.c', { name: '__Host-session', maxAge: '15m', path: '/', sameSite: 'Strict' })).toBe(
      '__Host-session=a.b.c; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Strict',
    );
    expect(tokenCookie('a', { maxAge: 1.9 })).toContain('; Max-Age=1;');
    expect(tokenCookie('a', { maxAge: '400d' })).toContain('; Max-Age=34560000;');
  });

  it('takes a path and a domain under __Secure-', () => {
    expect(tokenCookie('a.b.c', { name: '__Secure-refresh', path: '/auth/refresh', domain: 'example.com' })).toBe(
      '__Secure-refresh=a.b.c; Path=/auth/refresh; Domain=example.com; HttpOnly; Secure; SameSite=Lax',
    );
    expect(tokenCookie('a', { name: '__Secure-a', domain: 'x' })).toContain('; Domain=x;');
  });

  it.each([
    [{ name: 'token' }],
    [{ name: '' }],
    [{ name: '__Host-' }],
    [{ name: '__host-token' }],
    [{ name: 'x__Host-token' }],
    [{ name: '__Host-a=b' }],
    [{ name: '__Host-a;b' }],
    [{ name: '__Host-a b' }],
    [{ name: '__Host-a\r\nb' }],
    [{ name: '__Host-ä' }],
    [{ name: undefined }],
    [{ name: 5 }],
    [{ path: '/a' }],
    [{ name: '__Secure-a', path: 'a' }],
    [{ name: '__Secure-a', path: 'a/b' }],
    [{ name: '__Secure-a', path: '' }],
    [{ name: '__Secure-a', path: '/a; Domain=b' }],
    [{ name: '__Secure-a', path: '/a b' }],
    [{ name: '__Secure-a', path: '/a\n' }],
    [{ name: '__Secure-a', path: 5 }],
    [{ domain: 'example.com' }],
    [{ name: '__Secure-a', domain: '' }],
    [{ name: '__Secure-a', domain: 'a;b' }],
    [{ name: '__Secure-a', domain: '.example.com' }],
    [{ name: '__Secure-a', domain: 'example.com.' }],
    [{ name: '__Secure-a', domain: 'example.com; Path=/' }],
    [{ name: '__Secure-a', domain: 5 }],
    [{ sameSite: 'None' }],
    [{ sameSite: 'lax' }],
    [{ secure: false }],
    [null],
  ])('refuses the options %o', async (options) => {
    await expectConfigError(() => tokenCookie('a.b.c', options as never));
    await expectConfigError(() => clearTokenCookie(options as never));
  });

  it.each([[0], [0.9], [-1], ['401d'], [34_560_001], ['1'], [NaN], [undefined]])(
    'refuses the age %o',
    async (maxAge) => {
      await expectConfigError(() => tokenCookie('a.b.c', { maxAge } as never));
    },
  );

  it.each([
    [''],
    ['a;b'],
    ['a b'],
    ['a,b'],
    ['"a"'],
    ['a\\b'],
    ['a\r\nSet-Cookie: b=c'],
    ['ä'],
    ['a=b'],
    ['a\n'],
    [null],
    [5],
  ])('refuses %j as a token', async (token) => {
    await expectJwtError(() => tokenCookie(token as never), 'ERR_JWT_MALFORMED', { secrets: ['Set-Cookie'] });
  });

  it('refuses what is larger than 4096 bytes as a whole', async () => {
    const rest = tokenCookie('a').length - 1;
    expect(tokenCookie('a'.repeat(4096 - rest))).toHaveLength(4096);
    await expectJwtError(() => tokenCookie('a'.repeat(4097 - rest)), 'ERR_JWT_TOO_LARGE');
  });
});

describe('clearTokenCookie', () => {
  it('removes the cookie where it was set', () => {
    expect(clearTokenCookie()).toBe('__Host-token=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax');
    expect(clearTokenCookie({ name: '__Secure-a', path: '/b', domain: 'c.example', sameSite: 'Strict' })).toBe(
      '__Secure-a=; Path=/b; Domain=c.example; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('has no age of its own', async () => {
    await expectConfigError(() => clearTokenCookie({ maxAge: 5 } as never));
  });
});

describe('readTokenCookie', () => {
  it('reads what tokenCookie wrote', () => {
    const [pair] = tokenCookie('a.b.c', { name: '__Host-session' }).split(';');
    const headers = new Headers({ cookie: `theme=dark; ${pair}; lang=de` });
    expect(readTokenCookie(headers, '__Host-session')).toBe('a.b.c');
    expect(readTokenCookie(headers)).toBeUndefined();
  });

  it.each([
    ['__Host-token=a.b.c', 'a.b.c'],
    ['a=b;__Host-token=a.b.c', 'a.b.c'],
    ['a=b;  __Host-token=a.b.c;', 'a.b.c'],
    ['__Host-token=YQ==; x', 'YQ=='],
    ['junk; =; ;;"; __Host-token=a', 'a'],
  ])('reads %j', (cookie, token) => {
    expect(read(cookie)).toBe(token);
  });

  it.each([
    [null],
    [undefined],
    [''],
    ['__Host-token'],
    ['__Host-Token=a'],
    ['__host-token=a'],
    ['x__Host-token=a'],
    ['__Host-token2=a'],
    ['=__Host-token=a'],
    ['x=__Host-token=a'],
    ['\u00a0__Host-token=a'],
    ['a=b;\u2003__Host-token=a'],
    ['\t__Host-token=a'],
    ['__Host-token =a'],
    ['a=b, __Host-token=c'],
  ])('finds no token in %j', (cookie) => {
    expect(read(cookie)).toBeUndefined();
  });

  it.each([
    ['__Host-token='],
    ['__Host-token=a; __Host-token=b'],
    ['__Host-token=a; x=y; __Host-token=a'],
    ['__Host-token=; __Host-token=a'],
    ['__Host-token="a"'],
    ['__Host-token=a b'],
    ['__Host-token=a '],
    ['__Host-token=a=b'],
    ['__Host-token=a%20'],
    ['__Host-token=a, x=y'],
    [['__Host-token=a']],
    [5],
  ])('refuses %j as malformed', async (cookie) => {
    await expectJwtError(() => read(cookie), 'ERR_JWT_MALFORMED');
  });

  it('wants a name with a prefix, and headers', async () => {
    for (const name of ['token', '', '__Host-', 5, null, '__Host-a;'])
      await expectConfigError(() => readTokenCookie(new Headers(), name as never));
    await expectConfigError(() => readTokenCookie({ cookie: 'a' } as never));
  });

  it('answers garbage with a token, nothing or a JwtError', () => {
    const piece = fc.oneof(
      fc.constantFrom('__Host-token', '=', ';', '; ', ' ', 'a', '"', '\u00a0', ','),
      fc.string({ unit: codeUnit, maxLength: 3 }),
    );
    const garbage = fc.oneof(
      fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
      noText,
    );
    fc.assert(
      fc.property(garbage, (cookie) => {
        try {
          const token = read(cookie);
          if (token !== undefined) expect(token).toMatch(/^[\w.~+/-]+=*$/);
        } catch (error) {
          if (!(error instanceof JwtError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes time that grows with the header and no faster', () => {
    const time = (cookie: string) => {
      const start = performance.now();
      read(cookie);
      return performance.now() - start;
    };
    expect(time(`a=${' '.repeat(500_000)}b; ${';'.repeat(500_000)}`)).toBeLessThan(500);
  });
});
