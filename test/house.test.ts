// Holds the house: which floor may import what, what an index.ts may hold, how long a file may be.

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import typedoc from '../typedoc.json' with { type: 'json' };

/** Paths below src, with forward slashes, and their texts. */
type Sources = Record<string, string>;

const LONGEST_FILE = 300;

/** The floors, bottom up. `errors.ts` lies below them; the package's own face stands on the fourth. */
const FLOORS: readonly (readonly string[])[] = [
  ['errors.ts'],
  ['encoding'],
  ['keys'],
  ['jws'],
  ['jwt'],
  ['stores'],
  ['index.ts'],
  ['jwks', 'revocation', 'refresh', 'http', 'entropy'],
  ['audit', 'testing'],
  ['cli'],
];

/** Folders that share a floor and still do not know each other. */
const STRANGERS: readonly string[] = ['jwks', 'revocation', 'refresh', 'http', 'entropy'];

const root = fileURLToPath(new URL('../', import.meta.url));

function readSources(): Sources {
  const paths = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return Object.fromEntries(
    paths.filter((path) => path.endsWith('.ts')).map((path) => [path, readFileSync(`${root}src/${path}`, 'utf8')]),
  );
}

/** The folder directly below src, or the file itself where it stands there. */
function place(path: string): string {
  return path.split('/', 1)[0]!;
}

function floor(path: string): number {
  return FLOORS.findIndex((places) => places.includes(place(path)));
}

/** Everything a file imports or re-exports: values, types, `import()` and `import('…').Type`. */
function specifiers(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

function target(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** Files on the floors import their own floor or below, and of other packages nothing. */
function importViolations(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    if (floor(path) < 0) return [`${path} is on no floor`];
    return specifiers(text).flatMap((specifier) => {
      if (!specifier.startsWith('.')) {
        const allowed = place(path) === 'cli' && specifier.startsWith('node:');
        return allowed ? [] : [`${path} imports the foreign ${specifier}`];
      }
      const other = target(path, specifier);
      if (!(other in sources)) return [`${path} imports ${specifier}, which is not in src`];
      if (floor(other) > floor(path)) return [`${path} imports ${other}, from a floor above`];
      const strangers = place(path) !== place(other) && [path, other].every((file) => STRANGERS.includes(place(file)));
      return strangers ? [`${path} imports ${other}, which it must not know`] : [];
    });
  });
}

/** Every way round in the import graph, type imports included. */
function importCycles(sources: Sources): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const specifier of specifiers(sources[path]!)) {
      const other = target(path, specifier);
      if (other in sources) visit(other, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of Object.keys(sources)) visit(path, []);
  return cycles;
}

/** An index.ts is a public face: it re-exports and defines nothing. */
function faceViolations(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([path]) => posix.basename(path) === 'index.ts')
    .flatMap(([path, text]) =>
      ts
        .createSourceFile(path, text, ts.ScriptTarget.Latest)
        .statements.filter((statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement))
        .map((statement) => `${path} holds a ${ts.SyntaxKind[statement.kind]}`),
    );
}

function lengthViolations(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([path]) => !path.endsWith('.data.ts') && !path.includes('/data/'))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

