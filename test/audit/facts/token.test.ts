import { describe, expect, it } from 'vitest';
import { lifetimeOf, own, readDraft, readToken } from '../../../src/audit/facts/token.js';
import { accessTokenWith, base64url, goodClaims, goodHeader, NOW_SECONDS, rawToken } from '../support.js';

const TOKEN = accessTokenWith();

describe('readToken', () => {
  it('reads a token', () => {
    expect(readToken(TOKEN, undefined)).toMatchObject({
      path: '/token',
      form: 'jws',
      length: TOKEN.length,
      wrapping: { bearer: false, quotes: false, space: false },
      text: TOKEN,
      header: goodHeader(),
      headerProblems: [],
      claims: goodClaims(),
      claimsProblems: [],
      payloadText: JSON.stringify(goodClaims()),
      alg: 'ES256',
      typ: 'at+jwt',
      signature: new Uint8Array(64).fill(1),
      kind: 'access',
    });
  });

  it.each<[string, string, object]>([
    ['Bearer', `Bearer ${TOKEN}`, { bearer: true, quotes: false, space: false }],
    ['bearer in small letters and two spaces', `bearer  ${TOKEN}`, { bearer: true, quotes: false, space: false }],
    ['a whole header', `Authorization: Bearer ${TOKEN}`, { bearer: true, quotes: false, space: false }],
    ['quotes', `"${TOKEN}"`, { bearer: false, quotes: true, space: false }],
    ['single quotes', `'${TOKEN}'`, { bearer: false, quotes: true, space: false }],
    ['a line break', `${TOKEN}\n`, { bearer: false, quotes: false, space: true }],
    ['everything', ` "Bearer ${TOKEN}"\r\n`, { bearer: true, quotes: true, space: true }],
  ])('looks past %s', (_what, given, wrapping) => {
    expect(readToken(given, undefined)).toMatchObject({ wrapping, text: TOKEN, claims: goodClaims() });
  });

  it.each<[string, string]>([
    ['"', 'other'],
    [`"${TOKEN}`, 'jws'],
    ['', 'other'],
    ['a', 'other'],
    ['a.b', 'other'],
    ['a.b.c', 'jws'],
    ['a.b.c.d', 'other'],
    ['a.b.c.d.e', 'jwe'],
    ['a.b.c.d.e.f', 'other'],
    ['{"payload":""}', 'json'],
    ['x'.repeat(262_145), 'too-large'],
    ['.'.repeat(262_144), 'other'],
  ])('tells the form of %.20j', (given, form) => {
    expect(readToken(given, undefined).form).toBe(form);
  });

  it('does not look into what is too large, and at no more than sixteen parts', () => {
    expect(readToken('.'.repeat(262_145), undefined)).toMatchObject({ segments: [], text: '', length: 262_145 });
    expect(readToken('.'.repeat(100), undefined).segments).toHaveLength(16);
  });

  it('sees claims without a signature, but none in a JWE', () => {
    const [header, claims] = TOKEN.split('.');
    expect(readToken(`${header}.${claims}`, undefined)).toMatchObject({ claims: goodClaims(), signature: undefined });
    expect(readToken(`${header}.${claims}.a.b.c`, undefined)).toMatchObject({
      claims: undefined,
      header: goodHeader(),
      signature: undefined,
      payloadText: undefined,
    });
  });

  it.each([undefined, 5, null, ['ES256'], { a: 1 }])('has no alg or typ that is %j', (value) => {
    const token = readToken(rawToken({ alg: value, typ: value }, {}), undefined);
    expect([token.alg, token.typ]).toEqual([undefined, undefined]);
  });

  it.each([
    ['JWT', 'jwt'],
    ['application/at+JWT', 'at+jwt'],
    ['application/a/b', 'application/a/b'],
  ])('reads the media type %s', (typ, read) => {
    expect(readToken(rawToken({ typ }, {}), undefined).typ).toBe(read);
  });

  it('believes the caller about the kind', () => {
    expect(readToken(TOKEN, 'refresh').kind).toBe('refresh');
  });
});

