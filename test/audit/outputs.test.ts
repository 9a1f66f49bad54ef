import sarif from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { JwtConfigError } from 'jwtight';
import {
  type AuditOptions,
  type AuditReport,
  type AuditSubject,
  audit,
  complianceMatrix,
  type Rule,
  rules,
  type SarifOptions,
  toJson,
  toMarkdown,
  toSarif,
} from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../src/audit/compliance/topics.js';
import { valid } from './reports.js';
import { accessTokenWith, NOW } from './support.js';

// The official schema is of draft 4, which differs from draft 7 in the name of its id as far as it matters here.
const { id: $id, $schema: _draft4, ...schema } = sarif;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validateSarif = ajv.compile({ $id, ...schema });

/** A rule that finds something at these paths. */
function finds(id: string, changes: Partial<Rule> = {}, paths: readonly string[] = ['/token']): Rule {
  return {
    id,
    title: `Title of ${id}`,
    severity: 'medium',
    needs: ['token'],
    remediation: `Mend ${id}.`,
    references: [],
    check: () => paths.map((path) => ({ path })),
    ...changes,
  };
}

/** RFC 7515 §A.1.1. */
const PUBLISHED =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNv' +
  'bS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const SUBJECT: AuditSubject = { token: accessTokenWith() };
const report = async (list: readonly Rule[], options: AuditOptions = {}, subject = SUBJECT) =>
  valid(await audit(subject, { now: NOW, rules: list, ...options }));

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly { readonly physicalLocation: object }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly properties: object;
  readonly suppressions?: readonly object[];
}

interface Descriptor {
  readonly properties: object;
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } };
  readonly results: readonly Result[];
}

/** The one run of a log, as a reader of its JSON sees it. */
const runOf = (log: object): Run => JSON.parse(JSON.stringify(log)).runs[0];

