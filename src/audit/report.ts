import type { RuleCoverage } from './evaluate.js';
import type { Finding } from './finding.js';
import type { Insights } from './insights.js';
import type { AuditProfile } from './profile.js';
import type { Cap, Deduction, Grade, Trait } from './rating.js';
import type { AuditInput } from './subject.js';

/** What was looked at. */
export interface Coverage extends RuleCoverage {
  /** The members that the subject had, in order. */
  readonly inputs: readonly AuditInput[];
  /** What the full grade needs. A key that cannot be read, or an issuance policy that says nothing, does not count. */
  readonly areas: { readonly verifier: boolean; readonly key: boolean; readonly issuance: boolean };
  /** Whether an area is missing; the grade is capped then. */
  readonly partial: boolean;
}

/** What an audit says. Plain JSON; nothing of a secret, a token or a claim's value is in it. */
export interface AuditReport {
  readonly rubricVersion: string;
  readonly profile: AuditProfile;
  /** The time it was judged by, as ISO 8601. */
  readonly auditedAt: string;
  /** `null` when nothing could be rated; with `*` when findings are suppressed. */
  readonly grade: Grade | null;
  /** 0 to 100. */
  readonly score: number | null;
  readonly coverage: Coverage;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly deductions: readonly Deduction[];
  readonly caps: readonly Cap[];
  readonly traits: readonly Trait[];
  readonly insights: Insights;
}
