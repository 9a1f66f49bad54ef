import { type Duration, parseDuration } from '../encoding/duration.js';
import { JwtConfigError } from '../errors.js';

/** Longest wait that every platform's timer can keep: 2^31 - 1 milliseconds (HTML, timers). */
const MAX_TIMEOUT = 2_147_483;

/** A duration that is not nothing, in seconds. */
export function positiveDuration(value: Duration, name: string): number {
  const seconds = parseDuration(value, name);
  if (seconds > 0) return seconds;
  throw new JwtConfigError(`${name} must be longer than 0 seconds`);
}

/** A deadline for one question to a store, in milliseconds. */
export function parseTimeout(value: Duration): number {
  const seconds = positiveDuration(value, 'timeout');
  if (seconds <= MAX_TIMEOUT) return Math.ceil(seconds * 1000);
  throw new JwtConfigError('timeout must be at most 24 days');
}

export function checkMaxEntries(value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new JwtConfigError('maxEntries must be a positive whole number');
}

export function checkPrefix(value: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new JwtConfigError('prefix must be a non-empty string');
}

export function checkClock<C>(clock: C): C {
  if (typeof clock === 'function') return clock;
  throw new JwtConfigError('clock must be a function such as Date.now');
}
