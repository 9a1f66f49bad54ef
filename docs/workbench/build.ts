// Bundles the page against the package's own dist: `npm run build` comes first.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build, type Plugin, transform } from 'esbuild';

const here = new URL('.', import.meta.url).pathname;
const out = `${here}dist/`;

/**
 * The package loads groups of rules apart, for pages that audit only some things. This one audits everything as soon as
 * it is open: together with the engine they compress better. The large word lists stay apart.
 */
const together: Plugin = {
  name: 'together',
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/[^/]+\.js$/ }, ({ path }) => {
      const imports: string[] = [];
      const code = readFileSync(path, 'utf8').replace(/\bimport\('(\.\/(?!word-lists|leaked)[^']+)'\)/g, (_, file) => {
        const name = `$together${imports.length}`;
        imports.push(`import * as ${name} from '${file}';\n`);
        return `Promise.resolve(${name})`;
      });
      return { contents: imports.join('') + code, loader: 'js' };
    });
  },
};

rmSync(out, { recursive: true, force: true });
await build({
  entryPoints: [`${here}main.ts`],
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  plugins: [together],
  // Its warnings are about imports that the package says have no side effects; it is right to leave them out.
  logOverride: { 'ignored-bare-import': 'silent' },
  logLevel: 'warning',
});
const style = await transform(readFileSync(`${here}style.css`, 'utf8'), { loader: 'css', minify: true });
writeFileSync(`${out}style.css`, style.code);
for (const name of ['index.html', 'icon.svg']) copyFileSync(`${here}${name}`, `${out}${name}`);
