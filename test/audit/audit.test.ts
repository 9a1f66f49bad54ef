import { JwtConfigError } from 'jwtight';
import { type AuditOptions, type AuditSubject, audit, defineRule, type Rule, rules } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { valid } from './reports.js';
import { accessTokenWith, NOW } from './support.js';

const config = (subject: unknown, options?: unknown) =>
  expect(audit(subject as AuditSubject, options as AuditOptions)).rejects.toThrow(JwtConfigError);

/** A rule that finds what it is told to find. */
function told(id: string, changes: Partial<Rule> = {}): Rule {
  return {
    id,
    title: 'T',
    severity: 'medium',
    needs: ['issuance'],
    remediation: 'M',
    references: ['CWE-1'],
    check: () => [{ path: '/issuance' }],
    ...changes,
  };
}

const run = (
  list: readonly Rule[],
  options: AuditOptions = {},
  subject: AuditSubject = { issuance: { kinds: ['access'] } },
) => audit(subject, { now: NOW, rules: list, ...options });

describe('audit', () => {
  it('gives what the rule says where the check leaves it out', async () => {
    const { findings } = await run([told('acme/one', { rootCause: 'cause', confidence: 'likely', basis: 'policy' })]);
    expect(findings).toEqual([
      {
        ruleId: 'acme/one',
        severity: 'medium',
        confidence: 'likely',
        basis: 'policy',
        message: 'T',
        path: '/issuance',
        remediation: 'M',
        references: ['CWE-1'],
        rootCause: 'cause',
      },
    ]);
  });

  it('gives what the check says', async () => {
    const draft = {
      path: '/issuance/kinds',
      severity: 'low',
      confidence: 'possible',
      basis: 'advisory',
      message: 'm',
      remediation: 'r',
    } as const;
    const { findings } = await run([told('acme/one', { severityIn: { default: 'high' }, check: () => [draft] })]);
    expect(findings).toEqual([{ ruleId: 'acme/one', ...draft, references: ['CWE-1'], rootCause: 'acme/one' }]);
  });

  it('defaults to confirmed and standard', async () => {
    expect((await run([told('acme/one')])).findings[0]).toMatchObject({ confidence: 'confirmed', basis: 'standard' });
  });

  it('lets the profile judge', async () => {
    const rule = told('acme/one', { severityIn: { fapi2: 'high' } });
    expect((await run([rule])).findings[0]!.severity).toBe('medium');
    const report = await run([rule], { profile: 'fapi2' });
    expect([report.profile, report.findings[0]!.severity]).toEqual(['fapi2', 'high']);
  });

  it('waits for checks that take time', async () => {
    const slow = told('acme/slow', { check: async () => [{ path: '/issuance' }] });
    expect((await run([slow])).findings).toHaveLength(1);
  });

  it('hands on the time, the thresholds, the context, the words and the signal', async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const spy = told('acme/spy', {
      check(_facts, context) {
        seen.push(context);
        return [];
      },
    });
    await run([spy], {
      profile: 'hipaa',
      context: { singleAudience: true },
      wordlist: ['word'],
      maxCandidates: 7,
      signal,
    });
    await run([spy]);
    expect(seen).toEqual([
      {
        now: NOW / 1000,
        profile: 'hipaa',
        thresholds: expect.objectContaining({ shortLife: 900 }),
        context: { singleAudience: true },
        wordlist: ['word'],
        maxCandidates: 7,
        signal,
      },
      expect.objectContaining({
        profile: 'default',
        context: {},
        wordlist: [],
        maxCandidates: Number.POSITIVE_INFINITY,
        signal: undefined,
      }),
    ]);
  });

  it('sorts by severity, rule and path, and drops repeats', async () => {
    const paths = (...list: string[]) => ({ check: () => list.map((path) => ({ path })) });
    const list = [
      told('b/low', { severity: 'low' }),
      told('b/two', paths('/z', '/a', '/a')),
      told('a/two', { severity: 'critical' }),
      told('a/one', { severity: 'critical' }),
    ];
    const { findings } = await run(list);
    expect(findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
      'a/one /issuance',
      'a/two /issuance',
      'b/two /a',
      'b/two /z',
      'b/low /issuance',
    ]);
    expect(await run([...list].reverse())).toEqual(await run(list));
  });

  it('keeps two messages about one place', async () => {
    const check = () => [
      { path: '/a', message: 'one' },
      { path: '/a', message: 'two' },
    ];
    expect((await run([told('acme/one', { check })])).findings).toHaveLength(2);
  });
});

