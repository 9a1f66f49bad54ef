/** Circumstances that no input shows. */
export interface AuditContext {
  /** The key signs for one audience only: a verifier may then do without aud. */
  readonly singleAudience?: boolean;
  /** Somebody outside the issuer's trust verifies the tokens. */
  readonly externalVerifier?: boolean;
  /** A nonce was sent with the authentication request of this ID token. */
  readonly nonceSent?: boolean;
  /** The certificates of x5c are checked against an anchor of one's own. */
  readonly x5cAnchored?: boolean;
}
