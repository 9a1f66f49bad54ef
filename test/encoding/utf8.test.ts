import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeUtf8, encodeUtf8, scratchBytes, utf8Scratch, writeAscii } from '../../src/encoding/utf8.js';

const wellFormed = fc.string({ unit: 'binary' });

describe('decodeUtf8', () => {
  it.each<[string, string, number[]]>([
    ['nothing', '', []],
    ['one byte', 'A\0\u007f', [0x41, 0, 0x7f]],
    ['two bytes', '\u0080\u07ff', [0xc2, 0x80, 0xdf, 0xbf]],
    ['three bytes', '\u0800\uffff', [0xe0, 0xa0, 0x80, 0xef, 0xbf, 0xbf]],
    ['four bytes', '\u{10000}\u{10ffff}', [0xf0, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf]],
    ['a BOM, as a character', '\ufeff{}', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['two BOMs', '\ufeff\ufeff', [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]],
    ['a replacement character that was really written', '\ufffd', [0xef, 0xbf, 0xbd]],
  ])('reads %s', (_what, text, bytes) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
    expect(encodeUtf8(text)).toEqual(Uint8Array.from(bytes));
  });

  it.each<[string, number[]]>([
    ['a continuation byte alone', [0x80]],
    ['a byte that UTF-8 never has', [0xff]],
    ['two bytes for one of ASCII', [0xc0, 0x80]],
    ['three bytes where two do', [0xe0, 0x80, 0x80]],
    ['four bytes where three do', [0xf0, 0x80, 0x80, 0x80]],
    ['a high surrogate', [0xed, 0xa0, 0x80]],
    ['a low surrogate', [0xed, 0xbf, 0xbf]],
    ['a surrogate pair (CESU-8)', [0xed, 0xa0, 0x81, 0xed, 0xb0, 0x80]],
    ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a sequence cut short by the end', [0x41, 0xe2, 0x82]],
    ['a sequence cut short by a letter', [0xe2, 0x82, 0x41]],
    ['UTF-16 with its BOM', [0xff, 0xfe, 0x7b, 0x00]],
    ['Latin-1', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]],
  ])('refuses %s', (_what, bytes) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined();
  });

  it('carries nothing over from bytes it refused', () => {
    expect(decodeUtf8(Uint8Array.of(0x41, 0xe2, 0x82))).toBeUndefined();
    expect(decodeUtf8(Uint8Array.of(0xac))).toBeUndefined();
    expect(decodeUtf8(Uint8Array.of(0x42))).toBe('B');
  });

  it('is as strict on its first call', async () => {
    vi.resetModules();
    const fresh = await import('../../src/encoding/utf8.js');
    expect(fresh.decodeUtf8(Uint8Array.of(0x41, 0xff))).toBeUndefined();
    expect(fresh.decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA');
  });

  it('reads bytes exactly when they are what Buffer would write', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const lenient = Buffer.from(bytes).toString();
        const isUtf8 = Buffer.compare(Buffer.from(lenient), bytes) === 0;
        expect(decodeUtf8(bytes)).toBe(isUtf8 ? lenient : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('encodeUtf8', () => {
  it('writes what Buffer writes and reads it back', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const bytes = encodeUtf8(text);
        expect(bytes).toEqual(new Uint8Array(Buffer.from(text)));
        expect(decodeUtf8(bytes!)).toBe(text);
      }),
    );
  });

  it.each(['\ud800', '\udfff', 'a\udbffb', '\udc00\ud800', '\ud83d\ud83d\udd11', 'end\ud800'])(
    'refuses the lone surrogate in %j',
    (text) => {
      expect(encodeUtf8(text)).toBeUndefined();
    },
  );
});

/** As a signing input is written. */
function asciiScratch(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = scratchBytes(text.length);
  return writeAscii(text, bytes) ? bytes.subarray(0, text.length) : undefined;
}

describe('scratch bytes', () => {
  it.each(['', 'a', 'eyJhbGciOiJIUzI1NiJ9.e30', '\0\u007f', 'x'.repeat(10_000)])('gives the bytes of ASCII', (text) => {
    expect(asciiScratch(text)).toEqual(new Uint8Array(Buffer.from(text, 'latin1')));
  });

  it.each([
    ['a letter of two bytes', '\u0080'],
    ['one among others', 'abc\u00e9def'],
    ['one at the end', 'abc\u0141'],
    ['three bytes', '\uff41'],
    ['four bytes', '\u{1f511}'],
    ['a lone surrogate', '\ud800'],
    ['a BOM', '\ufeffabc'],
    // The buffer is full before the text is through: as many bytes are written as the text has letters.
    ['nothing but letters of two bytes', '\u00e9'.repeat(20_000)],
  ])('refuses %s', (_what, text) => {
    expect(asciiScratch(text)).toBeUndefined();
  });

  it('gives bytes for ASCII and for nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary-ascii' }), wellFormed), (text) => {
        const isAscii = [...text].every((letter) => letter <= '\u007f');
        expect(asciiScratch(text)).toEqual(isAscii ? new Uint8Array(Buffer.from(text)) : undefined);
      }),
    );
  });

  it('uses one buffer again and again, and a longer one only when a text is longer', () => {
    const length = asciiScratch('')!.buffer.byteLength;
    expect(length).toBeGreaterThanOrEqual(4096);
    const first = asciiScratch('first')!;
    const filling = asciiScratch('x'.repeat(length))!;
    expect(filling.buffer).toBe(first.buffer);
    expect(first).toEqual(new Uint8Array(Buffer.from('xxxxx')));

    const longer = asciiScratch('y'.repeat(length + 1))!;
    expect(longer.buffer).not.toBe(first.buffer);
    expect(longer.buffer.byteLength).toBe(length + 1);
    expect(asciiScratch('short')!.buffer).toBe(longer.buffer);
  });

  it('holds the UTF-8 of any well-formed text', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        expect(utf8Scratch(text)).toEqual(new Uint8Array(Buffer.from(text)));
      }),
    );
    expect(utf8Scratch('\uff41'.repeat(20_000))).toHaveLength(60_000);
  });
});
