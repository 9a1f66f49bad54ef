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
  { ...shared, format: 'cjs', entry, dts: true },
  // The command is no subpath: it has no types and is not required. It shares its chunks with the library.
  { ...shared, format: 'esm', entry: { ...entry, cli: 'src/cli/bin.ts' }, dts: { entry }, external: [/^node:/] },
]);
