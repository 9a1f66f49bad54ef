import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import type { Attack } from './attack.js';
import { type AttackResult, type ConformanceReport, makeReport, type Outcome } from './conformance-report.js';
import type { TestIssuer } from './test-issuer.js';

/** How a verifier of another library is read. */
export interface TestVerifierOptions {
  /** What the report calls it; `verifier` by default. */
  readonly name?: string;
  /** Whether a returned value means acceptance. By default anything but `undefined`, `null` and `false` does. */
  readonly accepts?: (value: unknown) => boolean;
  /** Whether an error is an answer. By default any Error is that the language or the platform did not throw itself. */
  readonly isClean?: (error: unknown) => boolean;
  /** How long one answer may take; 1000 by default. */
  readonly maxMilliseconds?: number;
  /** Which attacks are shown; all by default. */
  readonly only?: (attack: Attack) => boolean;
}

const OPTIONS = ['name', 'accepts', 'isClean', 'maxMilliseconds', 'only'];

/**
 * Shows every attack to a verifier, ours or another library's, and reports what it said.
 *
 * A verifier refuses by throwing, by a promise that rejects, or by returning `undefined`, `null` or `false`. It must
 * accept the issuer's genuine tokens: who refuses everything proves nothing.
 *
 * @throws JwtConfigError for wrong options, and when the verifier refuses a genuine token.
 * @example
 * ```ts
 * import { createVerifier } from 'jwtight';
 * import { createTestIssuer, testVerifier } from 'jwtight/testing';
 *
 * const issuer = createTestIssuer();
 * const report = await testVerifier(createVerifier(issuer.policy), issuer, { name: 'jwtight' });
 * console.log(report.passed, report.failures.length); // true 0
 * ```
 */
export async function testVerifier(
  verify: (token: string) => unknown,
  issuer: TestIssuer,
  options: TestVerifierOptions = {},
): Promise<ConformanceReport> {
  checkOptions(options, OPTIONS, 'testVerifier');
  const { name = 'verifier', maxMilliseconds = 1000, only = () => true } = options;
  if (typeof verify !== 'function') throw new JwtConfigError('the verifier must be a function of a token');
  if (!(maxMilliseconds > 0 && maxMilliseconds < Infinity))
    throw new JwtConfigError('maxMilliseconds must be a positive number');
  const show = (token: string) => judge(verify, token, maxMilliseconds, options);

  const control = await show(await issuer.token());
  if (control.outcome !== 'accepted')
    throw new JwtConfigError(
      `the verifier refuses a genuine token (${control.error ?? control.outcome}): give it the issuer's key, names and clock`,
    );
  const results: AttackResult[] = [];
  for (const { token, before, code: _, ...attack } of await issuer.attacks()) {
    if (!only({ ...attack, token, before, code: _ })) continue;
    for (const genuine of before) await show(genuine);
    results.push({ ...attack, ...(await show(token)) });
  }
  return makeReport(name, issuer.algorithm, results);
}

interface Judgement {
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly error?: string;
}

async function judge(
  verify: (token: string) => unknown,
  token: string,
  maxMilliseconds: number,
  { accepts = isSomething, isClean = isOwnError }: TestVerifierOptions,
): Promise<Judgement> {
  const start = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Omit<Judgement, 'milliseconds'>>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'too-slow' }), maxMilliseconds);
  });
  const answer = (async (): Promise<Omit<Judgement, 'milliseconds'>> => {
    try {
      return { outcome: accepts(await verify(token)) ? 'accepted' : 'rejected' };
    } catch (error) {
      return { outcome: isClean(error) ? 'rejected' : 'foreign-error', error: errorName(error) };
    }
  })();
  const said = await Promise.race([answer, late]);
  clearTimeout(timer);
  const milliseconds = performance.now() - start;
  // A synchronous verifier cannot be interrupted: it is late all the same. What it let in counts for more.
  const isLate = said.outcome !== 'accepted' && milliseconds > maxMilliseconds;
  return { ...said, ...(isLate && { outcome: 'too-slow' }), milliseconds };
}

function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** Names of errors that the language throws: where one comes out, nobody thought of the case. */
const FOREIGN = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
  'InternalError',
];

/** By name, not by class: the error may come from another realm. What decoders and WebCrypto throw is a DOMException. */
function isOwnError(error: unknown): boolean {
  const isPlatform = Object.prototype.toString.call(error) === '[object DOMException]';
  return inheritsError(error) && !isPlatform && !FOREIGN.includes((error as Error).name);
}

/** Older libraries make errors without calling Error: only their prototypes tell. */
function inheritsError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const parent: unknown = Object.getPrototypeOf(error);
  return (
    (parent as { constructor?: { name?: unknown } } | null)?.constructor?.name === 'Error' || inheritsError(parent)
  );
}

function errorName(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : typeof error;
}
