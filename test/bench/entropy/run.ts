// Prints the goals of the entropy estimator and whether it meets them.
//
//   npm run bench:entropy -- [seed …] [--each 200] [--others 200] [--worst]
//
// Bundles the benchmark first, since Node's type stripping does not map .js imports to .ts files.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

/** Minified and compressed sizes of what a page loads, in its own parts. */
async function sizes(folder: string): Promise<Size[]> {
  const zipped = async (entry: string, external: string[] = []): Promise<number> => {
    const out = join(folder, 'size.js');
    await build({
      entryPoints: [join(source, entry)],
      outfile: out,
      bundle: true,
      minify: true,
      format: 'esm',
      external,
    });
    return gzipSync(readFileSync(out), { level: 9 }).length;
  };
  const data = readdirSync(join(source, 'data')).filter((name) => name.endsWith('.data.ts'));
  const lazy = ['./word-lists.js', './leaked.js'];
  const core = data.filter((name) => name === 'core.data.ts' || name === 'bigrams.data.ts');
  const coreData = (
    await Promise.all(
      core.map(async (name, i) => {
        const out = join(folder, `core${i}.js`);
        await build({ entryPoints: [join(source, 'data', name)], outfile: out, minify: true, format: 'esm' });
        return readFileSync(out, 'utf8');
      }),
    )
  ).join('');
  return [
    { name: 'code', must: 5120, aim: 4096, bytes: await zipped('index.ts', [...lazy, './data/*.data.js']) },
    { name: 'core data', must: 2048, aim: 1536, bytes: gzipSync(coreData, { level: 9 }).length },
    { name: 'word lists, loaded on demand', must: 26_624, aim: 24_576, bytes: await zipped('word-lists.ts') },
    { name: 'leaked secrets, loaded on demand', must: 13_312, aim: 11_264, bytes: await zipped('leaked.ts') },
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
  for (const { name, must, aim, bytes } of await sizes(folder)) {
    const word = bytes <= aim ? 'aim' : bytes <= must ? 'pass' : 'FAIL';
    passed &&= word !== 'FAIL';
    console.log(`| ${name} | ${must} | ${aim} | ${bytes} | ${word} |`);
  }
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
