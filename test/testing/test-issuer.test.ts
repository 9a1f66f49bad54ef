import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import {
  type Algorithm,
  createVerifier,
  decodeUnverified,
  exportJwk,
  JwtConfigError,
  key,
  supportedAlgorithms,
  thumbprint,
} from 'jwtight';
import { issuerKeys, type RemoteOptions, remoteJwks } from 'jwtight/jwks';
import { createTestIssuer, type TestIssuer } from 'jwtight/testing';
import { describe, expect, it, vi } from 'vitest';

type Options = Pick<RemoteOptions, 'algorithms' | 'fetch' | 'clock'>;

const NOW = 1_900_000_000;

const at = (options = {}): TestIssuer => createTestIssuer({ clock: () => NOW * 1000, ...options });

describe('createTestIssuer', () => {
  it('has names without being told', () => {
    const { issuer, audience, algorithm, jwksUri } = createTestIssuer();
    expect({ issuer, audience, algorithm, jwksUri }).toEqual({
      issuer: 'https://auth.example.com',
      audience: 'billing-api',
      algorithm: 'ES256',
      jwksUri: 'https://auth.example.com/jwks.json',
    });
  });

  it('costs nothing to import', async () => {
    const used = [
      vi.spyOn(crypto.subtle, 'generateKey'),
      vi.spyOn(crypto.subtle, 'importKey'),
      vi.spyOn(crypto, 'getRandomValues'),
    ];
    try {
      vi.resetModules();
      await import('jwtight/testing');
      for (const spy of used) expect(spy).not.toHaveBeenCalled();
    } finally {
      for (const spy of used) spy.mockRestore();
    }
  });

  it('makes no key before one is needed', async () => {
    const generate = vi.spyOn(crypto.subtle, 'generateKey');
    try {
      const issuer = createTestIssuer({ issuer: 'https://lazy.example' });
      createVerifier(issuer.policy);
      issuer.discovery();
      expect(generate).not.toHaveBeenCalled();
      await Promise.all([issuer.token(), issuer.token()]);
      await createTestIssuer({ issuer: 'https://lazy.example' }).jwks();
      expect(generate).toHaveBeenCalledTimes(1);
      await createTestIssuer({ issuer: 'https://lazy.example', algorithm: 'Ed25519' }).token();
      await createTestIssuer({ issuer: 'https://other.example' }).token();
      expect(generate).toHaveBeenCalledTimes(3);
    } finally {
      generate.mockRestore();
    }
  });

  it('has one key per process, algorithm and issuer', async () => {
    const ids = await Promise.all(
      [{}, {}, { audience: 'other-api' }, { issuer: 'https://b.example' }, { algorithm: 'EdDSA' as const }].map(
        async (options) => (await createTestIssuer(options).verificationKey()).id,
      ),
    );
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it.each<Record<string, unknown>>([
    { issuer: undefined },
    { issuer: '' },
    { issuer: 'auth.example.com' },
    { issuer: 'http://auth.example.com' },
    { issuer: 'https://auth.example.com/?a' },
    { issuer: 'https://auth.example.com/#a' },
    { issuer: ['https://auth.example.com'] },
    { issuer: 'blob:https://auth.example.com/a' },
    { audience: undefined },
    { audience: 'ab' },
    { audience: ['billing-api'] },
    { audience: ['a', 'b', 'c'] },
    { algorithm: 'none' },
    { algorithm: undefined },
    { clock: undefined },
    { clock: 0 },
    { Issuer: 'https://auth.example.com' },
  ])('refuses %o', (options) => {
    expect(() => createTestIssuer(options)).toThrow(JwtConfigError);
  });

  it('takes the shortest audience', () => {
    expect(createTestIssuer({ audience: 'abc' }).audience).toBe('abc');
  });

  it('cannot be changed', () => {
    const issuer = createTestIssuer();
    expect(Object.isFrozen(issuer) && Object.isFrozen(issuer.policy)).toBe(true);
  });
});

describe('a token', () => {
  it('is good for fifteen minutes', async () => {
    const issuer = at();
    const { header, claims } = decodeUnverified(await issuer.token());
    const kid = (await issuer.signingKey()).id;
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid });
    expect(claims).toEqual({
      iss: 'https://auth.example.com',
      sub: 'user-42',
      aud: 'billing-api',
      iat: NOW,
      exp: NOW + 900,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(kid).toBe(await thumbprint(await issuer.verificationKey()));
  });

  it('takes other claims, and leaves out what is undefined', async () => {
    const { claims } = decodeUnverified(await at().token({ sub: undefined, scope: ['read'], exp: 'never' }));
    expect(claims).toEqual({
      iss: 'https://auth.example.com',
      aud: 'billing-api',
      iat: NOW,
      exp: 'never',
      jti: expect.any(String),
      scope: ['read'],
    });
  });

  it('takes other header parameters and another life', async () => {
    const issuer = at();
    const { header, claims } = decodeUnverified(
      await issuer.token({}, { header: { typ: 'at+jwt', kid: undefined }, expiresIn: '2m' }),
    );
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt' });
    expect(claims.exp).toBe(NOW + 120);
  });

  it('gets an id of its own', async () => {
    const issuer = at();
    const [a, b] = [decodeUnverified(await issuer.token()), decodeUnverified(await issuer.token())];
    expect(a.claims.jti).not.toBe(b.claims.jti);
  });

  it.each([{ expiresin: 5 }, { expiresIn: 'soon' }, { header: undefined }, null])('refuses %o', async (options) => {
    await expect(at().token({}, options as never)).rejects.toBeInstanceOf(JwtConfigError);
  });

  it('expires by the clock', async () => {
    const issuer = at();
    const verify = createVerifier({ ...issuer.policy, clockTolerance: 0 });
    const token = await issuer.token();
    issuer.clock.advance(899);
    expect((await verify.safe(token)).ok).toBe(true);
    issuer.clock.advance(1);
    await expect(verify(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });
});

describe('fixtures', async () => {
  const supported = await supportedAlgorithms();
  const algorithms = (['ES256', 'ES384', 'RS256', 'PS256', 'HS256', 'Ed25519', 'ML-DSA-65'] as const).filter(
    (algorithm: Algorithm) => supported.includes(algorithm),
  );

  it.each(algorithms)('are answered as they say for %s', async (algorithm) => {
    const issuer = at({ algorithm });
    const verify = createVerifier(issuer.policy);
    const answers: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [name, { token, accepted, code, description }] of Object.entries(await issuer.fixtures())) {
      const result = await verify.safe(token);
      answers[name] = result.ok ? 'accepted' : result.error.code;
      expected[name] = accepted ? 'accepted' : code;
      expect(description).not.toBe('');
      expect(accepted).toBe(code === undefined);
    }
    expect(answers).toEqual(expected);
    expect(Object.keys(answers)).toHaveLength(22);
  });

  it('have each code that a token alone can cause, but for those of options', async () => {
    const codes = new Set(Object.values(await at().fixtures()).map(({ code }) => code));
    expect([...codes].filter(Boolean).sort()).toEqual([
      'ERR_JWT_ALGORITHM',
      'ERR_JWT_AUDIENCE',
      'ERR_JWT_CLAIM_INVALID',
      'ERR_JWT_CLAIM_MISSING',
      'ERR_JWT_CRITICAL',
      'ERR_JWT_EXPIRED',
      'ERR_JWT_ISSUER',
      'ERR_JWT_KEY_NOT_FOUND',
      'ERR_JWT_MALFORMED',
      'ERR_JWT_NOT_ACTIVE',
      'ERR_JWT_SIGNATURE',
      'ERR_JWT_TOO_LARGE',
      'ERR_JWT_TYPE',
    ]);
  });

  it('hold a claim named __proto__ that pollutes nothing', async () => {
    const issuer = at();
    const { prototypeClaim } = await issuer.fixtures();
    const { claims } = await createVerifier(issuer.policy)(prototypeClaim.token);
    expect(Object.hasOwn(claims, '__proto__')).toBe(true);
    expect((claims as { admin?: unknown }).admin).toBeUndefined();
  });

  it('count from now by the clock', async () => {
    const issuer = at();
    issuer.clock.advance('30d');
    const { valid } = await issuer.fixtures();
    expect(decodeUnverified(valid.token).claims.iat).toBe(NOW + 30 * 86_400);
  });
});

describe('keys', () => {
  it('can be exported', async () => {
    const issuer = createTestIssuer({ algorithm: 'RS256' });
    const jwk = await exportJwk(await issuer.signingKey());
    expect(jwk).toMatchObject({ kty: 'RSA', alg: 'RS256', d: expect.any(String) });
    expect(Buffer.from(jwk.n!, 'base64url')).toHaveLength(256);
    expect(await exportJwk(await createTestIssuer({ algorithm: 'HS256' }).verificationKey())).toMatchObject({
      kty: 'oct',
    });
  });

  it('are found as in any other source', async () => {
    const { keys, verificationKey } = at();
    const own = await verificationKey();
    expect(keys.algorithms).toEqual(['ES256']);
    expect(keys.trusts(own)).toBe(true);
    expect(await keys.find({ alg: 'ES256' })).toBe(own);
    expect(await keys.find({ alg: 'ES256', kid: own.id! })).toBe(own);
    expect(await keys.find({ alg: 'ES256', kid: 'other' })).toBeUndefined();
  });

  it('are published without their private half, secrets not at all', async () => {
    const issuer = createTestIssuer({ algorithm: 'Ed25519' });
    const { keys } = await issuer.jwks();
    expect(keys).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.any(String),
        alg: 'Ed25519',
        use: 'sig',
        kid: (await issuer.signingKey()).id,
      },
    ]);
    expect(await createTestIssuer({ algorithm: 'HS256' }).jwks()).toEqual({ keys: [] });
  });

  it.each([
    ['remoteJwks', (issuer: TestIssuer, options: Options) => remoteJwks(issuer.jwksUri, options)],
    ['issuerKeys', (issuer: TestIssuer, options: Options) => issuerKeys(issuer.issuer, options)],
  ])('are fetched by %s', async (_, source) => {
    const issuer = createTestIssuer({ algorithm: 'PS256', issuer: 'https://a.example/tenant' });
    const { fetch, clock } = issuer;
    const keys = source(issuer, { algorithms: ['PS256'], fetch, clock });
    const verify = createVerifier({ ...issuer.policy, keys });
    expect((await verify(await issuer.token())).claims.sub).toBe('user-42');
    const { wrongKey, unknownKey } = await issuer.fixtures();
    await expect(verify(wrongKey.token)).rejects.toMatchObject({ code: wrongKey.code });
    await expect(verify(unknownKey.token)).rejects.toMatchObject({ code: unknownKey.code });
  });

  it('are fetched by another library', async () => {
    const issuer = createTestIssuer({ algorithm: 'RS256' });
    const keys = createRemoteJWKSet(new URL(issuer.jwksUri), { [customFetch]: issuer.fetch as typeof fetch });
    const { payload } = await jwtVerify(await issuer.token(), keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
    });
    expect(payload.sub).toBe('user-42');
  });

  it('differ from keys of another making', async () => {
    const { publicKey } = await key('ES256').generate();
    const verify = createVerifier({ ...at().policy, keys: publicKey });
    await expect(verify(await at().token())).rejects.toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
  });
});

