import { rules as catalogue } from '../catalogue.js';
import { SEVERITIES, type Severity } from '../finding.js';
import type { AuditReport } from '../report.js';
import type { AuditInput } from '../subject.js';
import { type Framework, TOPICS } from './topics.js';

/** What a rule contributes to a row. */
export interface ComplianceEvidence {
  readonly ruleId: string;
  readonly result: 'nothing-found' | Severity;
  /** There when the finding has been accepted by the caller. */
  readonly suppressed?: true;
}

/** A row of the matrix: a topic, the controls it touches, and what the audit can say to them. */
export interface ComplianceRow {
  readonly topic: string;
  readonly controls: Readonly<Partial<Record<Framework, readonly string[]>>>;
  /** Never "compliant": an audit of tokens can only speak for or against it. */
  readonly status: 'supports' | 'contradicts' | 'not-evidenced';
  readonly evidence: readonly ComplianceEvidence[];
  /** Seen in tokens, keys and secrets themselves, or only declared in a description; `null` without evidence. */
  readonly method: 'observed' | 'declared' | null;
  readonly limitations: readonly string[];
}

/** Inputs that are the thing itself, not a description of it. */
const OBSERVED: readonly AuditInput[] = ['token', 'secret', 'key', 'jwks'];
const DESIGN_ONLY = 'Shows how tokens are designed at one moment, not that a control operated over a period.';

/**
 * What a report says to controls of SOC 2, ISO 27001, HIPAA, ASVS and PCI DSS, topic by topic.
 *
 * A finding of medium or more contradicts, unless it is suppressed; rules that were evaluated and found less support.
 *
 * @example
 * ```ts
 * import { audit, complianceMatrix } from 'jwtight/audit';
 *
 * const matrix = complianceMatrix(await audit({ issuance: { accessTokenLifetime: '15m' } }));
 * console.log(matrix.map(({ topic, status }) => `${topic}: ${status}`));
 * ```
 */
export function complianceMatrix(report: AuditReport): ComplianceRow[] {
  return TOPICS.map(({ topic, rules, controls, limitation }) => {
    const isOurs = (id: string): boolean =>
      rules.some((pattern) => (pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern));
    const evaluated = report.coverage.evaluated.filter(isOurs);
    // What a stronger finding of another topic covers speaks through that one.
    const covering = report.deductions.filter(({ covers }) => covers.some(isOurs));
    const found = report.findings.filter(
      (finding) =>
        isOurs(finding.ruleId) || (!finding.suppressed && covering.some(({ ruleId }) => ruleId === finding.ruleId)),
    );
    const covered = covering.flatMap(({ covers }) => covers);
    const evidence = [
      ...found.map(
        ({ ruleId, severity, suppressed }): ComplianceEvidence => ({
          ruleId,
          result: severity,
          ...(suppressed && { suppressed: true as const }),
        }),
      ),
      ...evaluated
        .filter((id) => !found.some(({ ruleId }) => ruleId === id) && !covered.includes(id))
        .map((ruleId): ComplianceEvidence => ({ ruleId, result: 'nothing-found' })),
    ];
    const contradicts = found.some(
      ({ severity, suppressed }) => !suppressed && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium'),
    );
    return {
      topic,
      controls,
      status: contradicts ? 'contradicts' : evaluated.length > 0 ? 'supports' : 'not-evidenced',
      evidence,
      method: evaluated.length === 0 ? null : evaluated.some((id) => isObserved(id, report)) ? 'observed' : 'declared',
      limitations: [DESIGN_ONLY, limitation],
    };
  });
}

/** Whether a rule looked at an input that is the thing itself. */
function isObserved(id: string, { coverage }: AuditReport): boolean {
  const needs = catalogue.find((rule) => rule.id === id)?.needs.flat() ?? [];
  return needs.some((input) => OBSERVED.includes(input) && coverage.inputs.includes(input));
}
