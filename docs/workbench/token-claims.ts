// One segment of a token, read by the library's parser whatever stands in the others.

import { decodeUnverified } from 'jwtight';

/** `{"alg":"HS256"}`: the least that a header can be. */
export const LEAST_HEADER = 'eyJhbGciOiJIUzI1NiJ9';

/** The JSON object in a segment, strictly read; throws a JwtError where it is none. */
export function strictObject(segment: string): Readonly<Record<string, unknown>> {
  return decodeUnverified(`${LEAST_HEADER}.${segment}.AA`).claims;
}

/** The same for display: empty where it cannot be read. */
export function claimsOf(segment: string): Readonly<Record<string, unknown>> {
  try {
    return strictObject(segment);
  } catch {
    return {};
  }
}
