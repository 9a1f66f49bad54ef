// The application through each bundler, split into chunks, and run. All of jwtight must be in them: they are run where
// there is none.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

const entry = fileURLToPath(new URL('app.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jwtight-bundles-'));

/** Each writes app.mjs and its chunks into a folder. */
const BUNDLERS = {
  esbuild: (outdir) =>
    esbuild({
      entryPoints: [entry],
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
    }),
  async rollup(dir) {
    const bundle = await rollup({ input: entry, plugins: [nodeResolve()] });
    await bundle.write({ dir, format: 'es', entryFileNames: 'app.mjs', chunkFileNames: '[name].mjs' });
    await bundle.close();
  },
  vite: (outDir) =>
    vite({
      configFile: false,
      logLevel: 'error',
      build: { lib: { entry, formats: ['es'], fileName: () => 'app.mjs' }, outDir, target: 'es2022' },
    }),
  async webpack(path) {
    const stats = await promisify(webpack)({
      mode: 'production',
      entry,
      target: ['web', 'es2022'],
      output: { path, filename: 'app.mjs', chunkFilename: '[name].mjs', module: true, publicPath: 'auto' },
      experiments: { outputModule: true },
    });
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, []);
  },
};

describe('a bundle of', () => {
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, bundle] of Object.entries(BUNDLERS))
    it(`${name} works`, { timeout: 60_000 }, async () => {
      const out = join(folder, name);
      await bundle(out);
      assert.ok(readdirSync(out, { recursive: true }).length > 3, 'the rules are in chunks of their own');
      const printed = execFileSync(process.execPath, [join(out, 'app.mjs')], { encoding: 'utf8' });
      assert.equal(printed, 'bundled ERR_JWT_SIGNATURE F secret/known\n');
    });
});
