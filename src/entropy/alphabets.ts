// The alphabets a program draws characters from, as bit masks per character.

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export interface Alphabet {
  /** In words a user understands. */
  readonly name: string;
  /** Bits one character carries. */
  readonly bits: number;
}

interface AlphabetTable {
  readonly alphabets: readonly Alphabet[];
  /** For each ASCII character, a bit for every alphabet that holds it. */
  readonly masks: Int32Array;
}

/** Alphabets of characters beyond ASCII follow the listed ones; {@link maskOf} knows their ranges. */
const WIDE: readonly Alphabet[] = [
  { name: 'bytes', bits: 8 },
  { name: 'East Asian characters', bits: 12 },
  { name: 'Unicode characters', bits: 16 },
];

let table: AlphabetTable | undefined;

function makeTable(): AlphabetTable {
  const symbols = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
  const listed: readonly (readonly [name: string, characters: string])[] = [
    ['binary digits', '01'],
    ['decimal digits', DIGITS],
    ['hexadecimal digits', `${DIGITS}abcdef`],
    ['hexadecimal digits', `${DIGITS}ABCDEF`],
    ['lower-case letters', LOWER],
    ['upper-case letters', UPPER],
    ['Base32 characters', `${UPPER}234567`],
    ['lower-case letters and digits', DIGITS + LOWER],
    ['upper-case letters and digits', DIGITS + UPPER],
    ['lower-case letters, digits and symbols', `${DIGITS + LOWER}!@#$%^&*(-_=+)`],
    ['letters', LOWER + UPPER],
    ['Base58 characters', (DIGITS + LOWER + UPPER).replace(/[0OIl]/g, '')],
    ['letters and digits', DIGITS + LOWER + UPPER],
    ['Base64 characters', `${DIGITS + LOWER + UPPER}+/`],
    ['Base64url characters', `${DIGITS + LOWER + UPPER}-_`],
    ['letters, digits and symbols', `${DIGITS + LOWER + UPPER}!@#$%^&*`],
    ['printable characters', DIGITS + LOWER + UPPER + symbols],
    ['printable characters and spaces', `${DIGITS + LOWER + UPPER + symbols} `],
  ];
  const masks = new Int32Array(128);
  listed.forEach(([, characters], index) => {
    for (const character of characters) masks[character.charCodeAt(0)]! |= 1 << index;
  });
  const alphabets = listed.map(([name, characters]) => ({ name, bits: Math.log2(characters.length) }));
  return { alphabets: [...alphabets, ...WIDE], masks };
}

function alphabetTable(): AlphabetTable {
  table ??= makeTable();
  return table;
}

/** Every alphabet, those of few characters first. */
export function alphabets(): readonly Alphabet[] {
  return alphabetTable().alphabets;
}

/** Index of the Base58 alphabet: four characters short of another one, which chance alone explains. */
export const BASE58 = 11;

/** A bit for every alphabet that holds the UTF-16 code unit. */
export function maskOf(code: number): number {
  const { alphabets, masks } = alphabetTable();
  const wide = 1 << (alphabets.length - WIDE.length);
  const ascii = code < 128 ? masks[code]! : 0;
  const eastAsian = code >= 0x3000 && code < 0xd7a4 ? wide << 1 : 0;
  return ascii | (code < 256 ? wide : 0) | eastAsian | (wide << 2);
}
