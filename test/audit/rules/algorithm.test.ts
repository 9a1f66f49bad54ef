import { generateKeyPairSync } from 'node:crypto';
import { createVerifier, key, unchecked } from 'jwtight';
import type { AuditSubject } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, base64url, findingsOf, fires, goodClaims, quiet, rawToken } from '../support.js';

const pem = (type: 'ed25519'): string =>
  generateKeyPairSync(type).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PEM = pem('ed25519');
const JWK = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const EC = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
const withAlg = (alg: unknown): string => accessTokenWith({}, { alg });
const draft = (alg?: string, claims = goodClaims()) => ({ draft: { header: alg ? { alg } : {}, claims } });

describe('algorithm/none', () => {
  it.each(['none', 'NONE', 'nOnE'])('is high for a token alone: %s', async (alg) => {
    expect(await fires('algorithm/none', { token: withAlg(alg) })).toMatchObject({
      severity: 'high',
      confidence: 'confirmed',
      path: '/token/header/alg',
      rootCause: 'alg-none',
    });
  });

  it('is high for a draft', async () => {
    expect(await fires('algorithm/none', draft('none'))).toMatchObject({ severity: 'high', path: '/draft/header/alg' });
  });

  it.each<[string, AuditSubject['verifier'] & object]>([
    ['no list', {}],
    ['an empty list', { algorithms: [] }],
    ['one of several without', [{ algorithms: ['ES256'] }, {}]],
  ])('is critical with a verifier that has %s', async (_what, verifier) => {
    expect((await fires('algorithm/none', { token: withAlg('none'), verifier })).severity).toBe('critical');
  });

  it('stays high where verifiers refuse it', async () => {
    const { publicKey } = await key('ES256').generate();
    const ours = createVerifier({ keys: publicKey, issuer: 'https://a.example', audience: unchecked }).policy;
    for (const verifier of [{ algorithms: ['ES256'] }, ours])
      expect((await fires('algorithm/none', { token: withAlg('none'), verifier })).severity).toBe('high');
  });

  it.each(['none', 'None', ' none'])('is critical in a list: %s', async (name) => {
    expect(await fires('algorithm/none', { verifier: { algorithms: ['ES256', name] } })).toMatchObject({
      severity: 'critical',
      path: '/verifier/algorithms/1',
    });
  });

  it('is critical for a token when the list has it', async () => {
    const found = await findingsOf('algorithm/none', { token: withAlg('none'), verifier: { algorithms: ['none'] } });
    expect(found.map(({ severity, path }) => [severity, path])).toEqual([
      ['critical', '/token/header/alg'],
      ['critical', '/verifier/algorithms/0'],
    ]);
  });

  it.each<AuditSubject>([
    { token: withAlg('ES256') },
    { token: withAlg('nonesuch') },
    { token: withAlg(' none ') },
    { verifier: { algorithms: ['ES256'] } },
    { verifier: {} },
  ])('is quiet otherwise', async (subject) => {
    await quiet('algorithm/none', subject);
  });
});

describe('algorithm/none-case-variant', () => {
  it.each(['None', 'NONE', ' none', 'none\n', 'n o n e', 'none\u00a0'])('%j', async (alg) => {
    expect(await fires('algorithm/none-case-variant', { token: withAlg(alg) })).toMatchObject({
      severity: 'critical',
      path: '/token/header/alg',
      rootCause: 'alg-none',
    });
  });

  it('looks at drafts too', async () => {
    expect((await fires('algorithm/none-case-variant', draft('None'))).path).toBe('/draft/header/alg');
  });

  it.each(['none', 'ES256', 'nonee', '', 5])('is quiet for %j', async (alg) => {
    await quiet('algorithm/none-case-variant', { token: withAlg(alg) });
  });
});

