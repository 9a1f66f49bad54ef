import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import {
  audit,
  fromExpressJwt,
  fromFastJwt,
  fromHonoJwt,
  fromJose,
  fromJsonwebtoken,
  type VerifierDescription,
} from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { NOW, rawToken } from './support.js';

const iss = 'https://auth.example.com';
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = String(publicKey.export({ type: 'spki', format: 'pem' }));
const JWK = publicKey.export({ format: 'jwk' });

/** Whatever an adapter makes is a description that the audit takes. */
async function accepted(description: VerifierDescription): Promise<VerifierDescription> {
  await audit({ verifier: description }, { now: NOW, rules: [] });
  return description;
}

const spki = ({ publicKey: made }: { readonly publicKey: KeyObject }): string =>
  String(made.export({ type: 'spki', format: 'pem' }));
const onCurve = (namedCurve: string): string => spki(generateKeyPairSync('ec', { namedCurve }));
const RSA_PEM = spki(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const RSA_PSS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** What lies about as a key, and what fast-jwt makes of it (crypto.js of 6.3.6). */
const KEYS: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
  ['a secret', 'shhh', ['HS256', 'HS384', 'HS512']],
  ['bytes', Buffer.from([0xff, 0xfe]), ['HS256', 'HS384', 'HS512']],
  ['an RSA key', RSA_PEM, RSA_PSS],
  ['the bytes of a PEM', Buffer.from(RSA_PEM), RSA_PSS],
  ['PKCS#1', String(createPublicKey(RSA_PEM).export({ type: 'pkcs1', format: 'pem' })), RSA_PSS],
  ['P-256', PEM, ['ES256']],
  ['P-384 behind a line of text', `key\n${onCurve('P-384')}`, ['ES384']],
  ['P-521', onCurve('P-521'), ['ES512']],
  ['secp256k1', onCurve('secp256k1'), ['ES256']],
  ['Ed25519', spki(generateKeyPairSync('ed25519')), ['EdDSA']],
  ['Ed448', spki(generateKeyPairSync('ed448')), ['EdDSA']],
];

function refusalOf(verify: () => unknown): string | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('jsonwebtoken', () => {
  it('checks nothing by default', async () => {
    expect(await accepted(fromJsonwebtoken())).toEqual({
      clockTolerance: 0,
      requiredClaims: [],
      ignoreExpiration: false,
    });
  });

  it('checks what it is told', async () => {
    const options = {
      algorithms: ['ES256'],
      issuer: [iss],
      audience: ['a', /^b/],
      clockTolerance: 30,
      maxAge: '2h',
      ignoreExpiration: true,
      allowInvalidAsymmetricKeyTypes: true,
      complete: true,
    };
    expect(await accepted(fromJsonwebtoken(options, PEM))).toEqual({
      algorithms: ['ES256'],
      keys: [PEM],
      issuer: [iss],
      audience: ['a', '^b'],
      clockTolerance: 30,
      maxTokenAge: 7200,
      requiredClaims: ['iss', 'aud', 'iat'],
      ignoreExpiration: true,
      patterns: [/^b/],
      permits: ['weak-keys'],
    });
  });

  it('skips a check whose option is empty or unset', async () => {
    for (const maxAge of [undefined, '', 0]) {
      const options = { issuer: '', audience: undefined, maxAge, algorithms: undefined, subject: '', nonce: '' };
      expect(await accepted(fromJsonwebtoken(options))).toEqual({
        clockTolerance: 0,
        requiredClaims: [],
        ignoreExpiration: false,
      });
    }
  });

  it('requires what it compares', async () => {
    const { requiredClaims } = await accepted(fromJsonwebtoken({ subject: 's', jwtid: 'j', nonce: 'n' }));
    expect(requiredClaims).toEqual(['sub', 'jti', 'nonce']);
  });

  it('passes over unset values in a list', async () => {
    const audience = [undefined, 'a', null] as never;
    expect((await accepted(fromJsonwebtoken({ audience }))).audience).toEqual(['a']);
  });

  it.each(KEYS)('accepts what the library does for %s', async (_what, given) => {
    const { algorithms } = fromJsonwebtoken({}, given);
    for (const alg of [...RSA_PSS, 'HS256', 'HS384', 'HS512', 'ES256', 'ES384', 'ES512']) {
      // The library compares alg before anything else.
      const token = rawToken({ alg }, { iss });
      expect(algorithms?.includes(alg), alg).toBe(
        refusalOf(() => jsonwebtoken.verify(token, given)) !== 'invalid algorithm',
      );
    }
  });

  it.each<[unknown, unknown]>([
    [PEM, [PEM]],
    [Buffer.from('shhh'), [new Uint8Array([115, 104, 104, 104])]],
    [JWK, [JWK]],
    [
      [PEM, JWK],
      [PEM, JWK],
    ],
    [createPublicKey(PEM), undefined],
    [() => PEM, undefined],
    [undefined, undefined],
    [{ key: PEM, passphrase: '' }, undefined],
  ])('reads the key where it can %#', async (given, keys) => {
    expect((await accepted(fromJsonwebtoken({}, given))).keys).toEqual(keys);
  });

  it.each<[unknown, number | undefined]>([
    [60, 60],
    ['60s', 60],
    ['2 days', 172_800],
    ['1.5 hrs', 5400],
    ['10 minutes', 600],
    ['500ms', 0.5],
    ['1w', 604_800],
    ['1y', 31_557_600],
    ['100', undefined],
    ['soon', undefined],
    ['2 fortnights', undefined],
    [Number.NaN, undefined],
    [-1, undefined],
    [1e300, 8.64e12],
  ])('reads the age %j', async (maxAge, seconds) => {
    expect((await accepted(fromJsonwebtoken({ maxAge: maxAge as number }))).maxTokenAge).toBe(seconds);
  });
});

