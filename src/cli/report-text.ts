import type { ComplianceRow } from '../audit/compliance/matrix.js';
import type { Severity } from '../audit/finding.js';
import type { AuditReport } from '../audit/report.js';
import type { Output, Style } from './io.js';
import { visible } from './safe-text.js';

const COLOURS: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

const STATUS_COLOURS: Readonly<Record<ComplianceRow['status'], Style>> = {
  contradicts: 'red',
  supports: 'green',
  'not-evidenced': 'dim',
};

/** A grade with the colour it deserves. */
export function gradeText(output: Output, grade: AuditReport['grade']): string {
  const style = grade === null ? 'dim' : /^A/.test(grade) ? 'green' : /^[BC]/.test(grade) ? 'yellow' : 'red';
  return output.paint(style, grade ?? 'not rated');
}

/** Prints a report for people at a terminal. */
export function printReport(output: Output, source: string, report: AuditReport): void {
  const { score, findings, coverage, caps } = report;
  output.line(
    `${output.paint('bold', visible(source))}: ${gradeText(output, report.grade)}${score === null ? '' : `, ${score} of 100 points`}`,
  );
  output.line();
  for (const { severity, ruleId, message, path, remediation, references, suppressed } of findings) {
    output.line(`  ${output.paint(COLOURS[severity], severity.padEnd(8))}  ${visible(message)}`);
    output.line(`            ${remediation}`);
    const details = [ruleId, path, ...references].map(visible).join(' · ');
    output.line(`            ${output.paint('dim', details)}`);
    if (suppressed) output.line(`            accepted until ${suppressed.expires}: ${visible(suppressed.reason)}`);
  }
  if (findings.length === 0) output.line('  Nothing found.');
  output.line();
  const partial = caps.find(({ reason }) => reason === 'partial-input');
  const limit = partial ? `; at most ${partial.grade} without verifier, key and issuance` : '';
  output.line(output.paint('dim', `  ${coverage.evaluated.length} rules evaluated${limit}`));
  output.line();
}

/** Prints what a report says to the controls of the frameworks. */
export function printCompliance(output: Output, matrix: readonly ComplianceRow[]): void {
  for (const { topic, status, controls } of matrix) {
    output.line(`  ${output.paint(STATUS_COLOURS[status], status.padEnd(13))}  ${topic}`);
    if (status === 'not-evidenced') continue;
    for (const [framework, ids] of Object.entries(controls))
      output.line(`                 ${output.paint('dim', `${framework}: ${ids.join(', ')}`)}`);
  }
  output.line();
}

/** The same as Markdown, to stand below a report. */
export function complianceMarkdown(matrix: readonly ComplianceRow[]): string {
  const rows = matrix.map(({ topic, status, controls }) => {
    const names = Object.entries(controls).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`);
    return `| ${topic} | ${status} | ${names.join('; ')} |`;
  });
  return ['## Compliance', '', '| Topic | Status | Controls |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