describe('algorithm/not-pinned', () => {
  it.each<[string, object, string]>([
    ['nothing', {}, 'high'],
    ['an empty list', { algorithms: [] }, 'high'],
    ['no keys', { keys: [] }, 'high'],
    ['a PEM', { keys: PEM }, 'high'],
    ['a secret as text', { keys: 'correct horse battery staple' }, 'high'],
    ['a JWK of no type', { keys: { kty: 'none' } }, 'high'],
    ['a typed key beside a PEM', { keys: [EC, PEM] }, 'high'],
    ['a JWKS', { jwksUrl: 'https://a.example/jwks' }, 'medium'],
    ['an RSA JWK', { keys: { kty: 'RSA', n: 'AA', e: 'AQAB' } }, 'medium'],
    ['an oct JWK', { keys: { kty: 'oct', k: 'AA' } }, 'medium'],
    ['a pinned key beside one that is not', { keys: [EC, { kty: 'RSA', n: 'AA', e: 'AQAB' }] }, 'medium'],
  ])('%s', async (_what, verifier, severity) => {
    expect(await fires('algorithm/not-pinned', { verifier })).toMatchObject({ severity, path: '/verifier' });
  });

  it.each<[string, object]>([
    ['a list', { algorithms: ['ES256'] }],
    ['an EC key', { keys: EC }],
    ['an OKP key', { keys: JWK }],
    ['a JWK with alg', { keys: { kty: 'RSA', n: 'AA', e: 'AQAB', alg: 'PS256' } }],
    ['no verification at all, which is another finding', { verifySignature: false }],
  ])('is quiet with %s', async (_what, verifier) => {
    await quiet('algorithm/not-pinned', { verifier });
  });

  it('is quiet with a verifier and a key of ours', async () => {
    const { publicKey } = await key('PS256').generate();
    const { policy } = createVerifier({ keys: publicKey, issuer: 'https://a.example', audience: unchecked });
    await quiet('algorithm/not-pinned', { verifier: policy });
    await quiet('algorithm/not-pinned', { verifier: { keys: publicKey } });
  });
});

describe('algorithm/mixed-families', () => {
  it.each<[string, object, string]>([
    ['a PEM', { keys: PEM }, 'critical'],
    ['one text', { keys: ['some text or other'] }, 'critical'],
    ['a JWK', { keys: JWK }, 'high'],
    ['two keys', { keys: [PEM, PEM] }, 'high'],
    ['no key', {}, 'high'],
  ])('with %s', async (_what, keys, severity) => {
    for (const other of ['RS256', 'ES256', 'EdDSA', 'ML-DSA-44'])
      expect(
        await fires('algorithm/mixed-families', { verifier: { algorithms: ['HS256', other], ...keys } }),
      ).toMatchObject({ severity, path: '/verifier/algorithms' });
  });

  it.each([['HS256', 'HS512'], ['RS256', 'ES256', 'EdDSA'], ['HS256', 'dir'], []])(
    'is quiet: %s %s',
    async (...names) => {
      await quiet('algorithm/mixed-families', { verifier: { algorithms: names, keys: PEM } });
    },
  );

  it('is quiet without a list, which is another finding', async () => {
    await quiet('algorithm/mixed-families', { verifier: { keys: PEM } });
  });

  it('is quiet with a verifier of ours: each key goes with one algorithm', async () => {
    const { publicKey } = await key('ES256').generate();
    const secret = await key('HS256').generate();
    const { policy } = createVerifier({ keys: [publicKey, secret], issuer: 'https://a.example', audience: unchecked });
    await quiet('algorithm/mixed-families', { verifier: policy });
  });
});

