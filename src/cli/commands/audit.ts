import { audit as auditSubject } from '../../audit/audit.js';
import { complianceMatrix } from '../../audit/compliance/matrix.js';
import { type AuditOptions, checkAuditOptions } from '../../audit/options.js';
import { AUDIT_PROFILES } from '../../audit/profile.js';
import { GRADES } from '../../audit/rating.js';
import type { AuditReport } from '../../audit/report.js';
import { TOKEN_KINDS } from '../../audit/subject.js';
import { toMarkdown } from '../../audit/to-markdown.js';
import { checkOptions } from '../../encoding/options.js';
import { type AuditItem, readAuditItems } from '../audit-input.js';
import type { Command, Context } from '../command.js';
import { EXIT, usage } from '../exit.js';
import { Output } from '../io.js';
import { blaming, SECRET_OPTIONS } from '../key-input.js';
import { JWKS_OPTIONS } from '../key-set-input.js';
import { toJsonObject } from '../read-text.js';
import { complianceMarkdown, gradeText, printCompliance, printReport } from '../report-text.js';
import { visible, visibleJson } from '../safe-text.js';
import { toSarifLog } from '../sarif-log.js';
import { TOKEN_OPTIONS } from '../token-input.js';
import { writeReport } from '../write-file.js';

const FORMATS = ['text', 'markdown', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

interface Audit {
  readonly item: AuditItem;
  readonly report: AuditReport;
}

export const audit: Command = {
  name: 'audit',
  summary: 'say what is wrong with tokens, secrets, keys, key sets and set-ups, and how to mend it',
  words: '[FILE…]',
  options: {
    'What to audit (a FILE is a .env, a JWK Set, a JWK, a PEM, or holds tokens)': {
      env: {
        value: 'FILE',
        multiple: true,
        help: 'the secrets, tokens and keys of a .env file, whatever it is called',
      },
      variable: {
        value: 'NAME',
        multiple: true,
        help: 'a variable of a .env file that is a secret, whatever its name',
      },
      subject: { value: 'FILE', help: 'a described set-up: an AuditSubject as JSON' },
      ...TOKEN_OPTIONS,
      'key-file': { value: 'FILE', help: 'a key: PEM or JWK' },
      'key-env': { value: 'NAME', help: 'a key in an environment variable' },
      ...JWKS_OPTIONS,
      ...SECRET_OPTIONS,
      algorithm: { value: 'NAME', help: 'what the secret or key is used for' },
      'secret-source': { value: 'WHERE', help: 'where secrets come from: code, config, env, file, vault' },
    },
    'How to judge': {
      profile: { value: 'NAME', help: `what to measure against: ${AUDIT_PROFILES.join(', ')}` },
      kind: { value: 'KIND', help: `what the token is: ${TOKEN_KINDS.join(', ')}` },
      suppressions: { value: 'FILE', help: 'findings you accept: {"suppressions":[{"ruleId","reason","expires"}]}' },
      'min-grade': { value: 'GRADE', help: `exit with 1 below it: ${GRADES.toReversed().join(', ')}` },
    },
    Output: {
      format: { value: 'FORMAT', help: FORMATS.join(', ') },
      out: { value: 'FILE', help: 'write the report to a file; the grades are still printed' },
      compliance: { help: 'add what it says to SOC 2, ISO 27001, HIPAA, ASVS and PCI DSS' },
    },
  },
  examples: [
    ['the secrets of a .env file', 'jwtight audit .env'],
    [
      'a token with the key set of its issuer',
      'jwtight audit --token-file token.txt --jwks https://auth.example.com/jwks.json',
    ],
    [
      'a described set-up, in continuous integration',
      'jwtight audit --subject auth.json --min-grade B --format sarif --out jwt.sarif',
    ],
  ],
  no: 'a grade is below --min-grade',
  async run(context) {
    const { args, output } = context;
    const format = formatOf(context);
    const path = args.outputFile('out');
    const least = args.oneOf('min-grade', GRADES);
    const options = await readOptions(context);
    const audits: Audit[] = [];
    for (const item of await readAuditItems(context)) {
      const report = await blaming(visible(item.source), () => auditSubject(item.subject, options));
      audits.push({ item, report });
    }
    await write(audits, format, path, context);
    const below = audits.filter(({ report }) => least !== undefined && !reaches(report.grade, least));
    for (const { item, report } of below)
      output.note(`${visible(item.source)}: ${report.grade ?? 'not rated'} is below ${least}`);
    return below.length === 0 ? EXIT.ok : EXIT.no;
  },
};

function formatOf({ args }: Context): Format {
  const format = args.oneOf('format', FORMATS) ?? (args.has('json') ? 'json' : 'text');
  if (args.has('json') && format !== 'json') throw usage('--json is --format json: leave one of the two out');
  if (args.has('compliance') && format === 'sarif')
    throw usage('SARIF has no place for --compliance: take another --format');
  return format;
}

async function readOptions({ args, io, reader }: Context): Promise<AuditOptions> {
  const profile = args.oneOf('profile', AUDIT_PROFILES);
  const kind = args.oneOf('kind', TOKEN_KINDS);
  const path = args.text('suppressions');
  const options: AuditOptions = { now: io.clock, ...(profile && { profile }), ...(kind && { kind }) };
  if (path === undefined) return options;
  const file = toJsonObject(await reader.file(path, '--suppressions'), '--suppressions');
  return blaming('--suppressions', () => {
    const { suppressions } = checkOptions(file, ['suppressions'], 'the file');
    return checkAuditOptions({ ...options, suppressions });
  });
}

/** Whether a grade is at least another; one with accepted findings counts as its letter. */
function reaches(grade: AuditReport['grade'], least: (typeof GRADES)[number]): boolean {
  return grade !== null && GRADES.indexOf(grade.replace('*', '') as typeof least) >= GRADES.indexOf(least);
}

async function write(
  audits: readonly Audit[],
  format: Format,
  path: string | undefined,
  context: Context,
): Promise<void> {
  const { io, output } = context;
  if (path === undefined) {
    render(audits, format, context, output);
    return;
  }
  const written: string[] = [];
  // Never in colour: a file is no terminal.
  render(audits, format, context, new Output({ ...io, stdout: { write: (text) => written.push(text) } }));
  await writeReport(path, written.join(''), '--out', io.cwd);
  for (const { item, report } of audits) output.line(`${visible(item.source)}: ${gradeText(output, report.grade)}`);
}

function render(audits: readonly Audit[], format: Format, { args, io }: Context, output: Output): void {
  const withCompliance = args.has('compliance');
  if (format === 'sarif') {
    output.line(visibleJson(toSarifLog(audits, io.cwd)));
    return;
  }
  if (format === 'json') {
    const reports = audits.map(({ item, report }) => ({
      source: item.source,
      ...(item.region && { line: item.region.startLine }),
      report,
      ...(withCompliance && { compliance: complianceMatrix(report) }),
    }));
    output.line(visibleJson({ audits: reports }));
    return;
  }
  for (const { item, report } of audits) {
    const matrix = withCompliance ? complianceMatrix(report) : undefined;
    if (format === 'markdown') {
      output.line(`<!-- ${visible(item.source).replaceAll('--', '- -')} -->`);
      output.raw(toMarkdown(report));
      output.line();
      if (matrix) output.line(complianceMarkdown(matrix));
    } else {
      printReport(output, item.source, report);
      if (matrix) printCompliance(output, matrix);
    }
  }
}
