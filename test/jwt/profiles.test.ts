import { describe, expect, it } from 'vitest';
import {
  accessToken,
  claims as build,
  clientAssertion,
  dpopProof,
  header,
  idToken,
  JwtConfigError,
  logoutToken,
  type Profile,
  sign,
  unchecked,
} from '../../src/index.js';
import { brokenRule, livesTooLong } from '../../src/jwt/profiles.js';
import { AUDIENCE, CLAIMS, caught, clock, clockAt, ISSUER, NOW, secretKey, token, verifier } from './support.js';

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

/** A token of each profile with nothing wrong, and no more than it needs. */
const GOOD = {
  'access token': { ...CLAIMS, jti: '1', client_id: 'web-shop' },
  'ID token': CLAIMS,
  'client assertion': { iss: ISSUER, sub: ISSUER, aud: AUDIENCE, exp: NOW + 60, jti: '1' },
  'logout token': {
    iss: ISSUER,
    aud: AUDIENCE,
    iat: NOW,
    exp: NOW + 120,
    jti: '1',
    sub: 'user-42',
    events: { [LOGOUT]: {} },
  },
  'DPoP proof': { jti: '1', htm: 'POST', htu: 'https://api.example.com/pay', iat: NOW },
} as const;

const PROFILES: readonly Profile[] = [accessToken, idToken, clientAssertion, logoutToken, dpopProof];
const TYPES: Record<string, string | undefined> = {
  'access token': 'at+jwt',
  'logout token': 'logout+jwt',
  'DPoP proof': 'dpop+jwt',
};
const good = (profile: Profile): Record<string, unknown> => GOOD[profile.name as keyof typeof GOOD];

function policyOf(profile: Profile): object {
  return profile === dpopProof ? { profile, issuer: unchecked, audience: unchecked } : { profile };
}

async function verified(
  profile: Profile,
  claims: object,
  options: object = {},
  typ: unknown = TYPES[profile.name],
): Promise<string> {
  const verify = verifier({ ...policyOf(profile), ...options });
  const result = await verify.safe(token(claims, { alg: 'HS256', ...(typ === undefined ? {} : { typ }) }));
  return result.ok ? 'accepted' : `${result.error.code.slice(8)} ${result.error.claim}`;
}

/** Signs with the profile's builder; the message of the mistake, or `accepted`. */
async function signed(profile: Profile, claims: object): Promise<string> {
  const builder = build(profile as typeof idToken).with(claims);
  // What the library sets by itself is taken away where the claims do not have it.
  const exact = 'iat' in claims ? builder : { ...builder, resolve: () => claims };
  const result = await caught(() => sign(exact as never, secretKey, { clock }));
  if (result === 'nothing was thrown') return 'accepted';
  expect(result).toBeInstanceOf(JwtConfigError);
  return (result as Error).message;
}

