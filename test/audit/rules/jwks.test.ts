import { generateKeyPairSync } from 'node:crypto';
import { exportJwk, key } from 'jwtight';
import { type AuditSubject, audit, type VerifierDescription } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { findingsOf, fires, NOW, quiet } from '../support.js';

const EC = { kty: 'EC', crv: 'P-256', kid: 'a', use: 'sig', alg: 'ES256' };
const A = { ...EC, x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM' };
const B = { ...EC, x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' };
const OKP = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a' };

const set = (...keys: unknown[]): AuditSubject => ({ jwks: { keys } });

describe('jwks/private-material', () => {
  const RULE = 'jwks/private-material';

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'])('fires on %s', async (name) => {
    expect(await fires(RULE, set(A, { ...B, [name]: 'AQ' }))).toMatchObject({
      severity: 'critical',
      path: '/jwks/keys/1',
      rootCause: 'private-published',
    });
  });

  it('fires on a key of an unknown type', async () => {
    await fires(RULE, set({ kty: 'XX', d: 'AQ' }));
  });

  it('is quiet on public keys, secrets, and an empty or unreadable set', async () => {
    await quiet(RULE, set(A, B));
    await quiet(RULE, set({ kty: 'oct', k: 'AQ', d: 'AQ' }));
    await quiet(RULE, set());
    await quiet(RULE, { jwks: '{' });
  });
});

describe('jwks/symmetric-key', () => {
  it('fires on oct', async () => {
    expect(await fires('jwks/symmetric-key', set(A, { kty: 'oct', k: 'AQ' }))).toMatchObject({
      severity: 'critical',
      path: '/jwks/keys/1',
      rootCause: 'private-published',
    });
    await quiet('jwks/symmetric-key', set(A, 'oct', null));
  });
});

describe('jwks/duplicate-kid', () => {
  const RULE = 'jwks/duplicate-kid';

  it.each<[string, unknown[]]>([
    ['two keys', [A, B]],
    ['keys that cannot be read', [A, { ...EC, x: 1 }]],
    ['two that cannot be read', [{ kid: 'a' }, { kid: 'a' }]],
    [
      'two secrets',
      [
        { kty: 'oct', kid: 'a', k: 'AQ' },
        { kty: 'oct', kid: 'a', k: 'Ag' },
      ],
    ],
  ])('fires on %s', async (_what, keys) => {
    expect(await fires(RULE, set(...keys))).toMatchObject({
      severity: 'high',
      confidence: 'confirmed',
      path: '/jwks/keys/1',
    });
  });

  it('is mild on keys of different types', async () => {
    expect(await fires(RULE, set(A, OKP))).toMatchObject({ severity: 'low', confidence: 'possible' });
    const findings = await findingsOf(RULE, set(A, OKP, B));
    expect(findings.map(({ severity, path }) => [severity, path])).toEqual([
      ['high', '/jwks/keys/2'],
      ['low', '/jwks/keys/1'],
    ]);
  });

  it.each<[string, unknown[]]>([
    ['one key twice', [A, { ...A, use: 'enc' }]],
    [
      'one secret twice',
      [
        { kty: 'oct', kid: 'a', k: 'AQ' },
        { kty: 'oct', kid: 'a', k: 'AQ' },
      ],
    ],
    ['different kids', [A, { ...B, kid: 'b' }]],
    [
      'no kids',
      [
        { ...A, kid: undefined },
        { ...B, kid: undefined },
      ],
    ],
  ])('is quiet on %s', async (_what, keys) => {
    await quiet(RULE, { jwks: JSON.stringify({ keys }) });
  });
});

describe('jwks/missing-metadata', () => {
  const RULE = 'jwks/missing-metadata';

  it.each(['kid', 'use', 'alg'])('fires without %s', async (name) => {
    const lacking = Object.fromEntries(Object.entries(B).filter(([member]) => member !== name));
    expect(await fires(RULE, set(A, lacking))).toMatchObject({ severity: 'low', path: '/jwks/keys/1' });
  });

  it('is quiet on a single key without kid, on key_ops, and on keys of ours', async () => {
    const { kid: _, ...withoutKid } = A;
    await quiet(RULE, set(withoutKid));
    const { use: __, ...withoutUse } = B;
    await quiet(RULE, set(A, { ...withoutUse, key_ops: ['verify'] }));
    const ours = async () => exportJwk((await key('ES256').id().generate()).publicKey);
    await quiet(RULE, set(await ours(), await ours()));
    await quiet(RULE, set());
  });
});

describe('jwks/single-key-rotation', () => {
  const RULE = 'jwks/single-key-rotation';

  it('fires on one key without overlap', async () => {
    expect(await fires(RULE, { ...set(A), issuance: { keyRotation: { every: '90d' } } })).toMatchObject({
      severity: 'low',
      path: '/jwks',
    });
    await fires(RULE, { ...set(A), issuance: { keyRotation: { overlap: 0 } } });
  });

  it.each<[string, AuditSubject]>([
    ['two keys', { ...set(A, B), issuance: { keyRotation: { every: '90d' } } }],
    ['an overlap', { ...set(A), issuance: { keyRotation: { every: '90d', overlap: '1d' } } }],
    ['no rotation', { ...set(A), issuance: { keyRotation: false } }],
    ['nothing said', { ...set(A), issuance: {} }],
    ['no keys', { ...set(), issuance: { keyRotation: {} } }],
  ])('is quiet on %s', async (_what, subject) => {
    await quiet(RULE, subject);
  });
});

