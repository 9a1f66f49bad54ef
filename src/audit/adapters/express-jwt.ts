import type { VerifierDescription } from '../subject.js';
import { fromJsonwebtoken, type JsonwebtokenOptions } from './jsonwebtoken.js';

/** The options of `express-jwt` that the audit reads: those of `jsonwebtoken`, the secret and the look for revocation. */
export interface ExpressJwtOptions extends JsonwebtokenOptions {
  /** A secret or public key; a function is not called. */
  readonly secret?: unknown;
  readonly isRevoked?: unknown;
}

/**
 * Describes an `express-jwt` middleware by its options.
 *
 * @example
 * ```ts
 * import { audit, fromExpressJwt } from 'jwtight/audit';
 *
 * const verifier = fromExpressJwt({ secret: 'shhh', algorithms: ['HS256'] });
 * console.log((await audit({ verifier })).grade);
 * ```
 */
export function fromExpressJwt(options: ExpressJwtOptions): VerifierDescription {
  return {
    ...fromJsonwebtoken(options, options.secret),
    ...(typeof options.isRevoked === 'function' && { revocation: true }),
  };
}
