import type { VerifierDescription } from '../subject.js';
import { HS, type KeyKind, kindOf, RSA } from './default-algorithms.js';
import { described, type Expected, fromMilliseconds, keysOf, names, patternsOf } from './shared.js';

/** The options of fast-jwt's `createVerifier` that the audit reads. Times in milliseconds. */
export interface FastJwtOptions {
  /** A secret or public key; a function is not called. */
  readonly key?: unknown;
  readonly algorithms?: readonly string[] | undefined;
  readonly allowedIss?: Expected | undefined;
  readonly allowedAud?: Expected | undefined;
  readonly allowedSub?: Expected | undefined;
  readonly checkTyp?: string | undefined;
  readonly ignoreExpiration?: boolean | undefined;
  readonly maxAge?: number | undefined;
  readonly clockTolerance?: number | undefined;
  readonly requiredClaims?: readonly string[] | undefined;
}

/** What fast-jwt accepts where none are listed. */
const ALGORITHMS: Readonly<Record<KeyKind, readonly string[]>> = {
  secret: HS,
  RSA,
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  secp256k1: ['ES256'],
  EdDSA: ['EdDSA'],
};

/**
 * Describes a verifier of fast-jwt by its options.
 *
 * @example
 * ```ts
 * import { audit, fromFastJwt } from 'jwtight/audit';
 *
 * const verifier = fromFastJwt({ algorithms: ['ES256'], allowedIss: /example\.com/ });
 * console.log((await audit({ verifier })).findings.some(({ ruleId }) => ruleId === 'verifier/loose-match')); // true
 * ```
 */
export function fromFastJwt(options: FastJwtOptions = {}): VerifierDescription {
  const { algorithms, allowedAud, allowedIss, allowedSub } = options;
  const kind = kindOf(options.key);
  return described({
    algorithms: algorithms?.length ? algorithms : kind && ALGORITHMS[kind],
    keys: keysOf(options.key),
    issuer: names(allowedIss),
    audience: names(allowedAud),
    type: options.checkTyp || undefined,
    clockTolerance: fromMilliseconds(options.clockTolerance ?? 0),
    maxTokenAge: fromMilliseconds(options.maxAge),
    // What is compared need not be there.
    requiredClaims: options.requiredClaims ?? [],
    ignoreExpiration: options.ignoreExpiration === true,
    patterns: patternsOf(allowedIss, allowedAud, allowedSub),
  });
}
