// What the claims lack for a policy at a time: the verifier's own checks, all of them instead of the first.

import { MAX_SECONDS } from '../../encoding/duration.js';
import type { JsonObject } from '../../encoding/json.js';
import { CLAIM_CHECKS } from '../../jwt/claim-checks.js';
import type { ResolvedPolicy } from '../../jwt/policy.js';
import { livesTooLong } from '../../jwt/profiles.js';
import { unchecked } from '../../jwt/unchecked.js';
import { type Cause, type CauseId, cause } from './cause.js';

/** The part of a policy that claims are checked against. */
type Expectations = Pick<
  ResolvedPolicy,
  'issuer' | 'audience' | 'subject' | 'requiredClaims' | 'clockTolerance' | 'maxTokenAge' | 'profile'
>;

/** Without a verifier nothing but times can be judged, and no tolerance is assumed. */
const TIMES_ONLY: Expectations = {
  issuer: unchecked,
  audience: unchecked,
  subject: undefined,
  requiredClaims: [],
  clockTolerance: 0,
  maxTokenAge: undefined,
  profile: undefined,
};

/** Later than the year 5138: milliseconds taken for seconds. */
const MILLISECONDS = 1e11;
/** Clocks that are so many seconds apart are badly set; further apart the token is meant for later. */
const DRIFT = 600;

const DATES = ['exp', 'nbf', 'iat'];

/** Why the claims are refused at a time in seconds. */
export function diagnoseClaims(given: JsonObject, policy: ResolvedPolicy | undefined, now: number): Cause[] {
  const causes: Cause[] = [];
  const claims: JsonObject = { ...given };
  for (const name of DATES) {
    const time = claims[name];
    if (typeof time !== 'number' || time <= MILLISECONDS || time > MAX_SECONDS) continue;
    // To a verifier exp lies in the far future, which only a profile forbids; the others must not lie ahead at all.
    const fails = name !== 'exp' || (policy?.profile && livesTooLong(policy.profile, given, now));
    causes.push(cause('milliseconds', fails ? 'certain' : 'likely', `${name} is in milliseconds, not in seconds`));
    claims[name] = time / 1000;
  }

  let expected: Expectations = policy ?? TIMES_ONLY;
  const seen = new Set<string>();
  for (const check of CLAIM_CHECKS) {
    for (;;) {
      const finding = check.find(claims, expected as ResolvedPolicy, now);
      if (!finding || seen.has(finding.claim)) break;
      const { claim, message } = finding;
      seen.add(claim);
      const words = `${claim} ${message}`;
      const found =
        check === CLAIM_CHECKS[0]
          ? malformed(claim, claims[claim], words)
          : explain(check.code, words, claim, claims[claim], expected, now);
      // What is wrong with the exp that was meant shows once it is in seconds.
      causes.push(claim === 'exp' && claims.exp !== given.exp ? { ...found, confidence: 'likely' } : found);
      // What has been found out about a claim is not held against it again.
      delete claims[claim];
      expected = without(expected, claim);
    }
  }
  return causes;
}

function without(expected: Expectations, claim: string): Expectations {
  return {
    ...expected,
    requiredClaims: expected.requiredClaims.filter((name) => name !== claim),
    ...(claim === 'iss' && { issuer: unchecked }),
    ...(claim === 'aud' && { audience: unchecked }),
    ...(claim === 'sub' && { subject: undefined }),
  };
}

function malformed(claim: string, value: unknown, message: string): Cause {
  return DATES.includes(claim) && typeof value === 'string'
    ? cause('date-as-string', 'certain', `${claim} is a string, not a number of seconds`)
    : cause('claim-malformed', 'certain', message);
}

function explain(
  code: string,
  message: string,
  claim: string,
  value: unknown,
  { issuer, audience, subject, clockTolerance, maxTokenAge }: Expectations,
  now: number,
): Cause {
  const certain = (id: CauseId, words: string) => cause(id, 'certain', words);
  const tolerance = clockTolerance > 0 ? `; ${seconds(clockTolerance)} are tolerated` : '';
  switch (code) {
    case 'ERR_JWT_CLAIM_MISSING':
      return certain('claim-missing', message);
    case 'ERR_JWT_ISSUER':
      return certain('wrong-issuer', message + nearMiss(value, [issuer]));
    case 'ERR_JWT_AUDIENCE':
      return certain('wrong-audience', message + nearMiss(value, audience as readonly string[]));
    case 'ERR_JWT_SUBJECT':
      return certain('wrong-subject', message + nearMiss(value, [subject]));
    case 'ERR_JWT_EXPIRED':
      return certain('expired', `The token expired ${seconds(now - Number(value))} ago${tolerance}`);
    case 'ERR_JWT_NOT_ACTIVE': {
      const ahead = Number(value) - now;
      const words = `It is ${seconds(ahead)} before ${claim}${tolerance}`;
      return ahead > DRIFT
        ? certain('not-active', words)
        : certain('clock-drift', `${words}: the clocks of issuer and verifier are apart`);
    }
    case 'ERR_JWT_TOO_OLD':
      return certain(
        'too-old',
        `The token was issued ${seconds(now - Number(value))} ago; at most ${seconds(maxTokenAge!)} are allowed`,
      );
    default:
      return certain('claim-invalid', message);
  }
}

function seconds(count: number): string {
  return `${Math.ceil(count)} s`;
}

/** Says when a claim differs from what is expected in nothing but case, or slashes and white space at its end. */
function nearMiss(value: unknown, expected: readonly unknown[]): string {
  const bare = (name: unknown) => String(name).toLowerCase().trimEnd().replace(/\/$/, '');
  const names = [value].flat().map(bare);
  return expected.some((name) => names.includes(bare(name)))
    ? ': it differs in case, or in a slash or white space at its end'
    : '';
}
