// The packed declarations under the TypeScript versions people have, with several libraries, as ESM and as CommonJS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const consumer = fileURLToPath(new URL('consumer.mts', import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const versions = Object.keys(devDependencies).filter((name) => name.startsWith('typescript'));

const SETTINGS = [
  { lib: ['es2022', 'dom'], resolution: 'NodeNext' },
  { lib: ['es2022', 'dom', 'dom.iterable'], resolution: 'NodeNext', extension: '.cts' },
  { lib: ['es2022'], resolution: 'NodeNext' },
  { lib: ['es2023', 'webworker'], resolution: 'Bundler' },
  { lib: ['es2020', 'dom'], resolution: 'Bundler', exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
];

for (const name of versions) {
  const { default: ts } = await import(name);
  describe(`TypeScript ${ts.version}`, () => {
    for (const { lib, resolution, extension = '.mts', ...more } of SETTINGS)
      it(`${lib.join(' ')}, ${resolution}, ${extension}`, () => {
        const file = consumer.replace('.mts', extension);
        const options = {
          ...more,
          lib: lib.map((each) => `lib.${each}.d.ts`),
          types: [],
          target: ts.ScriptTarget.ES2022,
          module: resolution === 'Bundler' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
          moduleResolution: ts.ModuleResolutionKind[resolution],
          strict: true,
          noEmit: true,
          skipLibCheck: false,
        };
        const host = ts.createCompilerHost(options);
        const { readFile, fileExists, getSourceFile } = host;
        // The CommonJS consumer is the same text under another name.
        host.fileExists = (path) => path === file || fileExists(path);
        host.readFile = (path) => readFile(path === file ? consumer : path);
        host.getSourceFile = (path, language, ...rest) =>
          path === file
            ? ts.createSourceFile(path, readFile(consumer), language)
            : getSourceFile.call(host, path, language, ...rest);
        const problems = ts
          .getPreEmitDiagnostics(ts.createProgram([file], options, host))
          .map((each) => `${each.file?.fileName}: ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`);
        assert.deepEqual(problems, []);
      });
  });
}
