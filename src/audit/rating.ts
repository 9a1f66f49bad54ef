// The rubric. The grade is a function of findings, coverage and traits alone, so that anybody can check it.

import { CONFIDENCES, type Finding, SEVERITIES, type Severity } from './finding.js';

/** Changes whenever the same findings could be graded differently. */
export const RUBRIC_VERSION: string = '1.0.0';

/** A grade without the mark of suppressions. */
export type Letter = 'F' | 'D' | 'C' | 'B' | 'A-' | 'A' | 'A+';

/** From worst to best. */
export const GRADES: readonly Letter[] = ['F', 'D', 'C', 'B', 'A-', 'A', 'A+'];

/** A grade; with `*` when findings are suppressed. */
export type Grade = Letter | `${Letter}*`;

/** What a cause costs. */
export interface Deduction {
  /** The rule of the strongest finding. */
  readonly ruleId: string;
  readonly severity: Severity;
  /** Points taken off; less than the severity's, or none, where the most for that severity is reached. */
  readonly points: number;
  /** Other rules that found the same mistake: not charged again. */
  readonly covers: readonly string[];
}

/** Why a cap holds. */
export type CapReason =
  | 'confirmed-critical'
  | 'unconfirmed-critical'
  | 'three-high'
  | 'high'
  | 'several-medium'
  | 'medium'
  | 'several-low'
  | 'partial-input';

/** A limit on the grade, whatever the score. */
export interface Cap {
  readonly grade: Letter;
  readonly reason: CapReason;
  /** The rules that caused it; none where it is the input that falls short. */
  readonly ruleIds: readonly string[];
}

/** Something done well. */
export type Trait =
  | 'asymmetric'
  | 'explicit-typ'
  | 'short-access-life'
  | 'rotation'
  | 'revocation'
  | 'sender-constrained';

/** What the grade depends on. */
export interface RatingInput {
  readonly findings: readonly Finding[];
  /** Whether any rule could be evaluated. */
  readonly rateable: boolean;
  /** Which of verifier, key or secret, and issuance were evaluated. */
  readonly areas: { readonly verifier: boolean; readonly key: boolean; readonly issuance: boolean };
  readonly traits: readonly Trait[];
}

/** The grade and how it came about. */
export interface Rating {
  /** `null` when nothing could be rated. */
  readonly grade: Grade | null;
  /** 0 to 100. */
  readonly score: number | null;
  readonly deductions: readonly Deduction[];
  readonly caps: readonly Cap[];
}

const POINTS: Readonly<Record<Severity, number>> = { critical: 40, high: 20, medium: 8, low: 2, info: 0 };
/** Most points that all findings of a severity can cost. */
const MOST: Readonly<Partial<Record<Severity, number>>> = { medium: 40, low: 10 };
const BANDS: readonly (readonly [least: number, grade: Letter])[] = [
  [90, 'A'],
  [75, 'B'],
  [60, 'C'],
  [40, 'D'],
];
const TRAITS_FOR_A_PLUS = 3;
const SCORE_FOR_A_PLUS = 95;

/** Rates findings. */
export function rate({ findings, rateable, areas, traits }: RatingInput): Rating {
  if (!rateable) return { grade: null, score: null, deductions: [], caps: [] };
  const charged = findings.filter(({ suppressed }) => !suppressed);
  const causes = strongestByCause(charged);
  const deductions = deduct(causes, charged);
  const score = Math.max(0, 100 - deductions.reduce((sum, { points }) => sum + points, 0));
  const caps = [...capsOf(causes), ...partialCap(areas)];

  const band = BANDS.find(([least]) => score >= least)?.[1] ?? 'F';
  let letter = caps.reduce<Letter>((grade, cap) => worse(grade, cap.grade), band);
  // Suppressing a finding cannot buy the highest grade.
  const spotless = findings.every(({ severity }) => SEVERITIES.indexOf(severity) < SEVERITIES.indexOf('medium'));
  const excellent = spotless && score >= SCORE_FOR_A_PLUS && traits.length >= TRAITS_FOR_A_PLUS;
  if (letter === 'A' && excellent) letter = 'A+';
  return { grade: charged.length < findings.length ? `${letter}*` : letter, score, deductions, caps };
}

function worse(a: Letter, b: Letter): Letter {
  return GRADES.indexOf(a) < GRADES.indexOf(b) ? a : b;
}

/** How strong a finding is: by severity, then by confidence. */
export function strength({ severity, confidence }: Finding): number {
  return SEVERITIES.indexOf(severity) * CONFIDENCES.length + CONFIDENCES.indexOf(confidence);
}

/** The strongest finding of each cause, worst first; of equals the one whose rule and path come first. */
function strongestByCause(findings: readonly Finding[]): Finding[] {
  const strongest = new Map<string, Finding>();
  for (const finding of findings) {
    const known = strongest.get(finding.rootCause);
    if (!known || order(finding, known) < 0) strongest.set(finding.rootCause, finding);
  }
  return [...strongest.values()].sort(order);
}

function order(a: Finding, b: Finding): number {
  return strength(b) - strength(a) || compare(a.ruleId, b.ruleId) || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function deduct(causes: readonly Finding[], charged: readonly Finding[]): Deduction[] {
  const left: Partial<Record<Severity, number>> = { ...MOST };
  return causes.map(({ ruleId, severity, rootCause }) => {
    const points = Math.min(POINTS[severity], left[severity] ?? Infinity);
    left[severity] = (left[severity] ?? Infinity) - points;
    const others = charged.filter((other) => other.rootCause === rootCause && other.ruleId !== ruleId);
    return { ruleId, severity, points, covers: [...new Set(others.map((other) => other.ruleId))].sort() };
  });
}

function capsOf(causes: readonly Finding[]): Cap[] {
  const rulesOf = (severity: Severity, confirmed?: boolean): string[] =>
    causes
      .filter((finding) => finding.severity === severity)
      .filter(({ confidence }) => confirmed === undefined || (confidence === 'confirmed') === confirmed)
      .map(({ ruleId }) => ruleId)
      .sort();
  const caps: Cap[] = [];
  const add = (grade: Letter, reason: CapReason, ruleIds: string[], least: number, most = Infinity) => {
    if (ruleIds.length >= least && ruleIds.length <= most) caps.push({ grade, reason, ruleIds });
  };
  add('F', 'confirmed-critical', rulesOf('critical', true), 1);
  add('D', 'unconfirmed-critical', rulesOf('critical', false), 1);
  add('D', 'three-high', rulesOf('high'), 3);
  add('C', 'high', rulesOf('high'), 1, 2);
  add('B', 'several-medium', rulesOf('medium'), 2);
  add('A-', 'medium', rulesOf('medium'), 1, 1);
  add('A-', 'several-low', rulesOf('low'), 2);
  return caps;
}

/** A token alone shows too little for an A, and only verifier, key and issuance together enough for the full one. */
function partialCap({ verifier, key, issuance }: RatingInput['areas']): Cap[] {
  const evaluated = [verifier, key, issuance].filter(Boolean).length;
  return evaluated === 3 ? [] : [{ grade: evaluated === 0 ? 'B' : 'A-', reason: 'partial-input', ruleIds: [] }];
}
