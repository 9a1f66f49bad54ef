// The application through each bundler, and the bundle run. All of jwtight must be in it: it is run where there is none.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

const BUNDLERS = {
  async esbuild(outfile) {
    await esbuild({ entryPoints: [entry], outfile, bundle: true, minify: true, format: 'esm', target: 'es2022' });
  },
  async rollup(file) {
    const bundle = await rollup({ input: entry, plugins: [nodeResolve()] });
    await bundle.write({ file, format: 'es' });
    await bundle.close();
  },
  async vite(file) {
    await vite({
      configFile: false,
      logLevel: 'error',
      build: {
        lib: { entry, formats: ['es'], fileName: () => 'vite.mjs' },
        outDir: join(file, '..'),
        emptyOutDir: false,
        target: 'es2022',
      },
    });
  },
  async webpack(file) {
    const stats = await promisify(webpack)({
      mode: 'production',
      entry,
      target: ['web', 'es2022'],
      output: { path: join(file, '..'), filename: 'webpack.mjs', module: true },
      experiments: { outputModule: true },
    });
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, []);
  },
};

describe('a bundle of', () => {
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, bundle] of Object.entries(BUNDLERS))
    it(`${name} works`, { timeout: 60_000 }, async () => {
      const file = join(folder, `${name}.mjs`);
      await bundle(file);
      assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), 'bundled ERR_JWT_SIGNATURE\n');
    });
});
