// What the adapters share: other libraries' words for expected values, times and keys.

import { MAX_SECONDS } from '../../encoding/duration.js';
import { isObject } from '../../encoding/json.js';
import { isBytes } from '../shape.js';
import type { VerifierDescription } from '../subject.js';

/** A value that a claim must have, or a pattern it must match. */
export type Expected = string | RegExp | readonly (string | RegExp)[];

/** Drops the members that say nothing. */
export function described(
  members: {
    readonly [K in keyof VerifierDescription]: VerifierDescription[K] | undefined;
  },
): VerifierDescription {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** The expected values as text; of patterns their source, which is never reported. */
export function names(expected: Expected | undefined): readonly string[] | undefined {
  // Libraries skip the check for what is falsy, which is what the audit must see.
  if (!expected) return undefined;
  const list: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  // An unset variable may stand in the list.
  return list
    .map((item) => (typeof item === 'string' ? item : (item as Partial<RegExp> | null | undefined)?.source))
    .filter((name): name is string => typeof name === 'string' && name !== '');
}

/** The patterns among expected values; `undefined` when there are none. */
export function patternsOf(...expected: readonly (Expected | undefined)[]): readonly RegExp[] | undefined {
  const patterns = expected.flat().filter((item): item is RegExp => isObject(item) && typeof item.source === 'string');
  return patterns.length === 0 ? undefined : patterns;
}

/** Milliseconds as seconds; `undefined` for what is no length of time. */
export function fromMilliseconds(value: unknown): number | undefined {
  return typeof value === 'number' ? inRange(value / 1000) : undefined;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_557_600,
};

/** Seconds as a number, or text such as `2 days`, `90s` or `1.5 hrs`; `undefined` for anything else. */
export function fromTimespan(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(value);
  const match = typeof value === 'string' ? /^\+?\s?(\d+(?:\.\d+)?)\s?([a-z]+)(?: from now)?$/i.exec(value) : null;
  if (!match) return undefined;
  const unit = match[2]!.toLowerCase();
  const known = unit.startsWith('ms') || unit.startsWith('milli') ? 'ms' : unit[0]!;
  return inRange(Number(match[1]) * (UNITS[known] ?? Number.NaN));
}

/** What lies beyond counts as the longest there is. */
function inRange(seconds: number): number | undefined {
  return seconds >= 0 ? Math.min(seconds, MAX_SECONDS) : undefined;
}

/** Keys that can be read: texts, bytes and JWKs; `undefined` when there are none, as with callbacks and key objects. */
export function keysOf(given: unknown): VerifierDescription['keys'] | undefined {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const readable = list
    // A Buffer is bytes, whatever its prototype.
    .map((key) => (ArrayBuffer.isView(key) ? new Uint8Array(key.buffer, key.byteOffset, key.byteLength) : key))
    .filter((key) => typeof key === 'string' || isBytes(key) || (isObject(key) && 'kty' in key));
  return readable.length === 0 ? undefined : (readable as NonNullable<VerifierDescription['keys']>);
}
