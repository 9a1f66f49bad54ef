import { decodeSegment, MAX_TOKEN_LENGTH, parseCompact, parseJsonSegment } from '../jws/compact.js';
import type { JwsHeader } from '../jws/header.js';
import type { JwtClaims } from './claims.js';

/** What a token says of itself. Nothing of it has been verified. */
export interface DecodedJwt {
  readonly header: JwsHeader;
  /** Registered claims may have any type here. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Reads header and claims for display. Checks the form of the token and nothing else: never decide by it.
 *
 * @throws JwtError when the text is not a well-formed token (RFC 7519 §7.2) of at most 16 KiB.
 * @example
 * ```ts
 * import { claims, decodeUnverified, key, sign } from 'jwtight';
 *
 * const token = await sign(claims().subject('user-42').expiresIn('15m'), await key('HS256').generate());
 * console.log(decodeUnverified(token).claims.sub); // user-42
 * ```
 */
export function decodeUnverified(token: string): DecodedJwt {
  const { header, payload, signature } = parseCompact(token, MAX_TOKEN_LENGTH);
  decodeSegment(signature, 'signature');
  return { header, claims: readClaims(payload) };
}

/** Reads the claims of a payload segment. */
export function readClaims(payload: string): JwtClaims {
  return parseJsonSegment(payload, 'payload') as JwtClaims;
}
