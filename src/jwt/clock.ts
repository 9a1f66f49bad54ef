import { JwtConfigError } from '../errors.js';

/** Tells the time in milliseconds since 1970, as `Date.now` does. */
export type Clock = () => number;

/** Whole seconds by a clock. */
export function secondsNow(clock: Clock): number {
  const seconds = Math.floor(clock() / 1000);
  if (!Number.isFinite(seconds))
    throw new JwtConfigError('the clock must return milliseconds since 1970, as Date.now does');
  return seconds;
}
