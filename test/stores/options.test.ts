import { describe, expect, it } from 'vitest';
import { checkClock, checkMaxEntries, checkPrefix, parseTimeout, positiveDuration } from '../../src/stores/options.js';
import { expectConfigError } from '../support/errors.js';

describe('options of stores', () => {
  it('are taken when they are right', () => {
    expect(positiveDuration('1m', 'ttl')).toBe(60);
    expect(positiveDuration(0.5, 'ttl')).toBe(0.5);
    expect(parseTimeout(0.0001)).toBe(1);
    expect(parseTimeout(0.5)).toBe(500);
    expect(parseTimeout(2_147_483)).toBe(2_147_483_000);
    expect(checkMaxEntries(1)).toBe(1);
    expect(checkPrefix('a')).toBe('a');
    expect(checkClock(Date.now)).toBe(Date.now);
  });

  it.each([[0], [-1], ['0s'], ['5'], [NaN], [undefined]])('refuse the duration %o', async (value) => {
    await expectConfigError(() => positiveDuration(value as never, 'ttl'));
    await expectConfigError(() => parseTimeout(value as never));
  });

  it('refuse what is not what it should be', async () => {
    await expectConfigError(() => parseTimeout(2_147_484));
    for (const value of [0, -1, 1.5, NaN, Infinity, '5'])
      await expectConfigError(() => checkMaxEntries(value as never));
    for (const value of ['', 5, null]) await expectConfigError(() => checkPrefix(value as never));
    for (const value of [5, null, {}]) await expectConfigError(() => checkClock(value));
  });
});
