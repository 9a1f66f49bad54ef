import {
  accessToken,
  type Clock,
  createVerifier,
  type DecodedJwt,
  decodeUnverified,
  dpopProof,
  type JwsHeader,
  type JwtClaims,
  type JwtConfigError,
  JwtError,
  type JwtErrorCode,
  type KeySource,
  type PrivateKey,
  type Profile,
  type PublicKey,
  type ResolvedPolicy,
  type RevocationStore,
  type SecretKey,
  type StandardSchema,
  type Unchecked,
  unchecked,
  type VerificationKey,
  type Verifier,
  type VerifierPolicy,
} from 'jwtight';
import { type VerifiedJws, verifyCompact } from 'jwtight/jws';
import * as v from 'valibot';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';

declare const keys: PublicKey<'ES256'>;
declare const secret: SecretKey<'HS256'>;
declare const privateKey: PrivateKey<'ES256'>;
declare const source: KeySource;
declare const revocation: RevocationStore;
declare const cryptoKey: CryptoKey;
declare const maybe: string | undefined;

const issuer = 'https://auth.example.com';
const audience = 'billing-api';
const base = { keys, issuer, audience } as const;

describe('createVerifier', () => {
  it('accepts a whole policy', () => {
    createVerifier({ keys, issuer, audience });
    createVerifier({
      keys,
      issuer,
      audience: ['a', 'b'],
      type: 'at+jwt',
      profile: accessToken,
      clockTolerance: '30s',
      maxTokenAge: 3600,
      requiredClaims: ['role'],
      subject: 'user-42',
      claims: z.object({ role: z.string() }),
      revocation,
      maxTokenLength: 4096,
      cache: { maxEntries: 1000 },
      clock: Date.now,
      requireExpiry: unchecked,
    });
  });

  it('accepts every kind of verification key', () => {
    createVerifier({ keys: secret, issuer, audience });
    createVerifier({ keys: [keys, secret], issuer, audience });
    createVerifier({ keys: [keys] as readonly VerificationKey[], issuer, audience });
    createVerifier({ keys: source, issuer, audience });
  });

  it('accepts a policy whose parts come from elsewhere', () => {
    const names: readonly string[] = ['a'];
    createVerifier({ keys, issuer: issuer as string, audience: names });
    createVerifier({} as VerifierPolicy);
  });

  it('refuses a policy without issuer, audience or keys', () => {
    // @ts-expect-error
    createVerifier({ keys, issuer });
    // @ts-expect-error
    createVerifier({ keys, audience });
    // @ts-expect-error
    createVerifier({ issuer, audience });
    // @ts-expect-error
    createVerifier({ keys });
    // @ts-expect-error
    createVerifier({});
    // @ts-expect-error
    createVerifier();
  });

  it('refuses an issuer or audience that may be undefined', () => {
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: undefined });
    // @ts-expect-error
    createVerifier({ keys, issuer: undefined, audience });
    // @ts-expect-error
    createVerifier({ keys, issuer: maybe, audience });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: maybe });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: [maybe] });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: null });
    // @ts-expect-error
    createVerifier({ keys: undefined, issuer, audience });
  });

  it('refuses patterns and lists of issuers', () => {
    // @ts-expect-error
    createVerifier({ keys, issuer: /auth/, audience });
    // @ts-expect-error
    createVerifier({ keys, issuer: ['a', 'b'], audience });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: /billing/ });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience: () => true });
  });

  it('switches checks off by the symbol only', () => {
    createVerifier({ keys, issuer: unchecked, audience: unchecked, requireExpiry: unchecked });
    expectTypeOf<string>().not.toExtend<Unchecked>();
    expectTypeOf<symbol>().not.toExtend<Unchecked>();
    // @ts-expect-error
    createVerifier({ keys, issuer: false, audience });
    // @ts-expect-error
    createVerifier({ keys, issuer: Symbol('jwtight.unchecked'), audience });
    // @ts-expect-error
    createVerifier({ ...base, requireExpiry: true });
    // @ts-expect-error
    createVerifier({ ...base, requireExpiry: false });
    // @ts-expect-error
    createVerifier({ ...base, requireExpiry: 'unchecked' });
    // @ts-expect-error
    createVerifier({ ...base, requireExpiry: undefined });
    // @ts-expect-error
    createVerifier({ ...base, clockTolerance: unchecked });
  });

  it('refuses unknown options', () => {
    // @ts-expect-error
    createVerifier({ keys, issuer, audience, algorithms: ['ES256'] });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience, ignoreExpiration: true });
    // @ts-expect-error
    createVerifier({ keys, issuer, audience, requiredClaim: ['role'] });
    // @ts-expect-error
    createVerifier({ key: keys, issuer, audience });
  });

  it('refuses keys that do not verify', () => {
    // @ts-expect-error
    createVerifier({ keys: privateKey, issuer, audience });
    // @ts-expect-error
    createVerifier({ keys: [keys, privateKey], issuer, audience });
    // @ts-expect-error
    createVerifier({ keys: cryptoKey, issuer, audience });
    // @ts-expect-error
    createVerifier({ keys: 'secret', issuer, audience });
    // @ts-expect-error
    createVerifier({ keys: new Uint8Array(32), issuer, audience });
    // @ts-expect-error
    createVerifier({ keys: { find: source.find }, issuer, audience });
  });

  it('refuses options of the wrong type', () => {
    // @ts-expect-error
    createVerifier({ ...base, clockTolerance: '60' });
    // @ts-expect-error
    createVerifier({ ...base, clockTolerance: undefined });
    // @ts-expect-error
    createVerifier({ ...base, maxTokenAge: '1 hour' });
    // @ts-expect-error
    createVerifier({ ...base, type: undefined });
    // @ts-expect-error
    createVerifier({ ...base, profile: 'access token' });
    // @ts-expect-error
    createVerifier({ ...base, profile: undefined });
    // @ts-expect-error
    createVerifier({ ...base, requiredClaims: 'role' });
    // @ts-expect-error
    createVerifier({ ...base, requiredClaims: [1] });
    // @ts-expect-error
    createVerifier({ ...base, subject: maybe });
    // @ts-expect-error
    createVerifier({ ...base, claims: (claims: unknown) => claims });
    // @ts-expect-error
    createVerifier({ ...base, revocation: { isRevoked: () => false } });
    // @ts-expect-error
    createVerifier({ ...base, maxTokenLength: '16384' });
    // @ts-expect-error
    createVerifier({ ...base, cache: true });
    // @ts-expect-error
    createVerifier({ ...base, cache: {} });
    // @ts-expect-error
    createVerifier({ ...base, cache: { maxEntries: 10, ttl: 60 } });
    // @ts-expect-error
    createVerifier({ ...base, clock: 0 });
    // @ts-expect-error
    createVerifier({ ...base, clock: () => new Date() });
  });
});