describe('fetch', () => {
  const read = async (issuer: TestIssuer, url: string | URL | Request) => {
    const response = await issuer.fetch(url);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it.each([
    ['https://auth.example.com', 'https://auth.example.com/.well-known/openid-configuration'],
    ['https://auth.example.com', 'https://auth.example.com/.well-known/oauth-authorization-server'],
    ['https://auth.example.com/', 'https://auth.example.com/.well-known/openid-configuration'],
    ['https://a.example/tenant', 'https://a.example/tenant/.well-known/openid-configuration'],
    ['https://a.example/tenant', 'https://a.example/.well-known/oauth-authorization-server/tenant'],
  ])('serves the metadata of %s at %s', async (name, url) => {
    const issuer = createTestIssuer({ issuer: name });
    const { status, type, text } = await read(issuer, url);
    expect([status, type]).toEqual([200, 'application/json']);
    expect(JSON.parse(text)).toEqual(issuer.discovery());
    expect(issuer.discovery()).toMatchObject({
      issuer: name,
      jwks_uri: issuer.jwksUri,
      id_token_signing_alg_values_supported: ['ES256'],
    });
  });

  it('serves the key set to texts, URLs and requests', async () => {
    const issuer = createTestIssuer({ issuer: 'https://a.example/tenant/' });
    expect(issuer.jwksUri).toBe('https://a.example/tenant/jwks.json');
    for (const url of [issuer.jwksUri, new URL(issuer.jwksUri), new Request(issuer.jwksUri)]) {
      const { status, type, text } = await read(issuer, url);
      expect([status, type]).toEqual([200, 'application/json']);
      expect(JSON.parse(text)).toEqual(await issuer.jwks());
    }
  });

  it.each([
    'https://auth.example.com/',
    'https://auth.example.com/keys',
    'https://other.example/jwks.json',
    'https://attacker.example/',
    'https://notattacker.example/jwks.json',
  ])('does not serve %s', async (url) => {
    expect(await read(createTestIssuer(), url)).toMatchObject({ status: 404, text: '' });
  });

  it("serves the attacker's pages", async () => {
    const issuer = createTestIssuer();
    const { keys } = JSON.parse((await read(issuer, 'https://auth.example.com.attacker.example/jwks.json')).text);
    expect(keys[0].kid).not.toBe((await issuer.verificationKey()).id);
    expect((await read(issuer, 'https://attacker.example/secret')).type).toBe('text/plain');
    expect((await read(issuer, 'https://attacker.example/certificate.pem')).text).toMatch(
      /^-----BEGIN CERTIFICATE-----\n/,
    );
    const secret = createTestIssuer({ algorithm: 'HS256' });
    expect((await read(secret, 'https://attacker.example/certificate.pem')).status).toBe(404);
    const metadata = JSON.parse((await read(issuer, 'https://attacker.example/.well-known/openid-configuration')).text);
    expect(metadata).toMatchObject({
      issuer: 'https://attacker.example',
      jwks_uri: 'https://attacker.example/jwks.json',
    });
  });
});
