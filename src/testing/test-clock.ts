import { type Duration, parseDuration } from '../encoding/duration.js';
import { JwtConfigError } from '../errors.js';
import type { Clock } from '../jwt/clock.js';

/** A clock that stands still until a test turns it. Pass it wherever jwtight takes a `clock`. */
export interface TestClock {
  /** The time in milliseconds since 1970, as `Date.now` gives it. */
  (): number;
  /** Turns the clock on: seconds, or `'5m'`. */
  advance(duration: Duration): void;
  /** Sets the clock: milliseconds since 1970, or a Date. */
  set(time: number | Date): void;
}

/**
 * Makes a clock that stands still until it is turned.
 *
 * @param base - what it starts from: another clock such as `Date.now`, which then keeps it going; by default it shows
 * the time of its making.
 * @throws JwtConfigError for a base that is no clock; its methods for what is no duration or no time.
 * @example
 * ```ts
 * import { createTestClock } from 'jwtight/testing';
 *
 * const clock = createTestClock();
 * clock.set(new Date('2030-01-01T00:00:00Z'));
 * clock.advance('5m');
 * console.log(new Date(clock()).toISOString()); // 2030-01-01T00:05:00.000Z
 * ```
 */
export function createTestClock(base?: Clock): TestClock {
  const start = Date.now();
  let read = base === undefined ? () => start : base;
  if (typeof read !== 'function') throw new JwtConfigError('the clock must be a function such as Date.now');
  let turned = 0;
  return Object.assign(() => read() + turned, {
    advance(duration: Duration) {
      turned += parseDuration(duration, 'duration') * 1000;
    },
    set(time: number | Date) {
      const milliseconds = typeof time === 'number' ? time : Number((time as Date | undefined)?.getTime?.());
      if (!Number.isFinite(milliseconds))
        throw new JwtConfigError('the time must be a valid Date, or milliseconds since 1970');
      read = () => milliseconds;
      turned = 0;
    },
  });
}