describe('the coverage', () => {
  it('tells what was evaluated, what did not apply and what was not known', async () => {
    const { coverage } = await run([
      told('a/unknown', { needs: ['token'] }),
      told('a/one-of', { needs: [['token', 'issuance']] }),
      told('a/both', { needs: ['token', 'issuance'] }),
      told('a/none', { needs: [] }),
      told('a/not', { applies: () => false }),
      told('a/does', { applies: () => true }),
      told('a/cannot', { check: () => undefined }),
      told('a/later', { check: async () => undefined }),
    ]);
    expect(coverage).toEqual({
      evaluated: ['a/does', 'a/none', 'a/one-of'],
      notApplicable: ['a/not'],
      unknown: ['a/both', 'a/cannot', 'a/later', 'a/unknown'],
      inputs: ['issuance'],
      areas: { verifier: false, key: false, issuance: true },
      partial: true,
    });
  });

  it.each<[string, AuditSubject, object]>([
    ['a verifier', { verifier: {} }, { verifier: true, key: false, issuance: false }],
    ['a key', { key: '' }, { verifier: false, key: true, issuance: false }],
    ['a secret', { secret: '' }, { verifier: false, key: true, issuance: false }],
    ['a set with keys', { jwks: { keys: [{ kty: 'EC' }] } }, { verifier: false, key: true, issuance: false }],
    ['a set of nothing', { jwks: { keys: [{}] } }, { verifier: false, key: false, issuance: false }],
    ['no key', { key: {} }, { verifier: false, key: false, issuance: false }],
    ['a damaged PEM', { key: '-----BEGIN PUBLIC KEY-----' }, { verifier: false, key: false, issuance: false }],
    ['the keys of a verifier', { verifier: { keys: [{ kty: 'EC' }] } }, { verifier: true, key: true, issuance: false }],
    ['issuance', { issuance: { kinds: ['access'] } }, { verifier: false, key: false, issuance: true }],
    ['issuance that says nothing', { issuance: {} }, { verifier: false, key: false, issuance: false }],
    ['a set without keys', { jwks: { keys: [] } }, { verifier: false, key: false, issuance: false }],
    ['a token', { token: '' }, { verifier: false, key: false, issuance: false }],
  ])('counts %s', async (_what, subject, areas) => {
    expect((await run([], {}, subject)).coverage.areas).toEqual(areas);
  });

  it('is whole with all three', async () => {
    const { coverage } = await run([], {}, { verifier: {}, key: '', issuance: { kinds: [] } });
    expect(coverage.partial).toBe(false);
  });

  it('rates nothing where nothing was evaluated', async () => {
    expect(valid(await audit({}, { now: NOW }))).toMatchObject({ grade: null, score: null, findings: [] });
    expect(await run([told('a/not', { applies: () => false })])).toMatchObject({ grade: null });
  });
});

