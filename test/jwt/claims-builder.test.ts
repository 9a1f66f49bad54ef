import { describe, expect, it } from 'vitest';
import {
  accessToken,
  type ClaimsBuilder,
  claims,
  clientAssertion,
  dpopProof,
  idToken,
  JwtConfigError,
  logoutToken,
  type Profile,
} from '../../src/index.js';
import { checkClaims } from '../../src/jwt/claims-builder.js';
import { NOW } from './support.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const resolved = (builder: { resolve(now: number): object }) => builder.resolve(NOW);
/** The same builder to somebody without types. */
const untyped = () => claims() as unknown as Record<string, (...args: unknown[]) => unknown>;

describe('claims()', () => {
  it('begins with the time of signing', () => {
    expect(resolved(claims())).toEqual({ iat: NOW });
    expect(claims().profile).toBeUndefined();
    expect(claims().missing).toEqual(['exp']);
  });

  it('sets every registered claim', () => {
    const builder = claims()
      .issuer('https://auth.example.com')
      .subject('user-42')
      .audience(['a', 'b'])
      .id('1')
      .issuedAt(NOW - 5)
      .notBefore(NOW - 4)
      .expiresAt(NOW + 60);
    expect(resolved(builder)).toEqual({
      iss: 'https://auth.example.com',
      sub: 'user-42',
      aud: ['a', 'b'],
      jti: '1',
      iat: NOW - 5,
      nbf: NOW - 4,
      exp: NOW + 60,
    });
    expect(builder.missing).toEqual([]);
    expect(resolved(claims().audience('a'))).toEqual({ iat: NOW, aud: 'a' });
  });

  it('reads Dates in whole seconds', () => {
    const date = new Date((NOW + 7) * 1000 + 999);
    expect(resolved(claims().issuedAt(date).notBefore(date).expiresAt(date))).toEqual({
      iat: NOW + 7,
      nbf: NOW + 7,
      exp: NOW + 7,
    });
  });

  it('makes times and ids when it is signed, new ones each time', () => {
    const template = claims().notBefore().expiresIn('15m').id();
    const first = template.resolve(NOW);
    const second = template.resolve(NOW + 100);
    expect(first).toEqual({ iat: NOW, nbf: NOW, exp: NOW + 900, jti: expect.stringMatching(UUID) });
    expect(second).toEqual({ iat: NOW + 100, nbf: NOW + 100, exp: NOW + 1000, jti: expect.stringMatching(UUID) });
    expect(second.jti).not.toBe(first.jti);
  });

  it.each([
    [1, 1],
    [1.5, 1],
    [90, 90],
    ['1s', 1],
    ['15m', 900],
    ['1h', 3600],
    ['30d', 2_592_000],
  ] as const)('expiresIn(%j) counts %i seconds', (duration, seconds) => {
    expect(resolved(claims().expiresIn(duration))).toEqual({ iat: NOW, exp: NOW + seconds });
  });

  it('the last call wins', () => {
    expect(resolved(claims().id().id('2'))).toEqual({ iat: NOW, jti: '2' });
    expect(resolved(claims().id('2').id())).toEqual({ iat: NOW, jti: expect.stringMatching(UUID) });
    expect(
      resolved(
        claims()
          .expiresAt(NOW + 1)
          .expiresIn(5),
      ),
    ).toEqual({ iat: NOW, exp: NOW + 5 });
    expect(resolved(claims().notBefore(1).notBefore())).toEqual({ iat: NOW, nbf: NOW });
    expect(resolved(claims().issuer('a').issuer('b'))).toEqual({ iat: NOW, iss: 'b' });
  });

  it('neverExpires takes the expiry away, and is taken back by another', () => {
    const never = claims().expiresIn('1h').neverExpires();
    expect(resolved(never)).toEqual({ iat: NOW });
    expect(never.missing).toEqual([]);
    expect(resolved(never.expiresIn(9))).toEqual({ iat: NOW, exp: NOW + 9 });
  });

  it('set and with take any JSON', () => {
    const value = { list: [1, 'a', null, { deep: true }] };
    const builder = claims()
      .set('a', value)
      .with({ b: 'x', exp: NOW + 5, iat: NOW - 1 });
    expect(resolved(builder)).toEqual({ iat: NOW - 1, a: value, b: 'x', exp: NOW + 5 });
    expect(builder.missing).toEqual([]);
    expect(claims().set('exp', NOW + 5).missing).toEqual([]);
    expect(claims().set('x', 1).missing).toEqual(['exp']);
  });

  it('names that mean something to JavaScript are data', () => {
    const builder = claims().set('__proto__', { admin: true }).set('constructor', 1).set('toString', 2);
    const result = builder.issuer('a').resolve(NOW);
    expect(JSON.stringify(result)).toBe(
      `{"iat":${NOW},"__proto__":{"admin":true},"constructor":1,"toString":2,"iss":"a"}`,
    );
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(JSON.stringify(claims().with(JSON.parse('{"__proto__":5}')).resolve(NOW))).toBe(
      `{"iat":${NOW},"__proto__":5}`,
    );
  });

  it('keeps names with escapes, whatever the engine has parsed before (V8 14: nodejs/node#63785)', () => {
    for (const poison of ['{"\\\\":0}', '{"x":{"\\\\":0}}', '{"h":1,"\\\\":0}']) JSON.parse(poison);
    for (const name of ['"', '\n', '\u0000']) {
      const result = claims()
        .set(name, 1)
        .with({ h: 1, [name]: 2 })
        .set('x', { [name]: 3 })
        .resolve(NOW);
      expect(Object.entries(result)).toEqual([
        ['iat', NOW],
        [name, 2],
        ['h', 1],
        ['x', { [name]: 3 }],
      ]);
    }
  });

  it('copies what it is given', () => {
    const list = ['a'];
    const data = { roles: ['user'] };
    const builder = claims().audience(list).with(data).set('more', data);
    list.push('b');
    data.roles.push('admin');
    expect(resolved(builder)).toEqual({ iat: NOW, aud: ['a'], roles: ['user'], more: { roles: ['user'] } });
  });

  it('is immutable: every method leaves the template as it was', () => {
    const template = claims().issuer('a');
    const methods: ((builder: typeof template) => ClaimsBuilder<object, string>)[] = [
      (b) => b.issuer('b'),
      (b) => b.subject('b'),
      (b) => b.audience('b'),
      (b) => b.id(),
      (b) => b.id('b'),
      (b) => b.issuedAt(5),
      (b) => b.notBefore(),
      (b) => b.expiresIn(5),
      (b) => b.expiresAt(5),
      (b) => b.neverExpires(),
      (b) => b.set('x', 1),
      (b) => b.with({ x: 1 }),
    ];
    for (const method of methods) {
      expect(method(template)).not.toBe(template);
      expect(resolved(template)).toEqual({ iat: NOW, iss: 'a' });
      expect(template.missing).toEqual(['exp']);
    }
    expect(Object.isFrozen(template)).toBe(true);
    expect(Object.isFrozen(template.missing)).toBe(true);
  });
});

