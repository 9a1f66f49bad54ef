import { createVerifier, exportJwk, key } from 'jwtight';
import type { AuditSubject, VerifierDescription } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, findingsOf, fires, quiet } from '../support.js';

const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};
const OTHER = {
  ...EC,
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};
const OKP = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const OCT = { kty: 'oct', k: 'AQ' };

const withKey = (jwk: object): AuditSubject => ({ key: jwk as Record<string, unknown> });
const signing = (alg: string) => ({ header: { alg }, claims: {} });

describe('key/curve-mismatch', () => {
  const RULE = 'key/curve-mismatch';
  const verifying = (verifier: VerifierDescription) => ({ verifier });

  it.each<[string, AuditSubject, string]>([
    ['alg', withKey({ ...EC, alg: 'ES384' }), '/key'],
    ['ES256K', withKey({ ...EC, alg: 'ES256K' }), '/key'],
    ['EdDSA on X25519', withKey({ ...OKP, crv: 'X25519', alg: 'EdDSA' }), '/key'],
    ['Ed448', withKey({ ...OKP, alg: 'Ed448' }), '/key'],
    ['a set', { jwks: { keys: [EC, { ...EC, alg: 'ES512' }] } }, '/jwks/keys/1'],
    ['the draft', { ...withKey(EC), draft: signing('ES384') }, '/key'],
    ['the token', { ...withKey({ ...EC, crv: 'P-384' }), token: accessTokenWith() }, '/key'],
    ['the algorithm', { ...withKey(EC), algorithm: 'ES512' }, '/key'],
    ['the verifier', verifying({ algorithms: ['ES384', 'RS256'], keys: [EC] }), '/verifier/keys/0'],
    ['the verifier of the key', { ...withKey(EC), verifier: { algorithms: ['ES384'] } }, '/key'],
  ])('fires by %s', async (_what, subject, path) => {
    expect(await fires(RULE, subject)).toMatchObject({ severity: 'high', confidence: 'confirmed', path });
  });

  it.each<[string, AuditSubject]>([
    ['the right curve', withKey({ ...EC, alg: 'ES256' })],
    ['EdDSA', withKey({ ...OKP, alg: 'EdDSA' })],
    ['EdDSA on Ed448', withKey({ ...OKP, crv: 'Ed448', alg: 'EdDSA' })],
    ['ES256K', withKey({ ...EC, crv: 'secp256k1', alg: 'ES256K' })],
    ['another type', withKey({ ...OKP, alg: 'ES256' })],
    ['an algorithm without curve', withKey({ ...EC, alg: 'ECDH-ES' })],
    ['no algorithm', withKey(EC)],
    ['no curve', withKey({ kty: 'EC', alg: 'ES256' })],
    ['one algorithm that fits', verifying({ algorithms: ['ES384', 'ES256'], keys: [EC] })],
    ['algorithms of other types', verifying({ algorithms: ['RS256'], keys: [EC] })],
    ['a verifier with keys of its own', { ...withKey(EC), verifier: { algorithms: ['ES384'], keys: [] } }],
    ['a verifier that fetches keys', { ...withKey(EC), verifier: { algorithms: ['ES384'], jwksUrl: 'https://a' } }],
  ])('is quiet on %s', async (_what, subject) => {
    await quiet(RULE, subject);
  });
});

