// Every exported function says what it does, has an example that uses it (docs.test.ts runs it), and names what it throws.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import typedoc from '../typedoc.json' with { type: 'json' };

const root = fileURLToPath(new URL('../', import.meta.url));

interface PublicFunction {
  readonly name: string;
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
  /** Whether a `throw` is in it, or in a function that it calls; what a caught one throws does not count. */
  readonly throws: boolean;
}

type Body = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** The function that a declaration holds, a constant's too. */
function functionOf(node: ts.Node | undefined): Body | undefined {
  if (node === undefined) return undefined;
  if (ts.isVariableDeclaration(node)) return functionOf(node.initializer);
  return ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) ? node : undefined;
}

function publicFunctions(program: ts.Program, entry: string): PublicFunction[] {
  const checker = program.getTypeChecker();
  const known = new Map<Body, boolean>();

  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  /** Of overloads the last, which has the body. */
  const bodyOf = (symbol: ts.Symbol | undefined) =>
    symbol &&
    resolved(symbol)
      .declarations?.flatMap((node) => functionOf(node) ?? [])
      .at(-1);

  function throws(body: Body): boolean {
    if (!known.has(body)) {
      known.set(body, false); // One that calls itself throws only if something else in it does.
      known.set(body, body.body !== undefined && holdsThrow(body.body));
    }
    return known.get(body)!;
  }

  function holdsThrow(node: ts.Node): boolean {
    if (ts.isThrowStatement(node)) return true;
    if (ts.isTryStatement(node) && node.catchClause) return holdsThrow(node.catchClause);
    // A function that is only made has not thrown; one that is handed to a call is taken for called.
    if (ts.isFunctionLike(node) && !ts.isCallExpression(node.parent)) return false;
    const called = ts.isCallExpression(node) && bodyOf(checker.getSymbolAtLocation(node.expression));
    return (called && throws(called)) || ts.forEachChild(node, (child) => holdsThrow(child) || undefined) === true;
  }

  const face = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  return checker.getExportsOfModule(face).flatMap((exported) => {
    const body = bodyOf(exported);
    if (!body) return [];
    const symbol = resolved(exported);
    return {
      name: exported.name,
      text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      tags: symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) })),
      throws: throws(body),
    };
  });
}

/** What a docstring lacks. */
function lacks({ name, text, tags, throws }: PublicFunction): string[] {
  const examples = tags.filter((tag) => tag.name === 'example').map((tag) => tag.text);
  const call = new RegExp(`^\`\`\`ts\n[\\s\\S]*\\b${name}\\([\\s\\S]*^\`\`\`$`, 'm');
  const thrown = tags.filter((tag) => tag.name === 'throws').map((tag) => tag.text);
  return [
    ...(text === '' ? [`${name} does not say what it does`] : []),
    ...(examples.some((example) => call.test(example)) ? [] : [`${name} has no example that calls it`]),
    ...(throws && thrown.length === 0 ? [`${name} does not say what it throws`] : []),
    ...(thrown.every((what) => /\bJwt(?:Config)?Error\b|^what /.test(what)) ? [] : [`${name} does not name the error`]),
  ];
}

function program(files: Readonly<Record<string, string>> = {}): ts.Program {
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path in files || fileExists(path);
  host.getSourceFile = (path, version) =>
    path in files ? ts.createSourceFile(path, files[path]!, version) : getSourceFile(path, version);
  const entries = typedoc.entryPoints.map((path) => root + path);
  return ts.createProgram(Object.keys(files).length > 0 ? Object.keys(files) : entries, options, host);
}

describe('the docstrings of', () => {
  const all = program();

  it.each(typedoc.entryPoints)('%s are whole', (entry) => {
    const functions = publicFunctions(all, root + entry);
    expect(functions.length).toBeGreaterThan(0);
    expect(functions.flatMap(lacks)).toEqual([]);
  });
});

describe('the check of docstrings notices', () => {
  const example = (code: string) => ` * @example\n * \`\`\`ts\n * ${code}\n * \`\`\``;
  const check = (docstring: string, code: string) => {
    const entry = `${root}src/made-up.ts`;
    const text = `/**\n${docstring}\n */\n${code}\nfunction fail(): never { throw new Error(); }\n`;
    return publicFunctions(program({ [entry]: text }), entry).flatMap(lacks);
  };
  const good = ` * Does.\n * @throws JwtError always.\n${example('f();')}`;

  it.each([
    ['a missing description', example('f();'), 'export function f() {}', ['f does not say what it does']],
    ['a missing example', ' * Does.', 'export function f() {}', ['f has no example that calls it']],
    [
      'an example of something else',
      ` * Does.\n${example('g();')}`,
      'export const f = () => {};',
      ['f has no example that calls it'],
    ],
    [
      'a throw',
      ` * Does.\n${example('f();')}`,
      'export function f() { throw new Error(); }',
      ['f does not say what it throws'],
    ],
    [
      'a throw of what it calls',
      ` * Does.\n${example('f();')}`,
      'export function f() { return [1].map(() => fail()); }',
      ['f does not say what it throws'],
    ],
    [
      'a throw from a catch',
      ` * Does.\n${example('f();')}`,
      'export function f() { try { f(); } catch { fail(); } }',
      ['f does not say what it throws'],
    ],
    [
      'an error without a name',
      good.replace('JwtError', 'TypeError'),
      'export function f() { fail(); }',
      ['f does not name the error'],
    ],
    ['nothing in a whole one', good, 'export function f() { fail(); }', []],
    [
      'nothing where a throw is caught',
      ` * Does.\n${example('f();')}`,
      'export function f() { try { fail(); } catch {} }',
      [],
    ],
    [
      'nothing where a throw is for later',
      ` * Does.\n${example('f();')}`,
      'export function f() { return () => fail(); }',
      [],
    ],
  ])('%s', (_what, docstring, code, problems) => {
    expect(check(docstring, code)).toEqual(problems);
  });
});
