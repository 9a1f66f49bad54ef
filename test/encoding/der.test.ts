import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDer, writeDer } from '../../src/encoding/der.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const zeros = (length: number) => new Array<number>(length).fill(0);

describe('readDer', () => {
  it('reads nothing from nothing', () => {
    expect(readDer(bytes())).toEqual([]);
  });

  it('reads elements in a row', () => {
    expect(readDer(bytes(2, 1, 5, 4, 0, 0x30, 2, 9, 9))).toEqual([
      { tag: 2, content: bytes(5), bytes: bytes(2, 1, 5) },
      { tag: 4, content: bytes(), bytes: bytes(4, 0) },
      { tag: 0x30, content: bytes(9, 9), bytes: bytes(0x30, 2, 9, 9) },
    ]);
  });

  it('reads from a view at its place', () => {
    const [element] = readDer(bytes(99, 2, 1, 5, 99).subarray(1, 4))!;
    expect(element).toEqual({ tag: 2, content: bytes(5), bytes: bytes(2, 1, 5) });
  });

  it.each([
    [127, [127]],
    [128, [0x81, 128]],
    [255, [0x81, 255]],
    [256, [0x82, 1, 0]],
    [65535, [0x82, 255, 255]],
    [65536, [0x83, 1, 0, 0]],
    [16777216, [0x84, 1, 0, 0, 0]],
  ])('reads a length of %d in the fewest bytes', (length, written) => {
    const whole = new Uint8Array(1 + written.length + length);
    whole.set([4, ...written]);
    const elements = readDer(whole);
    expect(elements?.length).toBe(1);
    expect(elements?.[0]?.content.length).toBe(length);
    expect(elements?.[0]?.bytes.length).toBe(whole.length);
    expect(readDer(whole.subarray(0, -1))).toBeUndefined();
  });

  it.each([
    ['a tag alone', [4]],
    ['a tag alone after an element', [5, 0, 4]],
    ['content cut short', [4, 2, 0]],
    ['a byte too many', [4, 1, 0, 0]],
    ['an indefinite length', [0x30, 0x80, 2, 1, 5, 0, 0]],
    ['an indefinite length of nothing', [0x30, 0x80]],
    ['a length of one byte that needs none', [4, 0x81, 127, ...zeros(127)]],
    ['a length of zero in long form', [4, 0x81, 0]],
    ['a length of two bytes that needs one', [4, 0x82, 0, 255, ...zeros(255)]],
    ['a length of three bytes that needs two', [4, 0x83, 0, 1, 0, ...zeros(256)]],
    ['a length of four bytes that needs three', [4, 0x84, 0, 1, 0, 0, ...zeros(65536)]],
    ['a length of four bytes that wraps to a small one', [4, 0x85, 1, 0, 0, 0, 1, 0]],
    ['a length with the sign bit', [4, 0x84, 255, 255, 255, 255, 0]],
    ['a length without its bytes', [4, 0x82]],
    ['a length with one of two bytes', [4, 0x82, 1]],
    ['the longest length there is', [4, 0xff, ...zeros(126), 1, 0]],
    ['the reserved length', [4, 0xff]],
    ['a tag of several bytes', [0x1f, 1, 0]],
    ['a constructed tag of several bytes', [0xbf, 1, 0]],
  ])('refuses %s', (_, values) => {
    expect(readDer(Uint8Array.from(values))).toBeUndefined();
  });

  it('reads tags next to those of several bytes', () => {
    expect(readDer(bytes(0x1e, 0, 0x20, 0, 0xbe, 0, 0xa0, 0))?.map(({ tag }) => tag)).toEqual([0x1e, 0x20, 0xbe, 0xa0]);
  });

  it('never throws, and what it reads is what there is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (value) => {
        const elements = readDer(value);
        if (elements === undefined) return;
        expect(Uint8Array.from(elements.flatMap((element) => [...element.bytes]))).toEqual(value);
        // One encoding for each value.
        for (const { tag, content, bytes } of elements) expect(writeDer(tag, content)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writeDer', () => {
  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x81, 128]],
    [255, [0x81, 255]],
    [256, [0x82, 1, 0]],
    [65535, [0x82, 255, 255]],
    [65536, [0x83, 1, 0, 0]],
  ])('writes a length of %d in the fewest bytes', (length, written) => {
    const der = writeDer(4, new Uint8Array(length));
    expect([...der.subarray(0, 1 + written.length)]).toEqual([4, ...written]);
    expect(der.length).toBe(1 + written.length + length);
  });

  it('puts the parts in a row', () => {
    expect(writeDer(0x30, [2, 1, 0], bytes(5, 0), writeDer(4, [7]))).toEqual(bytes(0x30, 8, 2, 1, 0, 5, 0, 4, 1, 7));
    expect(writeDer(0x30)).toEqual(bytes(0x30, 0));
  });

  it('is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }), (parts) => {
        const [element] = readDer(writeDer(0x30, ...parts.map((part) => writeDer(4, part))))!;
        expect(readDer(element!.content)?.map(({ content }) => content)).toEqual(parts);
      }),
    );
  });
});