describe('key/metadata-conflict', () => {
  const RULE = 'key/metadata-conflict';

  it.each<[string, object]>([
    ['alg of another type', { ...EC, alg: 'RS256' }],
    ['HMAC with a public key', { ...EC, alg: 'HS256' }],
    ['a signature with a secret', { ...OCT, alg: 'ES256' }],
    ['RSA encryption', { ...EC, alg: 'RSA-OAEP' }],
    ['key agreement with a secret', { ...OCT, alg: 'ECDH-ES' }],
    ['key wrap with a curve', { ...EC, alg: 'A128KW' }],
    ['use enc of a signing key', { ...EC, alg: 'ES256', use: 'enc' }],
    ['use sig of an encryption key', { ...EC, alg: 'ECDH-ES', use: 'sig' }],
    ['use and key_ops', { ...EC, use: 'sig', key_ops: ['verify', 'encrypt'] }],
    ['use and key_ops the other way', { ...EC, use: 'enc', key_ops: ['sign'] }],
    ['alg and key_ops', { ...EC, alg: 'ES256', key_ops: ['deriveBits'] }],
    ['alg and key_ops the other way', { ...EC, alg: 'ECDH-ES+A256KW', key_ops: ['verify'] }],
    ['EC with a curve of OKP', { kty: 'EC', crv: 'Ed25519' }],
    ['OKP with a curve of EC', { kty: 'OKP', crv: 'P-256' }],
    ['OKP with secp256k1', { kty: 'OKP', crv: 'secp256k1' }],
    ['EC with X25519', { kty: 'EC', crv: 'X25519' }],
  ])('fires on %s', async (_what, jwk) => {
    expect(await fires(RULE, { jwks: { keys: [EC, jwk] } })).toMatchObject({ severity: 'high', path: '/jwks/keys/1' });
  });

  it.each<[string, object]>([
    ['nothing said', EC],
    ['what fits', { ...EC, alg: 'ES256', use: 'sig', key_ops: ['sign', 'verify'] }],
    ['key agreement', { ...EC, alg: 'ECDH-ES', use: 'enc', key_ops: ['deriveKey'] }],
    ['key agreement on OKP', { ...OKP, crv: 'X25519', alg: 'ECDH-ES+A128KW', use: 'enc' }],
    ['RSA encryption', { kty: 'RSA', alg: 'RSA-OAEP-256', use: 'enc', key_ops: ['wrapKey'] }],
    ['key wrap', { ...OCT, alg: 'A128KW', use: 'enc' }],
    ['HMAC', { ...OCT, alg: 'HS256', use: 'sig' }],
    ['an unknown algorithm', { ...EC, alg: 'XX', use: 'sig' }],
    ['an unknown type', { kty: 'XX', alg: 'ES256', use: 'enc' }],
    ['an unknown use', { ...EC, alg: 'ES256', use: 'tls' }],
    ['key_ops that are no list', { ...EC, alg: 'ES256', key_ops: 'encrypt' }],
  ])('is quiet on %s', async (_what, jwk) => {
    await quiet(RULE, { jwks: { keys: [EC, jwk] } });
  });

  it.each(['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'] as const)('is quiet on %s of ours', async (algorithm) => {
    if (algorithm === 'HS256') return quiet(RULE, { key: await key(algorithm).generate() });
    const { publicKey } = await key(algorithm).id().generate();
    await quiet(RULE, { key: publicKey });
    await quiet(RULE, { jwks: { keys: [await exportJwk(publicKey)] } });
  });

  it.each<[string, object, string]>([
    ['another type', EC, 'RS256'],
    ['another algorithm', { ...EC, alg: 'ES256' }, 'ES384'],
  ])('fires on a draft of %s', async (_what, jwk, alg) => {
    expect((await fires(RULE, { ...withKey(jwk), draft: signing(alg) })).path).toBe('/key');
  });

  it.each<[string, object, string]>([
    ['the same algorithm', { ...EC, alg: 'ES256' }, 'ES256'],
    ['the type', EC, 'ES256'],
    ['the other name of Ed25519', { ...OKP, alg: 'EdDSA' }, 'Ed25519'],
    ['HMAC, which has a rule of its own', EC, 'HS256'],
    ['an unknown algorithm', EC, 'XX'],
    ['an unknown type', { kty: 'XX' }, 'ES256'],
  ])('is quiet on a draft of %s', async (_what, jwk, alg) => {
    await quiet(RULE, { ...withKey(jwk), draft: signing(alg) });
  });

  it('finds a key once', async () => {
    await fires(RULE, { ...withKey({ ...EC, alg: 'RS256' }), draft: signing('PS256') });
    await quiet(RULE, { ...withKey(EC), draft: { claims: {} } });
  });
});

