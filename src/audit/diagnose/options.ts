import { isObject, type JsonObject } from '../../encoding/json.js';
import { JwtConfigError } from '../../errors.js';
import type { Clock } from '../../jwt/clock.js';
import type { ResolvedPolicy } from '../../jwt/policy.js';
import { ALGORITHMS, type Algorithm, type HmacAlgorithm } from '../../keys/algorithms.js';
import { assertKey } from '../../keys/check-key.js';
import type { Jwk } from '../../keys/jwk.js';
import type { VerificationKey } from '../../keys/key.js';
import { checkAuditOptions } from '../options.js';
import { either, isBytes, members, oneOf, plainObject, type Shape, text } from '../shape.js';
import { isResolvedPolicy } from '../subject.js';

/**
 * A key as people have it: one of ours, or what lies about in files and variables. `algorithm` says what a PEM or
 * JWK is for where the JWK's own `alg` does not; without either the algorithm of the token is taken, if it fits.
 */
export type DiagnoseKey =
  | VerificationKey
  /** PEM text of either half of a pair. */
  | { readonly pem: string; readonly algorithm?: Algorithm }
  /** A JWK as object or JSON text. */
  | { readonly jwk: Jwk | JsonObject | string; readonly algorithm?: Algorithm }
  /** A JWK Set as document or JSON text. */
  | { readonly jwks: JsonObject | string }
  /** A secret, text taken as UTF-8. */
  | { readonly secret: string | Uint8Array; readonly algorithm: HmacAlgorithm };

/** What to try a token on: a verifier, keys, or both. */
export interface DiagnoseOptions {
  /** A verifier made with `createVerifier`, or its `policy`. */
  readonly verifier?:
    | ResolvedPolicy
    | readonly ResolvedPolicy[]
    | { readonly policy: ResolvedPolicy | readonly ResolvedPolicy[] };
  /** The keys; beside a verifier, further keys that may have signed the token. */
  readonly keys?: DiagnoseKey | readonly DiagnoseKey[];
  /** The time to judge by: milliseconds since 1970, a Date or a clock; by default the verifier's, or `Date.now`. */
  readonly now?: number | Date | Clock;
}

/** The options in one form. */
export interface CheckedOptions {
  readonly policies: readonly ResolvedPolicy[];
  readonly keys: readonly { readonly name: string; readonly given: DiagnoseKey }[];
  readonly now: DiagnoseOptions['now'];
}

const policies: Shape = (value, name) => {
  const policy = (value as { policy?: unknown } | null)?.policy ?? value;
  const list: readonly unknown[] = Array.isArray(policy) ? policy : [policy];
  if (list.length === 0 || !list.every(isResolvedPolicy))
    throw new JwtConfigError(`${name} must be a verifier made with createVerifier, or its policy`);
  return list;
};

const algorithm = /* @__PURE__ */ oneOf(.../* @__PURE__ */ Object.keys(ALGORITHMS));
const isHmac = (name: unknown): boolean => ALGORITHMS[name as Algorithm]?.keyType === 'oct';

const rawKey = /* @__PURE__ */ members({
  pem: text,
  jwk: /* @__PURE__ */ either(text, plainObject),
  jwks: /* @__PURE__ */ either(text, plainObject),
  secret: (value, name) => {
    if (isBytes(value) ? value.length === 0 : typeof value !== 'string' || value === '')
      throw new JwtConfigError(`${name} must be non-empty text or a Uint8Array`);
    return value;
  },
  algorithm,
});

const key: Shape = (value, name) => {
  if (isObject(value) && 'cryptoKey' in value) {
    assertKey(value, 'verify');
    return value;
  }
  const own = rawKey(value, name) as JsonObject;
  const tags = ['pem', 'jwk', 'jwks', 'secret'].filter((tag) => tag in own);
  if (tags.length !== 1) throw new JwtConfigError(`${name} must be a key, or hold one of pem, jwk, jwks, secret`);
  const fits = 'secret' in own ? isHmac(own.algorithm) : 'jwks' in own || 'pem' in own ? !isHmac(own.algorithm) : true;
  if (!fits || ('jwks' in own && 'algorithm' in own))
    throw new JwtConfigError(
      `${name}.algorithm must be HS256, HS384 or HS512 for a secret, and of a key pair for a PEM`,
    );
  return own;
};

const keys: Shape = (value, name) => {
  if (!Array.isArray(value)) return [{ name, given: key(value, name) }];
  if (value.length === 0) throw new JwtConfigError(`${name} must not be an empty list`);
  return value.map((item, i) => ({ name: `${name}[${i}]`, given: key(item, `${name}[${i}]`) }));
};

const optionsShape = /* @__PURE__ */ members({
  verifier: policies,
  keys: (value) => keys(value, 'keys'),
  now: (value) => checkAuditOptions({ now: value }).now,
});

/**
 * Checks the options of a diagnosis.
 *
 * @throws JwtConfigError naming the option that is missing, unknown, empty or not what it should be.
 */
export function checkDiagnoseOptions(options: unknown): CheckedOptions {
  const own = optionsShape(options, 'options') as { verifier?: ResolvedPolicy[]; keys?: []; now?: number };
  if (!own.verifier && !own.keys) throw new JwtConfigError('diagnose needs a verifier or keys');
  return { policies: own.verifier ?? [], keys: own.keys ?? [], now: own.now };
}
