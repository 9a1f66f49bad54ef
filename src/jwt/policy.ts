import { type Duration, parseDuration } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import { checkMaxTokenLength, MAX_TOKEN_LENGTH } from '../jws/compact.js';
import { type KeySource, toKeySource, type VerificationKeys } from '../jws/key-source.js';
import type { Algorithm } from '../keys/algorithms.js';
import type { Clock } from './clock.js';
import { sameMediaType } from './media-type.js';
import type { Profile } from './profiles.js';
import { isText } from './registered-claims.js';
import type { RevocationStore } from './revocation-store.js';
import type { StandardSchema } from './standard-schema.js';
import { type Unchecked, unchecked } from './unchecked.js';

/** What a verifier checks. Anything empty, `undefined` or not finite throws: it can never switch a check off. */
export interface VerifierPolicy<
  I extends string | Unchecked = string | Unchecked,
  A extends string | readonly string[] | Unchecked = string | readonly string[] | Unchecked,
  S extends StandardSchema = StandardSchema,
  P extends Profile = Profile,
  E extends Unchecked = Unchecked,
  R extends string = string,
> {
  /** The keys whose signatures count; they also fix the algorithms. */
  readonly keys: VerificationKeys;
  /** Who must have issued the token: `iss`, compared exactly. */
  readonly issuer: I;
  /** Who you are: a name that `aud` must hold, or several of which it must hold one. */
  readonly audience: A;
  /** The media type that `typ` must name. By default absent or `JWT`; when set, it must be there. */
  readonly type?: string;
  /** A kind of token: its typ, required claims, longest life and rules. */
  readonly profile?: P;
  /** How far clocks may be apart; 60 seconds by default. */
  readonly clockTolerance?: Duration;
  /** How long ago the token may have been issued; makes `iat` required. */
  readonly maxTokenAge?: Duration;
  /** Claims that must be there, besides those that other options require. */
  readonly requiredClaims?: readonly R[];
  /** Whom the token must be about: `sub`, compared exactly. */
  readonly subject?: string;
  /** A schema of the claims (Standard Schema): validates, and gives the result its type. */
  readonly claims?: S;
  /** Where revoked tokens are remembered; makes `jti` required. */
  readonly revocation?: RevocationStore;
  /** Longest token read, in characters; 16 KiB by default. */
  readonly maxTokenLength?: number;
  /** Remembers verified tokens: at most so many, 2 or more. Every use re-checks times, revocation and the key. */
  readonly cache?: { readonly maxEntries: number };
  /** Tells the time in milliseconds; `Date.now` by default. */
  readonly clock?: Clock;
  /** Pass `unchecked` to accept tokens without `exp`; one that is there is still checked. */
  readonly requireExpiry?: E;
}

/** A policy with its defaults filled in: what a verifier really checks. */
export interface ResolvedPolicy {
  readonly keys: KeySource;
  readonly algorithms: readonly Algorithm[];
  readonly issuer: string | Unchecked;
  readonly audience: readonly string[] | Unchecked;
  readonly type: string | undefined;
  readonly profile: Profile | undefined;
  /** Seconds. */
  readonly clockTolerance: number;
  /** Seconds. */
  readonly maxTokenAge: number | undefined;
  /** Every claim that must be there, whatever the reason. */
  readonly requiredClaims: readonly string[];
  readonly subject: string | undefined;
  readonly claims: StandardSchema | undefined;
  readonly revocation: RevocationStore | undefined;
  readonly maxTokenLength: number;
  readonly cache: { readonly maxEntries: number } | undefined;
  readonly clock: Clock;
  readonly requireExpiry: true | Unchecked;
}

const OPTIONS: readonly (keyof VerifierPolicy)[] = [
  'keys',
  'issuer',
  'audience',
  'type',
  'profile',
  'clockTolerance',
  'maxTokenAge',
  'requiredClaims',
  'subject',
  'claims',
  'revocation',
  'maxTokenLength',
  'cache',
  'clock',
  'requireExpiry',
];

/**
 * Checks a policy and fills in the defaults.
 *
 * @throws JwtConfigError naming the option that is missing, empty, unknown or not what it should be.
 */
