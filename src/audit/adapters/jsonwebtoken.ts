import type { VerifierDescription } from '../subject.js';
import { HS, type KeyKind, kindOf, RSA } from './default-algorithms.js';
import { described, type Expected, fromTimespan, keysOf, names, patternsOf } from './shared.js';

/** The options of `jsonwebtoken`'s `verify` that the audit reads. */
export interface JsonwebtokenOptions {
  readonly algorithms?: readonly string[] | undefined;
  readonly audience?: Expected | undefined;
  readonly issuer?: string | readonly string[] | undefined;
  readonly subject?: string | undefined;
  readonly jwtid?: string | undefined;
  readonly nonce?: string | undefined;
  readonly clockTolerance?: number | undefined;
  readonly ignoreExpiration?: boolean | undefined;
  readonly maxAge?: string | number | undefined;
  readonly allowInvalidAsymmetricKeyTypes?: boolean | undefined;
}

const EC: readonly string[] = ['ES256', 'ES384', 'ES512'];
/** What jsonwebtoken 9 accepts where none are listed. */
const ALGORITHMS: Readonly<Record<KeyKind, readonly string[]>> = {
  secret: HS,
  RSA,
  'P-256': EC,
  'P-384': EC,
  'P-521': EC,
  secp256k1: EC,
  EdDSA: RSA,
};

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
  const { audience, issuer, subject, jwtid, nonce, maxAge } = options;
  const kind = kindOf(secretOrPublicKey);
  return described({
    algorithms: options.algorithms ?? (kind && ALGORITHMS[kind]),
    keys: keysOf(secretOrPublicKey),
    issuer: names(issuer),
    audience: names(audience),
    clockTolerance: fromTimespan(options.clockTolerance ?? 0),
    // 0 and '' are as good as nothing there.
    maxTokenAge: fromTimespan(maxAge || undefined),
    // A claim that is compared must be there; exp never has to.
    requiredClaims: [
      ...(issuer ? ['iss'] : []),
      ...(audience ? ['aud'] : []),
      ...(subject ? ['sub'] : []),
      ...(jwtid ? ['jti'] : []),
      ...(nonce ? ['nonce'] : []),
      ...(maxAge ? ['iat'] : []),
    ],
    ignoreExpiration: options.ignoreExpiration === true,
    patterns: patternsOf(audience),
    permits: options.allowInvalidAsymmetricKeyTypes ? ['weak-keys'] : undefined,
  });
}