describe('claims(profile)', () => {
  it.each([
    [accessToken, ['iss', 'exp', 'aud', 'sub', 'client_id', 'jti']],
    [idToken, ['iss', 'sub', 'aud', 'exp']],
    [clientAssertion, ['iss', 'sub', 'aud', 'exp', 'jti']],
    [logoutToken, ['iss', 'aud', 'exp', 'jti', 'events']],
    [dpopProof, ['jti', 'htm', 'htu']],
  ] as const)('$name: what is missing', (profile, missing) => {
    const builder = claims(profile as Profile);
    expect(builder.profile).toBe(profile);
    expect(builder.missing).toEqual(missing);
    expect(builder.resolve(NOW)).toEqual({ iat: NOW });
  });

  it('counts what has been set, and keeps the profile', () => {
    const builder = claims(accessToken).issuer('a').audience('b').id().with({ client_id: 'c', sub: 'd' });
    expect(builder.missing).toEqual(['exp']);
    expect(builder.profile).toBe(accessToken);
    expect(builder.expiresIn(5).missing).toEqual([]);
  });

  it('that expires cannot be told never to', () => {
    for (const profile of [accessToken, idToken, clientAssertion, logoutToken])
      expect(() => claims(profile as typeof idToken).neverExpires()).toThrow(JwtConfigError);
    expect(claims(dpopProof).expiresIn(5).neverExpires().resolve(NOW)).toEqual({ iat: NOW });
  });

  it.each([
    undefined,
    null,
    'accessToken',
    {},
    [],
    { iss: 'a' },
    { requiredClaims: 'iss', rules: [] },
    { requiredClaims: ['iss'] },
    { requiredClaims: ['iss'], rules: 'none' },
  ])('that is %j is refused', (profile) => {
    expect(() => (claims as (profile: unknown) => unknown)(profile)).toThrow(JwtConfigError);
  });
});

