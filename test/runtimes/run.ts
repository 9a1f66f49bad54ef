// Runs the conformance bundle, built against dist, in every runtime; prints a matrix and writes it to docs/runtimes.md.
// A runtime that ran nothing, or skipped a check it has no declared reason to skip, fails the run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Outcome } from './conformance/check.ts';
import { browsers } from './drivers/browsers.ts';
import { MARK, type Runtime } from './drivers/driver.ts';
import { servers } from './drivers/servers.ts';
import { KEYS, serveKeys } from './key-server.ts';

const here = new URL('.', import.meta.url).pathname;
const root = new URL('../../', import.meta.url).pathname;

async function makeBundle(keys: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jwtight-conformance-'));
  await build({
    entryPoints: [`${here}conformance/index.ts`],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    // The package as it is published: its exports lead to dist.
    absWorkingDir: root,
    logLevel: 'warning',
  });
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { run } from './bundle.mjs';\nconsole.log(${JSON.stringify(MARK)} + JSON.stringify(await run(${JSON.stringify(keys)})));\n`,
  );
  writeFileSync(
    join(folder, 'worker.mjs'),
    `import { run } from './bundle.mjs';
export default { async test() { console.log(${JSON.stringify(MARK)} + JSON.stringify(await run(${JSON.stringify(keys)}))); } };\n`,
  );
  writeFileSync(
    join(folder, 'workerd.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = .worker),
  (name = "internet", network = (allow = ["private"])),
]);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), (name = "bundle.mjs", esModule = embed "bundle.mjs")],
  compatibilityDate = "2026-10-01",
);\n`,
  );
  return folder;
}

const page = (keys: string) => `<!doctype html><meta charset="utf-8"><title>running</title><script type="module">
import { run } from './bundle.mjs';
run(${JSON.stringify(keys)}).then((outcomes) => { document.title = JSON.stringify(outcomes); }, (error) => { document.title = 'failed: ' + error; });
</script>`;

/** What is wrong with a runtime's outcomes, if anything. */
function problemsOf({ lacks }: Runtime, outcomes: readonly Outcome[], all: ReadonlyMap<string, Outcome>): string[] {
  const missing = [...all.keys()].filter((name) => !outcomes.some((outcome) => nameOf(outcome) === name));
  return [
    ...(outcomes.length === 0 ? ['ran nothing'] : []),
    ...missing.map((name) => `did not run ${name}`),
    ...outcomes
      .filter(({ outcome, feature }) => outcome === 'failed' || (outcome === 'skipped' && !lacks.includes(feature)))
      .map((outcome) => `${nameOf(outcome)}: ${outcome.reason}`),
    ...outcomes
      .filter((outcome) => outcome.outcome === 'passed' && outcome.text !== all.get(nameOf(outcome))?.text)
      .map((outcome) => `${nameOf(outcome)}: its text is not that of the others`),
  ];
}

function nameOf({ feature, name }: Outcome): string {
  return `${feature}: ${name}`;
}

function matrix(results: ReadonlyMap<string, readonly Outcome[]>): string {
  const names = [...results.keys()];
  const features = [...new Set([...results.values()].flat().map(({ feature }) => feature))];
  const cell = (runtime: string, feature: string) => {
    const outcomes = results.get(runtime)!.filter((outcome) => outcome.feature === feature);
    const passed = outcomes.filter(({ outcome }) => outcome === 'passed').length;
    if (outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'skipped')) return '–';
    return passed === outcomes.length ? `${passed}` : `${passed} of ${outcomes.length}`;
  };
  return [
    `| | ${names.join(' | ')} |`,
    `|---|${names.map(() => '--:').join('|')}|`,
    ...features.map((feature) => `| ${feature} | ${names.map((name) => cell(name, feature)).join(' | ')} |`),
  ].join('\n');
}

const only = process.argv.slice(2);
const runtimes = [...servers, ...browsers].filter(({ name }) => only.length === 0 || only.includes(name));
const server = createServer((request, response) => {
  if (request.url?.startsWith(KEYS)) return serveKeys(request.url, response);
  const isBundle = request.url === '/bundle.mjs';
  response.setHeader('content-type', isBundle ? 'text/javascript' : 'text/html');
  response.end(isBundle ? readFileSync(join(folder, 'bundle.mjs')) : page(keys));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as { port: number };
// Another origin than the page's: what browsers let through is part of the run.
const keyHost = `127.0.0.1:${port}`;
const keys = `http://${keyHost}${KEYS}`;
const folder = await makeBundle(keys);

const results = new Map<string, readonly Outcome[]>();
const crashes = new Map<string, string>();
for (const runtime of runtimes) {
  const start = Date.now();
  try {
    results.set(runtime.name, await runtime.drive({ folder, page: `http://localhost:${port}/`, keyHost }));
  } catch (error) {
    results.set(runtime.name, []);
    crashes.set(runtime.name, String(error));
  }
  console.log(`${runtime.name}: ${results.get(runtime.name)!.length} checks, ${Date.now() - start} ms`);
}
server.close();
server.closeAllConnections();
rmSync(folder, { recursive: true });

// Of each check the first that passed: what it returned is what all the others must return.
const all = new Map<string, Outcome>();
for (const outcome of [...results.values()].flat()) {
  const name = nameOf(outcome);
  if (all.get(name)?.outcome !== 'passed') all.set(name, outcome);
}
const table = matrix(results);
console.log(`\n${table}\n`);
let failed = 0;
for (const runtime of runtimes) {
  const crash = crashes.get(runtime.name);
  const problems = crash ? [crash] : problemsOf(runtime, results.get(runtime.name)!, all);
  for (const problem of problems) console.log(`FAILED ${runtime.name}: ${problem}`);
  failed += problems.length;
}
const passed = [...results.values()].flat().filter(({ outcome }) => outcome === 'passed').length;
const report = process.env.TEST_REPORT;
if (report) {
  mkdirSync(join(report, '..'), { recursive: true });
  writeFileSync(report, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0 }));
}
if (only.length === 0 && failed === 0) {
  writeFileSync(
    `${root}docs/runtimes.md`,
    `# Runtimes

One bundle of the published code and its conformance checks, run unchanged in each runtime: \`npm run test:runtimes\`
writes this page. A number is how many checks passed; – is what the runtime does not have.

${table}
`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
