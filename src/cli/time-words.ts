import { TIME_UNITS } from '../entropy/crack-times.js';

/** Years have four digits in ISO 8601 up to here, and Intl counts no further. */
const YEAR_10000 = 253_402_300_800;

/** How far a time is from now, both in seconds: `in 14 minutes`, `3 days ago`. */
export function fromNow(time: number, now: number): string {
  const distance = Math.trunc(time - now);
  const [unit, size] = TIME_UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1];
  if (distance === 0) return 'now';
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(distance / size), unit);
}

/** A NumericDate in words: `2026-11-26 07:15:00 UTC, in 14 minutes`. */
export function timeInWords(value: unknown, now: number): string {
  if (typeof value !== 'number' || !(value >= 0 && value < YEAR_10000))
    return 'no time: seconds since 1970 are expected';
  const [day, clock] = new Date(value * 1000).toISOString().slice(0, 19).split('T');
  return `${day} ${clock} UTC, ${fromNow(value, now)}`;
}
