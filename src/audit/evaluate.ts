// Runs the rules over the facts: findings, and which rules could be evaluated at all.

import type { Facts } from './facts/facts.js';
import { type Finding, SEVERITIES } from './finding.js';
import type { FindingDraft, Rule, RuleContext } from './rule.js';
import type { RuleSet } from './rule-groups.js';

/** The ids of the rules by what became of them, each list in order. */
export interface RuleCoverage {
  /** The inputs were there and so was what the rule looks at. */
  readonly evaluated: readonly string[];
  /** The inputs were there, but nothing the rule is about. */
  readonly notApplicable: readonly string[];
  /** An input was not there, or could not be looked into. */
  readonly unknown: readonly string[];
}

/** What the rules found. */
export interface Evaluation {
  /** Worst first, then by rule and path: the order of rules and inputs does not show. */
  readonly findings: readonly Finding[];
  readonly coverage: RuleCoverage;
}

/** Runs the rules; the ids are of others, which are not loaded as an input is not there. */
export async function evaluate(facts: Facts, { rules, unknown }: RuleSet, context: RuleContext): Promise<Evaluation> {
  const findings: Finding[] = [];
  const coverage = { evaluated: [] as string[], notApplicable: [] as string[], unknown: [...unknown] };
  for (const rule of rules) {
    if (!hasInputs(rule, facts)) coverage.unknown.push(rule.id);
    else if (rule.applies?.(facts, context) === false) coverage.notApplicable.push(rule.id);
    else {
      // Most rules answer at once: an await each would cost more than all of them.
      const answer = rule.check(facts, context);
      const found = answer && 'then' in answer ? await answer : answer;
      coverage[found ? 'evaluated' : 'unknown'].push(rule.id);
      for (const draft of found ?? []) findings.push(toFinding(rule, draft, context));
    }
  }
  for (const ids of Object.values(coverage)) ids.sort();
  return { findings: withoutRepeats(findings.sort(byWeight)), coverage };
}

function hasInputs({ needs }: Rule, { inputs }: Facts): boolean {
  return needs.every((need) => (typeof need === 'string' ? inputs.has(need) : need.some((name) => inputs.has(name))));
}

function toFinding(rule: Rule, draft: FindingDraft, { profile }: RuleContext): Finding {
  return {
    ruleId: rule.id,
    severity: draft.severity ?? rule.severityIn?.[profile] ?? rule.severity,
    confidence: draft.confidence ?? rule.confidence ?? 'confirmed',
    basis: draft.basis ?? rule.basis ?? 'standard',
    message: draft.message ?? rule.title,
    path: draft.path,
    remediation: draft.remediation ?? rule.remediation,
    references: rule.references,
    rootCause: rule.rootCause ?? rule.id,
  };
}

/** Code units, not a locale: the order is the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byWeight(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.path, b.path) ||
    compare(a.confidence, b.confidence) ||
    compare(a.message, b.message)
  );
}

/** One finding of a rule at a path with a message is enough. */
function withoutRepeats(sorted: readonly Finding[]): Finding[] {
  return sorted.filter((finding, i) => {
    const before = sorted[i - 1];
    return (
      !before || before.ruleId !== finding.ruleId || before.path !== finding.path || before.message !== finding.message
    );
  });
}
