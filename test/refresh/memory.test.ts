import { createRefreshTokens, memoryRefreshStore, type RefreshOutcome, type RefreshStore } from 'jwtight/refresh';
import { describe, expect, it } from 'vitest';
import { expectConfigError, expectJwtError } from '../support/errors.js';
import { describeRefreshTokens, NOW } from './suite.js';

describeRefreshTokens('memoryRefreshStore', () => memoryRefreshStore());

const times = { idleTimeout: '1h', absoluteTimeout: '3h' } as const;

describe('createRefreshTokens', () => {
  const store = memoryRefreshStore();

  it.each([
    [{ ...times }],
    [{ ...times, store: undefined }],
    [{ ...times, store: {} }],
    [{ ...times, store: { create() {}, rotate() {} } }],
    [{ ...times, store: { create() {}, revoke() {} } }],
    [{ ...times, store: { revoke() {}, rotate() {} } }],
    [{ store, idleTimeout: '1h' }],
    [{ store, absoluteTimeout: '1h' }],
    [{ ...times, store, idleTimeout: 0 }],
    [{ ...times, store, absoluteTimeout: '59m' }],
    [{ ...times, store, idleTimeout: 'soon' }],
    [{ ...times, store, absoluteTimeout: Infinity }],
    [{ ...times, store, clock: 'now' }],
    [{ ...times, store, grace: 5 }],
    [undefined],
  ])('refuses the options %o', async (options) => {
    await expectConfigError(() => createRefreshTokens(options as never));
  });

  it('takes equal timeouts, and the clock of the platform', async () => {
    const sessions = createRefreshTokens({ store, idleTimeout: 60, absoluteTimeout: 60 });
    const { expiresAt } = await sessions.issue('user-42');
    expect(Math.abs(expiresAt - 60 - Date.now() / 1000)).toBeLessThan(5);
  });

  const withStore = (change: Partial<RefreshStore>) =>
    createRefreshTokens({ ...times, store: { ...memoryRefreshStore(), ...change } });

  it('hands a store nothing but hashes of the token', async () => {
    const seen: unknown[] = [];
    const inner = memoryRefreshStore();
    const spy = <A extends unknown[], R>(method: (...values: A) => R) => {
      return (...values: A): R => {
        seen.push(values);
        return method(...values);
      };
    };
    const store = { create: spy(inner.create), rotate: spy(inner.rotate), revoke: spy(inner.revoke) };
    const sessions = createRefreshTokens({ ...times, store });
    const first = await sessions.issue('user-42');
    const second = await sessions.rotate(first.token);
    await sessions.revokeFamily(second.token);
    const text = JSON.stringify(seen);
    expect(seen).toHaveLength(3);
    for (const { token } of [first, second])
      for (let i = 0; i + 8 <= token.length; i++) expect(text).not.toContain(token.slice(i, i + 8));
  });

  it('refuses when its store fails, and hides what the store said', async () => {
    const fail = () => Promise.reject(new Error('user-42 is not in table sessions'));
    const sessions = withStore({ create: fail, rotate: fail, revoke: fail });
    const secrets = ['user-42'];
    await expectJwtError(() => sessions.issue('user-42'), 'ERR_JWT_REVOCATION_UNAVAILABLE', { secrets });
    await expectJwtError(() => sessions.rotate('A'.repeat(64)), 'ERR_JWT_REVOCATION_UNAVAILABLE', { secrets });
    await expectJwtError(() => sessions.revokeFamily('A'.repeat(64)), 'ERR_JWT_REVOCATION_UNAVAILABLE', { secrets });
  });

  it.each([
    [undefined],
    [null],
    [true],
    [{}],
    [{ status: 'fine' }],
    [{ status: 'rotated' }],
    [{ status: 'rotated', content: '{}', expiresAt: NOW }],
    [{ status: 'rotated', content: 'null', expiresAt: NOW }],
    [{ status: 'rotated', content: {}, expiresAt: NOW }],
    [{ status: 'rotated', content: '{"subject":"","data":null,"issuedAt":1}', expiresAt: NOW }],
    [{ status: 'rotated', content: '{"subject":"a","data":null}', expiresAt: NOW }],
    [{ status: 'rotated', content: '{"subject":"a","data":null,"issuedAt":1}', expiresAt: NaN }],
    [{ status: 'rotated', content: '{"subject":"a","data":null,"issuedAt":1}' }],
  ])('does not believe a store that answers %o', async (answer) => {
    const sessions = withStore({ rotate: async () => answer as RefreshOutcome });
    await expectJwtError(() => sessions.rotate('A'.repeat(64)), 'ERR_JWT_REVOCATION_UNAVAILABLE');
  });
});

describe('memoryRefreshStore', () => {
  it.each([[{ maxEntries: 0 }], [{ maxEntries: undefined }], [{ size: 5 }], [null]])('refuses %o', async (options) => {
    await expectConfigError(() => memoryRefreshStore(options as never));
  });

  it('refuses new sessions when full, keeps the old ones, and has room again when some have ended', async () => {
    const clock = { seconds: NOW };
    const sessions = createRefreshTokens({
      ...times,
      store: memoryRefreshStore({ maxEntries: 2 }),
      clock: () => clock.seconds * 1000,
    });
    const first = await sessions.issue('a');
    clock.seconds++;
    const second = await sessions.issue('b');
    await expectJwtError(() => sessions.issue('c'), 'ERR_JWT_REVOCATION_UNAVAILABLE');
    await sessions.revokeFamily(first.familyId);
    await expectJwtError(() => sessions.issue('c'), 'ERR_JWT_REVOCATION_UNAVAILABLE');
    clock.seconds = NOW + 3600;
    await sessions.issue('c');
    expect((await sessions.rotate(second.token)).subject).toBe('b');
  });
});
