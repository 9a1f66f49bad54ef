import { type Duration, parseDuration } from '../encoding/duration.js';
import { copyJson, isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import type { JwtClaims, RegisteredClaims } from './claims.js';
import { isProfile, type Profile } from './profiles.js';
import { malformedClaim } from './registered-claims.js';

/** What a claim may be. */
type ClaimValue<N> = N extends keyof RegisteredClaims ? RegisteredClaims[N] : unknown;

/** `C` with the members of `T` set or replaced. */
type Put<C, T> = Omit<C, keyof T> & T;

/** The names that a type says are there for sure. */
type SureKeys<T> = string extends keyof T
  ? never
  : { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T] & string;

/**
 * Builds claims. Immutable: every method returns a new builder, so one can be kept as a template.
 *
 * `C` is what has been set, `M` the names still missing before it can be signed.
 */
export interface ClaimsBuilder<C extends object, M extends string> {
  readonly profile: Profile | undefined;
  /** Claims that must still be set before signing. */
  readonly missing: readonly M[];
  /** `iss` (RFC 7519 §4.1.1) */
  issuer(iss: string): ClaimsBuilder<Put<C, { iss: string }>, Exclude<M, 'iss'>>;
  /** `sub` (RFC 7519 §4.1.2) */
  subject(sub: string): ClaimsBuilder<Put<C, { sub: string }>, Exclude<M, 'sub'>>;
  /** `aud` (RFC 7519 §4.1.3): one name, or a list of them. */
  audience<const A extends string | readonly string[]>(aud: A): ClaimsBuilder<Put<C, { aud: A }>, Exclude<M, 'aud'>>;
  /** `jti` (RFC 7519 §4.1.7). Without an argument a random UUID, a new one each time it is signed. */
  id(jti?: string): ClaimsBuilder<Put<C, { jti: string }>, Exclude<M, 'jti'>>;
  /** `iat` (RFC 7519 §4.1.6) in seconds or as a Date. Set to the time of signing without this call. */
  issuedAt(time: number | Date): ClaimsBuilder<Put<C, { iat: number }>, Exclude<M, 'iat'>>;
  /** `nbf` (RFC 7519 §4.1.5) in seconds or as a Date; without an argument, the time of signing. */
  notBefore(time?: number | Date): ClaimsBuilder<Put<C, { nbf: number }>, Exclude<M, 'nbf'>>;
  /** `exp` (RFC 7519 §4.1.4), counted from the time of signing: seconds, or `'15m'`. */
  expiresIn(duration: Duration): ClaimsBuilder<Put<C, { exp: number }>, Exclude<M, 'exp'>>;
  /** `exp` in seconds or as a Date. */
  expiresAt(time: number | Date): ClaimsBuilder<Put<C, { exp: number }>, Exclude<M, 'exp'>>;
  /** Says, visibly, that the token is good for ever. Verifiers refuse it unless told otherwise. */
  neverExpires(): ClaimsBuilder<Omit<C, 'exp'>, Exclude<M, 'exp'>>;
  /** Any one claim. */
  set<N extends string, V extends ClaimValue<N>>(
    name: N,
    value: V,
  ): ClaimsBuilder<Put<C, { [K in N]: V }>, Exclude<M, N>>;
  /** Several claims at once. */
  with<T extends object & { readonly [N in keyof T]: ClaimValue<N> }>(
    claims: T,
  ): ClaimsBuilder<Put<C, T>, Exclude<M, SureKeys<T>>>;
  /** The claims as they would be signed at a time in seconds. */
  resolve(now: number): C & { iat: number };
}

/** A claim's value, or how to make it when the token is signed. */
type Entry = { readonly value: unknown } | { readonly late: (now: number) => unknown };

/**
 * Starts the claims of a token. `iat` is set when it is signed.
 *
 * A profile is a kind of token: it brings its `typ`, and its required claims into the type.
 *
 * @throws JwtConfigError from its methods, for a value that cannot be the claim's.
 * @example
 * ```ts
 * import { claims, key, sign } from 'jwtight';
 *
 * const template = claims().issuer('https://auth.example.com').audience('billing-api').id().expiresIn('15m');
 * const token = await sign(template.subject('user-42'), await key('HS256').generate());
 * ```
 */
export function claims(): ClaimsBuilder<object, 'exp'>;
export function claims<R extends string>(profile: Profile<R>): ClaimsBuilder<object, Exclude<R, 'iat'>>;
export function claims(...args: [profile?: Profile]): ClaimsBuilder<object, string> {
  const [profile] = args;
  if (args.length > 0 && !isProfile(profile))
    throw new JwtConfigError('pass a profile such as accessToken, or nothing');
  const required = profile?.requiredClaims.filter((name) => name !== 'iat') ?? ['exp'];
  return builder(profile, { iat: { late: (now) => now } }, required) as never;
}

function builder(profile: Profile | undefined, entries: Readonly<Record<string, Entry>>, missing: readonly string[]) {
  const add = (more: Readonly<Record<string, Entry>>, without?: string) => {
    const merged = Object.entries({ ...entries, ...more }).filter(([name]) => name !== without);
    return builder(
      profile,
      Object.fromEntries(merged),
      missing.filter((name) => name !== without && !Object.hasOwn(more, name)),
    );
  };
  const set = (claims: Readonly<Record<string, unknown>>): ReturnType<typeof add> => {
    checkClaims(claims);
    const values = copyJson(claims, 'claims') as Record<string, unknown>;
    return add(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])));
  };
  return Object.freeze({
    profile,
    missing: Object.freeze(missing),
    issuer: (iss: string) => set({ iss }),
    subject: (sub: string) => set({ sub }),
    audience: (aud: string | readonly string[]) => set({ aud }),
    id: (...args: [jti?: string]) =>
      args.length === 0 ? add({ jti: { late: () => crypto.randomUUID() } }) : set({ jti: args[0] }),
    issuedAt: (time: number | Date) => set({ iat: toSeconds(time) }),
    notBefore: (...args: [time?: number | Date]) =>
      args.length === 0 ? add({ nbf: { late: (now) => now } }) : set({ nbf: toSeconds(args[0]) }),
    expiresIn(duration: Duration) {
      const seconds = parseDuration(duration, 'expiresIn');
      if (seconds < 1) throw new JwtConfigError('expiresIn must be at least one second');
      return add({ exp: { late: (now) => Math.floor(now + seconds) } });
    },
    expiresAt: (time: number | Date) => set({ exp: toSeconds(time) }),
    neverExpires() {
      if (profile?.expires) throw new JwtConfigError('tokens of this profile must expire');
      return add({}, 'exp');
    },
    set: (name: string, value: unknown) => set(Object.fromEntries([[name, value]])),
    with: (claims: Readonly<Record<string, unknown>>) => set(claims),
    resolve: (now: number) =>
      Object.fromEntries(
        Object.entries(entries).map(([name, entry]) => [name, 'late' in entry ? entry.late(now) : entry.value]),
      ),
  });
}

/** A Date in seconds; anything else is left to the check of the claim. */
function toSeconds(time: unknown): unknown {
  const date = time as Date | undefined;
  return typeof date?.getTime === 'function' ? Math.floor(date.getTime() / 1000) : time;
}

/** Latest NumericDate taken at face value, the year 5138: above it somebody passed milliseconds. */
const MAX_DATE = 1e11;

/** Checks claims that are about to be signed. */
export function checkClaims(claims: unknown): asserts claims is JwtClaims {
  if (!isObject(claims)) throw new JwtConfigError('claims must be an object');
  const malformed = malformedClaim(claims);
  if (malformed) throw new JwtConfigError(`${malformed.claim} must be ${malformed.expected}`);
  for (const name of ['exp', 'nbf', 'iat'] as const)
    if (Number(claims[name]) > MAX_DATE) throw new JwtConfigError(`${name} is in milliseconds: divide by 1000`);
}
