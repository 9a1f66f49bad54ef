import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIDENCES, type Finding, SEVERITIES, type Severity } from '../../src/audit/finding.js';
import { GRADES, type Letter, type RatingInput, rate, type Trait } from '../../src/audit/rating.js';

const ALL = { verifier: true, key: true, issuance: true };
const NONE = { verifier: false, key: false, issuance: false };
const TRAITS: Trait[] = ['asymmetric', 'explicit-typ', 'rotation'];

function finding(changes: Partial<Finding> = {}): Finding {
  const ruleId = changes.ruleId ?? 'group/rule';
  return {
    ruleId,
    severity: 'low',
    confidence: 'confirmed',
    basis: 'standard',
    message: 'm',
    path: '/token',
    remediation: 'r',
    references: [],
    rootCause: ruleId,
    ...changes,
  };
}

/** So many findings of a severity, each of a rule of its own. */
function many(severity: Severity, count: number, changes: Partial<Finding> = {}): Finding[] {
  return Array.from({ length: count }, (_, i) => finding({ ruleId: `${severity}/r${i}`, severity, ...changes }));
}

function rating(findings: readonly Finding[], changes: Partial<RatingInput> = {}) {
  return rate({ findings, rateable: true, areas: ALL, traits: TRAITS, ...changes });
}

describe('the points', () => {
  it.each<[string, Finding[], number]>([
    ['nothing', [], 100],
    ['critical', many('critical', 1), 60],
    ['high', many('high', 1), 80],
    ['medium', many('medium', 1), 92],
    ['low', many('low', 1), 98],
    ['info', many('info', 9), 100],
    ['five low', many('low', 5), 90],
    ['six low: the most', many('low', 6), 90],
    ['five medium', many('medium', 5), 60],
    ['six medium: the most', many('medium', 6), 60],
    ['three critical: no less than nothing', many('critical', 3), 0],
    ['some of each', [...many('critical', 1), ...many('high', 1), ...many('medium', 1), ...many('low', 1)], 30],
  ])('%s', (_what, findings, score) => {
    expect(rating(findings).score).toBe(score);
  });

  it('are taken once for a rule, however often it finds something', () => {
    const { score, deductions } = rating([finding({ path: '/a' }), finding({ path: '/b' })]);
    expect(score).toBe(98);
    expect(deductions).toEqual([{ ruleId: 'group/rule', severity: 'low', points: 2, covers: [] }]);
  });

  it('are taken once for a cause, by its strongest finding', () => {
    const cause = { rootCause: 'weak' };
    const { deductions, score } = rating([
      finding({ ...cause, ruleId: 'a/short', severity: 'high' }),
      finding({ ...cause, ruleId: 'a/known', severity: 'critical' }),
      finding({ ...cause, ruleId: 'a/word', severity: 'high' }),
      finding({ ...cause, ruleId: 'a/short', severity: 'low', path: '/b' }),
    ]);
    expect(score).toBe(60);
    expect(deductions).toEqual([
      { ruleId: 'a/known', severity: 'critical', points: 40, covers: ['a/short', 'a/word'] },
    ]);
  });

  it('prefers the surer of two findings, then the first rule', () => {
    const cause = { rootCause: 'c', severity: 'high' as const };
    const likely = finding({ ...cause, ruleId: 'a/a', confidence: 'likely' });
    const sure = finding({ ...cause, ruleId: 'b/b' });
    const also = finding({ ...cause, ruleId: 'c/c' });
    expect(rating([also, likely, sure]).deductions[0]!.ruleId).toBe('b/b');
  });

  it('name what is left of the most', () => {
    expect(rating(many('low', 7)).deductions.map(({ points }) => points)).toEqual([2, 2, 2, 2, 2, 0, 0]);
  });
});

describe('the bands', () => {
  it.each<[Finding[], string]>([
    [[], 'A+'],
    [many('info', 3), 'A+'],
    [many('low', 1), 'A+'],
    [many('low', 2), 'A-'],
    [many('medium', 1), 'A-'],
    [many('medium', 2), 'B'],
    [many('medium', 3), 'B'],
    [many('medium', 4), 'C'],
    [many('medium', 5), 'C'],
    [many('high', 1), 'C'],
    [many('high', 2), 'C'],
    [[...many('high', 2), ...many('medium', 1)], 'D'],
    [many('high', 3), 'D'],
    [[...many('high', 3), ...many('low', 1)], 'F'],
    [many('critical', 1), 'F'],
    [many('critical', 1, { confidence: 'likely' }), 'D'],
    [many('critical', 1, { confidence: 'possible' }), 'D'],
  ])('%#', (findings, grade) => {
    expect(rating(findings).grade).toBe(grade);
  });

  it('keep 40 points a D', () => {
    expect(rating([...many('high', 1), ...many('medium', 5)])).toMatchObject({ score: 40, grade: 'D' });
  });
});

