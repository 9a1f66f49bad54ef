import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex } from '../../src/encoding/hex.js';

describe('decodeHex', () => {
  it.each([
    ['', []],
    ['00', [0]],
    ['0aFf9A', [10, 255, 154]],
    ['deadBEEF', [0xde, 0xad, 0xbe, 0xef]],
  ])('reads %j', (text, values) => {
    expect(decodeHex(text)).toEqual(Uint8Array.from(values));
  });

  it('reads whatever Buffer writes, in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const text = Buffer.from(value).toString('hex');
        expect(decodeHex(text)).toEqual(value);
        expect(decodeHex(text.toUpperCase())).toEqual(value);
      }),
    );
  });

  it.each(['0', '000', '0x00', '0g', 'g0', ' 0', '0 ', '00\n', '-1', '+1', '1.', '\u0660\u0661', '0\u212a', '0:'])(
    'refuses %j',
    (text) => {
      expect(decodeHex(text)).toBeUndefined();
    },
  );

  it('reads a long text without a stack of backtracking', () => {
    expect(decodeHex('ab'.repeat(1_000_000))?.length).toBe(1_000_000);
  });
});