describe('one mistake found twice', () => {
  const cause = { rootCause: 'weak' };
  const at = (path: string) => ({ check: () => [{ path }] });

  it('is reported once at one place', async () => {
    const { findings, deductions } = await run([
      told('a/weak', { ...cause, severity: 'high', ...at('/key') }),
      told('b/known', { ...cause, severity: 'critical', ...at('/key/n') }),
    ]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['b/known']);
    expect(deductions).toEqual([{ ruleId: 'b/known', severity: 'critical', points: 40, covers: ['a/weak'] }]);
  });

  it('is reported once where the stronger one is about the whole', async () => {
    const list = [
      told('a/weak', { ...cause, severity: 'high', ...at('/key/n') }),
      told('b/known', { ...cause, severity: 'critical', ...at('/key') }),
    ];
    expect((await run(list)).findings.map(({ ruleId }) => ruleId)).toEqual(['b/known']);
  });

  it('keeps the first of two that are equally strong', async () => {
    const list = [told('b/b', { ...cause, ...at('/key') }), told('a/a', { ...cause, ...at('/key') })];
    expect((await run(list)).findings.map(({ ruleId }) => ruleId)).toEqual(['a/a']);
  });

  it('stays at other places, and is charged once all the same', async () => {
    const { findings, deductions } = await run([
      told('a/weak', { ...cause, severity: 'high', ...at('/jwks/keys/1') }),
      told('b/known', { ...cause, severity: 'critical', ...at('/jwks/keys/10') }),
    ]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['b/known', 'a/weak']);
    expect(deductions).toHaveLength(1);
  });

  it('of one rule stays at every place', async () => {
    const check = () => [{ path: '/a' }, { path: '/a/b', severity: 'low' as const }];
    expect((await run([told('a/a', { check })])).findings).toHaveLength(2);
  });

  it('does not hide behind a suppressed finding', async () => {
    const list = [
      told('a/weak', { ...cause, ...at('/key') }),
      told('b/known', { ...cause, severity: 'critical', ...at('/key') }),
    ];
    const suppressions = [{ ruleId: 'b/known', reason: 'test key', expires: '2026-11-22' }];
    const { findings, grade } = await run(list, { suppressions });
    expect(findings.map(({ ruleId, suppressed }) => [ruleId, suppressed !== undefined])).toEqual([
      ['b/known', true],
      ['a/weak', false],
    ]);
    expect(grade).toBe('A-*');
  });
});

describe('suppressions', () => {
  const suppress = (changes: object = {}) => ({ ruleId: 'a/a', reason: 'accepted', expires: '2026-11-22', ...changes });
  const suppressed = async (changes: object) => {
    const rule = told('a/a', { check: () => [{ path: '/issuance/kinds' }] });
    const { findings } = await run([rule], { suppressions: [suppress(changes)] });
    return findings[0]!.suppressed;
  };

  it('stay in the report with reason and expiry', async () => {
    expect(await suppressed({})).toEqual({ reason: 'accepted', expires: '2026-11-22' });
  });

  it('end with their last day', async () => {
    const grade = async (now: number) => (await run([told('a/a')], { now, suppressions: [suppress()] })).grade;
    expect(await grade(NOW + 86_399_999)).toBe('A-*');
    expect(await grade(NOW + 86_400_000)).toBe('A-');
  });

  it('take the cost away', async () => {
    const rule = told('a/a', { severity: 'critical' });
    expect((await run([rule])).grade).toBe('F');
    expect(await run([rule], { suppressions: [suppress()] })).toMatchObject({ grade: 'A-*', score: 100 });
  });

  it.each<[object, boolean]>([
    [{ path: '/issuance' }, true],
    [{ path: '/issuance/kinds' }, true],
    [{ path: '/issuance/kinds/0' }, false],
    [{ path: '/issuance/k' }, false],
    [{ ruleId: 'a/b' }, false],
  ])('%j', async (changes, expected) => {
    expect((await suppressed(changes)) !== undefined).toBe(expected);
  });
});

/** A source of keys stands in a policy, too, but nothing else that a policy has. */
const OPTIONS = { keys: { algorithms: ['ES256'], find: () => undefined, trusts: () => true } };

