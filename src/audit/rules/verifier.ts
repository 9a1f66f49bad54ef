// What verifiers check, and what they let pass. A description says what is configured: the rest is not.

import { sameMediaType } from '../../jwt/media-type.js';
import type { Facts } from '../facts/facts.js';
import { lifetimeOf } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import type { Severity } from '../finding.js';
import { pointer } from '../pointer.js';
import type { FindingDraft, Rule, RuleContext } from '../rule.js';
import type { VerifierPermission } from '../subject.js';

type Judgement = Partial<FindingDraft> | false | undefined;

/** A check of each verifier by itself. */
function each(judge: (verifier: VerifierFacts, facts: Facts, context: RuleContext) => Judgement): Rule['check'] {
  return (facts, context) =>
    facts.verifiers.flatMap((verifier) => {
      const found = judge(verifier, facts, context);
      return found ? [{ path: verifier.path, ...found }] : [];
    });
}

/** Everything a verifier is permitted of these. */
function permitted(permissions: readonly VerifierPermission[]): Rule['check'] {
  return ({ verifiers }) =>
    verifiers.flatMap(({ path, permits }) =>
      permits.flatMap((name, i) => (permissions.includes(name) ? [{ path: pointer(path, 'permits', i) }] : [])),
    );
}

function isOf({ type }: VerifierFacts, ...types: readonly string[]): boolean {
  return type !== undefined && types.some((name) => sameMediaType(name, type));
}

/** RFC 9449 §4.2: a proof has neither exp nor iss nor aud. */
function isForProofs(verifier: VerifierFacts): boolean {
  return isOf(verifier, 'dpop+jwt') || verifier.profile?.type === 'dpop+jwt';
}

/** Nothing to verify with: no key at all, or only empty ones. Header keys have rules of their own. */
function hasNoKey({ keys, jwksUrl, headerKeys }: VerifierFacts): boolean {
  return keys !== undefined && jwksUrl === undefined && headerKeys.length === 0 && keys.every(({ bits }) => bits === 0);
}

