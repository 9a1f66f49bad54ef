import { type Duration, parseDuration } from '../encoding/duration.js';
import { isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import { MAX_TOKEN_LENGTH } from '../jws/compact.js';
import { type KeySource, toKeySource, type VerificationKeys } from '../jws/key-source.js';
import type { Algorithm } from '../keys/algorithms.js';
import type { Clock } from './clock.js';
import { sameMediaType } from './media-type.js';
import { isProfile, type Profile } from './profiles.js';
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
  /** Where keys are looked up. */
  readonly keys: KeySource;
  /** The algorithms of the keys: a token with another is refused. */
  readonly algorithms: readonly Algorithm[];
  /** What `iss` must be. */
  readonly issuer: string | Unchecked;
  /** The names of which `aud` must hold one. */
  readonly audience: readonly string[] | Unchecked;
  /** What `typ` must be; `undefined` for absent or `JWT`. */
  readonly type: string | undefined;
  /** The kind of token. */
  readonly profile: Profile | undefined;
  /** Seconds. */
  readonly clockTolerance: number;
  /** Seconds. */
  readonly maxTokenAge: number | undefined;
  /** Every claim that must be there, whatever the reason. */
  readonly requiredClaims: readonly string[];
  /** What `sub` must be. */
  readonly subject: string | undefined;
  /** The schema of the claims. */
  readonly claims: StandardSchema | undefined;
  /** Where revoked tokens are remembered. */
  readonly revocation: RevocationStore | undefined;
  /** Characters. */
  readonly maxTokenLength: number;
  /** How many verified tokens are remembered. */
  readonly cache: { readonly maxEntries: number } | undefined;
  /** Tells the time in milliseconds. */
  readonly clock: Clock;
  /** Whether `exp` must be there. */
  readonly requireExpiry: true | Unchecked;
}

type OptionRule = readonly [expected: string, accepts: (value: unknown) => boolean];

/** What each option must be. There are no others. Durations are left to their parser, keys to their source. */
const OPTIONS: Readonly<Record<keyof VerifierPolicy, OptionRule>> = {
  keys: ['a key, a list of keys or a KeySource', (value) => typeof value === 'object'],
  issuer: ['a non-empty string, or unchecked', (value) => value === unchecked || isText(value)],
  audience: [
    'a non-empty string, a list of them, or unchecked',
    (value) => value === unchecked || isText(value) || isTextList(value),
  ],
  type: ['a non-empty string', isText],
  profile: ['a profile such as accessToken', isProfile],
  clockTolerance: ['a duration', isGiven],
  maxTokenAge: ['a duration', isGiven],
  requiredClaims: ['a non-empty list of non-empty strings', isTextList],
  subject: ['a non-empty string', isText],
  claims: ['a Standard Schema: zod, valibot, arktype …', isSchema],
  revocation: ['a RevocationStore', (value) => isObject(value) && typeof value.isRevoked === 'function'],
  maxTokenLength: ['a positive whole number of characters', (value) => isCount(value, 1)],
  cache: ['{ maxEntries } of 2 or more', (value) => isObject(value) && isCount(value.maxEntries, 2)],
  clock: ['a function such as Date.now', (value) => typeof value === 'function'],
  requireExpiry: ['left out, or unchecked', (value) => value === unchecked],
};

/**
 * Checks a policy and fills in the defaults.
 *
 * @throws JwtConfigError naming the option that is missing, empty, unknown or not what it should be.
 */
export function resolvePolicy(given: VerifierPolicy): ResolvedPolicy {
  const policy = checkOptions(given, Object.keys(OPTIONS), 'createVerifier');
  for (const name of ['keys', 'issuer', 'audience', ...Object.keys(policy)] as (keyof VerifierPolicy)[]) {
    const [expected, accepts] = OPTIONS[name];
    if (!accepts(policy[name])) throw new JwtConfigError(`${name} must be ${expected}`);
  }
  const { issuer, audience, subject, type, profile, claims, revocation, cache } = policy;
  if (profile && type && !sameMediaType(type, profile.type ?? 'JWT'))
    throw new JwtConfigError("type contradicts the profile's: leave one of them out");
  if (cache) checkOptions(cache, ['maxEntries'], 'cache');

  const keys = toKeySource(policy.keys);
  const requireExpiry = policy.requireExpiry ?? (profile?.expires === false ? unchecked : true);
  const maxTokenAge =
    policy.maxTokenAge === undefined ? profile?.maxTokenAge : parseDuration(policy.maxTokenAge, 'maxTokenAge');
  const requiredBy: Readonly<Record<string, unknown>> = {
    iss: issuer !== unchecked,
    aud: audience !== unchecked,
    sub: subject,
    exp: requireExpiry === true,
    iat: maxTokenAge !== undefined,
    jti: revocation,
  };
  const requiredClaims = new Set([
    ...Object.keys(requiredBy).filter((name) => requiredBy[name]),
    ...(profile?.requiredClaims ?? []),
    ...(policy.requiredClaims ?? []),
  ]);
  return Object.freeze({
    keys,
    algorithms: keys.algorithms,
    issuer,
    audience: audience === unchecked ? unchecked : Object.freeze([audience].flat()),
    type: type ?? profile?.type,
    profile,
    clockTolerance: parseDuration(policy.clockTolerance ?? 60, 'clockTolerance'),
    maxTokenAge,
    requiredClaims: Object.freeze([...requiredClaims]),
    subject,
    claims,
    revocation,
    maxTokenLength: policy.maxTokenLength ?? MAX_TOKEN_LENGTH,
    cache: cache && Object.freeze({ ...cache }),
    clock: policy.clock ?? Date.now,
    requireExpiry,
  });
}

function isGiven(value: unknown): boolean {
  return value !== null;
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function isSchema(value: unknown): boolean {
  return typeof (value as Partial<StandardSchema> | null)?.['~standard']?.validate === 'function';
}
