// A rule is data and one function. Everything a report, a page of documentation or SARIF says of it is here.

import { isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import type { AuditContext } from './context.js';
import type { Facts } from './facts/facts.js';
import { type Basis, type Confidence, SEVERITIES, type Severity } from './finding.js';
import type { AuditProfile } from './profile.js';
import type { AuditInput } from './subject.js';
import type { Thresholds } from './thresholds.js';

/** What a check knows besides the facts. */
export interface RuleContext {
  /** Seconds since 1970. */
  readonly now: number;
  readonly profile: AuditProfile;
  readonly thresholds: Thresholds;
  /** What the caller says of circumstances that no input shows. */
  readonly context: AuditContext;
  /** Further secrets to try on the token. */
  readonly wordlist: readonly string[];
  /** Most secrets to try on the token; 0 for none. */
  readonly maxCandidates: number;
  readonly signal: { readonly aborted: boolean } | undefined;
}

/** What a check found; what it leaves out is the rule's. */
export interface FindingDraft {
  /** JSON Pointer into the subject (see `pointer`). */
  readonly path: string;
  /** What is wrong, with no value of the input; the rule's title where it is left out. */
  readonly message?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly basis?: Basis;
  readonly remediation?: string;
}

/** What a check answers: its findings, none among them; `undefined` where it cannot tell. */
export type Found = Iterable<FindingDraft> | undefined;

/** A rule of the catalogue, or one of a user's own. */
export interface Rule {
  /** `group/name`, in lower case. Never changes its meaning once released. */
  readonly id: string;
  /** What is wrong, in one short sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Where a profile judges differently. A severity that a check sets itself wins. */
  readonly severityIn?: Readonly<Partial<Record<AuditProfile, Severity>>>;
  /** How sure a finding is unless the check says otherwise; `confirmed` by default. */
  readonly confidence?: Confidence;
  /** On whose authority; `standard` by default. */
  readonly basis?: Basis;
  /** Inputs without which it cannot be evaluated: all of them; of an inner list, any one. */
  readonly needs: readonly (AuditInput | readonly AuditInput[])[];
  /** How to mend it, in at most twelve words. */
  readonly remediation: string;
  /** `RFC 7515 §4.1.1`, `ASVS V9.1.2`, `CWE-347`, `CVE-2015-9235` and the like. */
  readonly references: readonly string[];
  /** Rules with the same cause are charged once, with the strongest of their findings; by default the id. */
  readonly rootCause?: string;
  /** Whether there is anything to look at, given the inputs; without it, always. */
  applies?(facts: Facts, context: RuleContext): boolean;
  /**
   * Everything that is wrong; `undefined` when that cannot be told, which counts as not evaluated. Must not throw,
   * whatever the facts; must not depend on anything else.
   */
  check(facts: Facts, context: RuleContext): Found | Promise<Found>;
}

/**
 * Checks a rule of your own, to be passed in `audit`'s `rules`.
 *
 * @throws JwtConfigError when a member is missing or not what it should be.
 * @example
 * ```ts
 * import { audit, defineRule, rules } from 'jwtight/audit';
 *
 * const tenant = defineRule({
 *   id: 'acme/tenant-missing',
 *   title: 'The token names no tenant',
 *   severity: 'medium',
 *   basis: 'policy',
 *   needs: ['token'],
 *   remediation: 'Set the claim tenant.',
 *   references: [],
 *   check: ({ token }) => (token?.claims && !('tenant' in token.claims) ? [{ path: '/token/claims' }] : []),
 * });
 * const { findings } = await audit({ token: 'e30.e30.' }, { rules: [...rules, tenant] });
 * console.log(findings.some(({ ruleId }) => ruleId === 'acme/tenant-missing')); // true
 * ```
 */
export function defineRule(rule: Rule): Rule {
  const valid =
    isObject(rule) &&
    /^[a-z\d]+(-[a-z\d]+)*\/[a-z\d]+(-[a-z\d]+)*$/.test(String(rule.id)) &&
    [rule.title, rule.remediation].every((text) => typeof text === 'string' && text !== '') &&
    SEVERITIES.includes(rule.severity) &&
    [rule.needs, rule.references].every(Array.isArray) &&
    typeof rule.check === 'function';
  if (!valid)
    throw new JwtConfigError(
      'a rule needs id (group/name), title, severity, needs, remediation, references and check()',
    );
  return Object.freeze({ ...rule });
}