describe('a verifier', () => {
  const verify = createVerifier({ keys, issuer, audience });

  it('takes a token and tells what it says', () => {
    expectTypeOf(verify).parameters.toEqualTypeOf<[token: string]>();
    expectTypeOf(verify('')).resolves.toHaveProperty('header').toEqualTypeOf<JwsHeader>();
    expectTypeOf(verify('')).resolves.toHaveProperty('key').toEqualTypeOf<VerificationKey>();
    // @ts-expect-error
    verify(maybe);
    // @ts-expect-error
    verify({ token: '' });
  });

  it('shows its policy', () => {
    expectTypeOf(verify.policy).toEqualTypeOf<ResolvedPolicy>();
    expectTypeOf(verify.policy.clock).toEqualTypeOf<Clock>();
    expectTypeOf(verify.policy.issuer).toEqualTypeOf<string | Unchecked>();
    // @ts-expect-error
    verify.policy.audience = unchecked;
    // @ts-expect-error
    verify.policy.requiredClaims.pop();
  });

  it('returns errors from safe', async () => {
    const result = await verify.safe('');
    if (result.ok) {
      expectTypeOf(result.claims.iss).toEqualTypeOf<string>();
      expectTypeOf(result).not.toHaveProperty('error');
    } else {
      expectTypeOf(result.error).toEqualTypeOf<JwtError>();
      expectTypeOf(result.error.code).toEqualTypeOf<JwtErrorCode>();
      expectTypeOf(result).not.toHaveProperty('claims');
    }
    // @ts-expect-error
    result.claims;
  });

  it('can be handed on as a Verifier, whatever its claims', () => {
    expectTypeOf(verify).toExtend<Verifier>();
    expectTypeOf(createVerifier({ ...base, profile: accessToken })).toExtend<Verifier>();
    expectTypeOf(createVerifier({ ...base, claims: z.object({ role: z.string() }) })).toExtend<Verifier>();
    expectTypeOf(createVerifier({ ...base, claims: z.object({ role: z.string() }) })).toExtend<
      Verifier<{ role: string }>
    >();
    expectTypeOf(createVerifier({ ...base, requireExpiry: unchecked })).not.toExtend<Verifier<{ exp: number }>>();
  });

  it('gives claims that cannot be changed', async () => {
    const { claims } = await verify('');
    // @ts-expect-error
    claims.sub = 'other';
    // @ts-expect-error
    claims.iss = 'other';
    // @ts-expect-error
    claims.role = 'admin';
  });
});