describe('toSarif', () => {
  const RULES = [
    finds('a/critical', { severity: 'critical', references: ['RFC 7515 §2', 'CWE-347', 'CWE-20'] }),
    finds('a/high', { severity: 'high' }),
    finds('a/medium', {}, ['/token/header', '/token/claims']),
    finds('a/low', { severity: 'low' }),
    finds('a/info', { severity: 'info', confidence: 'possible', basis: 'policy' }),
  ];
  const sarifOf = async (options: SarifOptions = {}, auditOptions: AuditOptions = {}) => {
    const log = toSarif(await report(RULES, auditOptions), { rules: RULES, ...options });
    validateSarif(log);
    expect(validateSarif.errors ?? []).toEqual([]);
    return log;
  };

  it('satisfies the official schema on every finding of the catalogue', async () => {
    const log = toSarif(await audit({ token: 'a+/.b=.c d', verifier: {}, storage: {}, environment: {}, issuance: {} }));
    validateSarif(log);
    expect(validateSarif.errors ?? []).toEqual([]);
  });

  it('says what the tool is and what its rules are', async () => {
    const log = await sarifOf();
    const { driver } = runOf(log).tool;
    expect([log.$schema, log.version]).toEqual(['https://json.schemastore.org/sarif-2.1.0.json', '2.1.0']);
    expect(driver).toMatchObject({ name: 'jwtight', semanticVersion: '1.0.0' });
    expect(driver.rules).toEqual([
      {
        id: 'a/critical',
        name: 'a/critical',
        shortDescription: { text: 'Title of a/critical' },
        fullDescription: { text: 'Title of a/critical. Mend a/critical.' },
        help: { text: 'Mend a/critical. References: RFC 7515 §2, CWE-347, CWE-20.' },
        defaultConfiguration: { level: 'error' },
        properties: {
          'security-severity': '9.5',
          tags: ['security', 'external/cwe/cwe-347', 'external/cwe/cwe-20'],
        },
      },
      expect.objectContaining({ id: 'a/high', properties: { 'security-severity': '8.0', tags: ['security'] } }),
      expect.objectContaining({ id: 'a/info', properties: { tags: ['security'] } }),
      expect.objectContaining({ id: 'a/low', properties: { 'security-severity': '2.0', tags: ['security'] } }),
      expect.objectContaining({
        id: 'a/medium',
        help: { text: 'Mend a/medium.' },
        properties: { 'security-severity': '5.5', tags: ['security'] },
      }),
    ]);
  });

  it('gives GitHub what it needs of each result', async () => {
    const { results } = runOf(
      await sarifOf({
        uri: 'config/auth.json',
        region: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 1 },
      }),
    );
    expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['a/critical', 0, 'error'],
      ['a/high', 1, 'error'],
      ['a/medium', 4, 'warning'],
      ['a/medium', 4, 'warning'],
      ['a/low', 3, 'note'],
      ['a/info', 2, 'note'],
    ]);
    expect(results[2]).toEqual({
      ruleId: 'a/medium',
      ruleIndex: 4,
      level: 'warning',
      message: { text: 'Title of a/medium. Mend a/medium.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'config/auth.json' },
            region: { startLine: 3, startColumn: 5, endLine: 4, endColumn: 1 },
          },
          logicalLocations: [{ fullyQualifiedName: '/token/claims', kind: 'member' }],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[\da-f]{16}:1$/) },
      properties: { confidence: 'confirmed', basis: 'standard' },
    });
    expect(results[5]!.properties).toEqual({ confidence: 'possible', basis: 'policy' });
  });

  it('takes names percent-encoded', async () => {
    const { results } = runOf(await sarifOf({ uri: 'konfig/pr%C3%BCfung%20(1)/a+b@2.json' }));
    expect(results[0]!.locations[0]!.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'konfig/pr%C3%BCfung%20(1)/a+b@2.json' },
    });
  });

  it('has a place where none is given', async () => {
    expect(runOf(await sarifOf()).results[0]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'jwt-audit.json' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    });
  });

  it('has fingerprints of rule, file and path', async () => {
    const prints = async (options?: SarifOptions) =>
      runOf(await sarifOf(options)).results.map((result) => result.partialFingerprints.primaryLocationLineHash);
    const first = await prints({ uri: 'a.json' });
    expect(new Set(first).size).toBe(6);
    expect(await prints({ uri: 'a.json' })).toEqual(first);
    expect(await prints({ uri: 'a.json', region: { startLine: 9, startColumn: 1, endLine: 9, endColumn: 2 } })).toEqual(
      first,
    );
    const other = await prints({ uri: 'b.json' });
    expect(other.filter((print) => first.includes(print))).toEqual([]);
  });

  it('counts findings of one rule at one place', async () => {
    const twice = finds('a/twice', {
      check: () => [
        { path: '/token', message: 'one' },
        { path: '/token', message: 'two' },
      ],
    });
    const { results } = runOf(toSarif(await report([twice]), { rules: [twice] }));
    const prints = results.map((result) => result.partialFingerprints.primaryLocationLineHash.split(':')[1]);
    expect(prints).toEqual(['1', '2']);
  });

  it('marks suppressed results', async () => {
    const suppressions = [{ ruleId: 'a/low', reason: 'accepted', expires: '2027-01-01' }];
    const marked = runOf(await sarifOf({}, { suppressions })).results.filter((result) => result.suppressions);
    expect(marked.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['a/low', [{ kind: 'external', status: 'accepted', justification: 'accepted' }]],
    ]);
  });

  it('describes rules that it is not shown by their findings', async () => {
    const { tool } = runOf(toSarif(await report([finds('acme/own', { severity: 'high' })])));
    expect(tool.driver.rules[0]).toMatchObject({
      id: 'acme/own',
      shortDescription: { text: 'Title of acme/own' },
      fullDescription: { text: 'Title of acme/own. Mend acme/own.' },
    });
  });

  it('takes the worst that a rule found for the rule', async () => {
    const rule = finds('a/both', {
      check: () => [
        { path: '/a', severity: 'low' },
        { path: '/b', severity: 'critical' },
      ],
    });
    const { tool } = runOf(toSarif(await report([rule]), { rules: [rule] }));
    expect(tool.driver.rules[0]!.properties).toMatchObject({ 'security-severity': '9.5' });
  });

  it.each<[string, unknown]>([
    ['an absolute path', { uri: '/etc/auth.json' }],
    ['a URL', { uri: 'https://example.com/auth.json' }],
    ['a drive', { uri: 'c:auth.json' }],
    ['a way out', { uri: 'a/../../auth.json' }],
    ['backslashes', { uri: 'a\\b' }],
    ['white space', { uri: 'a b' }],
    ['letters that no URI has', { uri: 'konfig/prüfung.json' }],
    ['a fragment', { uri: 'a#b.json' }],
    ['a query', { uri: 'a?b.json' }],
    ['half a percent-encoding', { uri: '100%.json' }],
    ['nothing', { uri: '' }],
    ['no text', { uri: 5 }],
    ['half a region', { region: { startLine: 1 } }],
    ['a region from 0', { region: { startLine: 0, startColumn: 1, endLine: 1, endColumn: 1 } }],
    ['a region of other things', { region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, snippet: 1 } }],
    ['an unknown option', { url: 'a' }],
  ])('refuses %s', async (_what, options) => {
    const empty = await report([]);
    expect(() => toSarif(empty, options as SarifOptions)).toThrow(JwtConfigError);
  });

  it('is empty where nothing was found', async () => {
    const log = toSarif(await report([]));
    expect(log.runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
    validateSarif(log);
    expect(validateSarif.errors ?? []).toEqual([]);
  });
});