describe('the caller', () => {
  it.each<[string, unknown]>([
    ['no subject', undefined],
    ['null', null],
    ['a token instead of a subject', 'a.b.c'],
    ['an unknown member', { tokn: 'a.b.c' }],
    ['an undefined member', { token: undefined }],
    ['a token that is no text', { token: 5 }],
    ['a draft without claims', { draft: { header: {} } }],
    ['a draft of other things', { draft: { claims: [] } }],
    ['a secret that is no text', { secret: 5 }],
    ['an empty algorithm', { secret: 's', algorithm: '' }],
    ['a key that is none', { key: 5 }],
    ['a list of keys', { key: [] }],
    ['a set that is none', { jwks: [] }],
    ['an empty list of verifiers', { verifier: [] }],
    ['an unknown option of a verifier', { verifier: { audiences: 'a' } }],
    ['the same in a list', { verifier: [{}, { audiences: 'a' }] }],
    ['an undefined option of a verifier', { verifier: { audience: undefined } }],
    ['algorithms that are no list', { verifier: { algorithms: 'HS256' } }],
    ['an empty algorithm', { verifier: { algorithms: [''] } }],
    ['a tolerance without a unit', { verifier: { clockTolerance: '60' } }],
    ['a tolerance that is no number', { verifier: { clockTolerance: Number.NaN } }],
    ['an unknown header key', { verifier: { trustsHeaderKeys: ['kid'] } }],
    ['an unknown permission', { verifier: { permits: ['everything'] } }],
    ['a pattern that is none', { verifier: { patterns: ['suffix'] } }],
    ['a limit of nothing', { verifier: { maxTokenLength: 0 } }],
    ['a key of a verifier that is none', { verifier: { keys: [5] } }],
    ['the options of a verifier for its policy', { verifier: { ...OPTIONS, issuer: 'a', audience: 'b' } }],
    ['the same in a list', { verifier: [{}, OPTIONS] }],
    ['an object that calls itself bytes', { secret: { [Symbol.toStringTag]: 'Uint8Array', length: 32 } }],
    ['an unknown kind', { issuance: { kinds: ['session'] } }],
    ['a rotation that is true', { issuance: { keyRotation: true } }],
    ['a date that is none', { issuance: { keyRotation: { lastRotated: 'yesterday' } } }],
    ['a refresh token that never is', { issuance: { refreshToken: { absoluteLifetime: true } } }],
    ['an unknown place', { storage: { where: 'pocket' } }],
    ['a cookie of other things', { storage: { cookie: { http: true } } }],
    ['a flag that is text', { storage: { cookie: { secure: 'true' } } }],
    ['a policy that is true', { storage: { contentSecurityPolicy: true } }],
    ['an unknown source', { environment: { secretSource: 'git' } }],
    ['a share that is no list', { environment: { sharedAcross: 'staging' } }],
  ])('%s', async (_what, subject) => {
    await config(subject);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an unknown option', { profil: 'default' }],
    ['an undefined option', { profile: undefined }],
    ['an unknown profile', { profile: 'strict' }],
    ['an unknown kind', { kind: 'session' }],
    ['no time', { now: Number.NaN }],
    ['a time before 1970', { now: -1 }],
    ['a time after 9999', { now: 253_402_300_800_000 }],
    ['a date that is none', { now: new Date(Number.NaN) }],
    ['a time as text', { now: '2026-11-22' }],
    ['words that are no list', { wordlist: 'secret' }],
    ['an empty word', { wordlist: [''] }],
    ['fewer than no candidates', { maxCandidates: -1 }],
    ['half a candidate', { maxCandidates: 0.5 }],
    ['a rule that is none', { rules: [{}] }],
    ['two rules with one id', { rules: [rules[0], rules[0]] }],
    ['a suppression without a reason', { suppressions: [{ ruleId: 'a/b', expires: '2027-01-01' }] }],
    ['a suppression without an end', { suppressions: [{ ruleId: 'a/b', reason: 'r' }] }],
    ['a suppression of nothing', { suppressions: [{ reason: 'r', expires: '2027-01-01' }] }],
    ['a day that does not exist', { suppressions: [{ ruleId: 'a/b', reason: 'r', expires: '2027-02-30' }] }],
    ['a day in other words', { suppressions: [{ ruleId: 'a/b', reason: 'r', expires: '2027-01-01T00:00Z' }] }],
    ['unknown circumstances', { context: { internal: true } }],
    ['a signal that is none', { signal: {} }],
  ])('%s', async (_what, options) => {
    await config({ token: '' }, options);
  });

  it('is not taken at the word of Object.prototype', async () => {
    const polluted = Object.prototype as Record<string, unknown>;
    const before = await audit({ verifier: {}, issuance: {} }, { now: NOW });
    Object.assign(polluted, { token: 'a.b.c', ignoreExpiration: true, profile: 'fapi2', accessTokenLifetime: 1 });
    try {
      expect(await audit({ verifier: {}, issuance: {} }, { now: NOW })).toEqual(before);
    } finally {
      for (const name of ['token', 'ignoreExpiration', 'profile', 'accessTokenLifetime']) delete polluted[name];
    }
  });

  it('may tell the time as a number, a date or a clock', async () => {
    for (const now of [NOW, NOW + 999, new Date(NOW), () => NOW]) {
      expect((await audit({ token: '' }, { now })).auditedAt).toBe('2026-11-22T00:00:00.000Z');
    }
    const { auditedAt } = await audit({ token: '' });
    expect(Math.abs(Date.parse(auditedAt) - Date.now())).toBeLessThan(60_000);
  });
});

