import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../src/encoding/base64url.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODE_UNITS = Array.from({ length: 65_536 }, (_, code) => String.fromCharCode(code));

/** A text this long goes to the runtime's codec, where there is one. */
const LONG = 'AAAA'.repeat(24);

const bytesOf = (text: string) => new TextEncoder().encode(text);
const asBuffer = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

/** The codec of newer runtimes, and where it stands. */
const NATIVE = [
  [Uint8Array, 'fromBase64'],
  [Uint8Array.prototype, 'toBase64'],
  [Uint8Array.prototype, 'setFromBase64'],
] as const;

describe.each([
  ['whatever the runtime has', false],
  ['no codec in the runtime', true],
])('Base64url with %s', (_what, withoutNative) => {
  const restore: (() => void)[] = [];

  beforeAll(() => {
    for (const [place, name] of withoutNative ? NATIVE : []) {
      const native = Object.getOwnPropertyDescriptor(place, name);
      if (!native) continue;
      Reflect.deleteProperty(place, name);
      restore.push(() => Object.defineProperty(place, name, native));
    }
  });
  afterAll(() => {
    for (const undo of restore) undo();
  });

  it.each([
    // RFC 4648 §10, without the padding
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j as %j', (plain, text) => {
    expect(encodeBase64url(bytesOf(plain))).toBe(text);
    expect(decodeBase64url(text)).toEqual(bytesOf(plain));
    expect(decodeBase64url(LONG + text)).toEqual(Uint8Array.of(...new Uint8Array(72), ...bytesOf(plain)));
  });

  it('writes and reads the example of RFC 7515 appendix C', () => {
    const bytes = Uint8Array.of(3, 236, 255, 224, 193);
    expect(encodeBase64url(bytes)).toBe('A-z_4ME');
    expect(decodeBase64url('A-z_4ME')).toEqual(bytes);
  });

  it.each([1, 2])('writes and reads the whole alphabet in its order, %d times', (times) => {
    const text = ALPHABET.repeat(times);
    expect(encodeBase64url(asBuffer(text))).toBe(text);
    expect(decodeBase64url(text)).toEqual(asBuffer(text));
  });

  it('writes and reads every length from 0 to 100', () => {
    for (let length = 0; length <= 100; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => 255 - i * 7);
      const text = Buffer.from(bytes).toString('base64url');
      expect(encodeBase64url(bytes)).toBe(text);
      expect(decodeBase64url(text)).toEqual(bytes);
    }
  });

  it('writes the window of a view, not its whole buffer', () => {
    expect(encodeBase64url(bytesOf('xfoox').subarray(1, 4))).toBe('Zm9v');
  });

  it('writes a Buffer', () => {
    expect(encodeBase64url(Buffer.from('foo'))).toBe('Zm9v');
  });

  it('reads back whatever it writes, as Buffer does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(text)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['padding', ['Zg==', 'Zm8=', 'Zg=', '=', '==', '===', '====', 'Zm9v====', 'Zm9v=', 'Zm9v==', 'Zm9v===']],
    ['the standard alphabet', ['A+z/', 'A-z/', 'A+z_', '++++', '////']],
    ['white space', [' Zm9v', 'Zm9v ', 'Zm 9v', 'Zm9v\n', 'Zm9v\r\n', '\tZm9v', 'Zm9v\u00a0', '    ', 'Zg  ', 'Zm8\f']],
    ['white space of every length', [1, 2, 3, 4, 5, 8].flatMap((n) => ['', 'Zg', 'Zm8'].map((t) => t + ' '.repeat(n)))],
    ['NUL and other controls', ['Zm9v\0', '\0\0\0\0', 'Zm9\u007f', 'Zm9\u0080', '\u000bZm9v']],
    ['dots and foreign marks', ['Zm9v.', 'Zm9.', 'Zm9*', 'Zm9~', 'Zm9%3D', 'Zm9,']],
    ['characters beyond ASCII', ['Zm9\u0141', 'Zm9\uff41', 'Zm9\u0430', 'Zm9\u212a', 'Zm9\u{1f511}', '\ufeffZm9v']],
    ['lengths that no bytes have', ['A', 'Zm9vA', 'Zm9vZm9vA']],
  ])('refuses %s', (_why, texts) => {
    for (const text of texts) {
      const found = [text, LONG + text, text + LONG].map(decodeBase64url);
      expect({ text, found }).toEqual({ text, found: [undefined, undefined, undefined] });
    }
  });

  it.each([
    ['first', (c: string) => `${c}AAA`],
    ['second', (c: string) => `A${c}AA`],
    ['third', (c: string) => `AA${c}A`],
    ['fourth', (c: string) => `AAA${c}`],
    ['first of a group of two', (c: string) => `AAAA${c}A`],
    ['first of a long text', (c: string) => `${c}AAA${LONG}`],
    ['third of a long text', (c: string) => `AA${c}A${LONG}`],
    ['last of a long text', (c: string) => `${LONG}AAA${c}`],
    ['last but one of a long text', (c: string) => `${LONG}AA${c}A`],
  ])('refuses every UTF-16 unit outside the alphabet as the %s character', (_where, textOf) => {
    const accepted = CODE_UNITS.filter((unit) => decodeBase64url(textOf(unit)) !== undefined);
    expect(accepted).toEqual([...ALPHABET].sort());
  });

  it('reads one byte from one text only: the trailing bits must be zero', () => {
    const texts = [...ALPHABET].flatMap((a) => [...ALPHABET].map((b) => a + b));
    const written = Array.from({ length: 256 }, (_, byte) => encodeBase64url(Uint8Array.of(byte))).sort();
    expect(texts.filter((text) => decodeBase64url(text) !== undefined).sort()).toEqual(written);
    expect(texts.filter((text) => decodeBase64url(LONG + text) !== undefined).sort()).toEqual(written);
  });

  it('reads two bytes from one text only: the trailing bits must be zero', () => {
    const texts = [...ALPHABET].flatMap((a) => [...ALPHABET].map((b) => `${a}w${b}`));
    const accepted = texts.filter((text) => decodeBase64url(text) !== undefined);
    expect(accepted).toHaveLength(64 * 16);
    expect(accepted.every((text) => encodeBase64url(asBuffer(text)) === text)).toBe(true);
    expect(texts.filter((text) => decodeBase64url(LONG + text) !== undefined)).toEqual(accepted);
  });

  it('refuses every other text that a lenient decoder reads as the same bytes', () => {
    const someBytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(someBytes, fc.constantFrom(...ALPHABET), (bytes, last) => {
        const text = encodeBase64url(bytes);
        const twin = text.slice(0, -1) + last;
        fc.pre(twin !== text && Buffer.compare(asBuffer(twin), bytes) === 0);
        expect(decodeBase64url(twin)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(someBytes, fc.nat(), fc.constantFrom('=', '==', ' ', '\n', '.', '*'), (bytes, at, junk) => {
        const text = encodeBase64url(bytes);
        const index = at % (text.length + 1);
        expect(decodeBase64url(text.slice(0, index) + junk + text.slice(index))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('reads a text only when writing its bytes gives the text back', () => {
    const letters = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 130 });
    const others = fc.constantFrom(...ALPHABET, '=', '+', '/', ' ', '\n');
    const anything = fc.string({ unit: fc.oneof(others, fc.string()), maxLength: 130 });
    fc.assert(
      fc.property(fc.constantFrom('', LONG), fc.oneof(letters, anything), (before, after) => {
        const text = before + after;
        const bytes = decodeBase64url(text);
        const isCanonical = Buffer.from(text, 'base64url').toString('base64url') === text;
        expect(bytes !== undefined).toBe(isCanonical);
        if (bytes) expect(encodeBase64url(bytes)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', LONG])('reads the whole alphabet and no neighbour of it on its first call', async (after) => {
    vi.resetModules();
    const fresh = await import('../../src/encoding/base64url.js');
    const accepted = CODE_UNITS.filter((unit) => fresh.decodeBase64url(`A${unit}AA${after}`) !== undefined);
    expect(accepted).toEqual([...ALPHABET].sort());
  });

  it.each(['Zm9v', `Zm9v${LONG}`])('gives each caller bytes of its own', (text) => {
    const first = decodeBase64url(text)!;
    expect(first.buffer.byteLength).toBe((text.length * 3) / 4);
    first.fill(0);
    expect(decodeBase64url(text)).toEqual(asBuffer(text));
  });
});