describe('algorithm/public-key-as-hmac-secret', () => {
  const ssh = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
  const wrapped = { kty: 'oct', k: base64url(PEM) };

  it.each<[string, AuditSubject, string]>([
    ['a PEM as secret', { secret: PEM }, '/secret'],
    ['bytes of a PEM', { secret: new TextEncoder().encode(PEM), algorithm: 'HS512' }, '/secret'],
    ['a JWK', { secret: JSON.stringify(JWK), token: withAlg('HS256') }, '/secret'],
    ['an ssh key', { secret: ssh }, '/secret'],
    ['a PEM that is used with HS*', { key: PEM, algorithm: 'HS256' }, '/key'],
    ['a PEM in an oct JWK', { key: wrapped }, '/key'],
    ['a PEM in a verifier of HS* only', { verifier: { algorithms: ['HS256'], keys: [PEM] } }, '/verifier/keys/0'],
    ['an oct JWK in a verifier', { verifier: { keys: wrapped } }, '/verifier/keys'],
    ['a JWK that is used with HS*', { key: JWK, algorithm: 'HS256' }, '/key'],
    ['the text of a JWK', { key: JSON.stringify(JWK), algorithm: 'HS512' }, '/key'],
    ['a JWK in a verifier of HS* only', { verifier: { algorithms: ['HS256'], keys: JWK } }, '/verifier/keys'],
  ])('%s', async (_what, subject, path) => {
    expect(await fires('algorithm/public-key-as-hmac-secret', subject)).toMatchObject({ severity: 'critical', path });
  });

  it.each<[string, AuditSubject]>([
    ['a secret', { secret: 'c9f0f895fb98ab9159f51fd0297e236d' }],
    ['a PEM that is no HMAC secret', { secret: PEM, algorithm: 'ES256' }],
    ['a PEM', { key: PEM }],
    ['a JWK', { key: JWK }],
    ['a JWK that says what it is for', { key: { ...JWK, alg: 'EdDSA' }, token: withAlg('HS256') }],
    ['a JWK of no type', { key: { kty: 'none' }, algorithm: 'HS256' }],
    ['a JWK in a verifier of both', { verifier: { algorithms: ['HS256', 'EdDSA'], keys: JWK } }],
    [
      'an oct JWK in a verifier of HS*',
      { verifier: { algorithms: ['HS256'], keys: { kty: 'oct', k: base64url('x'.repeat(32)) } } },
    ],
    ['an oct JWK', { key: { kty: 'oct', k: base64url('some 32 bytes of something random') } }],
    ['an oct JWK of no bytes', { key: { kty: 'oct', k: '?' } }],
    ['an oct JWK of no text', { key: { kty: 'oct', k: 5 } }],
    ['a PEM in a verifier of both', { verifier: { algorithms: ['HS256', 'EdDSA'], keys: PEM } }],
    ['a PEM in a verifier that does not say', { verifier: { keys: PEM } }],
    ['a text in a verifier', { verifier: { algorithms: ['HS256'], keys: 'text' } }],
  ])('is quiet with %s', async (_what, subject) => {
    await quiet('algorithm/public-key-as-hmac-secret', subject);
  });
});

describe('algorithm/not-in-allowlist', () => {
  it('fires when no verifier lists it', async () => {
    for (const verifier of [{ algorithms: ['RS256'] }, [{ algorithms: ['RS256'] }, { algorithms: ['PS256'] }]])
      expect(await fires('algorithm/not-in-allowlist', { token: withAlg('ES256'), verifier })).toMatchObject({
        severity: 'high',
        path: '/token/header/alg',
      });
  });

  it.each<[string, AuditSubject]>([
    ['listed', { token: withAlg('ES256'), verifier: { algorithms: ['RS256', 'ES256'] } }],
    ['listed by one', { token: withAlg('ES256'), verifier: [{ algorithms: ['RS256'] }, { algorithms: ['ES256'] }] }],
    ['no list', { token: withAlg('ES256'), verifier: [{ algorithms: ['RS256'] }, {}] }],
    ['an empty list', { token: withAlg('ES256'), verifier: { algorithms: [] } }],
    ['no alg', { token: withAlg(5), verifier: { algorithms: ['RS256'] } }],
  ])('is quiet: %s', async (_what, subject) => {
    await quiet('algorithm/not-in-allowlist', subject);
  });
});

