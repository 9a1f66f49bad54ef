import { claims, createVerifier, dpopProof, key, sign, unchecked } from 'jwtight';
import { memoryRevocations } from 'jwtight/revocation';
import { describe, expect, it } from 'vitest';
import { expectConfigError, expectJwtError } from '../support/errors.js';
import { describeStore, ISS, NOW, type TestClock } from './suite.js';

describeStore('memoryRevocations', (clock, options) =>
  memoryRevocations({ ...options, clock: () => clock.seconds * 1000 }),
);

const at = (clock: TestClock) => () => clock.seconds * 1000;

describe('memoryRevocations', () => {
  it('needs no options', async () => {
    const store = memoryRevocations();
    const exp = Date.now() / 1000 + 60;
    await store.revoke({ jti: 'a', exp });
    expect(await store.isRevoked({ jti: 'a', exp })).toBe(true);
  });

  it.each([
    [{ maxEntries: 0 }],
    [{ maxEntries: 1.5 }],
    [{ maxEntries: NaN }],
    [{ maxEntries: '9' }],
    [{ maxEntries: undefined }],
    [{ clock: 5 }],
    [{ clockTolerance: '5' }],
    [{ clockTolerance: 0 }],
    [{ maxTokenLifetime: 0 }],
    [{ maxTokenLifetime: Infinity }],
    [{ prefix: 'a' }],
    [null],
  ])('refuses the options %o', async (options) => {
    await expectConfigError(() => memoryRevocations(options as never));
  });

  it('keeps a revocation until exp and the tolerance have passed, 5 minutes by default', async () => {
    const clock = { seconds: NOW };
    const store = memoryRevocations({ clock: at(clock) });
    const token = { iss: ISS, jti: 'a', exp: NOW + 900 };
    await store.revoke(token);
    clock.seconds = NOW + 900 + 299;
    expect(await store.isRevoked(token)).toBe(true);
    clock.seconds++;
    expect(await store.isRevoked(token)).toBe(false);
  });

  it('counts a ttl from now or from a later iat, and keeps to a later exp', async () => {
    const clock = { seconds: NOW };
    const store = memoryRevocations({ clock: at(clock), clockTolerance: 1 });
    const tokens = [
      [{ jti: 'a', iat: NOW - 50 }, NOW + 100],
      [{ jti: 'b', iat: NOW + 50 }, NOW + 150],
      [{ jti: 'c', exp: NOW + 300 }, NOW + 300],
      [{ jti: 'd', exp: NOW + 30 }, NOW + 100],
    ] as const;
    for (const [token] of tokens) await store.revoke(token, { ttl: 100 });
    for (const [token, until] of tokens) {
      clock.seconds = until;
      expect(await store.isRevoked(token)).toBe(true);
      clock.seconds = until + 1;
      expect(await store.isRevoked(token)).toBe(false);
    }
  });

  it('lets a subject go when no token of it can be left', async () => {
    const clock = { seconds: NOW };
    const store = memoryRevocations({ clock: at(clock), clockTolerance: 60, maxTokenLifetime: '1h' });
    await store.revokeSubject({ sub: 'user-42' }, NOW - 100);
    const old = { jti: 'a', sub: 'user-42', iat: NOW - 100, exp: NOW + 3500 };
    clock.seconds = NOW - 100 + 3600 + 59;
    expect(await store.isRevoked(old)).toBe(true);
    clock.seconds++;
    expect(await store.isRevoked(old)).toBe(false);
  });

  it('refuses loudly when full, keeps what it has, and has room again when tokens expire', async () => {
    const clock = { seconds: NOW };
    const store = memoryRevocations({ clock: at(clock), maxEntries: 2, clockTolerance: 1 });
    const token = (jti: string, life: number) => ({ jti, sub: 'user-42', iat: NOW, exp: NOW + life });
    await store.revoke(token('a', 10));
    await store.revoke(token('b', 20));
    await expectJwtError(() => store.revoke(token('c', 30)), 'ERR_JWT_REVOCATION_UNAVAILABLE');
    await expectJwtError(() => store.revokeSubject({ sub: 'user-42' }), 'ERR_JWT_REVOCATION_UNAVAILABLE');
    expect(await store.isRevoked(token('a', 10))).toBe(true);
    expect(await store.isRevoked(token('c', 30))).toBe(false);
    await store.revoke(token('a', 15));
    clock.seconds = NOW + 16;
    await store.revoke(token('c', 30));
    expect(await store.isRevoked(token('b', 20))).toBe(true);
    expect(await store.isRevoked(token('c', 30))).toBe(true);
  });

  it('does not let used tokens take the room of revocations', async () => {
    const store = memoryRevocations({ clock: () => NOW * 1000, maxEntries: 2 });
    const proof = (jti: string) => store.useOnce({ jti, iat: NOW }, { ttl: 60 });
    await proof('a');
    await proof('b');
    await expectJwtError(() => proof('c'), 'ERR_JWT_REVOCATION_UNAVAILABLE');
    await expectJwtError(() => proof('a'), 'ERR_JWT_REVOKED');
    await store.revoke({ jti: 'a', exp: NOW + 10 });
    await store.revokeSubject({ sub: 'b' });
  });

  it('forgets a used proof once it could not be used again', async () => {
    const clock = { seconds: NOW };
    const store = memoryRevocations({ clock: at(clock), clockTolerance: 60 });
    const proof = { jti: 'a', iat: NOW };
    await store.useOnce(proof, { ttl: 60 });
    clock.seconds = NOW + 119;
    await expectJwtError(() => store.useOnce(proof, { ttl: 60 }), 'ERR_JWT_REVOKED');
    clock.seconds++;
    await store.useOnce(proof, { ttl: 60 });
  });

  it('serves a verifier', async () => {
    const secret = await key('HS256').generate();
    const revocation = memoryRevocations({ clock: () => NOW * 1000 });
    const policy = { keys: secret, issuer: ISS, audience: 'api', revocation, clock: () => NOW * 1000 };
    const issue = () =>
      sign(claims().issuer(ISS).audience('api').subject('user-42').id().expiresIn('15m'), secret, {
        clock: () => NOW * 1000,
      });
    for (const verify of [createVerifier(policy), createVerifier({ ...policy, cache: { maxEntries: 10 } })]) {
      const [first, second] = [await issue(), await issue()];
      const { claims: who } = await verify(first);
      await verify(second);
      await revocation.revoke(who);
      await expectJwtError(() => verify(first), 'ERR_JWT_REVOKED');
      await verify(second);
    }
    const verify = createVerifier(policy);
    const third = await issue();
    await revocation.revokeSubject((await verify(third)).claims as { iss: string; sub: string });
    await expectJwtError(() => verify(third), 'ERR_JWT_REVOKED');
  });

  it('stops a DPoP proof from being used again', async () => {
    const { privateKey, publicKey } = await key('ES256').generate();
    const verify = createVerifier({
      keys: publicKey,
      issuer: unchecked,
      audience: unchecked,
      profile: dpopProof,
    });
    const proof = await sign(
      claims(dpopProof).id().set('htm', 'POST').set('htu', 'https://api.example.com/'),
      privateKey,
    );
    const replays = memoryRevocations();
    const accept = async () => replays.useOnce((await verify(proof)).claims, { ttl: '60s' });
    await accept();
    await expectJwtError(accept, 'ERR_JWT_REVOKED', { claim: 'jti' });
  });
});
