// Verifiers in one shape, whether the policy is ours or the description of another library's.

import { parseDuration } from '../../encoding/duration.js';
import type { ResolvedPolicy } from '../../jwt/policy.js';
import type { Profile } from '../../jwt/profiles.js';
import { unchecked } from '../../jwt/unchecked.js';
import {
  type AuditSubject,
  type HeaderKey,
  isResolvedPolicy,
  type VerifierDescription,
  type VerifierPermission,
} from '../subject.js';
import { type KeyFacts, readKey } from './key.js';

/** What a verifier checks, and what it lets pass. */
export interface VerifierFacts {
  /** `/verifier`, or `/verifier/0` of a list. */
  readonly path: string;
  /** Made by createVerifier: what it refuses is known without being said. */
  readonly ours: boolean;
  /** `undefined` when no list is configured. */
  readonly algorithms: readonly string[] | undefined;
  /** The keys given with a description; `undefined` when not known, empty when there are none. */
  readonly keys: readonly KeyFacts[] | undefined;
  readonly verifiesSignature: boolean;
  /** Expected issuers; `undefined` when iss is not checked. */
  readonly issuers: readonly string[] | undefined;
  /** Expected audiences; `undefined` when aud is not checked. */
  readonly audiences: readonly string[] | undefined;
  /** Whether typ is checked. Ours always is: absent or JWT, where no type is set. */
  readonly checksType: boolean;
  /** The media type that typ must name, where one is set. */
  readonly type: string | undefined;
  readonly profile: Profile | undefined;
  readonly expiry: 'required' | 'optional' | 'ignored';
  /** Seconds; `undefined` when not set. */
  readonly clockTolerance: number | undefined;
  /** Seconds; `undefined` when not set. */
  readonly maxTokenAge: number | undefined;
  readonly requiredClaims: readonly string[];
  /** Parameters of a token's header from which keys are taken. */
  readonly headerKeys: readonly HeaderKey[];
  /** Whether header keys are taken from wherever the token says (`trustsHeaderKeys: true`). */
  readonly trustsAnyHeaderKey: boolean;
  readonly jwksUrl: string | undefined;
  /** Seconds; each `undefined` when not set, the whole when not known. */
  readonly jwksCache:
    | {
        readonly maxAge: number | undefined;
        readonly cooldown: number | undefined;
        readonly followsRedirects: boolean | undefined;
      }
    | undefined;
  /** Characters; `undefined` when there is no limit. */
  readonly maxTokenLength: number | undefined;
  readonly revocation: 'jti' | 'status-list' | 'token-hash' | 'none';
  readonly patterns: readonly (RegExp | 'prefix' | 'substring')[];
  readonly permits: readonly VerifierPermission[];
}

const HEADER_KEYS: readonly HeaderKey[] = ['jwk', 'jku', 'x5c', 'x5u'];

/** Reads one verifier or a list of them. */
export async function readVerifiers(given: NonNullable<AuditSubject['verifier']>): Promise<VerifierFacts[]> {
  const list = Array.isArray(given);
  const policies: readonly (ResolvedPolicy | VerifierDescription)[] = list ? given : [given];
  return Promise.all(
    policies.map((policy, i) => {
      const path = list ? `/verifier/${i}` : '/verifier';
      return isResolvedPolicy(policy) ? readPolicy(policy, path) : readDescription(policy, path);
    }),
  );
}

function readPolicy(policy: ResolvedPolicy, path: string): VerifierFacts {
  return {
    path,
    ours: true,
    algorithms: policy.algorithms,
    keys: undefined,
    verifiesSignature: true,
    issuers: policy.issuer === unchecked ? undefined : [policy.issuer],
    audiences: policy.audience === unchecked ? undefined : policy.audience,
    checksType: true,
    type: policy.type,
    profile: policy.profile,
    // A profile without exp limits the age instead.
    expiry: policy.requireExpiry === unchecked && policy.profile?.expires !== false ? 'optional' : 'required',
    clockTolerance: policy.clockTolerance,
    maxTokenAge: policy.maxTokenAge,
    requiredClaims: policy.requiredClaims,
    headerKeys: [],
    trustsAnyHeaderKey: false,
    jwksUrl: undefined,
    jwksCache: undefined,
    maxTokenLength: policy.maxTokenLength,
    revocation: policy.revocation ? 'jti' : 'none',
    patterns: [],
    permits: [],
  };
}

async function readDescription(given: VerifierDescription, path: string): Promise<VerifierFacts> {
  const { keys, jwksCache, trustsHeaderKeys, revocation, requiredClaims = [] } = given;
  const keyList: readonly unknown[] | undefined = keys === undefined || Array.isArray(keys) ? keys : [keys];
  return {
    path,
    ours: false,
    algorithms: given.algorithms,
    keys:
      keyList &&
      (await Promise.all(
        keyList.map((key, i) => readKey(key, Array.isArray(keys) ? `${path}/keys/${i}` : `${path}/keys`)),
      )),
    verifiesSignature: given.verifySignature !== false,
    issuers: names(given.issuer),
    audiences: names(given.audience),
    checksType: given.type !== undefined,
    type: given.type,
    profile: undefined,
    expiry: given.ignoreExpiration ? 'ignored' : requiredClaims.includes('exp') ? 'required' : 'optional',
    clockTolerance: seconds(given.clockTolerance, 'clockTolerance'),
    maxTokenAge: seconds(given.maxTokenAge, 'maxTokenAge'),
    requiredClaims,
    headerKeys: Array.isArray(trustsHeaderKeys) ? trustsHeaderKeys : trustsHeaderKeys === true ? HEADER_KEYS : [],
    trustsAnyHeaderKey: trustsHeaderKeys === true,
    jwksUrl: given.jwksUrl,
    jwksCache: jwksCache && {
      maxAge: seconds(jwksCache.maxAge, 'jwksCache.maxAge'),
      cooldown: seconds(jwksCache.cooldown, 'jwksCache.cooldown'),
      followsRedirects: jwksCache.followsRedirects,
    },
    maxTokenLength: given.maxTokenLength,
    revocation: revocation === true ? 'jti' : revocation || 'none',
    patterns: given.patterns ?? [],
    permits: given.permits ?? [],
  };
}

/** An empty list checks nothing. */
function names(given: VerifierDescription['issuer']): readonly string[] | undefined {
  if (given === undefined || given === unchecked) return undefined;
  const list = typeof given === 'string' ? [given] : given;
  return list.length === 0 ? undefined : list;
}

function seconds(given: unknown, name: string): number | undefined {
  return given === undefined ? undefined : parseDuration(given, name);
}
