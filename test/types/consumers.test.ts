// The package's declarations in projects with the DOM's types, with Node's, and with neither. tsc -p test has only one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const accepted = `${root}test/types/consumers/accepted.ts`;
const refused = `${root}test/types/consumers/refused.ts`;
const DIRECTIVE = /\/\/ @ts-expect-error$/;

/** "Cannot find name", "module has no exported member", "did you mean": a snippet that tests nothing. */
const MISSPELT = [2304, 2305, 2307, 2551, 2552, 2724];

interface Setting {
  readonly what: string;
  readonly options: ts.CompilerOptions;
  /** What only this setting can say of a key's CryptoKey. */
  readonly cryptoKey: string;
}

const SETTINGS: readonly Setting[] = [
  {
    what: 'the DOM and no Node types',
    options: { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
    cryptoKey: "(key: PublicKey): Promise<unknown> => crypto.subtle.exportKey('spki', key.cryptoKey)",
  },
  {
    what: 'Node types and no DOM',
    options: { lib: ['lib.es2022.d.ts'], types: ['node'] },
    cryptoKey: "(key: PublicKey): import('node:crypto').webcrypto.CryptoKey => key.cryptoKey",
  },
  {
    what: 'neither, and every strict option',
    options: { lib: ['lib.es2022.d.ts'], types: [], exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    cryptoKey: '(key: StructuralCryptoKey): PublicKey["cryptoKey"] => key',
  },
];

let declarations: string;

/** Source files of the compiler's own and of packages, parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function compile(path: string, options: ts.CompilerOptions, edit = (text: string) => text): readonly ts.Diagnostic[] {
  const resolved: ts.CompilerOptions = {
    ...options,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    paths: { jwtight: [`${declarations}/index.d.ts`], 'jwtight/*': [`${declarations}/*/index.d.ts`] },
  };
  const host = ts.createCompilerHost(resolved);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version, ...rest) => {
    if (name === path) return ts.createSourceFile(name, edit(ts.sys.readFile(name)!), version, true);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, version, ...rest));
    return parsed.get(name);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([path], resolved, host));
}

function describeProblem({ file, start, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start!).line + 1 : 0;
  return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

beforeAll(() => {
  declarations = mkdtempSync(join(tmpdir(), 'jwtight-declarations-'));
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([`${root}src/index.ts`, `${root}src/jws/index.ts`], {
    ...options,
    noEmit: false,
    emitDeclarationOnly: true,
    outDir: declarations,
    rootDir: `${root}src`,
  });
  expect(program.emit().diagnostics.map(describeProblem)).toEqual([]);
}, 60_000);

afterAll(() => rmSync(declarations, { recursive: true, force: true }));

describe.each(SETTINGS)('with $what', ({ options, cryptoKey }) => {
  it('compiles what is right', () => {
    const imports = "import type { PublicKey } from 'jwtight';";
    const problems = compile(accepted, options, (text) => `${text}${imports}\nexport const own = ${cryptoKey};`);
    expect(problems.map(describeProblem)).toEqual([]);
  }, 60_000);

  it('refuses each line that is wrong, for what it says', () => {
    const directives = ts.sys
      .readFile(refused)!
      .split('\n')
      .flatMap((line, i) => (DIRECTIVE.test(line) ? [i + 1] : []));
    const problems = compile(refused, options, (text) => text.replaceAll(new RegExp(DIRECTIVE, 'gm'), '//'));
    const lines = problems.map(({ file, start }) => file?.getLineAndCharacterOfPosition(start!).line);

    expect(directives.length).toBeGreaterThan(40);
    expect([...new Set(lines)].sort((a, b) => a! - b!)).toEqual(directives);
    expect(problems.filter(({ file }) => file?.fileName !== refused).map(describeProblem)).toEqual([]);
    expect(problems.filter(({ code }) => MISSPELT.includes(code)).map(describeProblem)).toEqual([]);
  }, 60_000);
});
