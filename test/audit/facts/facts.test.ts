import { accessToken, createVerifier, dpopProof, key, type RevocationStore, unchecked } from 'jwtight';
import type { AuditSubject, VerifierDescription } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { algorithmFamily, isAsymmetric, reportableAlgorithm } from '../../../src/audit/facts/algorithm.js';
import { keysOf, readFacts, tokensOf } from '../../../src/audit/facts/facts.js';
import { readIssuance } from '../../../src/audit/facts/issuance.js';
import { readSecret } from '../../../src/audit/facts/secret.js';
import { readVerifiers, type VerifierFacts } from '../../../src/audit/facts/verifier.js';
import { pointer } from '../../../src/audit/pointer.js';
import { rawToken } from '../support.js';

const issuer = 'https://auth.example.com';

describe('algorithmFamily', () => {
  it.each([
    ['HS256', 'hmac'],
    ['RS512', 'rsa'],
    ['PS256', 'rsa'],
    ['ES384', 'ec'],
    ['Ed25519', 'eddsa'],
    ['EdDSA', 'eddsa'],
    ['ML-DSA-65', 'ml-dsa'],
    ['ES256K', 'ec'],
    ['Ed448', 'eddsa'],
    ['HS1', 'hmac'],
    ['RS1', 'rsa'],
    ['RSA1_5', 'encryption'],
    ['RSA-OAEP', 'encryption'],
    ['RSA-OAEP-512', 'encryption'],
    ['A128KW', 'encryption'],
    ['A256GCMKW', 'encryption'],
    ['dir', 'encryption'],
    ['ECDH-ES', 'encryption'],
    ['ECDH-ES+A192KW', 'encryption'],
    ['PBES2-HS384+A192KW', 'encryption'],
    ['none', 'none'],
    [' NonE\n', 'none'],
    ['hs256', 'unknown'],
    ['xRSA1_5', 'unknown'],
    ['direct', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
    [['HS256'], 'unknown'],
  ])('%j is %s', (name, family) => {
    expect(algorithmFamily(name)).toBe(family);
  });

  it('tells which have two halves', () => {
    const families = ['none', 'hmac', 'rsa', 'ec', 'eddsa', 'ml-dsa', 'encryption', 'unknown'] as const;
    expect(families.filter(isAsymmetric)).toEqual(['rsa', 'ec', 'eddsa', 'ml-dsa']);
  });

  it('lets known names only into reports', () => {
    expect(['RS256', 'nOnE', 'my-secret', 5].map(reportableAlgorithm)).toEqual(['RS256', 'none', undefined, undefined]);
  });
});

describe('pointer', () => {
  it.each<[(string | number)[], string]>([
    [[], '/a'],
    [['b', 0], '/a/b/0'],
    [['b/c', 'd~e'], '/a/b~1c/d~0e'],
    [['x'.repeat(64)], `/a/${'x'.repeat(64)}`],
    [['x'.repeat(65)], '/a/*'],
    [['a\nb'], '/a/*'],
    [['a\u202eb'], '/a/*'],
    [['a\u2028b', 'c\u2029'], '/a/*/*'],
    [['naïve'], '/a/naïve'],
  ])('%j', (names, path) => {
    expect(pointer('/a', ...names)).toBe(path);
  });
});

describe('a verifier of ours', () => {
  const facts = async (policy: object = {}): Promise<VerifierFacts> => {
    const { publicKey } = await key('ES256').id().generate();
    const verify = createVerifier({ keys: publicKey, issuer, audience: ['a', 'b'], ...policy } as never);
    return (await readVerifiers(verify.policy as never))[0]!;
  };

  it('is known without being asked', async () => {
    expect(await facts()).toEqual({
      path: '/verifier',
      ours: true,
      algorithms: ['ES256'],
      keys: undefined,
      verifiesSignature: true,
      issuers: [issuer],
      audiences: ['a', 'b'],
      checksType: true,
      type: undefined,
      profile: undefined,
      expiry: 'required',
      clockTolerance: 60,
      maxTokenAge: undefined,
      requiredClaims: ['iss', 'aud', 'exp'],
      headerKeys: [],
      trustsAnyHeaderKey: false,
      jwksUrl: undefined,
      jwksCache: undefined,
      maxTokenLength: 16_384,
      revocation: 'none',
      patterns: [],
      permits: [],
    });
  });

  it('says what it does not check', async () => {
    expect(await facts({ issuer: unchecked, audience: unchecked, requireExpiry: unchecked })).toMatchObject({
      issuers: undefined,
      audiences: undefined,
      expiry: 'optional',
    });
  });

  it('brings its profile', async () => {
    expect(await facts({ profile: accessToken })).toMatchObject({ type: 'at+jwt', profile: accessToken });
    expect(await facts({ profile: dpopProof })).toMatchObject({ expiry: 'required', maxTokenAge: 60 });
    const revocation: RevocationStore = { isRevoked: () => false } as never;
    expect((await facts({ revocation })).revocation).toBe('jti');
  });

  it('may be several', async () => {
    const [one, two] = await Promise.all([key('ES256').generate(), key('PS256').generate()]);
    const verify = createVerifier([
      { keys: one.publicKey, issuer, audience: 'a' },
      { keys: two.publicKey, issuer: 'https://b.example.com', audience: 'a' },
    ]);
    const paths = (await readVerifiers(verify.policy)).map(({ path, algorithms }) => [path, algorithms]);
    expect(paths).toEqual([
      ['/verifier/0', ['ES256']],
      ['/verifier/1', ['PS256']],
    ]);
  });
});

describe('a described verifier', () => {
  const facts = async (description: VerifierDescription) => (await readVerifiers(description))[0]!;

  it('configures nothing by itself', async () => {
    expect(await facts({})).toEqual({
      path: '/verifier',
      ours: false,
      algorithms: undefined,
      keys: undefined,
      verifiesSignature: true,
      issuers: undefined,
      audiences: undefined,
      checksType: false,
      type: undefined,
      profile: undefined,
      expiry: 'optional',
      clockTolerance: undefined,
      maxTokenAge: undefined,
      requiredClaims: [],
      headerKeys: [],
      trustsAnyHeaderKey: false,
      jwksUrl: undefined,
      jwksCache: undefined,
      maxTokenLength: undefined,
      revocation: 'none',
      patterns: [],
      permits: [],
    });
  });

  it('says what it says', async () => {
    const description: VerifierDescription = {
      algorithms: ['RS256'],
      keys: [{ kty: 'RSA' }, new Uint8Array(1)],
      issuer,
      audience: ['a'],
      type: 'at+jwt',
      clockTolerance: '5m',
      maxTokenAge: '1h',
      requiredClaims: ['exp'],
      verifySignature: true,
      trustsHeaderKeys: ['jwk'],
      jwksUrl: 'https://auth.example.com/jwks',
      jwksCache: { maxAge: '1d', cooldown: '30s', followsRedirects: true },
      maxTokenLength: 4096,
      revocation: 'status-list',
      patterns: ['prefix'],
      permits: ['weak-keys'],
    };
    const read = await facts(description);
    expect(read).toMatchObject({
      algorithms: ['RS256'],
      issuers: [issuer],
      audiences: ['a'],
      checksType: true,
      type: 'at+jwt',
      expiry: 'required',
      clockTolerance: 300,
      maxTokenAge: 3600,
      requiredClaims: ['exp'],
      verifiesSignature: true,
      headerKeys: ['jwk'],
      trustsAnyHeaderKey: false,
      jwksUrl: 'https://auth.example.com/jwks',
      jwksCache: { maxAge: 86_400, cooldown: 30, followsRedirects: true },
      maxTokenLength: 4096,
      revocation: 'status-list',
      patterns: ['prefix'],
      permits: ['weak-keys'],
    });
    expect(read.keys!.map(({ path, type }) => [path, type])).toEqual([
      ['/verifier/keys/0', 'RSA'],
      ['/verifier/keys/1', 'oct'],
    ]);
  });

  it.each<[VerifierDescription, object]>([
    [
      { issuer: unchecked, audience: unchecked },
      { issuers: undefined, audiences: undefined },
    ],
    [
      { issuer: [], audience: [] },
      { issuers: undefined, audiences: undefined },
    ],
    [{ verifySignature: false }, { verifiesSignature: false }],
    [{ trustsHeaderKeys: true }, { headerKeys: ['jwk', 'jku', 'x5c', 'x5u'], trustsAnyHeaderKey: true }],
    [{ trustsHeaderKeys: false }, { headerKeys: [], trustsAnyHeaderKey: false }],
    [{ ignoreExpiration: true, requiredClaims: ['exp'] }, { expiry: 'ignored' }],
    [{ ignoreExpiration: false, requiredClaims: ['iat'] }, { expiry: 'optional' }],
    [{ revocation: true }, { revocation: 'jti' }],
    [{ revocation: false }, { revocation: 'none' }],
    [{ jwksCache: {} }, { jwksCache: { maxAge: undefined, cooldown: undefined, followsRedirects: undefined } }],
    [{ keys: [] }, { keys: [] }],
  ])('%j', async (description, read) => {
    expect(await facts(description)).toMatchObject(read);
  });

  it('of one key points at it', async () => {
    expect((await facts({ keys: 'shhh' })).keys!.map(({ path }) => path)).toEqual(['/verifier/keys']);
  });
});

describe('an issuance policy', () => {
  it('is read in seconds', () => {
    expect(
      readIssuance({
        kinds: ['access'],
        accessTokenLifetime: '15m',
        idTokenLifetime: 60,
        refreshToken: { absoluteLifetime: '30d', rotation: true, stateful: false, publicClient: true },
        keyRotation: { every: '90d', lastRotated: new Date('2026-11-22T00:00:00.5Z'), overlap: '1d' },
        revocation: 'jti',
        senderConstrained: true,
        verifiers: ['a', 'b'],
        audiences: ['x'],
      }),
    ).toEqual({
      path: '/issuance',
      kinds: ['access'],
      accessTokenLifetime: 900,
      idTokenLifetime: 60,
      refreshToken: { absoluteLifetime: 2_592_000, rotation: true, stateful: false, publicClient: true },
      keyRotation: { every: 7_776_000, lastRotated: 1_795_305_600, overlap: 86_400 },
      revocation: 'jti',
      senderConstrained: true,
      verifiers: 2,
      audiences: ['x'],
    });
  });

  it('may say little', () => {
    expect(readIssuance({ refreshToken: { absoluteLifetime: false }, keyRotation: false, verifiers: 3 })).toMatchObject(
      {
        accessTokenLifetime: undefined,
        refreshToken: { absoluteLifetime: undefined, rotation: undefined },
        keyRotation: false,
        verifiers: 3,
      },
    );
    expect(readIssuance({ refreshToken: {}, keyRotation: { lastRotated: '2026-11-22' } })).toMatchObject({
      refreshToken: { absoluteLifetime: undefined },
      keyRotation: { every: undefined, lastRotated: 1_795_305_600, overlap: undefined },
    });
    expect(readIssuance({})).toMatchObject({ refreshToken: undefined, keyRotation: undefined, verifiers: undefined });
  });
});

describe('a secret', () => {
  it('has bytes, whatever it is', () => {
    expect(readSecret('aü', 'HS256')).toEqual({
      path: '/secret',
      given: 'aü',
      text: 'aü',
      bytes: Uint8Array.from([0x61, 0xc3, 0xbc]),
      length: 3,
      algorithm: 'HS256',
    });
    expect(readSecret('\ud800🦊', undefined).bytes).toEqual(new TextEncoder().encode('\ufffd🦊'));
    const bytes = Uint8Array.from([255]);
    expect(readSecret(bytes, undefined)).toMatchObject({ given: bytes, text: undefined, bytes });
  });
});

describe('the facts', () => {
  const facts = (subject: AuditSubject) => readFacts(subject, undefined);

  it('know what was given', async () => {
    const all = await facts({
      token: '',
      draft: { claims: {} },
      secret: '',
      algorithm: 'HS256',
      key: '',
      jwks: '',
      verifier: {},
      issuance: {},
      storage: { where: 'cookie' },
      environment: { browser: true },
    });
    expect([...all.inputs]).toEqual([
      'token',
      'draft',
      'secret',
      'key',
      'jwks',
      'verifier',
      'issuance',
      'storage',
      'environment',
    ]);
    expect(all).toMatchObject({ storage: { where: 'cookie' }, environment: { browser: true } });
    expect(tokensOf(all).map(({ path }) => path)).toEqual(['/token', '/draft']);
  });

  it('know nothing of what was not', async () => {
    const none = await facts({});
    expect(none).toMatchObject({ token: undefined, draft: undefined, secret: undefined, key: undefined });
    expect(none).toMatchObject({ jwks: undefined, verifiers: [], issuance: undefined, algorithm: undefined });
    expect([none.inputs.size, tokensOf(none), keysOf(none)]).toEqual([0, [], []]);
  });

  it.each<[AuditSubject, string | undefined]>([
    [{ algorithm: 'HS512', token: rawToken({ alg: 'HS256' }, {}) }, 'HS512'],
    [{ token: rawToken({ alg: 'HS256' }, {}), draft: { header: { alg: 'HS384' }, claims: {} } }, 'HS256'],
    [{ draft: { header: { alg: 'HS384' }, claims: {} } }, 'HS384'],
    [{ key: { kty: 'oct', alg: 'HS512' } }, 'HS512'],
    [{ key: { kty: 'oct' } }, undefined],
  ])('take the algorithm from the nearest place %#', async (subject, algorithm) => {
    const read = await facts({ ...subject, secret: 's' });
    expect([read.algorithm, read.secret!.algorithm]).toEqual([algorithm, algorithm]);
  });

  it('have no HMAC algorithm where it is another', async () => {
    const read = await facts({ secret: 's', algorithm: 'RS256' });
    expect([read.algorithm, read.secret!.algorithm]).toEqual(['RS256', undefined]);
  });

  it('gather keys from everywhere', async () => {
    const read = await facts({ key: 'a', jwks: { keys: [{}] }, verifier: [{ keys: 'b' }, {}] });
    expect(keysOf(read).map(({ path }) => path)).toEqual(['/key', '/jwks/keys/0', '/verifier/0/keys']);
  });
});