describe('key/private-on-verifier', () => {
  const RULE = 'key/private-on-verifier';
  const PRIVATE = { ...EC, d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' };

  it('fires on the keys of a verifier', async () => {
    expect(await fires(RULE, { verifier: { keys: [EC, PRIVATE, OCT] } })).toMatchObject({
      severity: 'high',
      confidence: 'confirmed',
      path: '/verifier/keys/1',
      rootCause: 'key/private-on-verifier',
    });
  });

  it('wonders about the key beside a verifier', async () => {
    expect(await fires(RULE, { ...withKey(PRIVATE), verifier: {} })).toMatchObject({
      confidence: 'possible',
      path: '/key',
    });
  });

  it('is quiet where the subject issues too, on public keys, secrets, and no keys', async () => {
    await quiet(RULE, { ...withKey(PRIVATE), verifier: {}, issuance: {} });
    await quiet(RULE, { ...withKey(PRIVATE), verifier: {}, draft: signing('ES256') });
    await quiet(RULE, { verifier: { keys: [EC] } });
    await quiet(RULE, { ...withKey(OCT), verifier: {} });
    await quiet(RULE, { verifier: {} });
    const { publicKey } = await key('ES256').generate();
    const { policy } = createVerifier({ keys: publicKey, issuer: 'a', audience: 'b' });
    await quiet(RULE, { key: publicKey, verifier: policy });
  });
});

describe('key/reused-purpose', () => {
  const RULE = 'key/reused-purpose';
  const sig = { ...EC, use: 'sig' };

  it.each<[string, object[]]>([
    ['use', [sig, { ...EC, use: 'enc' }]],
    [
      'alg',
      [
        { ...EC, alg: 'ES256' },
        { ...EC, alg: 'ECDH-ES' },
      ],
    ],
    [
      'key_ops',
      [
        { ...EC, key_ops: ['verify'] },
        { ...EC, key_ops: ['deriveKey'] },
      ],
    ],
    ['key_ops of one key', [OTHER, { ...EC, key_ops: ['verify', 'deriveKey'] }]],
  ])('fires by %s', async (_what, keys) => {
    expect(await fires(RULE, { jwks: { keys } })).toMatchObject({ severity: 'medium', path: '/jwks/keys/1' });
  });

  it('compares a key with a set', async () => {
    expect((await fires(RULE, { ...withKey(sig), jwks: { keys: [{ ...EC, use: 'enc' }] } })).path).toBe('/jwks/keys/0');
  });

  it('fires on a key of several environments', async () => {
    const environment = { sharedAcross: ['staging', 'production'] };
    expect((await fires(RULE, { ...withKey(sig), environment })).path).toBe('/environment/sharedAcross');
    await quiet(RULE, { ...withKey(sig), secret: 'x', environment });
    await quiet(RULE, { ...withKey(sig), environment: { sharedAcross: ['production'] } });
    await quiet(RULE, { ...withKey(sig), environment: {} });
    await quiet(RULE, { jwks: { keys: [sig] }, environment });
  });

  it.each<[string, object[]]>([
    ['one purpose twice', [sig, sig]],
    ['different keys', [sig, { ...OTHER, use: 'enc' }]],
    [
      'secrets, which have no thumbprint',
      [
        { ...OCT, use: 'sig' },
        { ...OCT, use: 'enc' },
      ],
    ],
    ['nothing said', [EC, EC]],
    ['contradictions, which have a rule of their own', [{ ...EC, alg: 'ES256', key_ops: ['deriveKey'] }]],
    ['no keys', []],
  ])('is quiet on %s', async (_what, keys) => {
    expect(await findingsOf(RULE, { jwks: { keys } })).toEqual([]);
    await quiet(RULE, { jwks: { keys } });
  });
});
