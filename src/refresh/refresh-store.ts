/** A family as a store keeps it: what descends from one login. Times are in seconds since 1970. */
export interface RefreshFamily {
  /** SHA-256, in Base64url, of the one secret that is good. */
  readonly secretHash: string;
  /** Whose tokens these are, as text that a store does not look into. */
  readonly content: string;
  /** When the family ends unless it is used before. */
  readonly expiresAt: number;
  /** When it ends at the latest. */
  readonly endsAt: number;
}

/** One use of a token. */
export interface RefreshUse {
  readonly secretHash: string;
  readonly nextSecretHash: string;
  /** The time in seconds. */
  readonly now: number;
  /** Seconds that the family lives on after this use, though never beyond its `endsAt`. */
  readonly idleTimeout: number;
}

/** What came of a use. */
export type RefreshOutcome =
  | { readonly status: 'rotated'; readonly content: string; readonly expiresAt: number }
  /** The secret was not the current one: the store has revoked the family. */
  | { readonly status: 'reused' }
  | { readonly status: 'revoked' }
  /** Past its time, or never seen: stores forget what has ended. */
  | { readonly status: 'expired' };

/**
 * Where families of refresh tokens are kept, by family id. Write one to keep them in a database of yours: `rotate`
 * must look and change in one atomic step (a transaction, or one conditional UPDATE). A rejection means "unknown": the
 * token is then refused.
 */
export interface RefreshStore {
  /** Keeps a new family. */
  create(familyId: string, family: RefreshFamily, now: number): Promise<void>;
  /**
   * Atomically: a family that is revoked or has ended stays as it is; with the current secret, the next one takes its
   * place and `expiresAt` moves; with any other secret, the family is revoked.
   */
  rotate(familyId: string, use: RefreshUse): Promise<RefreshOutcome>;
  /** Revokes a family, and remembers so until it would have ended; does nothing where there is none. */
  revoke(familyId: string, now: number): Promise<void>;
}