/** Issuers that are one in two spellings, as Google's with and without https://, count once. */
function issuerCount({ issuers = [] }: VerifierFacts): number {
  return new Set(issuers.map((issuer) => issuer.replace(/^https?:\/\//, '').replace(/\/$/, ''))).size;
}

/** Whether a pattern can match less than the whole text. */
function isLoose(pattern: VerifierFacts['patterns'][number]): boolean {
  if (typeof pattern === 'string') return true;
  // Characters that are escaped or in brackets mean themselves; what is in a group does not divide the whole.
  let bare = pattern.source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  for (let before = ''; before !== bare; ) [before, bare] = [bare, bare.replace(/\([^()]*\)/g, '_')];
  return !/^\^[^|]*\$$/.test(bare) || String(pattern.flags).includes('m');
}

function toleranceSeverity(seconds: number, { thresholds }: RuleContext): Severity | undefined {
  const { low, medium, high } = thresholds.clockTolerance;
  return seconds > high ? 'high' : seconds > medium ? 'medium' : seconds > low ? 'low' : undefined;
}

/** The longest life of an access token that the inputs show. */
function accessLife({ issuance, token, draft }: Facts): number | undefined {
  const lives = [token, draft]
    .flatMap((one) => (one && (one.kind === 'access' || one.kind === 'unknown') ? [lifetimeOf(one)] : []))
    .concat(issuance?.accessTokenLifetime)
    .filter((life) => life !== undefined);
  return lives.length === 0 ? undefined : Math.max(...lives);
}

/** The rules of the group `verifier/`. */
export const verifierRules: readonly Rule[] = [
  {
    id: 'verifier/signature-disabled',
    title: 'The verifier does not verify signatures',
    severity: 'critical',
    needs: ['verifier'],
    remediation: 'Verify every token with a key.',
    references: ['ASVS V9.1.1', 'CWE-347'],
    check: each((verifier) =>
      !verifier.verifiesSignature ? {} : hasNoKey(verifier) && { message: 'The verifier has no key' },
    ),
  },
  {
    id: 'verifier/exp-ignored',
    title: 'Expired tokens are accepted',
    severity: 'critical',
    needs: ['verifier'],
    remediation: 'Enforce exp.',
    references: ['RFC 7519 §4.1.4', 'ASVS V9.2.1', 'CWE-613'],
    rootCause: 'no-expiry',
    check: each(({ expiry }) => expiry === 'ignored' && {}),
  },
  {
    id: 'verifier/exp-not-required',
    title: 'Tokens without exp are accepted',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Require the claim exp.',
    references: ['ASVS V9.2.1', 'CWE-613'],
    rootCause: 'no-expiry',
    // RFC 8417 §2.2: events do not expire.
    check: each((v) => v.expiry === 'optional' && !isForProofs(v) && !isOf(v, 'secevent+jwt') && {}),
  },
  {
    id: 'verifier/aud-unchecked',
    title: 'The verifier does not check aud',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Configure the audience.',
    references: ['RFC 8725 §3.9', 'ASVS V9.2.3'],
    check: each((verifier, { issuance }, { context }) => {
      if (verifier.audiences || isForProofs(verifier)) return false;
      // An explicit opt-out where there is nothing to confuse is no mistake.
      if (context.singleAudience && verifier.ours) return false;
      return { severity: context.singleAudience || issuance?.audiences?.length === 1 ? 'medium' : 'high' };
    }),
  },
  {
    id: 'verifier/iss-unchecked',
    title: 'The verifier does not check iss',
    severity: 'medium',
    needs: ['verifier'],
    remediation: 'Configure the issuer.',
    references: ['RFC 8725 §3.8'],
    check: each((verifier) => !verifier.issuers && !isForProofs(verifier) && {}),
  },
  {
    id: 'verifier/issuer-not-bound-to-key',
    title: 'Several issuers share one pool of keys',
    severity: 'critical',
    needs: ['verifier'],
    remediation: 'Bind each issuer to its own keys.',
    references: ['RFC 8725 §3.8'],
    check: each(
      (verifier) =>
        issuerCount(verifier) > 1 && {
          // Keys that are not described may be chosen by issuer.
          confidence: verifier.keys || verifier.jwksUrl !== undefined ? 'confirmed' : 'possible',
        },
    ),
  },
  {
    id: 'verifier/typ-unchecked',
    title: 'Several kinds of tokens are issued, and typ is not checked',
    severity: 'medium',
    needs: ['verifier', 'issuance'],
    remediation: 'Configure the expected typ.',
    references: ['RFC 8725 §3.11', 'ASVS V9.2.2'],
    applies: ({ issuance }) => new Set(issuance?.kinds).size > 1,
    check: each(({ checksType }) => !checksType && {}),
  },
  {
    id: 'verifier/loose-match',
    title: 'A claim is compared with a pattern that matches part of it',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Compare claims with exact values.',
    references: ['RFC 7519 §4.1.1', 'CWE-777'],
    check: ({ verifiers }) =>
      verifiers.flatMap(({ path, patterns }) =>
        patterns.flatMap((pattern, i) => (isLoose(pattern) ? [{ path: pointer(path, 'patterns', i) }] : [])),
      ),
  },
  {
    id: 'verifier/clock-tolerance',
    title: 'The clock tolerance is long',
    severity: 'low',
    basis: 'policy',
    needs: ['verifier'],
    remediation: 'Tolerate at most 60 seconds.',
    references: ['RFC 7519 §4.1.4', 'FAPI 2.0 §5.3.2.1'],
    check: each(({ path, clockTolerance = 0 }, _facts, context) => {
      const severity = toleranceSeverity(clockTolerance, context);
      return (
        severity && { path: pointer(path, 'clockTolerance'), severity, message: `${clockTolerance} s of tolerance` }
      );
    }),
  },
  {
    id: 'verifier/no-max-age',
    title: 'The age of tokens is not limited',
    severity: 'info',
    basis: 'policy',
    needs: ['verifier'],
    remediation: 'Set maxTokenAge.',
    references: ['CWE-613'],
    check: each(({ maxTokenAge }) => maxTokenAge === undefined && {}),
  },
  {
    id: 'verifier/no-size-limit',
    title: 'The size of tokens is not limited',
    severity: 'low',
    needs: ['verifier'],
    remediation: 'Refuse long tokens before reading them.',
    references: ['CWE-770'],
    check: each(({ maxTokenLength }) => maxTokenLength === undefined && {}),
  },
  {
    id: 'verifier/jwe-as-jws',
    title: 'A token that is only encrypted counts as authenticated',
    severity: 'critical',
    needs: ['verifier'],
    remediation: 'Require a signed token inside the encrypted one.',
    references: ['RFC 8725 §3.3', 'CVE-2023-51774'],
    check: permitted(['unsigned-jwe']),
  },
  {
    id: 'verifier/format-confusion',
    title: 'JSON serialisations, or claims read before verifying, are accepted',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Accept compact tokens only, and verify first.',
    references: ['RFC 7519 §3'],
    check: permitted(['json-serialization', 'claims-before-verifying']),
  },
  {
    id: 'verifier/legacy-escape-hatch',
    title: 'Small RSA keys or keys of the wrong type are allowed',
    severity: 'high',
    basis: 'advisory',
    needs: ['verifier'],
    remediation: 'Remove the option and replace the key.',
    references: ['CVE-2022-23539', 'CVE-2022-23541'],
    check: permitted(['weak-keys']),
  },
  {
    id: 'verifier/no-revocation-check',
    title: 'Tokens live long and cannot be revoked',
    severity: 'medium',
    basis: 'policy',
    needs: ['verifier', ['issuance', 'token', 'draft']],
    remediation: 'Check revocation, or issue shorter-lived tokens.',
    references: ['ASVS V7.4.1', 'CWE-613'],
    rootCause: 'revocation',
    applies: (facts) => accessLife(facts) !== undefined,
    check: each(({ revocation, maxTokenAge = Number.POSITIVE_INFINITY }, facts, { thresholds }) => {
      const life = Math.min(accessLife(facts)!, maxTokenAge);
      return revocation === 'none' && life > thresholds.shortLife && {};
    }),
  },
];
