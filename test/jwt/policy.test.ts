import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  accessToken,
  createVerifier,
  dpopProof,
  idToken,
  JwtConfigError,
  type KeySource,
  key,
  unchecked,
  type VerifierPolicy,
} from '../../src/index.js';
import { AUDIENCE, clock, ISSUER, SECRET, secretKey } from './support.js';

const GOOD = { keys: secretKey, issuer: ISSUER, audience: AUDIENCE };
const create = (policy: unknown) => createVerifier(policy as VerifierPolicy);
const without = (name: string) => Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));
const source = (more: object = {}): KeySource => ({
  algorithms: ['HS256'],
  find: () => secretKey,
  trusts: () => true,
  ...more,
});
const store = { isRevoked: () => false, revoke: async () => undefined, revokeSubject: async () => undefined };

describe('verify.policy', () => {
  it('tells the defaults', () => {
    const { policy } = createVerifier(GOOD);
    expect(policy).toEqual({
      keys: policy.keys,
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: [AUDIENCE],
      type: undefined,
      profile: undefined,
      clockTolerance: 60,
      maxTokenAge: undefined,
      requiredClaims: ['iss', 'aud', 'exp'],
      subject: undefined,
      claims: undefined,
      revocation: undefined,
      maxTokenLength: 16_384,
      cache: undefined,
      clock: Date.now,
      requireExpiry: true,
    });
  });

  it('tells what was set', async () => {
    const claims = z.object({ role: z.string() });
    const { policy } = createVerifier({
      keys: [secretKey, await key('HS512').generate()],
      issuer: unchecked,
      audience: ['a', 'b'],
      type: 'at+jwt',
      profile: accessToken,
      clockTolerance: '5m',
      maxTokenAge: '1h',
      requiredClaims: ['role', 'iat'],
      subject: 'user-42',
      claims,
      revocation: store,
      maxTokenLength: 1,
      cache: { maxEntries: 2 },
      clock,
      requireExpiry: unchecked,
    });
    expect(policy).toEqual({
      keys: policy.keys,
      algorithms: ['HS256', 'HS512'],
      issuer: unchecked,
      audience: ['a', 'b'],
      type: 'at+jwt',
      profile: accessToken,
      clockTolerance: 300,
      maxTokenAge: 3600,
      requiredClaims: ['aud', 'sub', 'iat', 'jti', 'iss', 'exp', 'client_id', 'role'],
      subject: 'user-42',
      claims,
      revocation: store,
      maxTokenLength: 1,
      cache: { maxEntries: 2 },
      clock,
      requireExpiry: unchecked,
    });
    expect(policy.profile).toBe(accessToken);
  });

  it.each([
    [{}, ['iss', 'aud', 'exp']],
    [{ issuer: unchecked }, ['aud', 'exp']],
    [{ audience: unchecked }, ['iss', 'exp']],
    [{ requireExpiry: unchecked }, ['iss', 'aud']],
    [{ subject: 'a' }, ['iss', 'aud', 'sub', 'exp']],
    [{ maxTokenAge: 0 }, ['iss', 'aud', 'exp', 'iat']],
    [{ revocation: store }, ['iss', 'aud', 'exp', 'jti']],
    [{ requiredClaims: ['exp', 'x', 'x'] }, ['iss', 'aud', 'exp', 'x']],
    [{ profile: idToken }, ['iss', 'aud', 'exp', 'sub', 'iat']],
    [{ profile: dpopProof, issuer: unchecked, audience: unchecked }, ['iat', 'jti', 'htm', 'htu']],
  ])('%j: required claims', (more, required) => {
    expect(create({ ...GOOD, ...more }).policy.requiredClaims).toEqual(required);
  });

  it('the profile brings its type, and its default for the age', () => {
    expect(create({ ...GOOD, profile: accessToken }).policy).toMatchObject({ type: 'at+jwt', maxTokenAge: undefined });
    expect(create({ ...GOOD, profile: idToken }).policy.type).toBeUndefined();
    expect(create({ ...GOOD, profile: dpopProof }).policy).toMatchObject({ type: 'dpop+jwt', maxTokenAge: 60 });
    expect(create({ ...GOOD, profile: dpopProof, maxTokenAge: 0 }).policy.maxTokenAge).toBe(0);
  });

  it('is frozen, and so is the verifier', () => {
    const verify = create({ ...GOOD, audience: ['a'], cache: { maxEntries: 5 }, requiredClaims: ['x'] });
    const { policy } = verify;
    for (const part of [
      verify,
      policy,
      policy.audience,
      policy.requiredClaims,
      policy.algorithms,
      policy.cache,
      policy.keys,
    ])
      expect(Object.isFrozen(part)).toBe(true);
    const several = createVerifier([GOOD]);
    expect(Object.isFrozen(several.policy)).toBe(true);
    expect(Object.isFrozen(several.policy[0])).toBe(true);
  });

  it('does not change with what it was made from', () => {
    const given = { ...GOOD, audience: ['a'], requiredClaims: ['x'], cache: { maxEntries: 5 }, keys: [secretKey] };
    const { policy } = create(given);
    given.audience.push('b');
    given.requiredClaims.length = 0;
    given.cache.maxEntries = 1e9;
    given.keys.length = 0;
    expect(policy).toMatchObject({
      audience: ['a'],
      requiredClaims: ['iss', 'aud', 'exp', 'x'],
      cache: { maxEntries: 5 },
    });
    expect(policy.keys.find({ alg: 'HS256' })).toBe(secretKey);
  });

  it('of several verifiers is a list', () => {
    const { policy } = createVerifier([GOOD, { ...GOOD, issuer: 'b', clockTolerance: 5 }]);
    expect(policy.map(({ issuer, clockTolerance }) => [issuer, clockTolerance])).toEqual([
      [ISSUER, 60],
      ['b', 5],
    ]);
    expect(createVerifier([GOOD]).policy).toHaveLength(1);
  });

  it('holds a KeySource as it was given', () => {
    const keys = source();
    expect(create({ ...GOOD, keys }).policy.keys).toBe(keys);
    expect(create({ ...GOOD, keys }).policy.algorithms).toEqual(['HS256']);
  });
});

