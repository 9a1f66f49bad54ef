// tally.mjs <folder of reports> <failed step…>: prints "N passed, N failed", with skipped tests where there are any.
// Exits 1 when something failed.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [folder, ...failedSteps] = process.argv.slice(2);
const failures = new Map(failedSteps.map((step) => [step, 0]));
let passed = 0;
let skipped = 0;

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const report = read(join(folder, file));
  if (!report) continue;
  // A file that did not even load has no failed test of its own.
  const brokenFiles = (report.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  passed += report.numPassedTests;
  skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  const step = basename(file, '.json');
  const failed = report.numFailedTests + brokenFiles.length;
  if (failed > 0 || failures.has(step)) failures.set(step, failed);
}

// A step that failed counts at least once.
const failed = [...failures.values()].reduce((sum, count) => sum + Math.max(count, 1), 0);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;

/** A run that was killed may leave half a report. Its step has failed and is counted as such. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
