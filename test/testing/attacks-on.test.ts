// The catalogue on tokens of one's own.
import {
  type Algorithm,
  accessToken,
  claims,
  clientAssertion,
  createVerifier,
  header,
  idToken,
  JwtConfigError,
  JwtError,
  key,
  logoutToken,
  type Profile,
  sign,
} from 'jwtight';
import { type AttackedKeys, attacksOn } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';

const ISSUER = 'https://auth.example.com';
const NOW = 1_800_000_000;
const clock = () => NOW * 1000;

const keysFor = (algorithm: Algorithm) => key(algorithm).id().extractable().generate() as Promise<AttackedKeys>;
const signingOf = (keys: AttackedKeys) => ('privateKey' in keys ? keys.privateKey : keys);
const verificationOf = (keys: AttackedKeys) => ('privateKey' in keys ? keys.publicKey : keys);

/** What a verifier of the token says to each attack that it does not refuse with a JwtError of the right code. */
async function surprises(
  keys: AttackedKeys,
  token: string,
  policy: { issuer?: string; audience?: string; profile?: Profile },
): Promise<{ id: string; code: string; answer: string }[]> {
  const verify = createVerifier({
    keys: verificationOf(keys),
    issuer: ISSUER,
    audience: 'billing-api',
    clock,
    ...policy,
  } as unknown as { keys: never; issuer: string; audience: string });
  expect((await verify.safe(token)).ok).toBe(true);
  const attacks = await attacksOn(token, keys, { clock });
  expect(attacks.length).toBeGreaterThanOrEqual(260);
  const answers = await Promise.all(
    attacks.map(async ({ id, code, token: attack }) => {
      const answer = await verify(attack).then(
        () => 'accepted',
        (error) => (error instanceof JwtError ? error.code : `foreign: ${error}`),
      );
      return answer === code ? [] : [{ id, code, answer }];
    }),
  );
  return answers.flat();
}

const usual = claims().issuer(ISSUER).audience('billing-api').subject('user-42').id().expiresIn('5m');

describe('attacksOn', () => {
  it.each<Algorithm>(['ES256', 'RS256', 'HS384', 'Ed25519'])(
    'makes attacks on %s that fail as they say',
    async (alg) => {
      const keys = await keysFor(alg);
      expect(await surprises(keys, await sign(usual, signingOf(keys), { clock }), {})).toEqual([]);
    },
  );

  it('keeps the claims and the header of the token', async () => {
    const keys = await keysFor('ES256');
    const mine = usual.set('tenant', 'blue');
    const token = await sign(mine, signingOf(keys), { clock, header: header().set('x-zone', 'eu') });
    const attacks = await attacksOn(token, keys, { clock });
    const forged = attacks.find(({ id }) => id === 'alg-none')!.token.split('.');
    const read = (segment: string) => JSON.parse(Buffer.from(segment, 'base64url').toString()) as object;
    expect(read(forged[0]!)).toMatchObject({ alg: 'none', 'x-zone': 'eu' });
    expect(read(forged[1]!)).toMatchObject({ tenant: 'blue', sub: 'administrator', admin: true });
    expect(attacks.find(({ id }) => id === 'cache-by-content')!.before).toEqual([token]);
  });

  it.each([
    ['an access token', usual.set('client_id', 'web-shop'), accessToken, {}],
    ['an ID token', usual.set('nonce', 'n-0S6'), idToken, {}],
    ['a client assertion', usual.issuer('web-shop').subject('web-shop'), clientAssertion, { issuer: 'web-shop' }],
    [
      'a logout token',
      usual.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} }),
      logoutToken,
      {},
    ],
  ] as const)('makes attacks on %s that its verifier refuses', async (_, builder, profile, policy) => {
    const keys = await keysFor('ES256');
    const mine = claims(profile).with(builder.resolve(NOW));
    const token = await sign(mine as never, signingOf(keys), { clock });
    const found = await surprises(keys, token, { ...policy, profile });
    // A profile asks for more, and may answer with another code; it lets nothing in.
    expect(found.filter(({ answer }) => !answer.startsWith('ERR_JWT_'))).toEqual([]);
  });

  it.each([
    ['the names that attacks use themselves', usual.subject('administrator').audience('other-api'), 'other-api'],
    ['a list of audiences', usual.audience(['billing-api', 'third-api']), 'billing-api'],
    [
      'claims with the members that attacks add',
      usual.set('note', 'x').set('scope', 'a').set('admin', true),
      undefined,
    ],
    ['values that attacks look for', usual.subject('user-43').set('email', 'a@example.com').set('at', '@'), undefined],
  ] as const)('holds for %s', async (_, builder, audience) => {
    const keys = await keysFor('ES256');
    const token = await sign(builder, signingOf(keys), { clock, header: header().contentType('JWT') });
    expect(await surprises(keys, token, audience ? { audience } : {})).toEqual([]);
  });

  it('refuses what it cannot attack', async () => {
    const keys = await keysFor('ES256');
    const token = await sign(usual, signingOf(keys), { clock });
    const refused = async (attempt: Promise<unknown>) =>
      expect(await attempt.catch((error) => error)).toBeInstanceOf(JwtConfigError);
    await refused(attacksOn(token, await keysFor('ES256')));
    await refused(attacksOn(token, await keysFor('RS256')));
    await refused(attacksOn(token, { ...(await keysFor('ES256')), privateKey: signingOf(keys) } as AttackedKeys));
    const closed = await key('ES256').id().generate();
    await refused(attacksOn(await sign(usual, closed.privateKey, { clock }), closed));
    const unnamed = await key('ES256').extractable().generate();
    await refused(attacksOn(await sign(usual, unnamed.privateKey, { clock }), unnamed));
    for (const name of ['iss', 'sub', 'aud', 'exp']) {
      const { [name]: _, ...rest } = usual.resolve(NOW) as Record<string, unknown>;
      const builder = name === 'exp' ? claims().neverExpires().with(rest) : claims().with({ exp: NOW + 60, ...rest });
      await refused(attacksOn(await sign(builder as never, signingOf(keys), { clock }), keys));
    }
    await refused(attacksOn(await sign(usual.audience('ab'), signingOf(keys), { clock }), keys));
    await refused(attacksOn(await sign(usual.audience(['ab', 'billing-api']), signingOf(keys), { clock }), keys));
    await refused(attacksOn(await sign(usual.issuer('abcd'), signingOf(keys), { clock }), keys));
    await refused(attacksOn(token, keys, { clock: undefined } as never));
    await refused(attacksOn(token, keys, { when: clock } as never));
  });

  it('answers a text that is no token with a JwtError', async () => {
    await expect(attacksOn('not a token', await keysFor('ES256'))).rejects.toBeInstanceOf(JwtError);
  });
});