describe('toMarkdown', () => {
  it('is the whole report', async () => {
    const list = [
      finds('a/one', { severity: 'high', references: ['CWE-1', 'RFC 1 §2'], rootCause: 'c' }, ['/token/claims/a~1b|c']),
      finds('a/two', { rootCause: 'c' }, ['/token/header']),
      finds('a/three', { severity: 'low' }),
      finds('a/unknown', { needs: ['secret'] }),
      finds('a/not', { applies: () => false }),
    ];
    const suppressions = [{ ruleId: 'a/three', reason: 'not *ours*\nat all', expires: '2027-01-01' }];
    expect(toMarkdown(await report(list, { suppressions }))).toBe(`# JWT audit: C\\*

Score 80 of 100.
Profile default, rubric 1.0.0, as of 2026-11-22T00:00:00.000Z. 3 rules evaluated, 1 not applicable, 1 unknown for lack of input; the input is partial.

## Findings

| Severity | Rule | Where | What | Mend | References |
| --- | --- | --- | --- | --- | --- |
| high | a/one | \`/token/claims/a~1b\\u007cc\` | Title of a/one (confirmed) | Mend a/one. | CWE-1, RFC 1 §2 |
| medium | a/two | \`/token/header\` | Title of a/two (confirmed) | Mend a/two. |  |
| low | a/three | \`/token\` | Title of a/three (confirmed) — suppressed until 2027-01-01: not \\*ours\\* at all | Mend a/three. |  |

## Rating

- −20: a/one (high), together with a/two
- at most C: a high finding (a/one)
- at most B: verifier, key and issuance were not all given

## Facts

- Done well: asymmetric, explicit-typ, short-access-life
- algorithm: name ES256, family ec
- tokenKind: access
- tokenLife: 900
- tokenSize: bytes 404, withES256 404, withEd25519 406
- claims: \`aud\`, \`client_id\`, \`exp\`, \`iat\`, \`iss\`, \`jti\`, \`sub\`
`);
  });

  it('says so where there is nothing to say', async () => {
    const text = toMarkdown(valid(await audit({}, { now: NOW })));
    expect(text).toBe(`# JWT audit: not rated

Profile default, rubric 1.0.0, as of 2026-11-22T00:00:00.000Z. 0 rules evaluated, 0 not applicable, ${rules.length} unknown for lack of input; the input is partial.

## Findings

None.

## Facts

- Done well: nothing evidenced
`);
  });

  it('shows names as what they are, whatever they are', async () => {
    const names = [
      '@octocat',
      'www.example.com',
      'https://example.com/a',
      'a@example.com',
      '#1',
      '<img src=x>',
      '![x](y)',
      '` | `',
      '\\|',
      '\\',
      '&lt;',
      '**a**',
      'a\u2028b',
      '<!--',
    ];
    const token = accessTokenWith(Object.fromEntries(names.map((name) => [name, { password: 'hunter2!' }])));
    const made = valid(await audit({ token }, { now: NOW }));
    const text = toMarkdown(made);
    const rows = text.split('\n').filter((row) => row.startsWith('| critical | privacy/password-claim |'));
    expect(rows).toHaveLength(names.length);
    // Six cells, and nothing of the name outside of the code: what is left is ours.
    for (const row of rows) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
      expect(row.match(/`/g)).toHaveLength(2);
      expect(row.replace(/`[^`]*`/, '')).not.toMatch(/octocat|example|img|[@#&<]|a\u2028/);
    }
    const claims = text.split('\n').find((line) => line.startsWith('- claims:'))!;
    expect(claims.replace(/`[^`]*`/g, '')).toMatch(/^- claims: [, ]+$/);
    expect(text.split('\n').length).toBe(text.split(/[\r\n\u2028\u2029]/).length);
  });

  it('does not call whole input partial', async () => {
    const whole = await report([], {}, { verifier: {}, key: '', issuance: { kinds: [] } });
    expect(toMarkdown(whole)).not.toContain('partial');
  });
});

describe('toJson', () => {
  it('is the report and nothing else', async () => {
    const made = await report([finds('a/one')]);
    expect(JSON.parse(toJson(made))).toEqual(made);
    expect(toJson(made)).toMatch(/^\{\n {2}"rubricVersion".*\}\n$/s);
  });
});

describe('complianceMatrix', () => {
  const row = (made: AuditReport, topic: string) =>
    complianceMatrix(made).find((candidate) => candidate.topic === topic)!;
  const privacy = (changes: Partial<Rule> = {}) => finds('privacy/pii-email', { severity: 'medium', ...changes });

  it('has a row for every topic, with controls', async () => {
    const matrix = complianceMatrix(await report([]));
    expect(matrix.map(({ topic }) => topic)).toEqual(TOPICS.map(({ topic }) => topic));
    for (const { controls, status, evidence, method, limitations } of matrix) {
      expect(Object.values(controls).flat().length).toBeGreaterThan(2);
      expect([status, evidence, method]).toEqual(['not-evidenced', [], null]);
      expect(limitations[0]).toContain('not that a control operated over a period');
      expect(limitations).toHaveLength(2);
    }
    expect(JSON.stringify(matrix)).not.toMatch(/complian/i);
  });

  it('names rules that exist', () => {
    for (const pattern of TOPICS.flatMap(({ rules: list }) => list)) {
      const matches = rules.filter(({ id }) =>
        pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
      );
      expect([pattern, matches.length > 0]).toEqual([pattern, true]);
    }
  });

  it('contradicts by findings of medium or more', async () => {
    expect(row(await report([privacy()]), 'Data minimisation')).toMatchObject({
      status: 'contradicts',
      evidence: [{ ruleId: 'privacy/pii-email', result: 'medium' }],
    });
    expect(row(await report([privacy({ severity: 'low' })]), 'Data minimisation')).toMatchObject({
      status: 'supports',
      evidence: [{ ruleId: 'privacy/pii-email', result: 'low' }],
    });
  });

  it('does not contradict by what is suppressed, but tells', async () => {
    const suppressions = [{ ruleId: 'privacy/pii-email', reason: 'r', expires: '2027-01-01' }];
    expect(row(await report([privacy()], { suppressions }), 'Data minimisation')).toMatchObject({
      status: 'supports',
      evidence: [{ ruleId: 'privacy/pii-email', result: 'medium', suppressed: true }],
    });
  });

  it('supports by rules that found nothing', async () => {
    expect(row(await report([privacy({ check: () => [] })]), 'Data minimisation')).toMatchObject({
      status: 'supports',
      evidence: [{ ruleId: 'privacy/pii-email', result: 'nothing-found' }],
    });
  });

  it('does not count a covered finding as nothing found', async () => {
    const made = await report([
      privacy({ rootCause: 'c' }),
      finds('privacy/sub-is-email', { rootCause: 'c', severity: 'high' }),
    ]);
    expect(row(made, 'Data minimisation').evidence).toEqual([{ ruleId: 'privacy/sub-is-email', result: 'high' }]);
  });

  it('is contradicted by what covers its finding', async () => {
    const made = await report([
      privacy({ rootCause: 'c' }),
      finds('acme/worse', { rootCause: 'c', severity: 'high' }),
      finds('acme/other', { severity: 'high' }),
    ]);
    expect(row(made, 'Data minimisation')).toMatchObject({
      status: 'contradicts',
      evidence: [{ ruleId: 'acme/worse', result: 'high' }],
    });
  });

  it.each<[string, AuditSubject]>([
    ['no secret', { secret: '' }],
    ['a published one', { secret: 'secret' }],
    ['a repetition', { secret: 'abcdabcdabcdabcdabcdabcdabcdabcd' }],
    ['a token signed with a published one', { token: PUBLISHED }],
  ])('%s is no evidence of strength', async (_what, subject) => {
    expect(row(await audit(subject, { now: NOW }), 'Key strength').status).toBe('contradicts');
  });

  it('matches whole ids and beginnings', async () => {
    const made = await report([finds('key/known-not'), finds('secret/known-not'), finds('xkey/a')]);
    expect(row(made, 'Key strength').evidence.map(({ ruleId }) => ruleId)).toEqual(['key/known-not']);
  });

  it('tells what was seen from what was said', async () => {
    const seen = await audit({ token: accessTokenWith() }, { now: NOW });
    expect(row(seen, 'Signature and algorithms').method).toBe('observed');
    const said = await audit({ storage: { where: 'cookie' } }, { now: NOW });
    expect(row(said, 'Storage and transport').method).toBe('declared');
    const draft = await audit({ draft: { header: { alg: 'ES256' }, claims: {} } }, { now: NOW });
    expect(row(draft, 'Signature and algorithms').method).toBe('declared');
  });
});
