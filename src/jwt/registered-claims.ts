// What the registered claims must look like (RFC 7519 §4.1): read by the builder, by sign and by the verifier.

import { MAX_SECONDS } from '../encoding/duration.js';
import type { JsonObject } from '../encoding/json.js';

interface ClaimShape {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const text: ClaimShape = { expected: 'a non-empty string', accepts: isText };
const date: ClaimShape = {
  expected: 'a NumericDate: seconds since 1970 as a number',
  // RFC 7519 §2; JSON's 1e400 arrives as Infinity.
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= MAX_SECONDS,
};
const audience: ClaimShape = {
  expected: 'a non-empty string or a list of them',
  accepts: (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
};

/** The shape of each registered claim. */
export const REGISTERED_CLAIMS: Readonly<Record<string, ClaimShape>> = {
  iss: text,
  sub: text,
  aud: audience,
  exp: date,
  nbf: date,
  iat: date,
  jti: text,
};

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The first registered claim that is there and malformed, and what it should be. */
export function malformedClaim(claims: JsonObject): { claim: string; expected: string } | undefined {
  for (const claim in REGISTERED_CLAIMS) {
    const { expected, accepts } = REGISTERED_CLAIMS[claim]!;
    if (Object.hasOwn(claims, claim) && !accepts(claims[claim])) return { claim, expected };
  }
  return undefined;
}

/** The first of the names that the claims lack; null counts as lacking. */
export function missingClaim(claims: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) if (!Object.hasOwn(claims, name) || claims[name] === null) return name;
  return undefined;
}
