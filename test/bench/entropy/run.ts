// Prints the goals of the entropy estimator and whether it meets them.
//
//   npm run bench:entropy -- [seed …] [--each 200] [--others 200] [--worst]
//
// Bundles the benchmark first, since Node's type stripping does not map .js imports to .ts files.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../../../src/entropy');

interface Size {
  readonly name: string;
  readonly must: number;
  readonly aim: number;
  readonly bytes: number;
}

/** What the estimator shares with every other part of the package: codecs, the algorithm table, an error. */
const SHARED = `
export { decodeBase64, encodeBase64 } from '../encoding/base64.js';
export { decodeBase64url, encodeBase64url } from '../encoding/base64url.js';
export { decodeHex } from '../encoding/hex.js';
export { SSH_PUBLIC_KEY } from '../encoding/key-material.js';
export { decodeUtf8 } from '../encoding/utf8.js';
export { JwtConfigError } from '../errors.js';
export { ALGORITHMS, isAlgorithm } from '../keys/algorithms.js';`;

/** Minified and compressed sizes of what a page loads, in its own parts. */
async function sizes(): Promise<Size[]> {
  const minified = async (contents: string, external: string[] = []): Promise<string> => {
    const stdin = { contents, resolveDir: source, loader: 'ts' as const };
    const built = await build({ stdin, bundle: true, minify: true, format: 'esm', external, write: false });
    return built.outputFiles[0]!.text;
  };
  const zipped = (code: string): number => gzipSync(code, { level: 9 }).length;
  const onDemand = ['./word-lists.js', './leaked.js'];
  const all = zipped(await minified(`export * from './index.js'`, [...onDemand, './data/*.data.js']));
  const shared = zipped(await minified(SHARED));
  const core = readdirSync(join(source, 'data')).filter((name) => /^(?!words|leaked).*\.data\.ts$/.test(name));
  const coreData = await Promise.all(core.map((name) => minified(`export * from './data/${name}'`)));
  const wordLists = zipped(await minified(`export * from './word-lists.js'`));
  const leaked = zipped(await minified(`export * from './leaked.js'`));
  return [
    { name: 'code, added to the shared core', must: 5120, aim: 4096, bytes: all - shared },
    { name: 'shared core: codecs, algorithm table', must: Number.NaN, aim: Number.NaN, bytes: shared },
    { name: 'code and shared core in one', must: Number.NaN, aim: Number.NaN, bytes: all },
    { name: 'core data', must: 2048, aim: 1536, bytes: zipped(coreData.join('')) },
    { name: 'word lists, loaded on demand', must: 26_624, aim: 24_576, bytes: wordLists },
    { name: 'leaked secrets, loaded on demand', must: 13_312, aim: 11_264, bytes: leaked },
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    each: { type: 'string', default: '200' },
    others: { type: 'string', default: '200' },
    worst: { type: 'boolean', default: false },
  },
});
const seeds = positionals.length === 0 ? [Date.now() % 1_000_000] : positionals.map(Number);
// Inside the project, so that the packages it imports are found.
const folder = mkdtempSync(join(here, '../../../node_modules/.bench-entropy-'));
try {
  const out = join(folder, 'main.mjs');
  await build({
    entryPoints: [join(here, 'main.ts')],
    outfile: out,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  const { run } = (await import(pathToFileURL(out).href)) as typeof import('./main.js');
  const options = { each: Number(values.each), others: Number(values.others), worst: values.worst };
  let passed = await run(options, seeds);
  console.log('\n| size, minified and gzip | must | aim | jwtight | |\n|---|---|---|---|---|');
  for (const { name, must, aim, bytes } of await sizes()) {
    const word = Number.isNaN(must) ? '' : bytes <= aim ? 'aim' : bytes <= must ? 'pass' : 'FAIL';
    const limit = (goal: number): string => (Number.isNaN(goal) ? '–' : String(goal));
    passed &&= word !== 'FAIL';
    console.log(`| ${name} | ${limit(must)} | ${limit(aim)} | ${bytes} | ${word} |`);
  }
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
