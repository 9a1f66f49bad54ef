// The figures in the README's comparison are those of docs/benchmarks.md, docs/conformance.md and test/peers.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import peers from './peers/package-lock.json' with { type: 'json' };

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const LIBRARIES = ['jwtight', 'jose', 'jsonwebtoken', 'fast-jwt'];

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);

/** The text below a heading. */
function section(text: string, heading: string): string {
  return text.split(`\n${heading}\n`)[1]!.split(/^#{1,3} /m)[0]!;
}

const own = linesOf(section(read('README.md'), '## Beside jose, jsonwebtoken and fast-jwt'));
const row = (name: string) => own.find(([first]) => first === name)!.slice(1);

/** A row of a table of benchmarks, in our order; goals and marks are left out. */
function benchmark(heading: string, name: string): string[] {
  const [head, , ...rows] = linesOf(section(read('docs/benchmarks.md'), heading));
  const found = rows.find(([first]) => first === name)!;
  return LIBRARIES.map((library) => /[\d.,]+/.exec(found[head!.indexOf(library)]!)![0]);
}

function dependenciesOf(name: string, seen = new Set<string>()): Set<string> {
  const packages: Record<string, { name?: string; integrity?: string; dependencies?: Record<string, string> }> =
    peers.packages;
  for (const other of Object.keys(packages[`node_modules/${name}`]!.dependencies ?? {})) {
    if (seen.has(other)) continue;
    seen.add(other);
    dependenciesOf(other, seen);
  }
  return seen;
}

describe('the comparison in the README', () => {
  it('is of the versions that are measured', () => {
    const versions = [peers.packages['node_modules/jose'], peers.packages['node_modules/jsonwebtoken']];
    const head = own.find((cells) => cells.some((cell) => cell.startsWith('jose ')))!;
    expect(head.slice(2)).toEqual([
      ...versions.map(({ version }, i) => `${LIBRARIES[i + 1]} ${version}`),
      `fast-jwt ${peers.packages['node_modules/fast-jwt'].version}`,
    ]);
  });

  it.each([
    ['ES256 verifications a second', '## Operations a second, 64 in flight', 'ES256 verify'],
    ['ES256 signatures a second', '## Operations a second, 64 in flight', 'ES256 sign'],
    ['HS256 verifications a second', '## Operations a second, 64 in flight', 'HS256 verify'],
    ['kB to verify, minified and gzipped', '## Size', 'verify, import a key'],
  ])('has the benchmarks: %s', (name, heading, measured) => {
    expect(row(name)).toEqual(benchmark(heading, measured));
  });

  it('has the benchmarks: import', () => {
    const text = section(read('docs/benchmarks.md'), '## Import');
    const times = LIBRARIES.map((name) => new RegExp(`[ :]${name} (?:\\*\\*)?([\\d.]+)`).exec(text)![1]);
    expect(row('import, ms of CPU')).toEqual(times);
  });

  it('has the attacks', () => {
    const tables = linesOf(section(read('docs/conformance.md'), '### ES256'));
    // forgery, policy and robustness; strictness is left open by the RFCs.
    const counts = LIBRARIES.map((name) =>
      tables
        .find(([first]) => first === name)!
        .slice(1, 4)
        .map((cell) => cell.split(' of ').map(Number)),
    );
    const sums = counts.map((cells) => cells.reduce(([a, b], [c, d]) => [a! + c!, b! + d!], [0, 0]));
    expect(row('ES256: attacks accepted that an RFC forbids')).toEqual(
      sums.map(([accepted, shown], i) => (i === 0 ? `${accepted} of ${shown}` : `${accepted}`)),
    );
  });

  it('counts dependencies', () => {
    const counts = LIBRARIES.slice(1).map((name) => `${dependenciesOf(name).size}`);
    expect(row('packages it depends on')).toEqual(['0', ...counts]);
  });
});
