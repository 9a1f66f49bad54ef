import { describe, expect, it } from 'vitest';
import {
  accessToken,
  claims,
  clientAssertion,
  createVerifier,
  decodeUnverified,
  dpopProof,
  header,
  idToken,
  JwtConfigError,
  key,
  logoutToken,
  type PlainClaims,
  type SigningKey,
  type SignOptions,
  sign,
} from '../../src/index.js';
import { AUDIENCE, b64, CLAIMS, caught, clock, clockAt, hs256, ISSUER, NOW, secretKey, verifier } from './support.js';

const signAny = sign as (claims: unknown, key: unknown, options?: unknown) => Promise<string>;
const headerOf = async (token: Promise<string>) => decodeUnverified(await token).header;

describe('sign', () => {
  it('writes header, claims and signature of RFC 7519 §7.1', async () => {
    const text = await sign(claims().issuer('a').audience(['b']).set('n', 'ü😀').expiresIn('15m'), secretKey, {
      clock,
    });
    const head = b64('{"alg":"HS256","typ":"JWT"}');
    const body = b64(`{"iat":${NOW},"iss":"a","aud":["b"],"n":"ü😀","exp":${NOW + 900}}`);
    expect(text).toBe(`${head}.${body}.${b64(hs256(`${head}.${body}`))}`);
  });

  it('signs exactly a plain object, and does not change it', async () => {
    const plain = Object.freeze({ exp: NOW + 5, iss: 'a', nested: Object.freeze({ list: Object.freeze([1]) }) });
    const { claims: read } = decodeUnverified(await sign(plain, secretKey));
    expect(JSON.stringify(read)).toBe(JSON.stringify(plain));
  });

  it('claims may be named as the parts of a builder are', async () => {
    for (const plain of [
      { exp: NOW, missing: [] },
      { exp: NOW, resolve: 'x', missing: ['a'] },
      { exp: NOW, profile: 'x' },
    ])
      expect(decodeUnverified(await sign(plain, secretKey)).claims).toEqual(plain);
  });

  it('takes the time when it is called, from Date.now where no clock is given', async () => {
    const template = claims().expiresIn(60);
    const early = decodeUnverified(await sign(template, secretKey, { clock: clockAt(5.9) })).claims;
    expect(early).toEqual({ iat: 5, exp: 65 });
    const before = Math.floor(Date.now() / 1000);
    const { iat } = decodeUnverified(await sign(template, secretKey)).claims;
    expect(iat).toBeGreaterThanOrEqual(before);
    expect(iat).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it.each(['HS256', 'HS512', 'ES256', 'ES384', 'ES512', 'RS256', 'PS384', 'Ed25519', 'EdDSA'] as const)(
    '%s: names algorithm and kid of its key, and verifies',
    async (algorithm) => {
      const made = await key(algorithm as 'ES256')
        .id()
        .generate();
      const { privateKey, publicKey } = 'privateKey' in made ? made : { privateKey: made, publicKey: made };
      const text = await sign(CLAIMS, privateKey as SigningKey);
      const verify = createVerifier({ keys: publicKey, issuer: ISSUER, audience: AUDIENCE, clock });
      const result = await verify(text);
      expect(result).toEqual({
        claims: CLAIMS,
        header: { alg: algorithm, typ: 'JWT', kid: publicKey.id },
        key: publicKey,
      });
      expect(result.key).toBe(publicKey);
      expect(result.header.kid).toHaveLength(43);
    },
  );

  it('several at a time do not disturb each other', async () => {
    const verify = verifier();
    const texts = await Promise.all(
      Array.from({ length: 64 }, (_, i) => sign({ ...CLAIMS, sub: `user-${i}`, pad: 'x'.repeat(i * 7) }, secretKey)),
    );
    const subjects = await Promise.all(texts.map(async (text) => (await verify(text)).claims.sub));
    expect(subjects).toEqual(texts.map((_, i) => `user-${i}`));
  });
});

describe('the header', () => {
  it('takes further parameters', async () => {
    const more = header().type('x+jwt').contentType('y').set('z', [1]);
    const read = await headerOf(sign(CLAIMS, secretKey, { header: more }));
    expect(read).toEqual({ alg: 'HS256', typ: 'x+jwt', cty: 'y', z: [1] });
    expect(await headerOf(sign(CLAIMS, secretKey, { header: header() }))).toEqual({ alg: 'HS256', typ: 'JWT' });
  });

  it.each([
    [accessToken, 'at+jwt'],
    [idToken, 'JWT'],
    [clientAssertion, 'JWT'],
    [logoutToken, 'logout+jwt'],
    [dpopProof, 'dpop+jwt'],
  ] as const)('has the typ of the profile: $0.name', async (profile, typ) => {
    const more = { client_id: 'c', sub: 'a', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } };
    const builder = claims(profile as typeof idToken)
      .issuer('a')
      .audience('b')
      .id()
      .with({ ...more, htm: 'GET', htu: 'https://x.example', exp: NOW + 60 });
    expect(await headerOf(signAny(builder, secretKey, { clock }))).toEqual({ alg: 'HS256', typ });
    // The same type said otherwise is kept as it was said.
    const said = `application/${typ.toUpperCase()}`;
    expect((await headerOf(signAny(builder, secretKey, { clock, header: header().type(said) }))).typ).toBe(said);
    expect(await caught(() => signAny(builder, secretKey, { clock, header: header().type('x+jwt') }))).toBeInstanceOf(
      JwtConfigError,
    );
  });

  it.each([
    ['alg', { alg: 'none' }],
    ['kid', { kid: 'other' }],
    ['crit', { crit: ['x'] }],
    ['b64', { b64: false }],
    ['zip', { zip: 'DEF' }],
    ['a typ that is no text', { typ: 5 }],
    ['what is not JSON', { x: 1n }],
  ])('made by hand cannot set %s', async (_, parameters) => {
    const forged = { ...header(), parameters };
    expect(await caught(() => signAny(CLAIMS, secretKey, { header: forged }))).toBeInstanceOf(JwtConfigError);
  });

  it('cannot be changed behind its builder', async () => {
    const builder = header().type('x');
    expect(() => Object.assign(builder.parameters, { alg: 'none' })).toThrow(TypeError);
    expect((await headerOf(sign(CLAIMS, secretKey, { header: builder }))).alg).toBe('HS256');
  });

  it('nests no deeper than a verifier reads', async () => {
    const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`);
    const text = await sign(CLAIMS, secretKey, { header: header().set('x', nested(31)) });
    expect((await verifier()(text)).header.x).toEqual(nested(31));
    expect(await caught(() => sign(CLAIMS, secretKey, { header: header().set('x', nested(32)) }))).toBeInstanceOf(
      JwtConfigError,
    );
  });
});

describe('mistakes are JwtConfigErrors', () => {
  const refused = async (...args: Parameters<typeof signAny>) =>
    expect(await caught(() => signAny(...args))).toBeInstanceOf(JwtConfigError);

  it('no expiry', async () => {
    await refused(claims().issuer('a'), secretKey);
    await refused({ iss: 'a' }, secretKey);
    await refused({ iss: 'a', exp: undefined }, secretKey);
    await refused({ iss: 'a', exp: null }, secretKey);
    await refused({}, secretKey);
    expect(await caught(() => signAny({}, secretKey))).toMatchObject({ message: expect.stringContaining('expiresIn') });
    expect(decodeUnverified(await sign(claims().neverExpires(), secretKey, { clock })).claims).toEqual({ iat: NOW });
  });

  it('a claim of the profile is missing', async () => {
    const complete = claims(clientAssertion).issuer('a').subject('a').audience('b').id();
    expect(await caught(() => signAny(complete, secretKey))).toMatchObject({ message: expect.stringContaining('exp') });
    expect(await caught(() => signAny(claims(clientAssertion).expiresIn(5), secretKey))).toMatchObject({
      name: 'JwtConfigError',
      message: expect.stringMatching(/ iss /),
    });
    await refused(claims(accessToken).issuer('a').audience('b').subject('c').id().expiresIn(5), secretKey);
    await refused(claims(dpopProof).set('htm', 'GET').set('htu', 'https://x.example'), secretKey);
    // null is not a value that a required claim may have.
    await refused(
      claims(accessToken).issuer('a').audience('b').subject('c').id().expiresIn(5).set('client_id', null),
      secretKey,
    );
  });

  const bad: unknown[] = [
    undefined,
    null,
    'claims',
    5,
    [],
    [CLAIMS],
    () => CLAIMS,
    { ...CLAIMS, exp: '5' },
    { ...CLAIMS, exp: NOW * 1000 },
    { ...CLAIMS, nbf: NOW * 1000 },
    { ...CLAIMS, iat: NOW * 1000 },
    { ...CLAIMS, iss: '' },
    { ...CLAIMS, aud: [] },
    { ...CLAIMS, sub: null },
    { ...CLAIMS, jti: 5 },
    { ...CLAIMS, iat: -1 },
    { ...CLAIMS, exp: new Date() },
    { ...CLAIMS, x: undefined },
    { ...CLAIMS, x: Number.NaN },
    { ...CLAIMS, x: new Date() },
    { ...CLAIMS, x: Symbol('x') },
    new Map(),
    Promise.resolve(CLAIMS),
    { resolve: () => undefined },
    { resolve: () => ({ iss: 'a' }), missing: ['exp'] },
    { resolve: () => CLAIMS },
  ];
  it.each(bad.map((value, i) => [i, value]))('claims that cannot be signed: %i', async (_, value) => {
    await refused(value, secretKey);
  });

  it('a key that cannot sign', async () => {
    const { publicKey } = await key('ES256').generate();
    for (const wrong of [
      publicKey,
      undefined,
      null,
      'secret',
      {},
      { ...secretKey, algorithm: 'none' },
      secretKey.cryptoKey,
    ])
      await refused(CLAIMS, wrong);
    const verifyOnly = await key('HS256').secret({ jwk: { kty: 'oct', k: 'A'.repeat(43), key_ops: ['verify'] } });
    await refused(CLAIMS, verifyOnly);
  });

  it('options', async () => {
    for (const options of [
      null,
      'HS256',
      [],
      { clock: undefined },
      { header: undefined },
      { expiresIn: '1h' },
      { algorithm: 'HS256' },
      { header: null },
      { header: {} },
      { header: 'x' },
      { header: { typ: 'x' } },
      { header: { parameters: null } },
      { clock: () => Number.NaN },
      { clock: () => 'now' },
      { clock: 5 },
      { clock: null },
    ])
      await refused(CLAIMS, secretKey, options);
  });

  it('say nothing of the values', async () => {
    const mistake = await caught(() => signAny({ exp: 'canary-1', x: 'canary-2' }, secretKey));
    expect((mistake as Error).message).toMatch(/^exp must be/);
    expect((mistake as Error).message).not.toContain('canary');
  });
});

it('accepts its own types', async () => {
  const plain: PlainClaims = { exp: NOW + 1 };
  const options: SignOptions = { clock };
  expect(await sign(plain, secretKey, options)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});