describe('express-jwt', () => {
  it('adds the secret and the look for revocation', async () => {
    expect(await accepted(fromExpressJwt({ secret: 'shhh', algorithms: ['HS256'], isRevoked: () => false }))).toEqual({
      algorithms: ['HS256'],
      keys: ['shhh'],
      clockTolerance: 0,
      requiredClaims: [],
      ignoreExpiration: false,
      revocation: true,
    });
    const plain = await accepted(fromExpressJwt({ secret: () => 'shhh', algorithms: ['RS256'], issuer: iss }));
    expect(plain).toEqual({
      algorithms: ['RS256'],
      issuer: [iss],
      clockTolerance: 0,
      requiredClaims: ['iss'],
      ignoreExpiration: false,
    });
  });
});

describe('jose', () => {
  it('checks nothing by default', async () => {
    expect(await accepted(fromJose())).toEqual({ clockTolerance: 0, requiredClaims: [] });
  });

  it('checks what it is told', async () => {
    const options = {
      algorithms: ['ES256'],
      issuer: iss,
      audience: ['a'],
      subject: 's',
      typ: 'at+jwt',
      clockTolerance: '5 s',
      maxTokenAge: '1 hour',
      requiredClaims: ['exp', 'iss'],
    };
    expect(await accepted(fromJose(options, { keys: JWK }))).toEqual({
      algorithms: ['ES256'],
      keys: [JWK],
      issuer: [iss],
      audience: ['a'],
      type: 'at+jwt',
      clockTolerance: 5,
      maxTokenAge: 3600,
      requiredClaims: ['exp', 'iss', 'aud', 'sub', 'iat'],
    });
  });

  it('uses bytes with HS* only', async () => {
    const keys = new Uint8Array(32);
    expect((await accepted(fromJose({}, { keys }))).algorithms).toEqual(['HS256', 'HS384', 'HS512']);
    expect(fromJose({ algorithms: ['HS256'] }, { keys }).algorithms).toEqual(['HS256']);
    expect(fromJose({}, { keys: JWK })).not.toHaveProperty('algorithms');
  });

  it('knows how a remote set is kept', async () => {
    const url = new URL('https://auth.example.com/jwks');
    expect(await accepted(fromJose({}, { jwksUrl: url }))).toMatchObject({
      jwksUrl: 'https://auth.example.com/jwks',
      jwksCache: { maxAge: 600, cooldown: 30, followsRedirects: false },
    });
    const kept = fromJose({}, { jwksUrl: url, cacheMaxAge: Infinity, cooldownDuration: 0 });
    expect(fromJose({}, { jwksUrl: url, cooldownDuration: 5000 }).jwksCache).toMatchObject({
      maxAge: 600,
      cooldown: 5,
    });
    expect((await accepted(kept)).jwksCache).toEqual({ maxAge: 8.64e12, cooldown: 0, followsRedirects: false });
  });
});

