import { MAX_SECONDS } from '../../encoding/duration.js';
import type { VerifierDescription } from '../subject.js';
import { described, fromTimespan, keysOf, names } from './shared.js';

/** The options of jose's `jwtVerify` that the audit reads. */
export interface JoseOptions {
  readonly algorithms?: readonly string[] | undefined;
  readonly audience?: string | readonly string[] | undefined;
  readonly issuer?: string | readonly string[] | undefined;
  readonly subject?: string | undefined;
  readonly typ?: string | undefined;
  readonly clockTolerance?: string | number | undefined;
  readonly maxTokenAge?: string | number | undefined;
  readonly requiredClaims?: readonly string[] | undefined;
}

/** Where jose's `jwtVerify` takes its keys from. */
export interface JoseKeys {
  /** A key or several, as far as they can be read: PEM text, JWKs, bytes. */
  readonly keys?: unknown;
  /** The URL given to `createRemoteJWKSet`. */
  readonly jwksUrl?: string | { readonly href: string };
  /** Its options, in milliseconds. */
  readonly cacheMaxAge?: number;
  readonly cooldownDuration?: number;
}

/** Defaults of `createRemoteJWKSet`, in milliseconds. */
const CACHE_MAX_AGE = 600_000;
const COOLDOWN = 30_000;

/**
 * Describes a call of jose's `jwtVerify` by its options and its keys.
 *
 * @example
 * ```ts
 * import { audit, fromJose } from 'jwtight/audit';
 *
 * const verifier = fromJose(
 *   { issuer: 'https://auth.example.com', algorithms: ['ES256'] },
 *   { jwksUrl: 'https://auth.example.com/jwks' },
 * );
 * console.log((await audit({ verifier })).findings.map(({ ruleId }) => ruleId));
 * ```
 */
export function fromJose(options: JoseOptions = {}, source: JoseKeys = {}): VerifierDescription {
  const { audience, issuer, subject, maxTokenAge } = options;
  const { jwksUrl } = source;
  const required = [
    ...(options.requiredClaims ?? []),
    ...(issuer === undefined ? [] : ['iss']),
    ...(audience === undefined ? [] : ['aud']),
    ...(subject === undefined ? [] : ['sub']),
    ...(maxTokenAge === undefined ? [] : ['iat']),
  ];
  return described({
    algorithms: options.algorithms,
    keys: keysOf(source.keys),
    issuer: names(issuer),
    audience: names(audience),
    type: options.typ || undefined,
    clockTolerance: fromTimespan(options.clockTolerance ?? 0),
    maxTokenAge: fromTimespan(maxTokenAge),
    requiredClaims: [...new Set(required)],
    jwksUrl: typeof jwksUrl === 'object' ? jwksUrl.href : jwksUrl,
    jwksCache:
      jwksUrl === undefined
        ? undefined
        : {
            // An endless age is as long as there is.
            maxAge: Math.min((source.cacheMaxAge ?? CACHE_MAX_AGE) / 1000, MAX_SECONDS),
            cooldown: Math.min((source.cooldownDuration ?? COOLDOWN) / 1000, MAX_SECONDS),
            // It asks fetch not to follow redirects.
            followsRedirects: false,
          },
  });
}
