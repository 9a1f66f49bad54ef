import { JwtConfigError } from '../errors.js';

/** Tells the time in milliseconds since 1970, as `Date.now` does. */
export type Clock = () => number;

/** Whole seconds by a clock. */
export function secondsNow(clock: Clock): number {
  const seconds = typeof clock === 'function' ? Math.floor(clock() / 1000) : Number.NaN;
  if (!Number.isFinite(seconds))
    throw new JwtConfigError('the clock must be a function that returns milliseconds since 1970, as Date.now does');
  return seconds;
}