describe('the claims of a verified token', () => {
  it('are there as far as the policy requires them', async () => {
    const { claims } = await createVerifier({ keys, issuer, audience })('');
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[]>();
    expectTypeOf(claims.exp).toEqualTypeOf<number>();
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.jti).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.iat).toEqualTypeOf<number | undefined>();
    expectTypeOf(claims.role).toEqualTypeOf<unknown>();
    expectTypeOf(claims).toExtend<JwtClaims>();
  });

  it('are optional under unchecked', async () => {
    const verify = createVerifier({ keys, issuer: unchecked, audience: unchecked, requireExpiry: unchecked });
    const { claims } = await verify('');
    expectTypeOf(claims.iss).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[] | undefined>();
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>();
  });

  it('are optional where the policy may be unchecked', async () => {
    const { claims } = await createVerifier({} as VerifierPolicy)('');
    expectTypeOf(claims.iss).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>();
  });

  it('are there when requiredClaims names them', async () => {
    const { claims } = await createVerifier({ ...base, requiredClaims: ['role', 'sub', 'iat'] })('');
    expectTypeOf(claims).toHaveProperty('role').toEqualTypeOf<unknown>();
    expectTypeOf<'role'>().toExtend<keyof typeof claims>();
    expectTypeOf(claims.sub).toEqualTypeOf<string>();
    expectTypeOf(claims.iat).toEqualTypeOf<number>();
  });

  it('say nothing of required claims whose names are not known', async () => {
    const { claims } = await createVerifier({ ...base, requiredClaims: [''] as string[] })('');
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
  });

  it('are those of the profile', async () => {
    const { claims: access } = await createVerifier({ ...base, profile: accessToken })('');
    expectTypeOf(access.client_id).toEqualTypeOf<string>();
    expectTypeOf(access.jti).toEqualTypeOf<string>();
    expectTypeOf(access.sub).toEqualTypeOf<string>();
    expectTypeOf(access.exp).toEqualTypeOf<number>();

    const proof = createVerifier({ keys, issuer: unchecked, audience: unchecked, profile: dpopProof });
    const { claims: dpop } = await proof('');
    expectTypeOf(dpop.htm).toEqualTypeOf<string>();
    expectTypeOf(dpop.iat).toEqualTypeOf<number>();
    expectTypeOf(dpop.exp).toEqualTypeOf<number | undefined>();
    expectTypeOf(dpop.iss).toEqualTypeOf<string | undefined>();
  });

  it("are those of a profile of one's own", async () => {
    const mine: Profile<'exp' | 'tenant'> = {
      name: 'mine',
      requiredClaims: ['exp', 'tenant'],
      expires: true,
      rules: [],
    };
    const { claims } = await createVerifier({ keys, issuer: unchecked, audience: unchecked, profile: mine })('');
    expectTypeOf<'tenant'>().toExtend<keyof typeof claims>();
    expectTypeOf(claims.exp).toEqualTypeOf<number>();
    expectTypeOf(claims.iss).toEqualTypeOf<string | undefined>();
  });

  it('may come without exp under requireExpiry: unchecked', async () => {
    const { claims } = await createVerifier({ ...base, requireExpiry: unchecked })('');
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>();
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
  });
});

describe('the claims of a schema', () => {
  it('are what zod makes of them', async () => {
    const schema = z.object({
      role: z.enum(['admin', 'user']),
      tenant: z.string().transform(Number),
      note: z.string().optional(),
    });
    const { claims } = await createVerifier({ ...base, claims: schema })('');
    expectTypeOf(claims.role).toEqualTypeOf<'admin' | 'user'>();
    expectTypeOf(claims.tenant).toEqualTypeOf<number>();
    expectTypeOf(claims.note).toEqualTypeOf<string | undefined>();
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
    expectTypeOf(claims.exp).toEqualTypeOf<number>();
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>();
    // @ts-expect-error
    claims.rôle;
    // @ts-expect-error
    claims.role = 'user';
  });

  it('are what valibot makes of them', async () => {
    const schema = v.object({
      role: v.picklist(['admin', 'user']),
      since: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    });
    const { claims } = await createVerifier({ ...base, claims: schema })('');
    expectTypeOf(claims.role).toEqualTypeOf<'admin' | 'user'>();
    expectTypeOf(claims.since).toEqualTypeOf<Date>();
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[]>();
    // @ts-expect-error
    claims.other;
  });

  it('are those of a schema written by hand', async () => {
    const schema = {} as StandardSchema<{ role: string }>;
    const { claims } = await createVerifier({ ...base, claims: schema })('');
    expectTypeOf(claims.role).toEqualTypeOf<string>();
  });

  it('give registered claims the type of the schema', async () => {
    const schema = z.object({ exp: z.number().transform((exp) => new Date(exp * 1000)), sub: z.literal('user-42') });
    const { claims } = await createVerifier({ ...base, claims: schema })('');
    expectTypeOf(claims.exp).toEqualTypeOf<Date>();
    expectTypeOf(claims.sub).toEqualTypeOf<'user-42'>();
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
  });

  it('go with a profile and required claims', async () => {
    const verify = createVerifier({
      ...base,
      profile: accessToken,
      requiredClaims: ['scope'],
      claims: z.object({ role: z.string() }),
    });
    const { claims } = await verify('');
    expectTypeOf(claims.role).toEqualTypeOf<string>();
    expectTypeOf(claims.client_id).toEqualTypeOf<string>();
    expectTypeOf(claims.scope).toEqualTypeOf<unknown>();
    const result = await verify.safe('');
    if (result.ok) expectTypeOf(result.claims.role).toEqualTypeOf<string>();
  });

  it('stay open for a schema that lets all through', async () => {
    const { claims } = await createVerifier({ ...base, claims: z.looseObject({ role: z.string() }) })('');
    expectTypeOf(claims.role).toEqualTypeOf<string>();
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
    expectTypeOf(claims.whatever).toEqualTypeOf<unknown>();
  });
});

