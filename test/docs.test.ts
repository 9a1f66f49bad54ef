// Every TypeScript block of the README, the guides and the docstrings compiles, runs, and prints what it says it prints.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'node:util';
import ts from 'typescript';
import { afterAll, describe, expect, it, vi } from 'vitest';

interface Snippet {
  readonly name: string;
  readonly code: string;
  readonly file: string;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}reports/snippets/`;

function listFiles(): string[] {
  const guides = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'));
  const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return ['README.md', ...guides.map((name) => `docs/${name}`), ...sources.map((name) => `src/${name}`)];
}

/** The ```ts blocks of a text; in docstrings every line begins with an asterisk. */
function snippetsOf(path: string): Snippet[] {
  const text = readFileSync(`${root}${path}`, 'utf8');
  return [...text.matchAll(/^( *\* )?```ts\n([\s\S]*?)^\1?```$/gm)].map(([, star, block], i) => ({
    name: `${path} #${i + 1}`,
    // `export {}` makes a module of a block without imports: top-level await needs one.
    code: `${star ? block!.replace(/^ *\* ?/gm, '') : block!}\nexport {};\n`,
    file: `${folder}${path.replace(/\W/g, '_')}_${i + 1}.ts`,
  }));
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const snippets = listFiles().flatMap(snippetsOf);
for (const { file, code } of snippets) writeFileSync(file, code);

describe('documentation', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has snippets', () => {
    expect(snippets.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThanOrEqual(3);
  });

  it('compiles', () => {
    const config = ts.readConfigFile(`${root}test/tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, `${root}test`);
    const program = ts.createProgram(
      snippets.map(({ file }) => file),
      { ...options, noEmit: true, noUnusedLocals: false },
    );
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const at = snippets.find((snippet) => snippet.file === file?.fileName)?.name ?? file?.fileName;
      return `${at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(problems).toEqual([]);
  }, 60_000);

  it.each(snippets)('$name runs', async ({ file, code }) => {
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(format(...values)));
    try {
      await import(/* @vite-ignore */ pathToFileURL(file).href);
      // Some examples log from a callback that nothing awaits.
      await vi.waitFor(() => {
        for (const [, expected] of code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm))
          if (!/…|such as/.test(expected!)) expect(printed).toContain(expected);
      });
    } finally {
      log.mockRestore();
    }
  });
});
