import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import manifest from './package.json' with { type: 'json' };

// One entry per subpath in package.json `exports`: `./jws` is built from src/jws/index.ts into dist/jws.*.
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');
const entry = Object.fromEntries(
  subpaths.map((subpath) =>
    subpath === '.' ? ['index', 'src/index.ts'] : [subpath.slice(2), `src/${subpath.slice(2)}/index.ts`],
  ),
);

const CORE = /[\\/]src[\\/](errors|index|encoding|keys|jws|jwt)\b/;
const IMPORTS_CORE = /from '(\.\.\/)+(errors|encoding|keys|jws|jwt)\b/;

/**
 * Keeps the core in two chunks, that of `jwtight/jws` and the rest. esbuild makes one for every set of entries and
 * lazily loaded files that share a module, which was twenty: Node took six times as long to load them. So every file
 * that imports some of the core imports all of it, and tree-shaking drops that import again.
 */
const wholeCore: Plugin = {
  name: 'whole-core',
  setup(build) {
    const face = JSON.stringify(resolve('src/index.ts'));
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (CORE.test(path) || !IMPORTS_CORE.test(text)) return undefined;
      return { contents: `${text}\nimport ${face};\n`, loader: 'ts' };
    });
  },
};

const shared: Options = {
  platform: 'neutral',
  target: 'es2022',
  splitting: true,
  treeshake: true,
  // What is shipped can be read as it is: maps would be two thirds of the package.
  sourcemap: false,
  esbuildPlugins: [wholeCore],
};

export default defineConfig([
  // The command is no subpath: it has no types and is not required. It shares its chunks with the library.
  {
    ...shared,
    format: 'esm',
    entry: { ...entry, cli: 'src/cli/bin.ts' },
    dts: { entry },
    external: [/^node:/],
    clean: true,
  },
  {
    ...shared,
    format: 'cjs',
    entry,
    dts: true,
    plugins: [
      {
        // jest runs CommonJS where `import()` is not to be had: what is loaded on demand is required there.
        name: 'require-on-demand',
        renderChunk(code, { map }) {
          return {
            code: code.replace(/\bimport\(("[^"]+")\)/g, 'Promise.resolve().then(() => require($1))'),
            map: map ?? null,
          };
        },
      },
    ],
  },
]);
