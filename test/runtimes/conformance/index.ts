// The conformance run: one bundle of this file runs unchanged in every runtime.
import { supportedAlgorithms } from 'jwtight';
import { algorithmChecks } from './algorithms.js';
import { type Outcome, runCheck } from './check.js';
import { keyChecks } from './keys.js';
import { tokenChecks } from './tokens.js';

export async function run(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of [...algorithmChecks(await supportedAlgorithms()), ...keyChecks, ...tokenChecks])
    outcomes.push(await runCheck(check));
  return outcomes;
}