const without = (claims: object, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

it('name what their specifications require', () => {
  const facts = PROFILES.map(({ name, type, requiredClaims, expires, maxLifetime, maxTokenAge }) => ({
    name,
    type,
    requiredClaims: [...requiredClaims].sort(),
    expires,
    maxLifetime,
    maxTokenAge,
  }));
  expect(facts).toEqual([
    {
      name: 'access token',
      type: 'at+jwt',
      requiredClaims: ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sub'],
      expires: true,
      maxLifetime: 86_400,
    },
    { name: 'ID token', requiredClaims: ['aud', 'exp', 'iat', 'iss', 'sub'], expires: true, maxLifetime: 86_400 },
    { name: 'client assertion', requiredClaims: ['aud', 'exp', 'iss', 'jti', 'sub'], expires: true, maxLifetime: 600 },
    {
      name: 'logout token',
      type: 'logout+jwt',
      requiredClaims: ['aud', 'events', 'exp', 'iat', 'iss', 'jti'],
      expires: true,
      maxLifetime: 600,
    },
    {
      name: 'DPoP proof',
      type: 'dpop+jwt',
      requiredClaims: ['htm', 'htu', 'iat', 'jti'],
      expires: false,
      maxTokenAge: 60,
    },
  ]);
});

describe.each(PROFILES)('$name', (profile) => {
  const claims = good(profile);

  it('accepts a token that has what it needs, and signs it', async () => {
    expect(await verified(profile, claims)).toBe('accepted');
    expect(await signed(profile, claims)).toBe('accepted');
    expect(await verified(profile, { ...claims, other: { any: 1 } })).toBe('accepted');
  });

  it('signs what it verifies', async () => {
    const text = await sign(
      build(profile as typeof idToken).with(claims as { iss: string; sub: string; aud: string; exp: number }),
      secretKey,
      { clock },
    );
    const result = await verifier(policyOf(profile))(text);
    expect(result.claims).toEqual({ iat: NOW, ...claims });
    expect(result.header.typ).toBe(profile.type ?? 'JWT');
  });

  it.each([...profile.requiredClaims])('requires %s', async (name) => {
    expect(await verified(profile, without(claims, name))).toBe(`CLAIM_MISSING ${name}`);
    if (name !== 'iat')
      expect(await signed(profile, without(claims, name))).toContain(` ${name === 'exp' ? 'expiry' : name} `.trimEnd());
    const code = ['iss', 'sub', 'aud', 'exp', 'iat', 'jti'].includes(name) ? 'CLAIM_INVALID' : 'CLAIM_MISSING';
    expect(await verified(profile, { ...claims, [name]: null })).toBe(`${code} ${name}`);
  });

  it('wants its type', async () => {
    const type = TYPES[profile.name];
    const accepted = type ? [type, `application/${type}`, type.toUpperCase()] : [undefined, 'JWT', 'application/jwt'];
    for (const typ of accepted) expect(await verified(profile, claims, {}, typ)).toBe('accepted');
    const others = ['at+jwt', 'logout+jwt', 'dpop+jwt', 'JWT'].filter((typ) => typ !== (type ?? 'JWT'));
    for (const typ of others) expect(await verified(profile, claims, {}, typ)).toBe('TYPE undefined');
    // An empty header: `verified` fills in the type for undefined.
    const bare = await verifier(policyOf(profile)).safe(token(claims));
    expect(bare.ok).toBe(type === undefined);
  });

  it('may say its type once more, in the same words', async () => {
    expect(verifier({ ...policyOf(profile), type: `APPLICATION/${profile.type ?? 'jwt'}` }).policy.type).toBe(
      `APPLICATION/${profile.type ?? 'jwt'}`,
    );
    expect(() => verifier({ ...policyOf(profile), type: 'x+jwt' })).toThrow(JwtConfigError);
    const builder = build(profile as typeof idToken).with(
      claims as { iss: string; sub: string; aud: string; exp: number },
    );
    expect(await caught(() => sign(builder, secretKey, { clock, header: header().type('x+jwt') }))).toBeInstanceOf(
      JwtConfigError,
    );
  });
});

describe('longest lives', () => {
  it.each(PROFILES.filter(({ maxLifetime }) => maxLifetime))('$name', async (profile) => {
    const life = profile.maxLifetime!;
    const claims = good(profile);
    for (const iat of [NOW, NOW - 500, NOW + 30]) {
      expect(await verified(profile, { ...claims, iat, exp: iat + life })).toBe('accepted');
      expect(await verified(profile, { ...claims, iat, exp: iat + life + 1 })).toBe('CLAIM_INVALID exp');
      expect(await signed(profile, { ...claims, iat, exp: iat + life })).toBe('accepted');
      expect(await signed(profile, { ...claims, iat, exp: iat + life + 1 })).toContain(`${life} seconds`);
    }
  });

  it('without iat they count from now', async () => {
    const claims = good(clientAssertion);
    expect(await verified(clientAssertion, { ...claims, exp: NOW + 600 })).toBe('accepted');
    // Two clocks may be apart by the tolerance: only what lies beyond it is too long.
    expect(await verified(clientAssertion, { ...claims, exp: NOW + 661 })).toBe('CLAIM_INVALID exp');
    expect(await signed(clientAssertion, { ...claims, exp: NOW + 601 })).toContain('600 seconds');
    expect(await signed(clientAssertion, { ...claims, exp: NOW + 600 })).toBe('accepted');
  });

  it('livesTooLong', () => {
    expect(livesTooLong(accessToken, { iat: 0, exp: 86_400 }, 5)).toBe(false);
    expect(livesTooLong(accessToken, { iat: 0, exp: 86_400.5 }, 5)).toBe(true);
    expect(livesTooLong(accessToken, { exp: 86_405 }, 5)).toBe(false);
    expect(livesTooLong(accessToken, { exp: 86_406 }, 5)).toBe(true);
    expect(livesTooLong(accessToken, {}, 5)).toBe(false);
    expect(livesTooLong(dpopProof, { iat: 0, exp: 8e12 }, 5)).toBe(false);
  });

  it('a profile without one sets no limit', async () => {
    expect(await verified(dpopProof, { ...good(dpopProof), exp: NOW + 1e9 })).toBe('accepted');
  });
});

describe('rules', () => {
  type Case = [Profile, string, object, string | undefined];
  const texts = (profile: Profile, claim: string): Case[] => [
    ...['', 5, null, ['a'], {}, true].map(
      (value): Case => [profile, `${claim} ${JSON.stringify(value)}`, { [claim]: value }, claim],
    ),
    [profile, `${claim} text`, { [claim]: 'GET' }, undefined],
  ];
  const cases: Case[] = [
    ...texts(accessToken, 'scope'),
    ...texts(accessToken, 'client_id').filter(([, name]) => !name.endsWith('null')),
    ...texts(idToken, 'nonce'),
    ...texts(dpopProof, 'htm').filter(([, name]) => !name.endsWith('null')),
    ...texts(dpopProof, 'htu').filter(([, name]) => !name.endsWith('null')),
    ...texts(dpopProof, 'ath'),
    ...texts(dpopProof, 'nonce'),
    [idToken, 'azp is us', { azp: AUDIENCE }, undefined],
    [idToken, 'azp is us, of several', { aud: ['a', AUDIENCE], azp: AUDIENCE }, undefined],
    [idToken, 'no azp, several audiences', { aud: ['a', AUDIENCE] }, 'azp'],
    [idToken, 'no azp, one audience in a list', { aud: [AUDIENCE] }, undefined],
    [idToken, 'azp not text', { azp: 5 }, 'azp'],
    [idToken, 'azp null', { azp: null }, 'azp'],
    [idToken, 'azp empty', { azp: '' }, 'azp'],
    [idToken, 'azp a list', { azp: [AUDIENCE] }, 'azp'],
    [clientAssertion, 'sub is another than iss', { sub: 'other' }, 'sub'],
    [logoutToken, 'events not an object', { events: 'logout' }, 'events'],
    [logoutToken, 'events a list', { events: [LOGOUT] }, 'events'],
    [logoutToken, 'events without ours', { events: { other: {} } }, 'events'],
    [logoutToken, 'event not an object', { events: { [LOGOUT]: true } }, 'events'],
    [logoutToken, 'event null', { events: { [LOGOUT]: null } }, 'events'],
    [logoutToken, 'event a list', { events: { [LOGOUT]: [] } }, 'events'],
    [logoutToken, 'event with content, and others', { events: { [LOGOUT]: { a: 1 }, b: {} } }, undefined],
    [logoutToken, 'event inherited', { events: JSON.parse(`{"__proto__":{"${LOGOUT}":{}}}`) }, 'events'],
    [logoutToken, 'sid beside sub', { sid: 's' }, undefined],
    [logoutToken, 'sid not text', { sid: 5 }, 'sid'],
    [logoutToken, 'sid empty', { sid: '' }, 'sid'],
    [logoutToken, 'sid null', { sid: null }, 'sid'],
    [logoutToken, 'nonce', { nonce: 'n' }, 'nonce'],
    [logoutToken, 'nonce null', { nonce: null }, 'nonce'],
  ];
  it.each(
    cases.map(([profile, name, change, broken]) => ({ title: `${profile.name}: ${name}`, profile, change, broken })),
  )('$title', async ({ profile, change, broken }) => {
    const claims = { ...good(profile), ...change };
    expect(await verified(profile, claims)).toBe(broken ? `CLAIM_INVALID ${broken}` : 'accepted');
    const mistake = await signed(profile, claims);
    expect(broken ? mistake.startsWith(`${broken} must be `) : mistake === 'accepted').toBe(true);
  });

  it('logout token: sid or sub', async () => {
    const claims = without(good(logoutToken), 'sub');
    expect(await verified(logoutToken, { ...claims, sid: 's' })).toBe('accepted');
    expect(await verified(logoutToken, claims)).toBe('CLAIM_INVALID sid');
    expect(await signed(logoutToken, { ...claims, sid: 's' })).toBe('accepted');
    expect(await signed(logoutToken, claims)).toMatch(/^sid must be /);
  });

  it('ID token: azp must be one of the names of the verifier, where they are checked', async () => {
    const claims = { ...CLAIMS, aud: ['other', AUDIENCE], azp: 'other' };
    expect(await verified(idToken, claims)).toBe('CLAIM_INVALID azp');
    expect(await verified(idToken, claims, { audience: [AUDIENCE, 'other'] })).toBe('accepted');
    expect(await verified(idToken, claims, { audience: unchecked })).toBe('accepted');
    // Whoever signs knows nothing of the verifiers.
    expect(await signed(idToken, claims)).toBe('accepted');
  });

  it('brokenRule names the first that is broken', () => {
    const rule = (claim: string, accepts: boolean) => ({ claim, expected: 'x', accepts: () => accepts });
    const profile: Profile = {
      name: 'x',
      requiredClaims: [],
      expires: true,
      rules: [rule('a', true), rule('b', false), rule('c', false)],
    };
    expect(brokenRule(profile, {})?.claim).toBe('b');
    expect(brokenRule({ ...profile, rules: [] }, {})).toBeUndefined();
  });
});

describe('a DPoP proof', () => {
  const claims = good(dpopProof);
  const policy = policyOf(dpopProof);
  it('is good for a minute from iat, and the tolerance', async () => {
    const at = (seconds: number, more: object = {}) =>
      verified(dpopProof, claims, { ...more, clock: clockAt(seconds) });
    expect(await at(NOW + 120)).toBe('accepted');
    expect(await at(NOW + 121)).toBe('TOO_OLD iat');
    expect(await at(NOW + 60, { clockTolerance: 0 })).toBe('accepted');
    expect(await at(NOW + 61, { clockTolerance: 0 })).toBe('TOO_OLD iat');
    expect(await at(NOW + 61, { clockTolerance: 0, maxTokenAge: '5m' })).toBe('accepted');
    expect(await at(NOW - 61)).toBe('NOT_ACTIVE iat');
    expect(verifier(policy).policy).toMatchObject({ maxTokenAge: 60, requireExpiry: unchecked });
    expect(verifier({ ...policy, maxTokenAge: 5 }).policy.maxTokenAge).toBe(5);
  });
  it('may have an exp, which then counts', async () => {
    expect(await verified(dpopProof, { ...claims, exp: NOW - 60 })).toBe('EXPIRED exp');
  });
});

it('requireExpiry unchecked does not take away what a profile requires', async () => {
  const lax = { requireExpiry: unchecked };
  expect(await verified(accessToken, without(good(accessToken), 'exp'), lax)).toBe('CLAIM_MISSING exp');
});
