import type { VerifierDescription } from '../subject.js';
import { described, type Expected, keysOf, names, patternsOf } from './shared.js';

/** The options of the middlewares `hono/jwt` and `hono/jwk` that the audit reads. */
export interface HonoJwtOptions {
  readonly secret?: unknown;
  /** One algorithm for `hono/jwt`, a list for `hono/jwk`. */
  readonly alg?: string | readonly string[] | undefined;
  /** Keys for `hono/jwk`; a function is not called. */
  readonly keys?: unknown;
  /** Where `hono/jwk` fetches its set; a function is not called. */
  readonly jwks_uri?: unknown;
  readonly verification?:
    | {
        readonly iss?: string | RegExp | undefined;
        readonly aud?: Expected | undefined;
        readonly exp?: boolean | undefined;
        readonly typ?: string | readonly string[] | undefined;
      }
    | undefined;
}

/**
 * Describes a `hono/jwt` or `hono/jwk` middleware by its options.
 *
 * @example
 * ```ts
 * import { audit, fromHonoJwt } from 'jwtight/audit';
 *
 * const verifier = fromHonoJwt({ secret: 'it-is-very-secret', alg: 'HS256' });
 * console.log((await audit({ verifier })).grade);
 * ```
 */
export function fromHonoJwt(options: HonoJwtOptions): VerifierDescription {
  const { alg, jwks_uri, verification = {} } = options;
  const { iss, aud, typ } = verification;
  return described({
    algorithms: typeof alg === 'string' ? [alg] : alg,
    keys: keysOf(options.secret ?? options.keys),
    issuer: names(iss),
    audience: names(aud),
    // Without typ it takes JWT or none, and nothing else.
    type: names(typ)?.[0] ?? 'JWT',
    clockTolerance: 0,
    requiredClaims: [...(iss ? ['iss'] : []), ...(aud ? ['aud'] : [])],
    ignoreExpiration: verification.exp === false,
    jwksUrl: typeof jwks_uri === 'string' && jwks_uri !== '' ? jwks_uri : undefined,
    // Fetched anew for every token, by a fetch that follows redirects.
    jwksCache: jwks_uri === undefined ? undefined : { maxAge: 0, followsRedirects: true },
    patterns: patternsOf(iss, aud),
    // The signature may be padded.
    permits: ['lenient-base64'],
  });
}