describe('rules about a name', () => {
  const places = (name: string): [AuditSubject, string][] => [
    [{ token: withAlg(name) }, '/token/header/alg'],
    [draft(name), '/draft/header/alg'],
    [{ verifier: [{ algorithms: ['ES256', name] }] }, '/verifier/0/algorithms/1'],
    [{ jwks: { keys: [{ kty: 'RSA' }, { kty: 'RSA', alg: name }] } }, '/jwks/keys/1/alg'],
  ];

  it.each([
    ['algorithm/unknown', 'ES257', 'medium'],
    ['algorithm/deprecated', 'RS1', 'high'],
    ['algorithm/deprecated', 'RSA1_5', 'medium'],
    ['algorithm/rsa-pkcs1v15', 'RS256', 'low'],
    ['algorithm/polymorphic-eddsa', 'EdDSA', 'info'],
  ])('%s looks everywhere for %s', async (id, name, severity) => {
    for (const [subject, path] of places(name)) expect(await fires(id, subject)).toMatchObject({ severity, path });
  });

  it.each([
    [
      'algorithm/unknown',
      ['es256', 'A128CBC-HS512', 'A512GCM', 'HMAC-SHA256', 'constructor', '__proto__', 'ES256 ', ''],
    ],
    ['algorithm/deprecated', ['HS1', 'hs1', 'HS-MD5', 'HMACMD5', 'md5', 'SHA1', 'HMAC-SHA-1', 'RSA-SHA1']],
    ['algorithm/rsa-pkcs1v15', ['RS384', 'RS512']],
  ])('%s', async (id, names) => {
    for (const name of names) await fires(id, { token: withAlg(name) });
  });

  it.each([
    [
      'algorithm/unknown',
      [
        'ES256',
        'ES256K',
        'Ed448',
        'HS1',
        'RS1',
        'RSA-OAEP-256',
        'dir',
        'none',
        'n one',
        'ML-DSA-65',
        'A256GCM',
        'A128CBC-HS256',
        'A128CTR',
      ],
    ],
    ['algorithm/deprecated', ['HS256', 'RS256', 'HS512', 'SHA-256', 'HMAC-SHA-128', 'HS12', 'RSA-OAEP', 'xmd5x']],
    ['algorithm/rsa-pkcs1v15', ['PS256', 'RS1', 'RS2560', 'XRS256', 'ES256']],
    ['algorithm/polymorphic-eddsa', ['Ed25519', 'ES256', 'eddsa']],
  ])('%s is quiet otherwise', async (id, names) => {
    for (const name of names) await quiet(id, { token: withAlg(name) });
    await quiet(id, { jwks: { keys: [{ kty: 'RSA' }] } });
  });

  it('RS256 is worse where a profile forbids it', async () => {
    const subject = { token: withAlg('RS256') };
    expect((await fires('algorithm/rsa-pkcs1v15', subject, { profile: 'asvs-l2' })).severity).toBe('medium');
    expect((await fires('algorithm/rsa-pkcs1v15', subject, { profile: 'fapi2' })).severity).toBe('high');
    expect((await fires('algorithm/rsa-pkcs1v15', subject, { profile: 'hipaa' })).severity).toBe('low');
  });
});

