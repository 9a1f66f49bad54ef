import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvFile } from '../../src/cli/env-file.js';

const valuesOf = (text: string) => Object.fromEntries(readEnvFile(text).map(({ name, value }) => [name, value]));
const PEM = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';

describe('a .env file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['plain', 'A=1\nB=two words\n', { A: '1', B: 'two words' }],
    ['with CRLF', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['with CR alone', 'A=1\rB=2', { A: '1', B: '2' }],
    ['with space around', '  A =  1  \n', { A: '1' }],
    ['with export', 'export A=1', { A: '1' }],
    ['with colons', 'A: 1', { A: '1' }],
    ['empty', 'A=\nB=""\n', { A: '', B: '' }],
    ['with comments', '# A=1\nB=2 # two\nC="3 # three" # c\nD=4#d\n', { B: '2', C: '3 # three', D: '4' }],
    ['with quotes', `A="1"\nB='2'\nC=\`3\``, { A: '1', B: '2', C: '3' }],
    ['with other quotes within', `A="it's"\nB='say "x"'`, { A: "it's", B: 'say "x"' }],
    ['with an escaped quote', String.raw`A="say \"x\""`, { A: String.raw`say \"x\"` }],
    [
      'with line breaks written out',
      `A="a\\nb"\nB='a\\nb'\nC=a\\nb`,
      {
        A: 'a\nb',
        B: String.raw`a\nb`,
        C: String.raw`a\nb`,
      },
    ],
    ['with several lines', `A="${PEM}"\nB='${PEM}'\nC=3`, { A: PEM, B: PEM, C: '3' }],
    ['with a quote that nothing closes', `A="1\nB=2`, { A: '"1', B: '2' }],
    ['with = in a value', 'A=b=c==', { A: 'b=c==' }],
    ['with what is no variable', 'hello\n1A=2\n=3\nA B=4\n-----BEGIN X-----\nC=5', { C: '5' }],
    ['with dots and dashes in names', 'a.b-c=1', { 'a.b-c': '1' }],
    ['with the same name twice', 'A=1\nA=2', { A: '2' }],
  ])('%s', (_what, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it('says where each stands', () => {
    const regions = readEnvFile(`# first\nA=1\n\nB="${PEM}" # key\nC=3`).map(({ region }) => region);
    expect(regions).toEqual([
      { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 },
      { startLine: 4, startColumn: 1, endLine: 6, endColumn: 33 },
      { startLine: 7, startColumn: 1, endLine: 7, endColumn: 4 },
    ]);
  });

  it('reads what Node reads', () => {
    const word = fc.stringMatching(/^[\w+/=.-]{1,20}$/);
    const line = fc.oneof(
      fc.tuple(fc.constantFrom('A', 'B', 'C'), word).map(([name, value]) => `${name}=${value}`),
      fc
        .tuple(fc.constantFrom('A', 'B', 'C'), fc.stringMatching(/^[\w #]{0,20}$/))
        .map(([name, value]) => `${name}='${value}'`),
      fc.stringMatching(/^#[\w =]{0,20}$/),
      fc.constant(''),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = lines.join('\n');
        expect(valuesOf(text)).toEqual({ ...parseEnv(text) });
      }),
    );
  });

  it('takes anything, and hostile ones in no time', () => {
    fc.assert(fc.property(fc.string(), (text) => void readEnvFile(text)));
    for (const text of [
      `A="${'\\"'.repeat(300_000)}`,
      'A=\'\nB=`\nC="\n'.repeat(50_000),
      ' '.repeat(500_000),
      `A=${'#'.repeat(500_000)}`,
      `${'\t'.repeat(200_000)}=`,
    ]) {
      const start = performance.now();
      readEnvFile(text);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });
});
