// The conformance run: one bundle of this file runs unchanged in every runtime.
import { supportedAlgorithms } from 'jwtight';
import { algorithmChecks } from './algorithms.js';
import { auditChecks } from './audit.js';
import { type Outcome, runCheck } from './check.js';
import { keyChecks } from './keys.js';
import { kitChecks } from './kit.js';
import { jwksChecks, serviceChecks } from './services.js';
import { tokenChecks } from './tokens.js';

/** @param server - the address of the run's key server, with a slash at its end. */
export async function run(server: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const checks = [
    ...algorithmChecks(await supportedAlgorithms()),
    ...keyChecks,
    ...tokenChecks,
    ...jwksChecks(server),
    ...serviceChecks,
    ...kitChecks,
    ...auditChecks,
  ];
  for (const check of checks) outcomes.push(await runCheck(check));
  return outcomes;
}
