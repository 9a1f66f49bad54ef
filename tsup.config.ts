import { defineConfig, type Options } from 'tsup';
import manifest from './package.json' with { type: 'json' };

// One entry per subpath in package.json `exports`: `./jws` is built from src/jws/index.ts into dist/jws.*.
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');
const entry = Object.fromEntries(
  subpaths.map((subpath) =>
    subpath === '.' ? ['index', 'src/index.ts'] : [subpath.slice(2), `src/${subpath.slice(2)}/index.ts`],
  ),
);

const shared: Options = {
  platform: 'neutral',
  target: 'es2022',
  splitting: true,
  treeshake: true,
  sourcemap: true,
  clean: true,
};

export default defineConfig([
  // The command is no subpath: it has no types and is not required. It shares its chunks with the library.
  { ...shared, format: 'esm', entry: { ...entry, cli: 'src/cli/bin.ts' }, dts: { entry }, external: [/^node:/] },
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
