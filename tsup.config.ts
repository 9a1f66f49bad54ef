import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

// One entry per subpath in package.json `exports`: `./jws` is built from src/jws/index.ts into dist/jws.*.
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');

export default defineConfig({
  entry: Object.fromEntries(
    subpaths.map((subpath) =>
      subpath === '.' ? ['index', 'src/index.ts'] : [subpath.slice(2), `src/${subpath.slice(2)}/index.ts`],
    ),
  ),
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  splitting: true,
  treeshake: true,
  // What is shipped can be read as it is: maps would be two thirds of the package.
  sourcemap: false,
  clean: true,
  plugins: [
    {
      // jest runs CommonJS where `import()` is not to be had: what is loaded on demand is required there.
      name: 'require-on-demand',
      renderChunk(code, { map }) {
        if (this.format !== 'cjs') return;
        return {
          code: code.replace(/\bimport\(("[^"]+")\)/g, 'Promise.resolve().then(() => require($1))'),
          map: map ?? null,
        };
      },
    },
  ],
});