describe('fast-jwt', () => {
  it.each(KEYS)('accepts what the library does for %s', async (_what, given, algorithms) => {
    expect((await accepted(fromFastJwt({ key: given }))).algorithms).toEqual(algorithms);
    expect(fromFastJwt({ key: given, algorithms: [] }).algorithms).toEqual(algorithms);
    expect(fromFastJwt({ key: given, algorithms: ['PS256'] }).algorithms).toEqual(['PS256']);
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['the text of a JWK', JSON.stringify(JWK)],
    ['two', ['a', 'b']],
    ['a damaged PEM', PEM.replace('M', '€')],
    ['a PEM of something else', '-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----'],
    ['half a PEM', '-----BEGIN '],
    ['a function', () => PEM],
  ])('guesses nothing from %s', async (_what, given) => {
    expect(await accepted(fromFastJwt({ key: given }))).not.toHaveProperty('algorithms');
    expect(fromJsonwebtoken({}, given)).not.toHaveProperty('algorithms');
  });

  it('checks nothing by default', async () => {
    expect(await accepted(fromFastJwt())).toEqual({ clockTolerance: 0, requiredClaims: [], ignoreExpiration: false });
  });

  it('checks what it is told', async () => {
    const options = {
      key: PEM,
      algorithms: ['ES256'],
      allowedIss: /example/,
      allowedAud: ['a', /b/],
      allowedSub: 's',
      checkTyp: 'at+jwt',
      ignoreExpiration: true,
      maxAge: 3_600_000,
      clockTolerance: 5000,
      requiredClaims: ['exp'],
    };
    expect(await accepted(fromFastJwt(options))).toEqual({
      algorithms: ['ES256'],
      keys: [PEM],
      issuer: ['example'],
      audience: ['a', 'b'],
      type: 'at+jwt',
      clockTolerance: 5,
      maxTokenAge: 3600,
      requiredClaims: ['exp'],
      ignoreExpiration: true,
      patterns: [/example/, /b/],
    });
  });
});

describe('hono', () => {
  it('has defaults of its own', async () => {
    expect(await accepted(fromHonoJwt({ secret: 'shhh', alg: 'HS256' }))).toEqual({
      algorithms: ['HS256'],
      keys: ['shhh'],
      type: 'JWT',
      clockTolerance: 0,
      requiredClaims: [],
      ignoreExpiration: false,
      permits: ['lenient-base64'],
    });
  });

  it('checks what it is told', async () => {
    const verification = { iss: /example/, aud: 'a', exp: false, typ: ['at+jwt', 'JWT'] };
    expect(
      await accepted(fromHonoJwt({ alg: ['ES256'], keys: [JWK], jwks_uri: 'https://a/jwks', verification })),
    ).toEqual({
      algorithms: ['ES256'],
      keys: [JWK],
      issuer: ['example'],
      audience: ['a'],
      type: 'at+jwt',
      clockTolerance: 0,
      requiredClaims: ['iss', 'aud'],
      ignoreExpiration: true,
      jwksUrl: 'https://a/jwks',
      jwksCache: { maxAge: 0, followsRedirects: true },
      patterns: [/example/],
      permits: ['lenient-base64'],
    });
  });

  it('calls no function', async () => {
    const description = await accepted(fromHonoJwt({ keys: () => [], jwks_uri: () => 'https://a' }));
    expect(description).not.toHaveProperty('jwksUrl');
    expect(description).not.toHaveProperty('keys');
    expect((await accepted(fromHonoJwt({ jwks_uri: '' }))).jwksUrl).toBeUndefined();
  });
});
