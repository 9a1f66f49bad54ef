// What can be audited: the public types of the input, and the check that the caller wrote them as they are.

import type { Duration } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import type { ResolvedPolicy } from '../jwt/policy.js';
import { type Unchecked, unchecked } from '../jwt/unchecked.js';
import type { Jwk } from '../keys/jwk.js';
import type { AnyKey } from '../keys/key.js';
import {
  anyText,
  count,
  date,
  duration,
  either,
  exactly,
  flag,
  isBytes,
  listOf,
  members,
  oneOf,
  plainObject,
  type Shape,
  text,
  texts,
} from './shape.js';

/** The kind of a token, which decides what is expected of it. */
export type TokenKind = 'access' | 'id' | 'refresh' | 'logout' | 'client-assertion' | 'dpop' | 'set' | 'unknown';

/** Header and claims before signing. */
export interface AuditDraft {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A key as it lies about: the text of a PEM file, a JWK as text or object, or a key of ours. */
export type AuditKey = string | Jwk | Readonly<Record<string, unknown>> | AnyKey;

/** Where a verifier takes keys from a token's own header. */
export type HeaderKey = 'jwk' | 'jku' | 'x5c' | 'x5u';

/** What a verifier lets pass that the other members cannot say. */
export type VerifierPermission =
  /** A JWE that only proves that somebody knew a public key counts as authenticated. */
  | 'unsigned-jwe'
  /** The JSON serialisations are accepted beside the compact one (RFC 7515 §7.2). */
  | 'json-serialization'
  /** Padding, the letters + and /, or stray bits are accepted in the parts of a token. */
  | 'lenient-base64'
  /** Claims are used before the signature has been verified, for more than choosing an issuer's keys. */
  | 'claims-before-verifying'
  /** Small RSA keys, or keys of another type than the algorithm's. */
  | 'weak-keys';

/** A verifier of any library, described. What is left out is not configured there. */
export interface VerifierDescription {
  readonly algorithms?: readonly string[];
  /** A key or several; text that is no PEM or JWK, and bytes, are an HMAC secret. `[]` when there is none. */
  readonly keys?: AuditKey | Uint8Array | readonly (AuditKey | Uint8Array)[];
  readonly issuer?: string | readonly string[] | Unchecked;
  readonly audience?: string | readonly string[] | Unchecked;
  readonly type?: string;
  readonly clockTolerance?: Duration;
  readonly maxTokenAge?: Duration;
  readonly requiredClaims?: readonly string[];
  /** `false` when tokens are only decoded. */
  readonly verifySignature?: boolean;
  readonly ignoreExpiration?: boolean;
  /** Whether keys of a token's header are used: from anywhere (`true`), or through these parameters. */
  readonly trustsHeaderKeys?: boolean | readonly HeaderKey[];
  readonly jwksUrl?: string;
  /** How a fetched JWKS is kept: for how long, how long to wait between fetches for an unknown kid, and redirects. */
  readonly jwksCache?: {
    readonly maxAge?: Duration;
    readonly cooldown?: Duration;
    readonly followsRedirects?: boolean;
  };
  readonly maxTokenLength?: number;
  readonly revocation?: boolean | 'jti' | 'status-list' | 'token-hash' | 'none';
  /** Ways other than equality in which claims are compared: a RegExp, or in words. */
  readonly patterns?: readonly (RegExp | 'prefix' | 'substring')[];
  readonly permits?: readonly VerifierPermission[];
}

/** How tokens are issued. Lifetimes in seconds, or such as `'15m'`. */
export interface IssuancePolicy {
  readonly kinds?: readonly TokenKind[];
  readonly accessTokenLifetime?: Duration;
  readonly idTokenLifetime?: Duration;
  readonly refreshToken?: {
    /** `false`, or left out, when there is none. */
    readonly absoluteLifetime?: Duration | false;
    readonly rotation?: boolean;
    readonly stateful?: boolean;
    readonly publicClient?: boolean;
  };
  /** `false` when keys are never rotated. */
  readonly keyRotation?:
    | false
    | { readonly every?: Duration; readonly lastRotated?: Date | string; readonly overlap?: Duration };
  readonly revocation?: 'jti' | 'status-list' | 'token-hash' | 'none';
  readonly senderConstrained?: boolean;
  /** Who verifies the tokens: names, or how many. */
  readonly verifiers?: readonly string[] | number;
  readonly audiences?: readonly string[];
}

/** How a client keeps and sends a token. */
export interface StorageChoice {
  readonly where?: 'cookie' | 'localStorage' | 'sessionStorage' | 'memory' | 'url';
  readonly cookie?: {
    readonly name?: string;
    readonly httpOnly?: boolean;
    readonly secure?: boolean;
    readonly sameSite?: 'Strict' | 'Lax' | 'None' | 'strict' | 'lax' | 'none';
    readonly domain?: string;
    /** Seconds, or such as `'1h'`. */
    readonly maxAge?: Duration;
  };
  readonly csrfDefence?: boolean;
  /** The policy's text; `false` when there is none. */
  readonly contentSecurityPolicy?: string | false;
  readonly origin?: string;
  readonly logged?: boolean;
  readonly cacheControl?: string;
}

/** Where a secret comes from and where it gets to. */
export interface SecretEnvironment {
  readonly secretSource?: 'code' | 'config' | 'env' | 'file' | 'vault';
  /** The name of the environment variable. */
  readonly variable?: string;
  /** Whether a literal stands in for an unset variable; the literal itself may be given and is never reported. */
  readonly fallback?: boolean | string;
  readonly production?: boolean;
  /** Names of environments, issuers or purposes that have the same secret. */
  readonly sharedAcross?: readonly string[];
  /** Whether the secret or key is used in a browser. */
  readonly browser?: boolean;
}

/** What to audit: any of these, the more the better. */
export interface AuditSubject {
  readonly token?: string;
  readonly draft?: AuditDraft;
  readonly secret?: string | Uint8Array;
  /** What the secret or key is used for; by default what the token, the draft or the key says. */
  readonly algorithm?: string;
  readonly key?: AuditKey;
  /** A JWK Set as document or JSON text. */
  readonly jwks?: string | Readonly<Record<string, unknown>>;
  /** `verify.policy`, or a description; a list for several verifiers. */
  readonly verifier?: ResolvedPolicy | VerifierDescription | readonly (ResolvedPolicy | VerifierDescription)[];
  readonly issuance?: IssuancePolicy;
  readonly storage?: StorageChoice;
  readonly environment?: SecretEnvironment;
}

/** The names of the subject's members: what a rule can need. */
export type AuditInput = Exclude<keyof AuditSubject, 'algorithm'>;

/** All kinds of tokens. */
export const TOKEN_KINDS: readonly TokenKind[] = [
  'access',
  'id',
  'refresh',
  'logout',
  'client-assertion',
  'dpop',
  'set',
  'unknown',
];

const bytesShape: Shape = (value, name) => {
  if (!isBytes(value)) throw new JwtConfigError(`${name} must be text or a Uint8Array`);
  return value;
};
const revocation = /* @__PURE__ */ oneOf('jti', 'status-list', 'token-hash', 'none');
const keyShape = /* @__PURE__ */ either(anyText, plainObject);
const pattern: Shape = (value, name) => {
  if (value !== 'prefix' && value !== 'substring' && typeof (value as Partial<RegExp> | null)?.source !== 'string')
    throw new JwtConfigError(`${name} must be a RegExp, 'prefix' or 'substring'`);
  return value;
};

const verifierShape = /* @__PURE__ */ members({
  algorithms: texts,
  keys: either(listOf(either(bytesShape, keyShape)), bytesShape, keyShape),
  issuer: either(exactly(unchecked, 'unchecked'), texts, text),
  audience: either(exactly(unchecked, 'unchecked'), texts, text),
  type: text,
  clockTolerance: duration,
  maxTokenAge: duration,
  requiredClaims: texts,
  verifySignature: flag,
  ignoreExpiration: flag,
  trustsHeaderKeys: either(flag, listOf(oneOf('jwk', 'jku', 'x5c', 'x5u'))),
  jwksUrl: text,
  jwksCache: members({ maxAge: duration, cooldown: duration, followsRedirects: flag }),
  maxTokenLength: count,
  revocation: either(flag, revocation),
  patterns: listOf(pattern),
  permits: listOf(
    oneOf('unsigned-jwe', 'json-serialization', 'lenient-base64', 'claims-before-verifying', 'weak-keys'),
  ),
});

/** A policy of ours has been checked when its verifier was made. */
const verifierOrPolicy: Shape = (value, name) => {
  if (isResolvedPolicy(value)) return value;
  if (isObject(value) && isSource(value.keys))
    throw new JwtConfigError(`${name} must be the policy of a verifier, not the options it was made with`);
  return verifierShape(value, name);
};

const subjectShape = /* @__PURE__ */ members({
  token: anyText,
  draft: (value, name) => {
    const draft = members({ header: plainObject, claims: plainObject })(value, name) as object;
    if (!('claims' in draft)) throw new JwtConfigError(`${name} must have claims`);
    return draft;
  },
  secret: either(anyText, bytesShape),
  algorithm: text,
  key: keyShape,
  jwks: keyShape,
  verifier: (value, name) => {
    if (!Array.isArray(value)) return verifierOrPolicy(value, name);
    if (value.length === 0) throw new JwtConfigError(`${name} must not be an empty list`);
    return value.map((policy) => verifierOrPolicy(policy, name));
  },
  issuance: members({
    kinds: listOf(oneOf(...TOKEN_KINDS)),
    accessTokenLifetime: duration,
    idTokenLifetime: duration,
    refreshToken: members({
      absoluteLifetime: either(exactly(false, 'false'), duration),
      rotation: flag,
      stateful: flag,
      publicClient: flag,
    }),
    keyRotation: either(exactly(false, 'false'), members({ every: duration, lastRotated: date, overlap: duration })),
    revocation,
    senderConstrained: flag,
    verifiers: either(count, texts),
    audiences: texts,
  }),
  storage: members({
    where: oneOf('cookie', 'localStorage', 'sessionStorage', 'memory', 'url'),
    cookie: members({
      name: text,
      httpOnly: flag,
      secure: flag,
      sameSite: oneOf('Strict', 'Lax', 'None', 'strict', 'lax', 'none'),
      domain: text,
      maxAge: duration,
    }),
    csrfDefence: flag,
    contentSecurityPolicy: either(exactly(false, 'false'), anyText),
    origin: text,
    logged: flag,
    cacheControl: anyText,
  }),
  environment: members({
    secretSource: oneOf('code', 'config', 'env', 'file', 'vault'),
    variable: text,
    fallback: either(flag, anyText),
    production: flag,
    sharedAcross: texts,
    browser: flag,
  }),
});

function isSource(keys: unknown): boolean {
  // Bytes have a find() too.
  return isObject(keys) && !isBytes(keys) && typeof keys.find === 'function';
}

/** Whether this is the policy of a verifier of ours: defaults filled in, with its source of keys. */
export function isResolvedPolicy(policy: unknown): policy is ResolvedPolicy {
  return (
    isObject(policy) &&
    isSource(policy.keys) &&
    [policy.algorithms, policy.requiredClaims].every(Array.isArray) &&
    typeof policy.clock === 'function'
  );
}

/**
 * Checks that a subject is written as its type says. Tokens, key sets and PEM texts may hold anything.
 *
 * @returns a copy whose members are its own: nothing of Object.prototype is taken for a part of it.
 * @throws JwtConfigError naming the member that is unknown, `undefined` or not what it should be.
 */
export function checkSubject(subject: unknown): AuditSubject {
  return subjectShape(subject, 'subject') as AuditSubject;
}