describe('a mistake in the policy is a JwtConfigError when the verifier is built', () => {
  /** Both for a policy alone and for one in a list. */
  function expectMistake(policy: unknown): void {
    for (const given of [policy, [policy], [{ ...GOOD, issuer: 'first' }, policy]]) {
      expect(() => create(given)).toThrow(JwtConfigError);
      // It says something, and more than a name.
      expect(() => create(given)).toThrow(/\w+ \w+ \w+/);
    }
  }

  it.each([undefined, null, 5, 'policy', true, () => GOOD, Symbol('x')])('policy %s', (policy) =>
    expectMistake(policy),
  );
  it('nothing at all', () => expect(() => (create as unknown as () => void)()).toThrow(JwtConfigError));

  it.each(['keys', 'issuer', 'audience'])('%s missing', (name) => {
    expectMistake(without(name));
    expectMistake({ ...GOOD, [name]: undefined });
    expectMistake({ ...GOOD, [name]: null });
  });

  const bad: Record<string, unknown[]> = {
    issuer: ['', [], [ISSUER], 5, true, {}, /auth/, Symbol('unchecked'), new String(ISSUER), () => ISSUER],
    audience: [
      '',
      [],
      [''],
      [AUDIENCE, ''],
      [AUDIENCE, undefined],
      [AUDIENCE, 5],
      [[AUDIENCE]],
      [unchecked],
      5,
      true,
      {},
      /billing/,
      Symbol('unchecked'),
      new Set([AUDIENCE]),
    ],
    subject: ['', [], ['a'], 5, true, {}, null, unchecked],
    type: ['', [], 5, true, {}, null, unchecked],
    profile: [
      'accessToken',
      {},
      [],
      null,
      true,
      unchecked,
      { requiredClaims: ['iss'] },
      { requiredClaims: 'iss', rules: [] },
      { rules: [] },
      { requiredClaims: [], rules: {} },
    ],
    clockTolerance: [
      Number.NaN,
      Infinity,
      -Infinity,
      -1,
      -0.001,
      '60',
      '',
      '1 m',
      '-1m',
      'NaN',
      null,
      [],
      {},
      true,
      60n,
      1e13,
    ],
    maxTokenAge: [Number.NaN, Infinity, -1, '60', '', '1 m', null, [], {}, true, 1e13, unchecked],
    requiredClaims: [[], [''], ['a', ''], ['a', undefined], [5], 'iss', '', {}, null, 5, new Set(['a'])],
    claims: [
      null,
      {},
      [],
      5,
      'schema',
      () => true,
      { '~standard': {} },
      { '~standard': null },
      { '~standard': { validate: 'x' } },
    ],
    revocation: [null, {}, [], 5, 'redis', () => false, { isRevoked: true }],
    maxTokenLength: [0, -1, 1.5, Number.NaN, Infinity, '16384', null, 2 ** 53, [], true],
    cache: [
      null,
      true,
      5,
      [],
      {},
      { maxEntries: undefined },
      { maxEntries: 0 },
      { maxEntries: 1 },
      { maxEntries: 1.5 },
      { maxEntries: Number.NaN },
      { maxEntries: Infinity },
      { maxEntries: '5' },
      { maxEntries: -2 },
      { maxEntries: 5, ttl: 5 },
    ],
    clock: [null, 5, 'now', {}, new Date()],
    requireExpiry: [true, false, null, 'unchecked', 0, Symbol('unchecked')],
  };
  const cases = Object.entries(bad).flatMap(([name, values]) => values.map((value) => [name, value] as const));
  it.each(cases)('%s %o', (name, value) => expectMistake({ ...GOOD, [name]: value }));

  const optional = [
    'subject',
    'type',
    'profile',
    'clockTolerance',
    'maxTokenAge',
    'requiredClaims',
    'claims',
    'revocation',
    'maxTokenLength',
    'cache',
    'clock',
    'requireExpiry',
  ];
  it.each(optional)('%s undefined', (name) => expectMistake({ ...GOOD, [name]: undefined }));

  it.each(['algorithms', 'aud', 'iss', 'Issuer', 'ignoreExpiration', 'jwks', '', 'constructor', 'toString'])(
    'unknown option %j',
    (name) => expectMistake({ ...GOOD, [name]: 'x' }),
  );

  it('keys that are none, or that cannot verify', async () => {
    const { privateKey, publicKey } = await key('ES256').generate();
    for (const keys of [
      [],
      [undefined],
      [null],
      {},
      'secret',
      SECRET,
      5,
      new Uint8Array(32),
      privateKey,
      [publicKey, privateKey],
      [privateKey],
      publicKey.cryptoKey,
      { ...publicKey, algorithm: 'none' },
      { ...publicKey, role: 'admin' },
      [[publicKey]],
      new Set([publicKey]),
    ])
      expectMistake({ ...GOOD, keys });
  });

  it('a secret that may only sign', async () => {
    const signOnly = await key('HS256').secret({ jwk: { kty: 'oct', k: 'A'.repeat(43), key_ops: ['sign'] } });
    expectMistake({ ...GOOD, keys: signOnly });
  });

  it('keys that cannot be told apart', async () => {
    const make = (id?: string) => (id ? key('HS256').id(id) : key('HS256')).generate();
    expectMistake({ ...GOOD, keys: [await make('a'), await make('a')] });
    expectMistake({ ...GOOD, keys: [await make(), await make()] });
    expectMistake({ ...GOOD, keys: [secretKey, secretKey] });
    const fine = [await make('a'), await make('b'), await make(), await key('HS512').id('a').generate()];
    expect(create({ ...GOOD, keys: fine }).policy.algorithms).toEqual(['HS256', 'HS512']);
  });

  it('a key source that is none', () => {
    for (const keys of [
      { find: () => secretKey },
      source({ algorithms: undefined }),
      source({ algorithms: [] }),
      source({ algorithms: 'HS256' }),
      source({ algorithms: ['none'] }),
      source({ algorithms: ['HS256', undefined] }),
      source({ find: 'x' }),
      source({ trusts: undefined }),
      source({ trusts: true }),
    ])
      expectMistake({ ...GOOD, keys });
  });

  it('type and profile that contradict each other', () => {
    expectMistake({ ...GOOD, profile: accessToken, type: 'JWT' });
    expectMistake({ ...GOOD, profile: accessToken, type: 'at+jwt2' });
    expectMistake({ ...GOOD, profile: idToken, type: 'at+jwt' });
    expect(create({ ...GOOD, profile: accessToken, type: 'application/AT+JWT' }).policy.type).toBe(
      'application/AT+JWT',
    );
    expect(create({ ...GOOD, profile: idToken, type: 'JWT' }).policy.type).toBe('JWT');
  });

  it.each([
    ['requireExpiry', 'false'],
    ['requireExpiry', false],
    ['type', ''],
    ['profile', {}],
    ['cache', true],
    ['clock', 5],
    ['maxTokenLength', Infinity],
    ['requiredClaims', 'x'],
    ['subject', ''],
    ['claims', {}],
    ['revocation', {}],
  ] as const)('%s inherited as %j switches nothing off', (name, value) => {
    const policy = Object.assign(Object.create({ [name]: value }), GOOD);
    let made: unknown;
    try {
      made = create(policy).policy[name];
    } catch (error) {
      expect(error).toBeInstanceOf(JwtConfigError);
      return;
    }
    expect(made).toEqual(createVerifier(GOOD).policy[name]);
  });

  it('names the option, and none of its values', () => {
    for (const [name, value] of [
      ['issuer', ['canary']],
      ['audience', ['canary', 5]],
      ['clockTolerance', 'canary'],
      ['canary', 1],
      ['cache', { maxEntries: 'canary' }],
    ] as const) {
      const error = (() => {
        try {
          create({ ...GOOD, [name]: value });
        } catch (thrown) {
          return thrown as JwtConfigError;
        }
        throw new Error('accepted');
      })();
      expect(error.message).not.toContain('canary');
      if (name !== 'canary') expect(error.message).toContain(name);
      expect(error).toBeInstanceOf(TypeError);
    }
  });
});