describe('readDraft', () => {
  it('reads header and claims as they are', () => {
    expect(readDraft({ header: goodHeader(), claims: goodClaims() }, undefined)).toMatchObject({
      path: '/draft',
      form: 'draft',
      length: 0,
      segments: [],
      header: goodHeader(),
      claims: goodClaims(),
      alg: 'ES256',
      kind: 'access',
    });
  });

  it('knows nothing of a header that is not there', () => {
    expect(readDraft({ claims: {} }, 'id')).toMatchObject({ header: undefined, alg: undefined, kind: 'id' });
  });
});

describe('the kind', () => {
  const kindOf = (header: object, claims: object) => readToken(rawToken(header, claims), undefined).kind;
  const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} };

  it.each<[object, object, string]>([
    [{ typ: 'at+jwt' }, {}, 'access'],
    [{ typ: 'logout+jwt' }, {}, 'logout'],
    [{ typ: 'dpop+jwt' }, {}, 'dpop'],
    [{ typ: 'secevent+jwt' }, {}, 'set'],
    [{ typ: 'client-authentication+jwt' }, {}, 'client-assertion'],
    [{ typ: 'constructor' }, {}, 'unknown'],
    [{}, { token_use: 'access', nonce: 'n' }, 'access'],
    [{}, { token_use: 'id' }, 'id'],
    [{}, { typ: 'Bearer' }, 'access'],
    [{}, { typ: 'Refresh' }, 'refresh'],
    [{}, { typ: 'Offline' }, 'refresh'],
    [{}, { typ: 'ID' }, 'id'],
    [{}, { typ: 'Logout' }, 'logout'],
    [{}, { typ: 5 }, 'unknown'],
    [{}, { events: logout }, 'logout'],
    [{}, { events: { 'https://schemas.openid.net/secevent/risc/event-type/x': {} } }, 'set'],
    [{}, { events: [] }, 'unknown'],
    [{}, { htm: 'GET', htu: 'https://a' }, 'dpop'],
    [{}, { htm: 'GET' }, 'unknown'],
    [{}, { iss: 'c', sub: 'c', aud: 'a', jti: '1' }, 'client-assertion'],
    [{}, { iss: 'c', sub: 'd', aud: 'a', jti: '1' }, 'unknown'],
    [{}, { iss: 'c', sub: 'c', aud: 'a' }, 'unknown'],
    [{}, { iss: 'c', sub: 'c', aud: 'a', jti: '1', scope: 's' }, 'access'],
    [{}, { aud: 'a', jti: '1' }, 'unknown'],
    [{}, { nonce: 'n', scope: 's' }, 'id'],
    [{}, { at_hash: 'h' }, 'id'],
    [{}, { scope: 's', auth_time: 1 }, 'access'],
    [{}, { scp: [] }, 'access'],
    [{}, { client_id: 'c' }, 'access'],
    [{}, { azp: 'c' }, 'id'],
    [{}, { sub: 'u', exp: 1 }, 'unknown'],
  ])('of %j %j is %s', (header, claims, kind) => {
    expect(kindOf(header, claims)).toBe(kind);
  });

  it('of what cannot be read is unknown', () => {
    expect(readToken('', undefined).kind).toBe('unknown');
  });
});

describe('lifetimeOf', () => {
  const life = (claims: object) => lifetimeOf(readToken(rawToken({}, claims), undefined));

  it.each<[object, number | undefined]>([
    [{ iat: NOW_SECONDS, exp: NOW_SECONDS + 60 }, 60],
    [{ nbf: NOW_SECONDS, exp: NOW_SECONDS + 60 }, 60],
    [{ iat: 10, nbf: 20, exp: 30 }, 20],
    [{ exp: 30 }, undefined],
    [{ iat: 10 }, undefined],
    [{ iat: '10', exp: 30 }, undefined],
    [{ iat: 10, exp: '30' }, undefined],
  ])('%j', (claims, expected) => {
    expect(life(claims)).toBe(expected);
  });

  it('is not known of an endless time', () => {
    expect(
      lifetimeOf(readToken(`${base64url('{}')}.${base64url('{"iat":0,"exp":1e400}')}.`, undefined)),
    ).toBeUndefined();
  });
});

it('own sees own members only', () => {
  expect([own({ a: 1 }, 'a'), own({}, 'constructor'), own([1], '0'), own(null, 'a'), own('text', 'length')]).toEqual([
    1,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