describe('jwks/insecure-url', () => {
  const RULE = 'jwks/insecure-url';
  const jwksUrl = 'https://auth.example.com/jwks';
  const fetching = (verifier: VerifierDescription): AuditSubject => ({ verifier });

  it.each(['http://auth.example.com/jwks', 'ftp://auth.example.com', '/jwks', 'xhttps://a'])(
    'fires on %s',
    async (url) => {
      expect(await fires(RULE, fetching({ jwksUrl: url }))).toMatchObject({
        severity: 'high',
        confidence: 'confirmed',
        path: '/verifier/jwksUrl',
      });
    },
  );

  it('fires on redirects', async () => {
    expect(await fires(RULE, fetching({ jwksUrl, jwksCache: { followsRedirects: true } }))).toMatchObject({
      severity: 'high',
      path: '/verifier/jwksCache/followsRedirects',
    });
  });

  it('wonders about another host', async () => {
    expect(await fires(RULE, fetching({ jwksUrl, issuer: 'https://example.com' }))).toMatchObject({
      severity: 'low',
      confidence: 'possible',
      path: '/verifier/jwksUrl',
    });
    // What is worse is enough.
    const http = fetching({ jwksUrl: 'http://other.example.com', issuer: 'https://example.com' });
    expect((await fires(RULE, http)).severity).toBe('high');
  });

  it.each<[string, VerifierDescription]>([
    ['https', { jwksUrl }],
    ['HTTPS', { jwksUrl: 'HTTPS://auth.example.com' }],
    ['no redirects', { jwksUrl, jwksCache: { followsRedirects: false } }],
    ['the host of an issuer', { jwksUrl, issuer: ['https://other.example.com', 'https://AUTH.example.com/tenant'] }],
    ['an issuer without host', { jwksUrl, issuer: 'auth' }],
    ['no URL', { keys: 'x', jwksCache: { followsRedirects: true } }],
  ])('is quiet on %s', async (_what, verifier) => {
    await quiet(RULE, fetching(verifier));
  });

  it('is quiet on a verifier without URL beside one with', async () => {
    await quiet(RULE, { verifier: [{ jwksUrl }, { jwksCache: { followsRedirects: true } }] });
  });
});

describe('jwks/cache-policy', () => {
  const RULE = 'jwks/cache-policy';
  const caching = (jwksCache: VerifierDescription['jwksCache'] & {}): AuditSubject => ({ verifier: { jwksCache } });

  it.each<[string, VerifierDescription['jwksCache'] & {}]>([
    ['nothing', {}],
    ['no maxAge', { cooldown: 30 }],
    ['no cooldown', { maxAge: 600 }],
    ['a cooldown of 0', { maxAge: 600, cooldown: 0 }],
    ['over a day', { maxAge: 86_401, cooldown: 30 }],
  ])('fires on %s', async (_what, jwksCache) => {
    expect(await fires(RULE, caching(jwksCache))).toMatchObject({
      severity: 'medium',
      basis: 'policy',
      path: '/verifier/jwksCache',
    });
  });

  it('is quiet on a day with a cooldown, and where nothing is known', async () => {
    await quiet(RULE, caching({ maxAge: 86_400, cooldown: 1 }));
    await quiet(RULE, { verifier: [{}, { jwksCache: { maxAge: 0, cooldown: 1 } }] });
    await quiet(RULE, { verifier: {} });
  });
});

describe('sets as providers publish them', () => {
  const rsa = (modulusLength = 2048): object => ({
    ...generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }),
    use: 'sig',
  });
  const certificate = { x5c: ['MIIC+zCCAeOgAwIBAgIJ'], x5t: 'NjVBRjY5MDlCMUIwNzU4RTA2' };

  it.each<[string, () => object[], string[]]>([
    [
      'Google, Cognito',
      () => [
        { ...rsa(), alg: 'RS256', kid: 'a1=' },
        { ...rsa(), alg: 'RS256', kid: 'b2=' },
      ],
      [],
    ],
    ['Auth0', () => [{ ...rsa(), alg: 'RS256', kid: 'NjVB', ...certificate }], []],
    [
      'Entra, which names no alg',
      () => [
        { ...rsa(), kid: 'x1', ...certificate, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' },
        { ...rsa(), kid: 'x2' },
      ],
      ['jwks/missing-metadata'],
    ],
    [
      'Keycloak, with a key for encryption',
      () => [
        { ...rsa(), alg: 'RSA-OAEP', use: 'enc', kid: 'k1', ...certificate, 'x5t#S256': 'Zm9v' },
        { ...rsa(), alg: 'RS256', kid: 'k2', ...certificate },
      ],
      [],
    ],
    [
      'Apple',
      () => [
        { ...rsa(), alg: 'RS256', kid: 'k1' },
        { ...rsa(4096), alg: 'RS256', kid: 'k2' },
      ],
      [],
    ],
  ])('%s', async (_what, keys, expected) => {
    const { findings } = await audit({ jwks: { keys: keys() } }, { now: NOW });
    const found = new Set(findings.filter(({ severity }) => severity !== 'info').map(({ ruleId }) => ruleId));
    found.delete('algorithm/rsa-pkcs1v15');
    expect([...found]).toEqual(expected);
    expect(findings.every(({ severity }) => severity === 'low' || severity === 'info')).toBe(true);
  });
});
