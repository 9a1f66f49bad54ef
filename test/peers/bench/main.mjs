// Measures everything, prints it, and writes docs/benchmarks.md; what stands there below the mark is kept.
// node bench/main.mjs [--quick] [--only=HS256,ES256]: a tenth of the time; the rates of some algorithms and nothing
// else. With either, nothing is written.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cache } from './cache.mjs';
import { candidates } from './candidates.mjs';
import { growth, heap } from './growth.mjs';
import { compare } from './measure.mjs';
import { GOALS, goalsReport, MARK, report } from './report.mjs';
import { importTimes, sizes } from './weight.mjs';

const page = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));
const quick = process.argv.includes('--quick');
const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const [settings, tokens, entries] = quick ? [{ rounds: 3, milliseconds: 10 }, 1e5, 1e3] : [{}, 1e6, 1e4];
const start = performance.now();

// The heap has a process of its own, whose garbage nothing else adds to.
if (process.argv.includes('--heap')) {
  console.log(JSON.stringify({ without: await heap(tokens), cached: await heap(tokens, entries) }));
  process.exit();
}

const rates = [];
for (const alg of Object.keys(GOALS).filter((name) => only?.includes(name) ?? true)) {
  // The older name, which every library has; the work is the same.
  const tasks = await candidates(alg === 'Ed25519' ? 'EdDSA' : alg);
  for (const operation of ['verify', 'sign'])
    for (const inFlight of [1, 64]) {
      const measured = await compare(tasks[operation], { ...settings, inFlight });
      rates.push({ alg, operation, inFlight, ...measured });
      console.error(`${alg} ${operation}, ${inFlight} in flight`);
    }
}

if (only) {
  console.log(goalsReport(rates));
  process.exit();
}

const own = quick ? ['--quick'] : [];
const heapOutput = execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), '--heap', ...own]);
const text = report({
  rates,
  cache: await cache(settings),
  growth: await growth({ ...settings, rounds: (settings.rounds ?? 12) * 2 }),
  heap: { tokens, entries, ...JSON.parse(heapOutput) },
  imports: importTimes(quick ? 3 : 15),
  sizes: await sizes(),
  seconds: (performance.now() - start) / 1000,
  machine: `Node ${process.versions.node} (V8 ${process.versions.v8}, OpenSSL ${process.versions.openssl}), ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0].model.trim()}`,
  versions: ['jose', 'fast-jwt', 'jsonwebtoken', 'hono', '@tsndr/cloudflare-worker-jwt'].map(
    (name) => `${name} ${versionOf(name)}`,
  ),
});
console.log(text);
if (!quick) writeFileSync(page, `${text}\n${MARK}${handWritten()}`);

function versionOf(name) {
  const lock = createRequire(import.meta.url)('../package-lock.json');
  return lock.packages[`node_modules/${name}`].version;
}

function handWritten() {
  try {
    return readFileSync(page, 'utf8').split(MARK)[1] ?? '\n';
  } catch {
    return '\n';
  }
}