describe('several policies', () => {
  it('need an issuer each, and not the same', () => {
    expect(() => createVerifier([])).toThrow(JwtConfigError);
    expect(() => createVerifier([{ ...GOOD, issuer: unchecked }])).toThrow(JwtConfigError);
    expect(() => createVerifier([GOOD, { ...GOOD, issuer: unchecked }])).toThrow(JwtConfigError);
    expect(() => createVerifier([GOOD, { ...GOOD, audience: 'other' }])).toThrow(JwtConfigError);
    expect(() => createVerifier([GOOD, { ...GOOD, issuer: `${ISSUER}/` }])).not.toThrow();
  });
  it('may not have a hole', () => {
    const list = [GOOD, { ...GOOD, issuer: 'b' }];
    delete list[0];
    expect(() => create(list)).toThrow(JwtConfigError);
  });
});

it.each([
  ['clockTolerance', [0, 0.5, '0s', '60s', 8.64e12]],
  ['maxTokenAge', [0, '30d']],
  ['maxTokenLength', [1, 10_000_000]],
  ['cache', [{ maxEntries: 2 }, { maxEntries: 1e6 }]],
  ['requireExpiry', [unchecked]],
  ['issuer', [unchecked, ' ', 'unchecked']],
  ['audience', [unchecked, 'a', ['a'], ['a', 'a']]],
  ['claims', [z.object({}), Object.assign(() => true, { '~standard': { validate: () => ({ value: {} }) } })]],
  ['keys', [[secretKey], source()]],
])('%s: what is fine', (name, values) => {
  for (const value of values) expect(() => create({ ...GOOD, [name]: value })).not.toThrow();
});