export function resolvePolicy(policy: VerifierPolicy): ResolvedPolicy {
  checkOptions(policy, OPTIONS, 'createVerifier');
  const { issuer, subject, type, profile, claims, revocation, cache } = policy;
  check(issuer === unchecked || isText(issuer), "issuer must be the token's iss, a non-empty string, or unchecked");
  check(subject === undefined || isText(subject), 'subject must be a non-empty string');
  check(type === undefined || isText(type), 'type must be a non-empty string');
  check(profile === undefined || isProfile(profile), 'profile must be a profile such as accessToken');
  check(
    !profile || !type || sameMediaType(type, profile.type ?? 'JWT'),
    "type contradicts the profile's: leave one of them out",
  );
  check(claims === undefined || isSchema(claims), 'claims must be a Standard Schema: zod, valibot, arktype …');
  check(
    revocation === undefined || (isObject(revocation) && typeof revocation.isRevoked === 'function'),
    'revocation must be a RevocationStore',
  );
  check(
    policy.requireExpiry === undefined || policy.requireExpiry === unchecked,
    'requireExpiry can only be left out or unchecked',
  );
  check(policy.clock === undefined || typeof policy.clock === 'function', 'clock must be a function such as Date.now');
  check(policy.keys !== undefined, 'keys must be a key, a list of keys or a KeySource');

  const keys = toKeySource(policy.keys);
  const audience = resolveAudience(policy.audience);
  const requireExpiry = policy.requireExpiry ?? (profile?.expires === false ? unchecked : true);
  const maxTokenAge =
    policy.maxTokenAge === undefined ? profile?.maxTokenAge : parseDuration(policy.maxTokenAge, 'maxTokenAge');
  const required: [unknown, string][] = [
    [issuer !== unchecked, 'iss'],
    [audience !== unchecked, 'aud'],
    [subject, 'sub'],
    [requireExpiry === true, 'exp'],
    [maxTokenAge !== undefined, 'iat'],
    [revocation, 'jti'],
  ];
  const requiredClaims = new Set([
    ...required.flatMap(([wanted, name]) => (wanted ? [name] : [])),
    ...(profile?.requiredClaims ?? []),
    ...(policy.requiredClaims === undefined ? [] : textList(policy.requiredClaims, 'requiredClaims')),
  ]);
  return Object.freeze({
    keys,
    algorithms: keys.algorithms,
    issuer,
    audience,
    type: type ?? profile?.type,
    profile,
    clockTolerance: parseDuration(policy.clockTolerance ?? 60, 'clockTolerance'),
    maxTokenAge,
    requiredClaims: Object.freeze([...requiredClaims]),
    subject,
    claims,
    revocation,
    maxTokenLength: checkMaxTokenLength(policy.maxTokenLength ?? MAX_TOKEN_LENGTH),
    cache: cache === undefined ? undefined : resolveCache(cache),
    clock: policy.clock ?? Date.now,
    requireExpiry,
  });
}

function check(condition: unknown, message: string): void {
  if (!condition) throw new JwtConfigError(message);
}

function resolveAudience(audience: VerifierPolicy['audience']): readonly string[] | Unchecked {
  if (audience === unchecked) return unchecked;
  return textList(typeof audience === 'string' ? [audience] : audience, 'audience');
}

function textList(list: unknown, name: string): readonly string[] {
  check(
    Array.isArray(list) && list.length > 0 && list.every(isText),
    `${name} must be a non-empty list of non-empty strings${name === 'audience' ? ', one such string, or unchecked' : ''}`,
  );
  return Object.freeze([...(list as string[])]);
}

function isProfile(profile: unknown): boolean {
  return isObject(profile) && Array.isArray(profile.requiredClaims) && Array.isArray(profile.rules);
}

function isSchema(schema: unknown): boolean {
  const standard = (schema as Partial<StandardSchema> | null)?.['~standard'];
  return typeof standard?.validate === 'function';
}

function resolveCache(cache: { readonly maxEntries: number }): { readonly maxEntries: number } {
  checkOptions(cache, ['maxEntries'], 'cache');
  const { maxEntries } = cache;
  check(Number.isSafeInteger(maxEntries) && maxEntries >= 2, 'cache.maxEntries must be a whole number of 2 or more');
  return Object.freeze({ maxEntries });
}
