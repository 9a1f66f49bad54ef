// The audit, live: grade, findings and how to mend them, and what it says to compliance frameworks.

import type { AuditOptions, AuditReport, AuditSubject, Finding, TokenKind } from 'jwtight/audit';
import { matrixMarkdown, matrixRows } from './compliance.js';
import { afterwards, byId, copyText, download, el, fill, messageOf, newestOnly, options, say } from './dom.js';
import { isOfKey } from './own-token.js';
import { practiceOf, QUESTIONS } from './practice.js';
import { state, whenChanged } from './state.js';

const KINDS: Readonly<Record<string, TokenKind>> = {
  access: 'access',
  id: 'id',
  'client-assertion': 'client-assertion',
  logout: 'logout',
};
const begin = newestOnly();
let markdown = { report: '', matrix: '' };

/** Fills and wires the two panels. */
export function startAudit(): void {
  const again = afterwards(() => void auditNow(), 300);
  fill(
    byId('practice'),
    ...QUESTIONS.map(({ id, label, answers }) => {
      const select = el('select', { id: `practice-${id}` });
      options(select, [['', 'not said'], ...answers.map(([value, text]) => [value, text] as const)]);
      select.addEventListener('change', again);
      return el('label', { class: 'field grow' }, label, select);
    }),
  );
  whenChanged(['keys', 'draft', 'draftIsNewer', 'token', 'verifier'], again);
  wireExport('report', 'jwt-audit.md', () => markdown.report);
  wireExport('matrix', 'jwt-compliance.md', () => markdown.matrix);
}

function wireExport(name: string, file: string, text: () => string): void {
  const line = byId(`${name}-state`);
  byId(`copy-${name}`).addEventListener('click', () => void copyText(text(), line));
  byId(`download-${name}`).addEventListener('click', () => download(file, text(), line));
}

/** What is audited, and what to call it. */
function subjectNow(): { subject: AuditSubject; what: string; note: string } | undefined {
  const { keys, token, draft, draftIsNewer, verifier } = state;
  const answers = Object.fromEntries(
    QUESTIONS.map(({ id }) => [id, byId<HTMLSelectElement>(`practice-${id}`).value] as const),
  );
  const practice = practiceOf(answers);
  const around = {
    ...(keys && { key: keys.verification }),
    ...(verifier && { verifier: verifier.policy }),
    ...practice,
  };
  if (draft && keys && (draftIsNewer || token === '')) {
    const { algorithm, id } = keys.verification;
    const header = { alg: algorithm, ...(id !== undefined && { kid: id }), ...draft.header };
    return {
      subject: { draft: { header, claims: draft.claims }, ...around },
      what: 'The draft, not signed yet',
      note: '',
    };
  }
  if (token === '') return undefined;
  if (keys && isOfKey(token, keys.verification))
    return { subject: { token, ...around }, what: 'Token, key and policy', note: '' };
  // A foreign token: the key and the policy of this page are not its own, and would be blamed for it.
  const note = 'The key above is not this token’s, so the token is judged alone.';
  return { subject: { token, ...practice }, what: 'The token alone', note };
}

async function auditNow(): Promise<void> {
  const isNewest = begin();
  const now = subjectNow();
  if (!now) return showNothing('Nothing to audit yet.');
  const kind = KINDS[byId<HTMLSelectElement>('policy-profile').value];
  const settings: AuditOptions = kind === undefined ? {} : { kind };
  try {
    const { engine } = await import('./audit-engine.js');
    const report = await engine.audit(now.subject, settings);
    if (!isNewest()) return;
    const rows = engine.complianceMatrix(report);
    markdown = { report: engine.toMarkdown(report), matrix: matrixMarkdown(rows) };
    showReport(report, now.what, now.note);
    fill(byId('matrix'), ...matrixRows(rows));
  } catch (error) {
    if (isNewest()) showNothing(messageOf(error));
  }
}

function showNothing(text: string): void {
  markdown = { report: '', matrix: '' };
  showGrade('–');
  say(byId('grade-text'), text);
  for (const id of ['grade-why', 'findings', 'rating', 'matrix']) fill(byId(id));
}

function showGrade(grade: string): void {
  const badge = byId('grade');
  badge.textContent = grade;
  badge.dataset.letter = grade.slice(0, 1);
  const chip = byId('grade-chip');
  chip.dataset.letter = grade.slice(0, 1);
  fill(chip, el('span', {}, 'Audit'), ' ', el('b', {}, grade));
}

function showReport(report: AuditReport, what: string, note: string): void {
  const { grade, score, findings, caps, coverage } = report;
  showGrade(grade ?? '–');
  const rated = grade === null ? 'not rated' : `grade ${grade}, ${score} of 100`;
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  say(byId('grade-text'), `${what}: ${rated}, ${count}.`);
  const missing = Object.entries(coverage.areas).flatMap(([area, isThere]) => (isThere ? [] : [area]));
  const partial = missing.length > 0 && `Not looked at: ${missing.join(', ')}. `;
  fill(byId('grade-why'), partial, note);
  const list = findings.map(findingItem);
  fill(byId('findings'), ...(list.length > 0 ? list : [el('li', { class: 'hint' }, 'None.')]));
  const lines = [
    ...report.deductions
      .filter(({ points }) => points > 0)
      .map(({ ruleId, severity, points }) => `−${points}: ${ruleId} (${severity})`),
    ...caps.map(({ grade: most, reason, ruleIds }) => {
      const because = ruleIds.length > 0 ? ` (${ruleIds.join(', ')})` : '';
      return `at most ${most}: ${reason.replaceAll('-', ' ')}${because}`;
    }),
    `done well: ${report.traits.length > 0 ? report.traits.join(', ').replaceAll('-', ' ') : 'nothing evidenced'}`,
    `${coverage.evaluated.length} rules evaluated, ${coverage.unknown.length} without input`,
  ];
  fill(byId('rating'), ...lines.map((line) => el('li', {}, line)));
}

function findingItem({ severity, message, path, remediation, references, ruleId, confidence }: Finding): HTMLElement {
  return el(
    'li',
    { class: `finding ${severity}` },
    el('p', {}, el('span', { class: `badge ${severity}` }, severity), ` ${message}`),
    el('p', { class: 'mend' }, el('b', {}, 'Mend: '), remediation),
    el(
      'p',
      { class: 'aside' },
      el('code', {}, ruleId),
      ` at ${path === '' ? 'the subject' : path}, ${confidence}. ${references.join(', ')}`,
    ),
  );
}