describe('the caps', () => {
  const caps = (findings: Finding[], changes: Partial<RatingInput> = {}) => rating(findings, changes).caps;

  it('name the rules that caused them', () => {
    expect(caps([...many('critical', 1), ...many('high', 2), ...many('medium', 1), ...many('low', 2)])).toEqual([
      { grade: 'F', reason: 'confirmed-critical', ruleIds: ['critical/r0'] },
      { grade: 'C', reason: 'high', ruleIds: ['high/r0', 'high/r1'] },
      { grade: 'A-', reason: 'medium', ruleIds: ['medium/r0'] },
      { grade: 'A-', reason: 'several-low', ruleIds: ['low/r0', 'low/r1'] },
    ]);
    expect(caps([...many('critical', 1, { confidence: 'likely' }), ...many('high', 3), ...many('medium', 2)])).toEqual([
      { grade: 'D', reason: 'unconfirmed-critical', ruleIds: ['critical/r0'] },
      { grade: 'D', reason: 'three-high', ruleIds: ['high/r0', 'high/r1', 'high/r2'] },
      { grade: 'B', reason: 'several-medium', ruleIds: ['medium/r0', 'medium/r1'] },
    ]);
  });

  it('are absent where nothing is wrong', () => {
    expect(caps(many('low', 1))).toEqual([]);
  });

  it.each<[RatingInput['areas'], Letter]>([
    [NONE, 'B'],
    [{ ...NONE, verifier: true }, 'A-'],
    [{ ...NONE, key: true }, 'A-'],
    [{ ...NONE, issuance: true }, 'A-'],
    [{ ...ALL, issuance: false }, 'A-'],
    [{ ...ALL, key: false }, 'A-'],
    [{ ...ALL, verifier: false }, 'A-'],
  ])('hold for partial input %#', (areas, grade) => {
    expect(rating([], { areas })).toMatchObject({
      grade,
      score: 100,
      caps: [{ grade, reason: 'partial-input', ruleIds: [] }],
    });
  });
});

describe('A+', () => {
  it('needs three traits', () => {
    expect(rating([], { traits: TRAITS.slice(1) }).grade).toBe('A');
    expect(rating([], { traits: [...TRAITS, 'revocation'] }).grade).toBe('A+');
  });

  it('cannot be bought by suppressing a medium finding', () => {
    const suppressed = { reason: 'accepted', expires: '2027-01-01' };
    expect(rating(many('medium', 1, { suppressed })).grade).toBe('A*');
    expect(rating(many('low', 1, { suppressed })).grade).toBe('A+*');
  });
});

describe('suppressed findings', () => {
  it('cost nothing and mark the grade', () => {
    const suppressed = { reason: 'accepted', expires: '2027-01-01' };
    const { grade, score, deductions, caps } = rating([
      finding({ severity: 'critical', suppressed }),
      ...many('medium', 2),
    ]);
    expect([grade, score]).toEqual(['B*', 84]);
    expect(deductions.map(({ ruleId }) => ruleId)).toEqual(['medium/r0', 'medium/r1']);
    expect(caps.map(({ reason }) => reason)).toEqual(['several-medium']);
  });

  it('do not stand in for others of their cause', () => {
    const suppressed = { reason: 'accepted', expires: '2027-01-01' };
    const { deductions } = rating([
      finding({ ruleId: 'a/a', rootCause: 'c', severity: 'critical', suppressed }),
      finding({ ruleId: 'b/b', rootCause: 'c', severity: 'high' }),
    ]);
    expect(deductions).toEqual([{ ruleId: 'b/b', severity: 'high', points: 20, covers: [] }]);
  });
});

it('rates nothing where nothing could be rated', () => {
  expect(rating([], { rateable: false })).toEqual({ grade: null, score: null, deductions: [], caps: [] });
});

describe('whatever was found', () => {
  const anyFinding = fc
    .record({
      ruleId: fc.integer({ min: 0, max: 12 }).map((i) => `g/r${i}`),
      severity: fc.constantFrom(...SEVERITIES),
      confidence: fc.constantFrom(...CONFIDENCES),
      path: fc.constantFrom('/token', '/token/claims', '/secret', '/key'),
    })
    // A rule has one cause; some rules share theirs.
    .map((changes) => finding({ ...changes, rootCause: `c${Number(changes.ruleId.slice(3)) % 8}` }));
  const input = fc.record({
    findings: fc.array(anyFinding, { maxLength: 20 }),
    rateable: fc.constant(true),
    areas: fc.record({ verifier: fc.boolean(), key: fc.boolean(), issuance: fc.boolean() }),
    traits: fc.subarray<Trait>(['asymmetric', 'explicit-typ', 'rotation', 'revocation']),
  });

  it('another finding never raises the grade or the score', () => {
    fc.assert(
      fc.property(input, anyFinding, (given, more) => {
        const before = rate(given);
        const after = rate({ ...given, findings: [...given.findings, more] });
        expect(after.score!).toBeLessThanOrEqual(before.score!);
        expect(GRADES.indexOf(after.grade as Letter)).toBeLessThanOrEqual(GRADES.indexOf(before.grade as Letter));
      }),
      { numRuns: 2000 },
    );
  });

  it('the order does not matter', () => {
    const shuffled = input.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(given.findings, { minLength: given.findings.length }),
        fc.shuffledSubarray(given.traits, { minLength: given.traits.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([given, findings, traits]) => {
        expect(rate({ ...given, findings, traits })).toEqual(rate(given));
      }),
    );
  });

  it('the same input gives the same rating and is not changed', () => {
    fc.assert(
      fc.property(input, (given) => {
        const copy = structuredClone(given);
        expect(rate(given)).toEqual(rate(copy));
        expect(given).toEqual(copy);
      }),
    );
  });

  it('the deductions explain the score', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { score, deductions, grade, caps } = rate(given);
        expect(score).toBe(Math.max(0, 100 - deductions.reduce((sum, { points }) => sum + points, 0)));
        for (const cap of caps) {
          expect(GRADES.indexOf(grade as Letter)).toBeLessThanOrEqual(GRADES.indexOf(cap.grade));
        }
      }),
    );
  });
});
