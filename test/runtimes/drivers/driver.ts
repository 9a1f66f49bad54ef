import type { Outcome } from '../conformance/check.ts';

/** Where the built bundle is: on disk for servers, at an address for browsers. */
export interface Bundle {
  readonly folder: string;
  /** A page on localhost that runs the bundle and leaves its outcomes, as JSON, in `document.title`. */
  readonly page: string;
  /** Host and port of the key server, which the bundle asks for key sets. */
  readonly keyHost: string;
}

/** One runtime and how to run the bundle in it. */
export interface Runtime {
  readonly name: string;
  /** Features the runtime does not have; every other one must be run. */
  readonly lacks: readonly string[];
  drive(bundle: Bundle): Promise<Outcome[]>;
}

/** The marker of the line that holds the outcomes in a runtime's output. */
export const MARK = 'CONFORMANCE ';

export function readOutcomes(output: string): Outcome[] {
  const line = output.split('\n').find((text) => text.includes(MARK));
  if (line === undefined) throw new Error(`no outcomes in the output:\n${output.slice(-2000)}`);
  return JSON.parse(line.slice(line.indexOf(MARK) + MARK.length)) as Outcome[];
}

export const ML_DSA = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const;