describe('the house', () => {
  const sources = readSources();

  it('has sources to look at', () => {
    expect(Object.keys(sources)).toContain('errors.ts');
  });

  it('imports downwards only', () => {
    expect(importViolations(sources)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(importCycles(sources)).toEqual([]);
  });

  it('defines nothing in an index.ts', () => {
    expect(faceViolations(sources)).toEqual([]);
  });

  it(`has no file above ${LONGEST_FILE} lines`, () => {
    expect(lengthViolations(sources)).toEqual([]);
  });

  it('documents every subpath it exports', () => {
    const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json');
    expect(typedoc.entryPoints).toEqual(subpaths.map((subpath) => posix.join('src', subpath, 'index.ts')));
  });
});

describe('the house rules notice', () => {
  it.each<[string, Sources]>([
    ['an upward import', { 'encoding/a.ts': "import { b } from '../keys/b.js';", 'keys/b.ts': '' }],
    ['an upward import of a type', { 'keys/a.ts': "import type { B } from '../jws/b.js';", 'jws/b.ts': '' }],
    ['an upward type query', { 'keys/a.ts': "type B = import('../jws/b.js').B;", 'jws/b.ts': '' }],
    ['an upward re-export', { 'jws/index.ts': "export * from '../jwt/b.js';", 'jwt/b.ts': '' }],
    ['an upward dynamic import', { 'jwt/a.ts': "await import('../jwks/b.js');", 'jwks/b.ts': '' }],
    ['a face that shows an upper floor', { 'index.ts': "export * from './jwks/b.js';", 'jwks/b.ts': '' }],
    ['a floor that imports the face', { 'jwt/a.ts': "import { b } from '../index.js';", 'index.ts': '' }],
    ['errors that import', { 'errors.ts': "import { b } from './encoding/b.js';", 'encoding/b.ts': '' }],
    ['neighbours who know each other', { 'http/a.ts': "import { b } from '../jwks/b.js';", 'jwks/b.ts': '' }],
    ['a node: import', { 'keys/a.ts': "import { createHash } from 'node:crypto';" }],
    ['a package import', { 'cli/a.ts': "import { z } from 'zod';" }],
    ['an import from outside src', { 'cli/a.ts': "import manifest from '../../package.json';" }],
    ['a folder on no floor', { 'utils/a.ts': '' }],
    ['a stray file', { 'helpers.ts': '' }],
  ])('%s', (_what, sources) => {
    expect(importViolations(sources)).toHaveLength(1);
  });

  it('nothing where all is well', () => {
    const sources: Sources = {
      'errors.ts': '',
      'encoding/a.ts': "// import { b } from '../keys/b.js';\nimport { E } from '../errors.js';",
      'keys/b.ts': "import { a } from '../encoding/a.js'; const text = \"import '../jwt/c.js'\";",
      'jwt/c.ts': "import { b } from '../keys/b.js';",
      'index.ts': "export { c } from './jwt/c.js';\nexport type { E } from './errors.js';",
      'jwks/d.ts': "import { c } from '../jwt/c.js';",
      'audit/e.ts': "import { d } from '../jwks/d.js'; import { f } from '../testing/f.js';",
      'testing/f.ts': '',
      'cli/main.ts': "import { readFileSync } from 'node:fs'; import { c } from '../index.js';",
    };
    expect(importViolations(sources)).toEqual([]);
    expect(importCycles(sources)).toEqual([]);
    expect(faceViolations(sources)).toEqual([]);
  });

  it.each<[string, Sources, string]>([
    [
      'two files that import each other',
      { 'keys/a.ts': "import './b.js';", 'keys/b.ts': "import './a.js';" },
      'keys/a.ts → keys/b.ts → keys/a.ts',
    ],
    [
      'a longer way round through types and a face',
      {
        'jwt/a.ts': "import type { B } from './index.js';",
        'jwt/index.ts': "export * from './b.js';",
        'jwt/b.ts': "export { type A } from './a.js';",
      },
      'jwt/a.ts → jwt/index.ts → jwt/b.ts → jwt/a.ts',
    ],
    ['a file that imports itself', { 'keys/a.ts': "import './a.js';" }, 'keys/a.ts → keys/a.ts'],
  ])('%s', (_what, sources, cycle) => {
    expect(importCycles(sources)).toEqual([cycle]);
  });

  it.each(['export const a = 1;', 'export default {};', 'export interface A {}', 'console.log(1);'])(
    'an index.ts that holds `%s`',
    (text) => {
      expect(faceViolations({ 'jws/index.ts': text })).toHaveLength(1);
    },
  );

  it('a file that is too long, unless it is data', () => {
    const text = 'x\n'.repeat(LONGEST_FILE + 1);
    const sources = {
      'jwt/a.ts': text,
      'jwt/b.ts': text.slice(2),
      'jwt/c.data.ts': text,
      'entropy/data/words.ts': text,
    };
    expect(lengthViolations(sources)).toEqual([`jwt/a.ts has ${LONGEST_FILE + 1} lines`]);
  });
});
