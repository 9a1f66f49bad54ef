// What every store must do, run on each.

import type { RevocationOptions, Revocations } from 'jwtight/revocation';
import { describe, expect, it } from 'vitest';
import { expectConfigError, expectJwtError } from '../support/errors.js';

export const ISS = 'https://auth.example.com';
/** 2023-11-14, in seconds. */
export const NOW = 1_700_000_000;

/** A clock that the test turns, in seconds. */
export interface TestClock {
  seconds: number;
}

export type MakeStore = (clock: TestClock, options?: RevocationOptions) => Revocations;

export function describeStore(name: string, make: MakeStore): void {
  describe(name, () => {
    const setUp = (options?: RevocationOptions) => {
      const clock = { seconds: NOW };
      return { clock, store: make(clock, options) };
    };
    const token = { iss: ISS, jti: 'token-1', sub: 'user-42', iat: NOW - 10, exp: NOW + 900 };

    describe('revoke', () => {
      it('revokes the token with this iss and jti and no other', async () => {
        const { store } = setUp();
        expect(await store.isRevoked(token)).toBe(false);
        await store.revoke(token);
        expect(await store.isRevoked(token)).toBe(true);
        expect(await store.isRevoked({ iss: ISS, jti: 'token-1' })).toBe(true);
        expect(await store.isRevoked({ ...token, jti: 'token-2' })).toBe(false);
        expect(await store.isRevoked({ ...token, iss: `${ISS}/` })).toBe(false);
        expect(await store.isRevoked({ jti: 'token-1' })).toBe(false);
      });

      it('can be repeated, and a shorter life does not shorten the revocation', async () => {
        const { store, clock } = setUp();
        await store.revoke(token);
        await store.revoke({ ...token, exp: NOW + 1 });
        clock.seconds = NOW + 899;
        expect(await store.isRevoked(token)).toBe(true);
      });

      it('lets tokens without iss be revoked', async () => {
        const { store } = setUp();
        await store.revoke({ jti: 'token-1', exp: NOW + 900 });
        expect(await store.isRevoked({ jti: 'token-1' })).toBe(true);
        expect(await store.isRevoked(token)).toBe(false);
      });

      it('ignores a token that has expired, tolerance included', async () => {
        const { store } = setUp({ clockTolerance: 60 });
        await store.revoke({ ...token, exp: NOW - 60 });
        expect(await store.isRevoked(token)).toBe(false);
        await store.revoke({ ...token, exp: NOW - 59 });
        expect(await store.isRevoked(token)).toBe(true);
      });

      it('keeps a token without exp for the ttl that it must be given', async () => {
        const { store } = setUp();
        const endless = { iss: ISS, jti: 'endless' };
        await expectJwtError(() => store.revoke(endless), 'ERR_JWT_CLAIM_MISSING', { claim: 'exp' });
        expect(await store.isRevoked(endless)).toBe(false);
        await store.revoke(endless, { ttl: '30d' });
        expect(await store.isRevoked(endless)).toBe(true);
      });

      it.each([[{ ttl: 0 }], [{ ttl: undefined }], [{ ttl: '30' }], [{ ttl: NaN }], [{ life: 3 }], [null]])(
        'refuses the options %o',
        async (options) => {
          const { store } = setUp();
          await expectConfigError(() => store.revoke(token, options as never));
          await expectConfigError(() => store.useOnce(token, options as never));
        },
      );
    });

    describe('revokeSubject', () => {
      it('revokes what was issued until now, and what does not say when it was issued', async () => {
        const { store } = setUp();
        expect(await store.isRevoked(token)).toBe(false);
        await store.revokeSubject({ iss: ISS, sub: 'user-42' });
        expect(await store.isRevoked(token)).toBe(true);
        expect(await store.isRevoked({ ...token, iat: NOW })).toBe(true);
        expect(await store.isRevoked({ iss: ISS, jti: 'x', sub: 'user-42' })).toBe(true);
        expect(await store.isRevoked({ ...token, iat: NOW + 1 })).toBe(false);
        expect(await store.isRevoked({ ...token, sub: 'user-43' })).toBe(false);
        expect(await store.isRevoked({ ...token, iss: 'https://other.example.com' })).toBe(false);
        expect(await store.isRevoked({ iss: ISS, jti: 'user-42' })).toBe(false);
      });

      it('compares in whole seconds: a token of the same second is revoked', async () => {
        const { store } = setUp();
        await store.revokeSubject({ iss: ISS, sub: 'user-42' });
        expect(await store.isRevoked({ ...token, iat: NOW + 0.9 })).toBe(true);
      });

      it('takes a time, and never goes back to an earlier one', async () => {
        const { store } = setUp();
        await store.revokeSubject({ iss: ISS, sub: 'user-42' }, NOW - 100);
        expect(await store.isRevoked({ ...token, iat: NOW - 100 })).toBe(true);
        expect(await store.isRevoked({ ...token, iat: NOW - 99 })).toBe(false);
        await store.revokeSubject({ iss: ISS, sub: 'user-42' }, NOW - 200);
        expect(await store.isRevoked({ ...token, iat: NOW - 100 })).toBe(true);
        await store.revokeSubject({ iss: ISS, sub: 'user-42' }, NOW - 49.5);
        expect(await store.isRevoked({ ...token, iat: NOW - 50 })).toBe(true);
        expect(await store.isRevoked({ ...token, iat: NOW - 49 })).toBe(false);
      });

      it('without iss, reaches the tokens of every issuer', async () => {
        const { store } = setUp();
        await store.revokeSubject({ sub: 'user-42' });
        expect(await store.isRevoked(token)).toBe(true);
        expect(await store.isRevoked({ jti: 'x', sub: 'user-42', iat: NOW })).toBe(true);
        expect(await store.isRevoked({ ...token, sub: 'user-43' })).toBe(false);
      });

      it('stays for ever where no longest life is known', async () => {
        const { store, clock } = setUp();
        await store.revokeSubject({ iss: ISS, sub: 'user-42' });
        clock.seconds = NOW + 1e9;
        expect(await store.isRevoked({ ...token, exp: NOW + 2e9 })).toBe(true);
      });

      it.each([[-1], [NaN], ['1'], [NOW * 1000], [NOW + 86_401], [null]])('refuses the time %o', async (before) => {
        const { store } = setUp();
        await expectConfigError(() => store.revokeSubject({ sub: 'user-42' }, before as never));
        await store.revokeSubject({ sub: 'user-42' }, NOW + 86_400);
        await store.revokeSubject({ sub: 'user-42' }, 0);
      });

      it('refuses a subject that is missing or malformed', async () => {
        const { store } = setUp();
        await expectJwtError(() => store.revokeSubject({ iss: ISS } as never), 'ERR_JWT_CLAIM_MISSING', {
          claim: 'sub',
        });
        await expectJwtError(() => store.revokeSubject({ sub: '' }), 'ERR_JWT_CLAIM_INVALID', { claim: 'sub' });
        await expectJwtError(() => store.revokeSubject({ iss: '', sub: 'a' }), 'ERR_JWT_CLAIM_INVALID', {
          claim: 'iss',
        });
        await expectConfigError(() => store.revokeSubject('user-42' as never));
      });
    });

    describe('maxTokenLifetime', () => {
      const options: RevocationOptions = { maxTokenLifetime: '1h', clockTolerance: 60 };

      it('refuses a token that could outlive the revocation of its subject', async () => {
        const { store } = setUp(options);
        const check = (claims: object) => store.isRevoked({ iss: ISS, jti: 'x', sub: 'user-42', ...claims });
        expect(await check({ iat: NOW, exp: NOW + 3600 })).toBe(false);
        await expectJwtError(() => check({ iat: NOW, exp: NOW + 3601 }), 'ERR_JWT_CLAIM_INVALID', { claim: 'exp' });
        expect(await check({ exp: NOW + 3600 })).toBe(false);
        await expectJwtError(() => check({ exp: NOW + 3601 }), 'ERR_JWT_CLAIM_INVALID', { claim: 'exp' });
        await expectJwtError(() => check({ iat: NOW }), 'ERR_JWT_CLAIM_MISSING', { claim: 'exp' });
        expect(await store.isRevoked({ iss: ISS, jti: 'x' })).toBe(false);
      });

      it('says that such a token is revoked, where it is', async () => {
        const { store } = setUp(options);
        await store.revokeSubject({ sub: 'user-42' });
        expect(await store.isRevoked({ jti: 'x', sub: 'user-42', exp: NOW + 1e6 })).toBe(true);
      });

      it('ignores a time that lies further back than any token lives', async () => {
        const { store } = setUp(options);
        const old = { jti: 'x', sub: 'user-42', iat: NOW - 3660, exp: NOW - 60 };
        await store.revokeSubject({ sub: 'user-42' }, NOW - 3660);
        expect(await store.isRevoked(old)).toBe(false);
        await store.revokeSubject({ sub: 'user-42' }, NOW - 3659);
        expect(await store.isRevoked(old)).toBe(true);
      });
    });

    describe('useOnce', () => {
      it('accepts a token once', async () => {
        const { store } = setUp();
        await store.useOnce(token);
        await expectJwtError(() => store.useOnce(token), 'ERR_JWT_REVOKED', { claim: 'jti', secrets: ['token-1'] });
        await store.useOnce({ ...token, jti: 'token-2' });
        await store.useOnce({ ...token, iss: 'https://other.example.com' });
      });

      it('is no revocation, and a revocation is no use', async () => {
        const { store } = setUp();
        await store.useOnce(token);
        expect(await store.isRevoked(token)).toBe(false);
        await store.revoke({ ...token, jti: 'token-2' });
        await store.useOnce({ ...token, jti: 'token-2' });
      });

      it('wants to know how long a proof without exp is good', async () => {
        const { store } = setUp();
        const proof = { jti: 'proof', iat: NOW };
        await expectJwtError(() => store.useOnce(proof), 'ERR_JWT_CLAIM_MISSING', { claim: 'exp' });
        await store.useOnce(proof, { ttl: 60 });
        await expectJwtError(() => store.useOnce(proof, { ttl: 60 }), 'ERR_JWT_REVOKED');
      });

      it('refuses a token that has expired, as it could not be remembered', async () => {
        const { store } = setUp({ clockTolerance: 60 });
        await store.useOnce({ ...token, exp: NOW - 59 });
        await expectJwtError(() => store.useOnce({ ...token, jti: 'x', exp: NOW - 60 }), 'ERR_JWT_EXPIRED', {
          claim: 'exp',
        });
      });

      it('lets one of a hundred uses at once succeed', async () => {
        const { store } = setUp();
        const uses = await Promise.allSettled(Array.from({ length: 100 }, () => store.useOnce(token)));
        expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });
    });

    describe('claims', () => {
      it.each([
        [{ iss: ISS }, 'ERR_JWT_CLAIM_MISSING', 'jti'],
        [{ jti: '' }, 'ERR_JWT_CLAIM_INVALID', 'jti'],
        [{ jti: 7 }, 'ERR_JWT_CLAIM_INVALID', 'jti'],
        [{ jti: null }, 'ERR_JWT_CLAIM_INVALID', 'jti'],
        [{ jti: 'a', iss: {} }, 'ERR_JWT_CLAIM_INVALID', 'iss'],
        [{ jti: 'a', sub: [] }, 'ERR_JWT_CLAIM_INVALID', 'sub'],
        [{ jti: 'a', iat: '1' }, 'ERR_JWT_CLAIM_INVALID', 'iat'],
        [{ jti: 'a', exp: Infinity }, 'ERR_JWT_CLAIM_INVALID', 'exp'],
      ])('%o are refused with %s', async (claims, code, claim) => {
        const { store } = setUp();
        await expectJwtError(() => store.revoke(claims as never), code, { claim });
        await expectJwtError(() => store.isRevoked(claims as never), code, { claim });
        await expectJwtError(() => store.useOnce(claims as never), code, { claim });
      });

      it('must be claims, not a token', async () => {
        const { store } = setUp();
        await expectConfigError(() => store.revoke('e30.e30.' as never));
        await expectConfigError(() => store.isRevoked(undefined as never));
        await expectConfigError(() => store.useOnce([] as never));
      });

      it.each([
        ['a hash tag', '{tag}'],
        ['colons', 'a:b'],
        ['JSON', '["x"]'],
        ['half a surrogate pair', '\ud800'],
        ['a command', '\u0000\r\nSET a b'],
        ['16,000 characters', 'x'.repeat(16_000)],
        ['9,000 bytes in 3,000 characters', '❤'.repeat(3000)],
        ['a name of the prototype', '__proto__'],
      ])('may hold %s', async (_, text) => {
        const { store } = setUp();
        const odd = { iss: text, jti: text, sub: text, iat: NOW, exp: NOW + 900 };
        await store.revoke(odd);
        expect(await store.isRevoked(odd)).toBe(true);
        expect(await store.isRevoked({ ...odd, jti: `${text}.` })).toBe(false);
        await store.revokeSubject(odd);
        expect(await store.isRevoked({ ...odd, jti: `${text}.` })).toBe(true);
        await store.useOnce(odd);
        await expectJwtError(() => store.useOnce(odd), 'ERR_JWT_REVOKED');
      });
    });
  });
}
