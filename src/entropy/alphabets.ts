// The alphabets a program draws characters from, as bit masks per character.

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** RFC 4648 §6. */
export const BASE32: string = `${UPPER}234567`;
const SYMBOLS = '!@#$%^&*';

interface Alphabets {
  /** Bits a character of each carries. */
  readonly bits: readonly number[];
  /** For each ASCII character, a bit for every alphabet that holds it. */
  readonly masks: Int32Array;
}

let shared: Alphabets | undefined;

export function alphabets(): Alphabets {
  if (shared !== undefined) return shared;
  const alphanumeric = DIGITS + UPPER + LOWER;
  const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, i) => 33 + i));
  const listed = [
    DIGITS,
    `${DIGITS}abcdef`,
    `${DIGITS}ABCDEF`,
    LOWER,
    UPPER,
    BASE32,
    DIGITS + LOWER,
    DIGITS + UPPER,
    `${DIGITS + LOWER + SYMBOLS}(-_=+)`,
    UPPER + LOWER,
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
  // Last come bytes, and characters of any script, of which few are common.
  shared = { bits: [...listed.map(({ length }) => Math.log2(length)), 8, 12], masks };
  return shared;
}

/** A bit for every alphabet that holds the UTF-16 code unit. */
export function maskOf(code: number): number {
  const { bits, masks } = alphabets();
  return (masks[code] ?? 0) | ((code < 256 ? 3 : 2) << (bits.length - 2));
}