describe('a list of policies', () => {
  it('gives a union that the issuer tells apart', async () => {
    const verify = createVerifier([
      { keys, issuer: 'https://a.example', audience, claims: z.object({ role: z.string() }) },
      { keys: secret, issuer: 'https://b.example', audience, requiredClaims: ['sub'], requireExpiry: unchecked },
    ]);
    const { claims } = await verify('');
    expectTypeOf(claims.iss).toEqualTypeOf<string>();
    expectTypeOf(claims.aud).toEqualTypeOf<string | readonly string[]>();
    expectTypeOf(claims.exp).toEqualTypeOf<number | undefined>();
    expectTypeOf(claims.sub).toEqualTypeOf<string | undefined>();
    expectTypeOf(verify.policy).toEqualTypeOf<readonly ResolvedPolicy[]>();
  });

  it('accepts a list from elsewhere', async () => {
    const { claims } = await createVerifier([] as readonly VerifierPolicy[])('');
    expectTypeOf(claims.iss).toEqualTypeOf<string | undefined>();
  });

  it('holds each policy to the same rules', () => {
    // @ts-expect-error
    createVerifier([{ keys, issuer }]);
    // @ts-expect-error
    createVerifier([
      { keys, issuer, audience },
      { keys, audience },
    ]);
    // @ts-expect-error
    createVerifier([{ keys, issuer, audience: undefined }]);
    // @ts-expect-error
    createVerifier([{ keys: privateKey, issuer, audience }]);
    // @ts-expect-error
    createVerifier([{ keys, issuer, audience, requireExpiry: false }]);
    // @ts-expect-error
    createVerifier([{ keys, issuer, audience, clockTolerance: '60' }]);
    // @ts-expect-error
    createVerifier([{ keys, issuer, audience, algorithms: ['ES256'] }]);
  });
});

describe('verifyCompact', () => {
  it('takes verification keys only', () => {
    expectTypeOf(verifyCompact('', keys)).resolves.toEqualTypeOf<VerifiedJws>();
    expectTypeOf<VerifiedJws['payload']>().toExtend<Uint8Array>();
    verifyCompact('', [keys, secret], { maxTokenLength: 100 });
    verifyCompact('', source);
    // @ts-expect-error
    verifyCompact('', privateKey);
    // @ts-expect-error
    verifyCompact('', [privateKey]);
    // @ts-expect-error
    verifyCompact('', cryptoKey);
    // @ts-expect-error
    verifyCompact('', 'secret');
    // @ts-expect-error
    verifyCompact('');
    // @ts-expect-error
    verifyCompact(maybe, keys);
    // @ts-expect-error
    verifyCompact('', keys, { maxTokenLength: undefined });
    // @ts-expect-error
    verifyCompact('', keys, { algorithms: ['ES256'] });
  });
});

describe('decodeUnverified', () => {
  it('promises nothing about claims', () => {
    expectTypeOf(decodeUnverified('')).toEqualTypeOf<DecodedJwt>();
    expectTypeOf(decodeUnverified('').claims.exp).toEqualTypeOf<unknown>();
    expectTypeOf(decodeUnverified('').header.alg).toEqualTypeOf<string>();
    // @ts-expect-error
    decodeUnverified(maybe);
  });
});

describe('the errors', () => {
  it('tell a token from a mistake', () => {
    expectTypeOf<JwtConfigError['code']>().toEqualTypeOf<'ERR_JWT_CONFIG'>();
    expectTypeOf<'ERR_JWT_CONFIG'>().not.toExtend<JwtErrorCode>();
    expectTypeOf<JwtError['claim']>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error
    new JwtError('ERR_JWT_OTHER', '');
    // @ts-expect-error
    new JwtError('ERR_JWT_CONFIG', '');
  });
});
