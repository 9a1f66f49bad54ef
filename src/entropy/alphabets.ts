// The alphabets a program draws characters from, as bit masks per character.

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SYMBOLS = '!@#$%^&*';

interface Alphabets {
  /** Bits a character of each carries; narrower alphabets first. */
  readonly bits: readonly number[];
  /** For each ASCII character, a bit for every alphabet that holds it. */
  readonly masks: Int32Array;
}

/** Alphabets beyond ASCII: bytes, East Asian characters, any character. */
const WIDE = [8, 12, 16];

let shared: Alphabets | undefined;

export function alphabets(): Alphabets {
  if (shared !== undefined) return shared;
  const alphanumeric = DIGITS + UPPER + LOWER;
  const printable = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('');
  const listed = [
    DIGITS,
    `${DIGITS}abcdef`,
    `${DIGITS}ABCDEF`,
    LOWER,
    UPPER,
    `${UPPER}234567`,
    DIGITS + LOWER,
    DIGITS + UPPER,
    `${DIGITS + LOWER + SYMBOLS}(-_=+)`,
    UPPER + LOWER,
    alphanumeric.replace(/[0OIl]/g, ''),
    alphanumeric,
    `${alphanumeric}+/`,
    `${alphanumeric}-_`,
    alphanumeric + SYMBOLS,
    printable,
    `${printable} `,
  ];
  const masks = new Int32Array(128);
  listed.forEach((characters, index) => {
    for (const character of characters) masks[character.charCodeAt(0)]! |= 1 << index;
  });
  shared = { bits: [...listed.map(({ length }) => Math.log2(length)), ...WIDE], masks };
  return shared;
}

/** Index of the Base58 alphabet: four characters short of another one, which chance alone explains. */
export const BASE58 = 10;

/** A bit for every alphabet that holds the UTF-16 code unit. */
export function maskOf(code: number): number {
  const { bits, masks } = alphabets();
  const wide = 1 << (bits.length - WIDE.length);
  return (masks[code] ?? 0) | (code < 256 ? wide : code > 0x2fff && code < 0xd7a4 ? wide * 2 : 0) | (wide * 4);
}

const rows: (Float64Array | undefined)[] = [];

/** For each alphabet, the bits of the character in it, infinite where it does not hold it. */
export function characterBits(code: number): Float64Array {
  const known = rows[code];
  if (known !== undefined) return known;
  const mask = maskOf(code);
  const row = Float64Array.from(alphabets().bits, (bits, k) =>
    (mask & (1 << k)) === 0 ? Number.POSITIVE_INFINITY : bits,
  );
  if (code < 256) rows[code] = row;
  return row;
}
