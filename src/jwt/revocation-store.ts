import type { JwtClaims } from './claims.js';

/**
 * Remembers which tokens are no longer good. Keyed on `iss` and `jti`, never on the token's text, which can be
 * changed without breaking an ECDSA signature.
 */
export interface RevocationStore {
  /** Revokes one token until its `exp`. */
  revoke(claims: JwtClaims): Promise<void>;
  /** Revokes every token of a subject issued before a time in seconds; now, by default. */
  revokeSubject(subject: { readonly iss?: string; readonly sub: string }, before?: number): Promise<void>;
  /** Whether a token is revoked. A rejection means "unknown": the verifier then refuses the token. */
  isRevoked(claims: JwtClaims): boolean | Promise<boolean>;
}
