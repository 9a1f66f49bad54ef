import { describe, expect, it } from 'vitest';
import { JwtConfigError } from '../../src/errors.js';
import { type Clock, secondsNow } from '../../src/jwt/clock.js';

describe('secondsNow', () => {
  it.each([
    [0, 0],
    [999, 0],
    [1000, 1],
    [1_999.9, 1],
    [1_800_000_000_999, 1_800_000_000],
  ])('%d ms are %d whole seconds', (ms, seconds) => {
    expect(secondsNow(() => ms)).toBe(seconds);
  });

  it.each([Number.NaN, Infinity, -Infinity, undefined, 'now', {}])('a clock that says %s is refused', (answer) => {
    expect(() => secondsNow((() => answer) as unknown as Clock)).toThrow(JwtConfigError);
  });
});
