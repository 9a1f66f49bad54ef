import type { VerifierDescription } from '../subject.js';
import { described, type Expected, fromTimespan, keysOf, names, patternsOf } from './shared.js';

/** The options of `jsonwebtoken`'s `verify` that the audit reads. */
export interface JsonwebtokenOptions {
  readonly algorithms?: readonly string[] | undefined;
  readonly audience?: Expected | undefined;
  readonly issuer?: string | readonly string[] | undefined;
  readonly clockTolerance?: number | undefined;
  readonly ignoreExpiration?: boolean | undefined;
  readonly maxAge?: string | number | undefined;
  readonly allowInvalidAsymmetricKeyTypes?: boolean | undefined;
}

/**
 * Describes a call of `jsonwebtoken`'s `verify` by its options and, where it can be read, its key.
 *
 * @example
 * ```ts
 * import { audit, fromJsonwebtoken } from 'jwtight/audit';
 *
 * const { findings } = await audit({ verifier: fromJsonwebtoken({ algorithms: ['RS256'] }) });
 * console.log(findings.some(({ ruleId }) => ruleId === 'verifier/aud-unchecked')); // true
 * ```
 */
export function fromJsonwebtoken(options: JsonwebtokenOptions = {}, secretOrPublicKey?: unknown): VerifierDescription {
  const { algorithms, audience, issuer, maxAge } = options;
  return described({
    algorithms,
    keys: keysOf(secretOrPublicKey),
    issuer: names(issuer),
    audience: names(audience),
    clockTolerance: fromTimespan(options.clockTolerance ?? 0),
    maxTokenAge: fromTimespan(maxAge),
    // A claim that is compared must be there; exp never has to.
    requiredClaims: [
      ...(issuer ? ['iss'] : []),
      ...(audience ? ['aud'] : []),
      ...(maxAge === undefined ? [] : ['iat']),
    ],
    ignoreExpiration: options.ignoreExpiration === true,
    patterns: patternsOf(audience),
    permits: options.allowInvalidAsymmetricKeyTypes ? ['weak-keys'] : undefined,
  });
}
