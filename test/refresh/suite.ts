// What refresh tokens must do on every store.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createRefreshTokens, type RefreshStore, type RefreshTokenOptions } from 'jwtight/refresh';
import { describe, expect, it } from 'vitest';
import { noText } from '../support/arbitraries.js';
import { expectConfigError, expectJwtError } from '../support/errors.js';

/** 2023-11-14, in seconds. */
export const NOW = 1_700_000_000;

export function describeRefreshTokens(name: string, makeStore: () => RefreshStore): void {
  describe(name, () => {
    const setUp = (options: Partial<RefreshTokenOptions> = {}) => {
      const clock = { seconds: NOW };
      const store = makeStore();
      const sessions = createRefreshTokens({
        store,
        idleTimeout: '1h',
        absoluteTimeout: '3h',
        clock: () => clock.seconds * 1000,
        ...options,
      });
      return { clock, store, sessions };
    };

    it('hands out 384 random bits, a new secret each time in the same family', async () => {
      const { sessions } = setUp();
      const first = await sessions.issue('user-42');
      const second = await sessions.rotate(first.token);
      const other = await sessions.issue('user-42');
      for (const { token, familyId } of [first, second, other]) {
        expect(token).toMatch(/^[\w-]{64}$/);
        expect(familyId).toMatch(/^[\w-]{43}$/);
        const handle = Buffer.from(token, 'base64url').subarray(0, 16);
        expect(familyId).toBe(createHash('sha256').update(handle).digest('base64url'));
      }
      expect(second.familyId).toBe(first.familyId);
      expect(other.familyId).not.toBe(first.familyId);
      expect(new Set([first, second, other].map(({ token }) => token.slice(22))).size).toBe(3);
    });

    it('gives back subject, data and time of the login at every rotation', async () => {
      const { sessions, clock } = setUp();
      const data = { scope: 'a b', roles: ['x'], nested: { deep: [1.5, null, true, '\ud800'] }, __proto__: null };
      let { token } = await sessions.issue('user-42', data);
      for (let i = 1; i <= 3; i++) {
        clock.seconds = NOW + i;
        const next = await sessions.rotate(token);
        expect(next).toMatchObject({ subject: 'user-42', issuedAt: NOW, expiresAt: NOW + i + 3600 });
        expect(next.data).toEqual({ scope: 'a b', roles: ['x'], nested: { deep: [1.5, null, true, '\ud800'] } });
        token = next.token;
      }
      const bare = await sessions.issue('user-43');
      expect((await sessions.rotate(bare.token)).data).toBeNull();
    });

    it('revokes the family when a token is used twice', async () => {
      const { sessions } = setUp();
      const other = await sessions.issue('user-42');
      const first = await sessions.issue('user-42');
      const second = await sessions.rotate(first.token);
      const third = await sessions.rotate(second.token);
      const secrets = [first.token, first.familyId];
      await expectJwtError(() => sessions.rotate(first.token), 'ERR_JWT_REVOKED', { secrets });
      for (const { token } of [first, second, third])
        await expectJwtError(() => sessions.rotate(token), 'ERR_JWT_REVOKED', { secrets });
      expect((await sessions.rotate(other.token)).subject).toBe('user-42');
    });

    it('takes a foreign secret in a family for a reuse', async () => {
      const { sessions } = setUp();
      const { token } = await sessions.issue('user-42');
      const forged = token.slice(0, 30) + (token[30] === 'A' ? 'B' : 'A') + token.slice(31);
      await expectJwtError(() => sessions.rotate(forged), 'ERR_JWT_REVOKED');
      await expectJwtError(() => sessions.rotate(token), 'ERR_JWT_REVOKED');
    });

    it('of 1,000 uses at once lets one succeed, and revokes the family', async () => {
      const { sessions } = setUp();
      const { token } = await sessions.issue('user-42');
      const uses = await Promise.allSettled(Array.from({ length: 1000 }, () => sessions.rotate(token)));
      const won = uses.flatMap((use) => (use.status === 'fulfilled' ? [use.value] : []));
      const codes = uses.flatMap((use) => (use.status === 'rejected' ? [use.reason.code] : []));
      expect(won).toHaveLength(1);
      expect(codes).toEqual(Array.from({ length: 999 }, () => 'ERR_JWT_REVOKED'));
      await expectJwtError(() => sessions.rotate(won[0]!.token), 'ERR_JWT_REVOKED');
    });

    it('ends a session that sleeps, at its very second', async () => {
      const { sessions, clock } = setUp();
      const sleeper = await sessions.issue('user-42');
      const waker = await sessions.issue('user-42');
      expect(sleeper.expiresAt).toBe(NOW + 3600);
      clock.seconds = NOW + 3599;
      await sessions.rotate(waker.token);
      clock.seconds = NOW + 3600;
      await expectJwtError(() => sessions.rotate(sleeper.token), 'ERR_JWT_EXPIRED');
    });

    it('ends a session at the absolute timeout however often it is used', async () => {
      const { sessions, clock } = setUp();
      let session = await sessions.issue('user-42');
      for (const [after, expires] of [
        [3000, 6600],
        [6000, 9600],
        [9000, 10_800],
        [10_799, 10_800],
      ] as const) {
        clock.seconds = NOW + after;
        session = await sessions.rotate(session.token);
        expect(session.expiresAt).toBe(NOW + expires);
      }
      clock.seconds = NOW + 10_800;
      await expectJwtError(() => sessions.rotate(session.token), 'ERR_JWT_EXPIRED');
    });

    it('knows fractions of seconds', async () => {
      const { sessions, clock } = setUp({ idleTimeout: 1.5, absoluteTimeout: 2.25 });
      const first = await sessions.issue('user-42');
      clock.seconds = NOW + 1;
      const second = await sessions.rotate(first.token);
      expect([first.expiresAt, second.expiresAt]).toEqual([NOW + 1.5, NOW + 2.25]);
    });

    it('says expired, not revoked, for a spent token of a session that is over', async () => {
      const { sessions, clock } = setUp();
      const { token } = await sessions.issue('user-42');
      await sessions.rotate(token);
      clock.seconds = NOW + 3600;
      await expectJwtError(() => sessions.rotate(token), 'ERR_JWT_EXPIRED');
    });

    it.each(['first', 'second', 'familyId'])('revokeFamily takes the %s', async (by) => {
      const { sessions, clock } = setUp();
      const first = await sessions.issue('user-42');
      const second = await sessions.rotate(first.token);
      const names: Record<string, string> = { first: first.token, second: second.token, familyId: first.familyId };
      await sessions.revokeFamily(names[by]!);
      await expectJwtError(() => sessions.rotate(second.token), 'ERR_JWT_REVOKED');
      await sessions.revokeFamily(names[by]!);
      clock.seconds = NOW + 3600;
      await expectJwtError(() => sessions.rotate(second.token), 'ERR_JWT_EXPIRED');
      await sessions.revokeFamily(names[by]!);
    });

    it('has never heard of a token that was never issued', async () => {
      const { sessions } = setUp();
      await expectJwtError(() => sessions.rotate('A'.repeat(64)), 'ERR_JWT_EXPIRED');
      await sessions.revokeFamily('A'.repeat(64));
      await sessions.revokeFamily('A'.repeat(43));
    });

    it.each([
      [''],
      ['A'.repeat(63)],
      ['A'.repeat(65)],
      [`${'A'.repeat(63)}=`],
      [`${'A'.repeat(63)}+`],
      [`${'A'.repeat(42)}B`],
      [`${'A'.repeat(63)}é`],
      [undefined],
      [42],
      [{}],
    ])('refuses %j as malformed', async (token) => {
      const { sessions } = setUp();
      await expectJwtError(() => sessions.rotate(token as never), 'ERR_JWT_MALFORMED');
      await expectJwtError(() => sessions.revokeFamily(token as never), 'ERR_JWT_MALFORMED');
    });

    it('answers garbage with JwtErrors only', async () => {
      const { sessions } = setUp();
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string(), fc.base64String(), noText), async (garbage) => {
          await expectJwtError(() => sessions.rotate(garbage as never), 'ERR_JWT_MALFORMED');
        }),
        { numRuns: 50 },
      );
    });

    it('refuses to issue without a subject, or with data that is no JSON', async () => {
      const { sessions } = setUp();
      await expectConfigError(() => sessions.issue(''));
      await expectConfigError(() => sessions.issue(undefined as never));
      await expectConfigError(() => sessions.issue(42 as never));
      for (const data of [{ a: undefined }, NaN, new Date(), 1n, () => 1]) {
        await expectConfigError(() => sessions.issue('user-42', data));
      }
    });

    it('takes data as deep as it can give back', async () => {
      const { sessions } = setUp();
      const nest = (depth: number): unknown => (depth === 0 ? 0 : [nest(depth - 1)]);
      await expectConfigError(() => sessions.issue('user-42', nest(32)));
      const { token } = await sessions.issue('user-42', nest(31));
      expect((await sessions.rotate(token)).data).toEqual(nest(31));
    });
  });
}
