import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, readSegment } from '../../../src/audit/facts/segment.js';

/** Any code unit: lone surrogates too. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('readSegment', () => {
  it.each<[string, string[], string | undefined]>([
    ['', [], ''],
    ['e30', [], '{}'],
    ['e30=', ['padding'], '{}'],
    ['e 3\n0', ['white-space'], '{}'],
    ['-_-_', [], '\xfb\xff\xbf'],
    ['+/+/', ['alphabet'], '\xfb\xff\xbf'],
    ['e31', ['trailing-bits'], '{}'],
    ['eX', ['trailing-bits'], 'y'],
    ['e30ab', ['length'], '{}\x1a'],
    ['e30a1', ['length'], '{}\x1a'],
    ['a', ['length'], ''],
    ['e3€', ['foreign'], undefined],
    ['e3=0', ['foreign'], undefined],
    ['+ /=', ['white-space', 'padding', 'alphabet', 'trailing-bits'], '\xfb'],
  ])('%j', (text, problems, decoded) => {
    const segment = readSegment(text);
    expect(segment.problems).toEqual(problems);
    expect(segment.bytes && Buffer.from(segment.bytes).toString('latin1')).toBe(decoded);
    expect(segment.text).toBe(text);
  });

  it('reads whatever Node reads', () => {
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        expect(Buffer.from(readSegment(text).bytes!)).toEqual(Buffer.from(text, 'base64'));
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: anyUnit }), (text) => void readSegment(text)));
  });
});

describe('readJson', () => {
  it.each<[string, string[], object | undefined]>([
    ['{"a":1}', [], { a: 1 }],
    ['\xef\xbb\xbf{"a":1}', ['bom'], { a: 1 }],
    ['{"a":1,"a":2}', ['duplicate-member'], { a: 2 }],
    ['{"a":{"b":1,"b":2}}', ['duplicate-member'], { a: { b: 2 } }],
    ['[1]', ['not-object'], undefined],
    ['"a"', ['not-object'], undefined],
    ['null', ['not-object'], undefined],
    ['{', ['not-json'], undefined],
    ['', ['not-json'], undefined],
    ['\x00', ['utf-16'], undefined],
    ['\xff', ['not-utf8'], undefined],
    ['{"a":"\x00"}', ['not-json'], undefined],
    ['{\x00}\x00', ['utf-16'], undefined],
    ['\x00{\x00}', ['utf-16'], undefined],
    ['\xff\xfe{\x00', ['utf-16'], undefined],
    ['\xfe\xff\x00{', ['utf-16'], undefined],
    [`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`, [], expect.anything()],
    [`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, ['too-deep'], undefined],
    [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, ['too-deep'], undefined],
  ])('%j', (text, problems, object) => {
    const facts = readJson(bytes(text));
    expect([facts.problems, facts.object]).toEqual([problems, object]);
  });

  it('has nothing to say of nothing', () => {
    expect(readJson(undefined)).toEqual({ problems: [], text: undefined, object: undefined });
  });

  it('survives any depth', () => {
    expect(readJson(bytes('['.repeat(100_000))).problems).toEqual(['not-json']);
    expect(readJson(bytes(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).object).toBeUndefined();
  });

  it('keeps the text of what is no object', () => {
    expect(readJson(bytes('text')).text).toBe('text');
    expect(readJson(bytes('\xef\xbb\xbf{}')).text).toBe('{}');
    expect(readJson(bytes('\xff')).text).toBeUndefined();
  });
});

describe('a hostile segment', () => {
  it.each(['=', ' ', '+', '-', 'A='])('of %j without end and something behind is read in one go', (filler) => {
    const text = `${filler.repeat(200_000)}x`;
    expect(readSegment(text).text).toBe(text);
  });
});