describe('algorithm/hmac-multi-party', () => {
  const id = 'algorithm/hmac-multi-party';
  const at = (aud: unknown, iss: unknown = 'shop') => draft('HS256', goodClaims({ aud, iss }));

  it.each<[string, AuditSubject, string]>([
    ['several audiences', at(['a', 'b']), '/draft/header/alg'],
    ['several verifiers', { token: withAlg('HS512'), issuance: { verifiers: 2 } }, '/token/header/alg'],
    ['named verifiers', { ...draft('HS256'), issuance: { verifiers: ['a', 'b'] } }, '/draft/header/alg'],
    ['audiences of a policy', { secret: 'secret', issuance: { audiences: ['a', 'b'] } }, '/secret'],
  ])('is confirmed by %s', async (_what, subject, path) => {
    expect(await fires(id, subject)).toMatchObject({ severity: 'medium', confidence: 'confirmed', path });
  });

  it.each<[string, AuditSubject, string]>([
    ['another host in a draft', at('https://api.example.com', 'https://auth.example.com'), '/draft/header/alg'],
    [
      'another host in a verifier',
      { verifier: { algorithms: ['HS256'], issuer: 'https://a.example', audience: ['x', 'https://b.example/x'] } },
      '/verifier/algorithms/0',
    ],
    [
      'verifiers that name no algorithm',
      { ...draft('HS256', {}), verifier: [{ audience: 'a' }, { audience: 'b' }] },
      '/draft/header/alg',
    ],
    [
      'verifiers of different names',
      {
        verifier: [
          { algorithms: ['HS256'], audience: 'a' },
          { algorithms: ['HS256'], audience: ['b', 'c'] },
        ],
      },
      '/verifier/0/algorithms/0',
    ],
  ])('is likely by %s', async (_what, subject, path) => {
    expect(await fires(id, subject)).toMatchObject({ severity: 'medium', confidence: 'likely', path });
  });

  it('is high with a verifier outside', async () => {
    const found = await fires(id, at('a'), { context: { externalVerifier: true } });
    expect(found).toMatchObject({ severity: 'high', confidence: 'confirmed' });
  });

  it.each<[string, AuditSubject]>([
    ['one audience', at('a')],
    ['one audience twice', at(['a', 'a'])],
    ['names that are no URLs', at('api', 'auth')],
    ['one host', at('https://a.example/api', 'https://a.example/auth')],
    ['a URL and a name', at('shop', 'https://a.example')],
    ['a broken URL', at('https://', 'https://a.example')],
    ['no audience', draft('HS256', {})],
    ['a public key algorithm', draft('ES256', goodClaims({ aud: ['a', 'b'] }))],
    ['one verifier', { ...draft('HS256', {}), issuance: { verifiers: 1, audiences: ['a'] } }],
    [
      'verifiers with a name in common',
      {
        verifier: [
          { algorithms: ['HS256'], audience: ['a', 'b'] },
          { algorithms: ['HS256'], audience: ['b'] },
        ],
      },
    ],
    [
      'verifiers of different issuers',
      {
        verifier: [
          { algorithms: ['HS256'], issuer: 'https://a.example', audience: 'a' },
          { algorithms: ['HS256'], issuer: 'https://b.example', audience: 'b' },
        ],
      },
    ],
    [
      'verifiers of which one has the secret',
      {
        verifier: [
          { algorithms: ['HS256'], audience: 'a' },
          { algorithms: ['ES256'], audience: 'b', issuer: 'https://a.example' },
          { algorithms: ['ES256'], audience: 'https://b.example', issuer: 'https://a.example' },
        ],
      },
    ],
    ['verifiers without names', { verifier: [{ algorithms: ['HS256'], audience: 'a' }, { algorithms: ['HS256'] }] }],
    ['a secret that is for something else', { secret: 'x', algorithm: 'ES256', issuance: { verifiers: 2 } }],
  ])('is quiet: %s', async (_what, subject) => {
    await quiet(id, subject);
  });

  it('is quiet about public key algorithms even with a verifier outside', async () => {
    await quiet(id, draft('ES256'), { context: { externalVerifier: true } });
  });
});

describe('algorithm/symmetric-in-browser', () => {
  const environment = { browser: true };

  it.each<[string, AuditSubject, string]>([
    ['HS* in a verifier', { verifier: { algorithms: ['HS256'] } }, '/verifier/algorithms/0'],
    ['a secret', { secret: 'x' }, '/secret'],
    ['a draft', draft('HS256'), '/draft/header/alg'],
    ['a private key', { key: { ...JWK, d: 'AA' } }, '/key'],
    ['an oct key', { verifier: { keys: 'text' } }, '/verifier/keys'],
    ['a private key in a verifier', { verifier: { keys: [{ ...JWK, d: 'AA' }] } }, '/verifier/keys/0'],
  ])('%s', async (_what, subject, path) => {
    const found = await fires('algorithm/symmetric-in-browser', { ...subject, environment });
    expect(found).toMatchObject({ severity: 'critical', path });
  });

  it.each<[string, AuditSubject]>([
    ['public keys', { verifier: { algorithms: ['ES256'], keys: JWK }, environment }],
    ['a public key', { key: JWK, environment }],
    ['the token of somebody else', { token: withAlg('HS256'), verifier: {}, environment }],
    ['no browser', { secret: 'x', environment: { browser: false } }],
    ['nothing said of a browser', { secret: 'x', environment: { production: true } }],
  ])('is quiet: %s', async (_what, subject) => {
    await quiet('algorithm/symmetric-in-browser', subject);
  });
});

describe('what cannot be read', () => {
  it('has no algorithm', async () => {
    for (const token of ['', 'a.b.c', rawToken('[]', {})]) await quiet('algorithm/unknown', { token });
  });
});