describe('mistakes throw JwtConfigError at once', () => {
  const texts = [undefined, null, '', 5, true, {}];
  const times = [undefined, null, '5', '2030-01-01', Number.NaN, Infinity, -1, 1e17, true, {}, new Date(Number.NaN)];
  const mistakes: [string, unknown][] = [
    ...['issuer', 'subject', 'id'].flatMap((name) =>
      [...texts, ['a']].map((value): [string, unknown] => [name, value]),
    ),
    ...[...texts, [], [''], ['a', 5], ['a', undefined]].map((value): [string, unknown] => ['audience', value]),
    ...['issuedAt', 'notBefore', 'expiresAt'].flatMap((name) => times.map((value): [string, unknown] => [name, value])),
    ...[
      undefined,
      null,
      '',
      '15',
      '15 m',
      '15M',
      'm',
      '1.5h',
      '-5m',
      '0s',
      0,
      0.9,
      -5,
      Number.NaN,
      Infinity,
      {},
      1e13,
    ].map((value): [string, unknown] => ['expiresIn', value]),
    ...[undefined, null, 'a', 5, [], [{ a: 1 }], { a: undefined }, { a: () => 1 }, { a: new Date(0) }].map(
      (value): [string, unknown] => ['with', value],
    ),
    ['with', { exp: 'soon' }],
    ['with', { aud: [] }],
    ['with', { a: Number.NaN }],
    ['with', { a: [undefined] }],
    ['with', { a: new Map() }],
  ];
  it.each(mistakes)('%s(%j)', (method, value) => {
    expect(() => untyped()[method]!(value)).toThrow(JwtConfigError);
  });

  it.each([undefined, () => 1, Symbol('x'), 5n, Number.NaN, Infinity, new Date(0), new (class A {})()])(
    'set(x, %s)',
    (value) => {
      expect(() => claims().set('x', value)).toThrow(JwtConfigError);
    },
  );

  it('set of a registered claim is checked as its method is', () => {
    for (const [name, value] of [
      ['iss', ''],
      ['exp', '5'],
      ['aud', []],
      ['exp', undefined],
      ['jti', 1],
    ] as const)
      expect(() => claims().set(name, value)).toThrow(JwtConfigError);
  });

  it('milliseconds', () => {
    for (const name of ['issuedAt', 'notBefore', 'expiresAt'])
      expect(() => untyped()[name]!(NOW * 1000)).toThrow(/milliseconds/);
    expect(() => claims().set('exp', 1e11 + 1)).toThrow(/^exp .*milliseconds/);
    expect(resolved(claims().expiresAt(1e11))).toEqual({ iat: NOW, exp: 1e11 });
  });

  it('a cycle, and more levels than a verifier reads', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => claims().with(cycle)).toThrow(JwtConfigError);
    const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`);
    expect(() => claims().with(nested(33))).toThrow(JwtConfigError);
    expect(() => claims().set('x', nested(32))).toThrow(JwtConfigError);
    expect(resolved(claims().with(nested(32)))).toEqual({ iat: NOW, ...nested(32) });
  });

  it('say which claim, and no value', () => {
    expect(() => claims().with({ iss: '', secret: 'canary' })).toThrow(/^iss must be a non-empty string$/);
    expect(() => untyped().expiresAt!('canary')).toThrow(/^exp must be a NumericDate/);
    expect(() => untyped().expiresIn!('canary')).toThrow(/^expiresIn (?!.*canary)/);
  });
});

describe('checkClaims', () => {
  it('takes an object of well-formed claims and nothing else', () => {
    expect(() => checkClaims({ iss: 'a', exp: 5, nbf: 1e11, x: null })).not.toThrow();
    for (const bad of [undefined, null, [], 'a', 5, { iss: 1 }, { iat: 1e11 + 1 }])
      expect(() => checkClaims(bad)).toThrow(JwtConfigError);
  });
});