describe('defineRule', () => {
  it('returns a frozen copy', () => {
    const rule = told('acme/one');
    const defined = defineRule(rule);
    expect(defined).toEqual(rule);
    expect(defined).not.toBe(rule);
    expect(Object.isFrozen(defined)).toBe(true);
  });

  it.each<[string, object]>([
    ['an id without a group', { id: 'one' }],
    ['an id in capitals', { id: 'Acme/one' }],
    ['an id with a stray dash', { id: 'acme/-one' }],
    ['no title', { title: '' }],
    ['no remediation', { remediation: '' }],
    ['an unknown severity', { severity: 'bad' }],
    ['no needs', { needs: undefined }],
    ['needs that are no list', { needs: 'token' }],
    ['no references', { references: undefined }],
    ['no check', { check: undefined }],
  ])('refuses %s', (_what, changes) => {
    expect(() => defineRule({ ...told('acme/one'), ...changes })).toThrow(JwtConfigError);
  });

  it('refuses what is no rule', () => {
    expect(() => defineRule(undefined as never)).toThrow(JwtConfigError);
  });
});

describe('the catalogue', () => {
  it('has whole rules with ids of their own', () => {
    for (const rule of rules) expect(() => defineRule(rule)).not.toThrow();
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s has texts that are short and plain', (_id, rule) => {
    expect(rule.remediation.split(/\s+/).length).toBeLessThanOrEqual(12);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.title.length).toBeLessThanOrEqual(90);
    for (const reference of rule.references) {
      expect(reference).toMatch(
        /^(RFC \d{3,4}( (§|Appendix )\S+)?|ASVS V[\d.]+|ASVS Appendix C|CWE-\d+|CVE-\d{4}-\d+|45 CFR 164\.312\S*|[A-Z].+)$/,
      );
    }
  });
});

describe('a report', () => {
  it('is the same byte for byte', async () => {
    const subject = { token: `${accessTokenWith()}==`, jwks: { keys: [] }, issuance: {} };
    const first = JSON.stringify(await audit(subject, { now: NOW }));
    expect(JSON.stringify(await audit({ ...subject }, { now: NOW }))).toBe(first);
    const { token, jwks, issuance } = subject;
    expect(JSON.stringify(await audit({ issuance, jwks, token }, { now: NOW }))).toBe(first);
  });
});
