import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/encoding/base64.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('encodeBase64', () => {
  it.each([
    ['', bytes()],
    ['Zg==', bytes(0x66)],
    ['Zm8=', bytes(0x66, 0x6f)],
    ['Zm9v', bytes(0x66, 0x6f, 0x6f)],
    ['Zm9vYg==', bytes(0x66, 0x6f, 0x6f, 0x62)],
    ['+/+/', bytes(0xfb, 0xff, 0xbf)],
    ['/v7+', bytes(0xfe, 0xfe, 0xfe)],
  ])('writes %j (RFC 4648 §10)', (text, value) => {
    expect(encodeBase64(value)).toBe(text);
    expect(decodeBase64(text)).toEqual(value);
  });

  it('agrees with Buffer', () => {
    fc.assert(fc.property(fc.uint8Array(), (value) => encodeBase64(value) === Buffer.from(value).toString('base64')));
  });
});

describe('decodeBase64', () => {
  it('round-trips, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const text = encodeBase64(value);
        expect(decodeBase64(text)).toEqual(value);
        expect(decodeBase64(text.replaceAll('=', ''))).toEqual(value);
      }),
    );
  });

  it('is canonical: whatever it accepts, it would write the same', () => {
    const letters = fc.constantFrom(...'ABQgwZ09az+/=-_ \n\u00e9');
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
        const value = decodeBase64(text);
        if (value === undefined) return;
        const canonical = encodeBase64(value);
        expect([canonical, canonical.replaceAll('=', '')]).toContain(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['one letter', 'A'],
    ['one letter, filled up', 'A==='],
    ['padding alone', '='],
    ['a pair of padding alone', '=='],
    ['a group of padding', '===='],
    ['too little padding', 'Zg='],
    ['too much padding', 'Zm8=='],
    ['padding after a whole group', 'Zm9v='],
    ['a pair of padding after a whole group', 'Zm9v=='],
    ['a group of padding after a whole group', 'Zm9v===='],
    ['padding in the middle', 'Zg==Zg=='],
    ['padding in front', '=Zm8'],
    ['trailing bits in a group of two', 'Zh=='],
    ['trailing bits in a group of two, unpadded', 'Zh'],
    ['trailing bits in a group of three', 'Zm9='],
    ['a dash of Base64url', 'Zm9-'],
    ['an underscore of Base64url', 'Zm9_'],
    ['a space', 'Zm 9v'],
    ['a line break at the end', 'Zm9v\n'],
    ['a line break after padding', 'Zg==\n'],
    ['a letter beyond ASCII', 'Zm9\u0176'],
    ['NUL', 'Zm9\0'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
