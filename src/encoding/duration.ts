import { JwtConfigError } from '../errors.js';

/** A length of time: seconds as a number, or a whole number with a unit: `'90s'`, `'15m'`, `'1h'`, `'30d'`. */
export type Duration = number | `${bigint}${'s' | 'm' | 'h' | 'd'}`;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/** The range of Date in seconds (ECMA-262 §21.4.1.1); longer lengths of time mean nothing. */
export const MAX_SECONDS = 8.64e12;

/**
 * A duration in seconds.
 *
 * @throws JwtConfigError for anything but a number of seconds from 0 or digits and a unit.
 */
export function parseDuration(value: unknown, name: string): number {
  const match = typeof value === 'string' ? /^(\d{1,13})([smhd])$/.exec(value) : undefined;
  const seconds = match ? Number(match[1]) * SECONDS[match[2]!]! : value;
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
  throw new JwtConfigError(
    `${name} must be seconds as a number, or digits with a unit such as '90s', '15m', '1h', '30d'`,
  );
}
