// The compliance matrix: as cards on the page, and as a table in Markdown.

import type { ComplianceRow } from 'jwtight/audit';
import { el } from './dom.js';

const STATUS: Readonly<Record<ComplianceRow['status'], string>> = {
  supports: 'supports',
  contradicts: 'contradicts',
  'not-evidenced': 'no evidence',
};

function controlsText({ controls }: ComplianceRow): string[] {
  return Object.entries(controls).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`);
}

function evidenceText({ evidence, method }: ComplianceRow): string {
  if (evidence.length === 0) return 'No input says anything about it.';
  const texts = evidence.map(({ ruleId, result }) => `${ruleId} ${result.replace('-', ' ')}`);
  return `${method === 'declared' ? 'As declared' : 'As observed'}: ${texts.join(', ')}.`;
}

/** One card a topic. */
export function matrixRows(rows: readonly ComplianceRow[]): HTMLElement[] {
  return rows.map((row) =>
    el(
      'li',
      { class: `topic ${row.status}` },
      el('h3', {}, el('span', { class: `badge ${row.status}` }, STATUS[row.status]), ` ${row.topic}`),
      el('ul', { class: 'plain controls' }, ...controlsText(row).map((text) => el('li', {}, text))),
      el(
        'details',
        {},
        el('summary', {}, 'Evidence and limits'),
        el('p', { class: 'aside' }, evidenceText(row)),
        ...row.limitations.map((text) => el('p', { class: 'aside' }, text)),
      ),
    ),
  );
}

const cell = (text: string): string => text.replace(/[\\|]/g, '\\$&').replace(/\s+/g, ' ');

/** The matrix as Markdown, for whoever keeps the evidence. */
export function matrixMarkdown(rows: readonly ComplianceRow[]): string {
  const lines = rows.map((row) =>
    [row.topic, STATUS[row.status], controlsText(row).join('; '), evidenceText(row), row.limitations.join(' ')]
      .map(cell)
      .join(' | '),
  );
  const head = ['Topic', 'Status', 'Controls', 'Evidence', 'Limits'];
  return [
    '# JWT audit: compliance matrix',
    '',
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n');
}
