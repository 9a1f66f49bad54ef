import type { Finding } from './finding.js';
import type { CapReason } from './rating.js';
import type { AuditReport } from './report.js';

const CAPS: Readonly<Record<CapReason, string>> = {
  'confirmed-critical': 'a confirmed critical finding',
  'unconfirmed-critical': 'a likely critical finding',
  'three-high': 'three or more high findings',
  high: 'a high finding',
  'several-medium': 'several medium findings',
  medium: 'a medium finding',
  'several-low': 'several low findings',
  'partial-input': 'verifier, key and issuance were not all given',
};

/** Characters that mean something in Markdown or HTML; suppressions and rules of one's own can hold any. */
function escapeText(text: string): string {
  return text.replace(/[\\\u0060*_{}[\]<>()#+!|~&]/g, '\\$&').replace(/\s+/g, ' ');
}

/**
 * Names that whoever made the token chose, as code: nothing in it is markup, a link or the mention of a user. What could
 * end the code, or the cell of a table, is written as JSON does.
 */
function code(name: string): string {
  const written = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `\u0060${name.replace(/[\\\u0060|\p{Z}\p{C}]/gu, (char) => (char === ' ' ? char : char.split('').map(written).join('')))}\u0060`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function describe(finding: Finding): string {
  const mark = finding.suppressed
    ? ` — suppressed until ${finding.suppressed.expires}: ${escapeText(finding.suppressed.reason)}`
    : '';
  return `${escapeText(finding.message)} (${finding.confidence})${mark}`;
}

/**
 * A report as Markdown, for a pull request or a page.
 *
 * @example
 * ```ts
 * import { audit, toMarkdown } from 'jwtight/audit';
 *
 * console.log(toMarkdown(await audit({ issuance: { accessTokenLifetime: '8h' } })));
 * ```
 */
export function toMarkdown(report: AuditReport): string {
  const { grade, score, coverage, findings, deductions, caps, traits, insights } = report;
  const verdict = grade === null ? 'not rated' : escapeText(grade);
  const lines = [
    `# JWT audit: ${verdict}`,
    '',
    ...(score === null ? [] : [`Score ${score} of 100.`]),
    `Profile ${report.profile}, rubric ${report.rubricVersion}, as of ${report.auditedAt}. ` +
      `${coverage.evaluated.length} rules evaluated, ${coverage.notApplicable.length} not applicable, ` +
      `${coverage.unknown.length} unknown for lack of input${coverage.partial ? '; the input is partial' : ''}.`,
    '',
    '## Findings',
    '',
  ];
  if (findings.length === 0) lines.push('None.', '');
  else {
    lines.push(
      ...table(
        ['Severity', 'Rule', 'Where', 'What', 'Mend', 'References'],
        findings.map((finding) => [
          finding.severity,
          finding.ruleId,
          finding.path === '' ? '' : code(finding.path),
          describe(finding),
          escapeText(finding.remediation),
          escapeText(finding.references.join(', ')),
        ]),
      ),
    );
  }
  if (deductions.length + caps.length > 0) {
    lines.push('## Rating', '');
    for (const { ruleId, severity, points, covers } of deductions) {
      const others = covers.length === 0 ? '' : `, together with ${covers.join(', ')}`;
      lines.push(`- −${points}: ${ruleId} (${severity})${others}`);
    }
    for (const cap of caps) {
      const because = cap.ruleIds.length === 0 ? '' : ` (${cap.ruleIds.join(', ')})`;
      lines.push(`- at most ${cap.grade}: ${CAPS[cap.reason]}${because}`);
    }
    lines.push('');
  }
  lines.push('## Facts', '', `- Done well: ${traits.length === 0 ? 'nothing evidenced' : traits.join(', ')}`);
  for (const [name, value] of Object.entries(insights)) {
    if (value !== null) lines.push(`- ${name}: ${factText(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((name) => code(String(name))).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([name, part]) => `${name} ${String(part)}`)
    .join(', ');
}
