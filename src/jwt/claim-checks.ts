// The one table of claim checks. The verifier runs its rows in order; nothing else judges a token's claims.

import { JwtError, type JwtErrorCode } from '../errors.js';
import type { JwtClaims } from './claims.js';
import type { ResolvedPolicy } from './policy.js';
import { brokenRule, livesTooLong } from './profiles.js';
import { malformedClaim, missingClaim } from './registered-claims.js';
import { unchecked } from './unchecked.js';

/** What a check found, without any value. */
interface Finding {
  readonly claim: string;
  readonly message: string;
}

/** A row of the table. */
export interface ClaimCheck {
  readonly code: JwtErrorCode;
  /** Whether the answer changes with time: such rows are run again for a cached token. */
  readonly timed?: true;
  /** What is wrong with the claims at a time in seconds, if anything. */
  find(claims: JwtClaims, policy: ResolvedPolicy, now: number): Finding | undefined;
}

/** The checks in the order in which they are made. Rows after the first may rely on the claims' types. */
export const CLAIM_CHECKS: readonly ClaimCheck[] = [
  {
    code: 'ERR_JWT_CLAIM_INVALID',
    find(claims) {
      const malformed = malformedClaim(claims);
      return malformed && { claim: malformed.claim, message: `must be ${malformed.expected}` };
    },
  },
  {
    code: 'ERR_JWT_CLAIM_MISSING',
    find(claims, { requiredClaims }) {
      const claim = missingClaim(claims, requiredClaims);
      return claim === undefined ? undefined : { claim, message: 'is required and missing' };
    },
  },
  {
    code: 'ERR_JWT_ISSUER',
    find: ({ iss }, { issuer }) =>
      issuer === unchecked || iss === issuer ? undefined : { claim: 'iss', message: 'is not the expected issuer' },
  },
  {
    code: 'ERR_JWT_AUDIENCE',
    find({ aud }, { audience }) {
      if (audience === unchecked) return undefined;
      const isNamed = typeof aud === 'string' ? audience.includes(aud) : aud!.some((name) => audience.includes(name));
      return isNamed ? undefined : { claim: 'aud', message: 'does not name this audience' };
    },
  },
  {
    code: 'ERR_JWT_SUBJECT',
    find: ({ sub }, { subject }) =>
      subject === undefined || sub === subject ? undefined : { claim: 'sub', message: 'is not the expected subject' },
  },
  {
    code: 'ERR_JWT_EXPIRED',
    timed: true,
    find: ({ exp = Infinity }, { clockTolerance }, now) =>
      // RFC 7519 §4.1.4: on or after exp the token must not be accepted.
      now - clockTolerance < exp ? undefined : { claim: 'exp', message: 'has passed: the token has expired' },
  },
  {
    code: 'ERR_JWT_NOT_ACTIVE',
    timed: true,
    find({ nbf = 0, iat = 0 }, { clockTolerance }, now) {
      const limit = now + clockTolerance;
      if (nbf > limit) return { claim: 'nbf', message: 'lies ahead: the token is not active yet' };
      return iat > limit ? { claim: 'iat', message: 'lies ahead: the token was issued in the future' } : undefined;
    },
  },
  {
    code: 'ERR_JWT_TOO_OLD',
    timed: true,
    find: ({ iat = 0 }, { maxTokenAge, clockTolerance }, now) =>
      maxTokenAge === undefined || now - clockTolerance - iat <= maxTokenAge
        ? undefined
        : { claim: 'iat', message: `lies more than ${maxTokenAge} seconds back` },
  },
  {
    code: 'ERR_JWT_CLAIM_INVALID',
    find: (claims, { profile }, now) =>
      profile && livesTooLong(profile, claims, now)
        ? { claim: 'exp', message: `is more than ${profile.maxLifetime} seconds after the token was issued` }
        : undefined,
  },
  {
    code: 'ERR_JWT_CLAIM_INVALID',
    find(claims, { profile, audience }) {
      const rule = profile && brokenRule(profile, claims, audience === unchecked ? undefined : audience);
      return rule && { claim: rule.claim, message: `must be ${rule.expected}` };
    },
  },
];

/**
 * Runs the table over the claims of a token.
 *
 * @throws JwtError with the code of the first check that found something.
 */
export function checkVerifiedClaims(claims: JwtClaims, policy: ResolvedPolicy, now: number, timedOnly: boolean): void {
  for (const check of CLAIM_CHECKS) {
    if (timedOnly && !check.timed) continue;
    const finding = check.find(claims, policy, now);
    if (finding) throw new JwtError(check.code, `${finding.claim} ${finding.message}`, { claim: finding.claim });
  }
}
