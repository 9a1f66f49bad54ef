// The smallest test runner there is: the same file must run in ten runtimes, of which few have another.

export interface Check {
  readonly feature: string;
  readonly name: string;
  /** Why the check cannot be made in this runtime, if so. */
  readonly skip?: string;
  /** May return a text that must be the same in every runtime. */
  run(): unknown;
}

export interface Outcome {
  readonly feature: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly reason?: string;
  /** What the check returned. */
  readonly text?: string;
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, `expected ${b}, got ${a}`);
}

/** Waits for an error and compares its code. */
export async function fails(code: string, action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    const actual = (error as { code?: string }).code;
    assert(actual === code, `expected ${code}, got ${actual ?? String(error)}`);
    return;
  }
  throw new Error(`expected ${code}, got no error`);
}

export async function runCheck({ feature, name, skip, run }: Check): Promise<Outcome> {
  if (skip !== undefined) return { feature, name, outcome: 'skipped', reason: skip };
  try {
    const text = await run();
    return { feature, name, outcome: 'passed', ...(typeof text === 'string' ? { text } : {}) };
  } catch (error) {
    return { feature, name, outcome: 'failed', reason: String(error) };
  }
}
