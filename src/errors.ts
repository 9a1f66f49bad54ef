/** The codes a {@link JwtError} can carry. They never change meaning once released. */
export type JwtErrorCode =
  | 'ERR_JWT_MALFORMED'
  | 'ERR_JWT_TOO_LARGE'
  | 'ERR_JWT_ALGORITHM'
  | 'ERR_JWT_KEY_NOT_FOUND'
  | 'ERR_JWT_SIGNATURE'
  | 'ERR_JWT_CRITICAL'
  | 'ERR_JWT_TYPE'
  | 'ERR_JWT_EXPIRED'
  | 'ERR_JWT_NOT_ACTIVE'
  | 'ERR_JWT_TOO_OLD'
  | 'ERR_JWT_ISSUER'
  | 'ERR_JWT_AUDIENCE'
  | 'ERR_JWT_SUBJECT'
  | 'ERR_JWT_CLAIM_MISSING'
  | 'ERR_JWT_CLAIM_INVALID'
  | 'ERR_JWT_REVOKED'
  | 'ERR_JWT_KEYS_UNAVAILABLE'
  | 'ERR_JWT_REVOCATION_UNAVAILABLE';

/**
 * What is wrong with a token, a key set or a store that a token depends on.
 *
 * The message says what was expected; it never holds a token, a secret or a claim's value.
 *
 * @example
 * ```ts
 * import { decodeUnverified, JwtError } from 'jwtight';
 *
 * try {
 *   decodeUnverified('not a token');
 * } catch (error) {
 *   if (error instanceof JwtError) console.log(error.code); // ERR_JWT_MALFORMED
 * }
 * ```
 */
export class JwtError extends Error {
  override readonly name = 'JwtError';
  /** What is wrong, for programs. */
  readonly code: JwtErrorCode;
  /** The claim concerned, where there is one. */
  declare readonly claim?: string;

  constructor(code: JwtErrorCode, message: string, options: { claim?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.claim !== undefined) this.claim = options.claim;
  }
}

/**
 * A mistake of the caller: an unusable key, an incomplete policy, an unknown option.
 *
 * Thrown as early as possible, when the key or the verifier is built; never because of a token.
 *
 * @example
 * ```ts
 * import { JwtConfigError, key } from 'jwtight';
 *
 * await key('HS256').secret({ text: 'too short' })
 *   .catch((error) => console.log(error instanceof JwtConfigError)); // true
 * ```
 */
export class JwtConfigError extends TypeError {
  override readonly name = 'JwtConfigError';
  /** The same for every mistake: the message says which. */
  readonly code = 'ERR_JWT_CONFIG';
}
