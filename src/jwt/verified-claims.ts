// Types only: what a policy says about the claims of the tokens it lets through.

import type { ProfileClaims, RegisteredClaims } from './claims.js';
import type { Profile } from './profiles.js';
import type { SchemaOutput, StandardSchema } from './standard-schema.js';
import type { Unchecked } from './unchecked.js';

type Known<N extends string> = {
  readonly [K in N]: K extends keyof ProfileClaims ? NonNullable<ProfileClaims[K]> : unknown;
};

/** Names that are no longer literal say nothing. */
type Literal<N extends string> = string extends N ? never : N;

type RequiredNames<I, A, P, E, R extends string> =
  | ([I] extends [string] ? 'iss' : never)
  | ([A] extends [string | readonly string[]] ? 'aud' : never)
  | ([E] extends [never] ? ([P] extends [never] ? 'exp' : never) : never)
  | ([P] extends [Profile<infer N>] ? Literal<N> : never)
  | Literal<R>;

type Simplify<T> = { [K in keyof T]: T[K] };

/** The registered claims, of which the named ones are there for sure. */
type Sure<N extends string> = Known<N> & Omit<RegisteredClaims, N>;

type JwtIndex = { readonly [claim: string]: unknown };

/** The schema's output stands in for the claims it names; the others stay. */
type Merge<Claims, Output> = string extends keyof Output
  ? Claims & Output
  : Simplify<Omit<Claims, keyof Output> & Readonly<Output>>;

/** The claims of a verified token, as far as its policy fixes them. `never` stands for an option left out. */
export type VerifiedClaims<I, A, S, P, E, R extends string> = [S] extends [never]
  ? Simplify<Sure<RequiredNames<I, A, P, E, R>> & JwtIndex>
  : Merge<Sure<RequiredNames<I, A, P, E, R>>, SchemaOutput<S>>;

/** The same for one of several policies, from the type of its object. */
export type PolicyClaims<Policy> = Policy extends { readonly issuer: infer I; readonly audience: infer A }
  ? VerifiedClaims<
      I,
      A,
      Policy extends { readonly claims: infer S extends StandardSchema } ? S : never,
      Policy extends { readonly profile: infer P extends Profile } ? P : never,
      Policy extends { readonly requireExpiry: Unchecked } ? Unchecked : never,
      Policy extends { readonly requiredClaims: readonly (infer R extends string)[] } ? R : never
    >
  : never;
