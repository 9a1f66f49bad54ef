import type { Algorithm } from '../keys/algorithms.js';
import type { AttackClass, Severity } from './attack.js';

/**
 * What a verifier did with an attack:
 * - `accepted`: it fell for it;
 * - `rejected`: it refused it, with an error of its own or by its return value;
 * - `foreign-error`: it refused it by accident, with an error that the language or the platform threw;
 * - `too-slow`: it gave no answer in time.
 */
export type Outcome = 'accepted' | 'rejected' | 'foreign-error' | 'too-slow';

/** What a verifier said to one attack. */
export interface AttackResult {
  readonly id: string;
  readonly class: AttackClass;
  readonly severity: Severity;
  readonly description: string;
  readonly reference: string;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  /** The error's code, or its name. */
  readonly error?: string;
}

/** How many attacks of a class had which outcome. */
export type ClassCounts = Readonly<Record<Outcome, number>>;

/** What a verifier said to the whole catalogue. Plain data. */
export interface ConformanceReport {
  readonly name: string;
  readonly algorithm: Algorithm;
  /** In one line. */
  readonly summary: string;
  /** Whether nothing outside `strictness` was accepted, and every answer came in time. */
  readonly passed: boolean;
  readonly classes: Readonly<Record<AttackClass, ClassCounts>>;
  /** What stands against passing. */
  readonly failures: readonly AttackResult[];
  readonly results: readonly AttackResult[];
}

const CLASSES: readonly AttackClass[] = ['forgery', 'policy', 'robustness', 'strictness'];
const OUTCOMES: readonly Outcome[] = ['accepted', 'rejected', 'foreign-error', 'too-slow'];

/** Counts results. */
export function makeReport(name: string, algorithm: Algorithm, results: readonly AttackResult[]): ConformanceReport {
  const failures = results.filter(
    (result) => result.outcome === 'too-slow' || (result.outcome === 'accepted' && result.class !== 'strictness'),
  );
  const count = (wanted: AttackClass, outcome: Outcome) =>
    results.filter((result) => result.class === wanted && result.outcome === outcome).length;
  const classes = Object.fromEntries(
    CLASSES.map((each) => [each, Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(each, outcome)]))]),
  ) as unknown as ConformanceReport['classes'];
  const accepted = CLASSES.map((each) => `${each} ${classes[each].accepted}/${total(classes[each])}`);
  const all = (outcome: Outcome) => CLASSES.reduce((sum, each) => sum + classes[each][outcome], 0);
  const passed = failures.length === 0;
  return {
    name,
    algorithm,
    summary: `${name}, ${algorithm}: ${passed ? 'passed' : 'failed'}; accepted ${accepted.join(', ')}; foreign errors ${all('foreign-error')}; too slow ${all('too-slow')}`,
    passed,
    classes,
    failures,
    results,
  };
}

/**
 * Writes a report as Markdown: the summary, a table by class, and every attack that was not refused cleanly.
 *
 * @example
 * ```ts
 * import { createVerifier } from 'jwtight';
 * import { conformanceMarkdown, createTestIssuer, testVerifier } from 'jwtight/testing';
 *
 * const issuer = createTestIssuer();
 * const report = await testVerifier(createVerifier(issuer.policy), issuer, { name: 'jwtight' });
 * console.log(conformanceMarkdown(report).split('\n')[0]); // ## jwtight, ES256
 * ```
 */
export function conformanceMarkdown({ name, algorithm, summary, classes, results }: ConformanceReport): string {
  const rows = CLASSES.map((each) => {
    const counts = classes[each];
    return [each, total(counts), ...OUTCOMES.map((outcome) => counts[outcome])];
  });
  const notable = results.filter(({ outcome }) => outcome !== 'rejected');
  const lines = [
    `## ${name}, ${algorithm}`,
    summary,
    table(['class', 'attacks', 'accepted', 'rejected', 'foreign error', 'too slow'], rows),
    ...(notable.length === 0
      ? []
      : [
          table(
            ['attack', 'class', 'severity', 'outcome', 'what it is', 'reference'],
            notable.map((result) => [
              `\`${result.id}\``,
              result.class,
              result.severity,
              result.error ? `${result.outcome} (${result.error})` : result.outcome,
              result.description,
              result.reference,
            ]),
          ),
        ]),
  ];
  return `${lines.join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replace(/[|\r\n]/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function total(counts: ClassCounts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}
