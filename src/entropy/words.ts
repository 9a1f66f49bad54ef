// Words in a text: plain, in any case, leet, reversed, with an ending.
import { bucket, CORE_WORD, type Lexicon } from './lexicon.js';
import { ANNOUNCE, type SpanTable } from './spans.js';

/** Bits to name a word of each list: its share of all words and its place in the list. */
const LIST_BITS: readonly number[] = [9.2, 13, 14.6];
/** The same for a text of nothing but listed words, as diceware makes. */
const PHRASE_LIST_BITS: readonly number[] = [11, 16, 13.6];

const ENDING_BITS = 3.5;
const REVERSED_BITS = 4;
/** Once for spelling a word in leet, and for each character that stands in. */
const LEET_BITS = 2;
const LEET_CHARACTER_BITS = 0.8;

const LEET = '4@310!|5$7+89';
const LEET_AS_I = 'aaeioiissttbg';
const LEET_AS_L = 'aaeloilssttbg';
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'er', 'r', 'ly', 'y'];

/** How the writer joins and capitalises words: paid once per text, so each word pays a part. */
export interface Style {
  /** Code of the commonest character that is neither letter nor digit, -1 without one. */
  readonly separator: number;
  /** Bits of a separator after a word, and of going without one. */
  readonly joined: number;
  readonly unjoined: number;
  /** Bits of a word in lower case, Capitalised, UPPER CASE. */
  readonly lower: number;
  readonly title: number;
  readonly upper: number;
}

export function isLower(code: number): boolean {
  return code > 96 && code < 123;
}

export function isUpper(code: number): boolean {
  return code > 64 && code < 91;
}

export function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

export function isAlphanumeric(code: number): boolean {
  return isLower(code) || isUpper(code) || isDigit(code);
}

export function styleOf(text: string): Style {
  const counts = new Map<number, number>();
  let separator = -1;
  let most = 0;
  // Cases are counted in runs that begin at an edge or at a capital after a small letter.
  const cases = [0, 0, 0];
  let before = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && !isAlphanumeric(code)) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > most) {
        most = count;
        separator = code;
      }
    } else if (isLower(code) ? !isLower(before) && !isUpper(before) : isUpper(code) && !isUpper(before)) {
      cases[isLower(code) ? 0 : isLower(text.charCodeAt(i + 1)) ? 1 : 2]! += 1;
    }
    before = code;
  }
  const runs = cases[0]! + cases[1]! + cases[2]!;
  const share = (count: number): number => Math.log2((runs + 3) / (count + 1.2));
  return {
    separator,
    // The choice of the character is spread over its uses.
    joined: 0.3 + (most > 0 ? 4.5 / most : 0),
    unjoined: most > 1 ? 2 : 0.5,
    lower: share(cases[0]!),
    title: share(cases[1]!),
    upper: share(cases[2]!),
  };
}

function caseBits(text: string, start: number, end: number, style: Style): number {
  const piece = text.slice(start, end);
  if (piece === piece.toLowerCase()) return style.lower;
  if (piece.slice(1) === piece.slice(1).toLowerCase()) return style.title;
  if (piece === piece.toUpperCase()) return style.upper;
  let changes = 0;
  for (let i = start + 1; i < end; i++) {
    if (isUpper(text.charCodeAt(i)) !== isUpper(text.charCodeAt(i - 1))) changes++;
  }
  return 3 + Math.min(end - start, 2 * changes);
}

function replaceLeet(lower: string, letters: string): string {
  let text = '';
  for (const character of lower) {
    const at = LEET.indexOf(character);
    text += at < 0 ? character : letters[at]!;
  }
  return text;
}

function isEdge(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  const letter = isLower(before) || isUpper(before);
  return !letter || !(isLower(after) || isUpper(after)) || (isLower(before) && isUpper(after));
}

/** Calls back for every listed word in the lower-case text. */
function eachWord(lower: string, lexicon: Lexicon, found: (start: number, end: number, list: number) => void): void {
  const { words, longest } = lexicon;
  for (let start = 0; start + 2 < lower.length; start++) {
    const hash = bucket(lower.charCodeAt(start), lower.charCodeAt(start + 1), lower.charCodeAt(start + 2));
    const last = Math.min(lower.length, start + longest[hash]!);
    for (let end = start + 3; end <= last; end++) {
      const piece = lower.slice(start, end);
      const list = words.get(piece);
      if (list !== undefined) found(start, end, list);
      // making, parties: the word has lost its last letter to the ending.
      if (lower.startsWith('ing', end) && words.has(`${piece}e`)) found(start, end + 3, words.get(`${piece}e`)! + 8);
      if (lower.startsWith('ies', end) && words.has(`${piece}y`)) found(start, end + 3, words.get(`${piece}y`)! + 8);
    }
  }
}

/** Adds every word of the text to the table; `phrase` prices them as parts of a text of nothing but words. */
export function addWordSpans(text: string, lower: string, lexicon: Lexicon, style: Style, tables: SpanTable[]): void {
  const { length } = text;
  const add = (start: number, end: number, list: number, extra: number): void => {
    const separated = text.charCodeAt(end) === style.separator;
    tables.forEach((table, phrase) => {
      const base = phrase === 1 ? PHRASE_LIST_BITS[list]! + 0.1 : LIST_BITS[list]! + ANNOUNCE.word;
      const bits = base + extra;
      table.add('word', start, end, bits + (end < length ? style.unjoined : 0));
      if (separated) table.add('word', start, end + 1, bits + style.joined);
    });
  };
  const withEndings = (source: string, start: number, end: number, list: number, extra: number): void => {
    const bits = extra + caseBits(text, start, end, style);
    if (list >= 8) {
      add(start, end, list - 8, bits + ENDING_BITS);
      return;
    }
    add(start, end, list, bits);
    for (const ending of ENDINGS) {
      if (source.startsWith(ending, end)) add(start, end + ending.length, list, bits + ENDING_BITS);
    }
  };
  eachWord(lower, lexicon, (start, end, list) => withEndings(lower, start, end, list, 0));
  // Words of one or two letters only where a word can begin and end: elsewhere they are noise.
  for (let start = 0; start < length; start++) {
    if (!isEdge(text, start)) continue;
    for (let end = start + 1; end <= Math.min(length, start + 2); end++) {
      if (isEdge(text, end) && lexicon.words.has(lower.slice(start, end))) {
        add(start, end, CORE_WORD, caseBits(text, start, end, style));
      }
    }
  }
  addLeetSpans(lower, lexicon, withEndings);
  const reversed = [...lower].reverse().join('');
  if (reversed.length !== length) return;
  eachWord(reversed, lexicon, (start, end, list) => {
    if (list < 8 && end - start > 3) {
      add(length - end, length - start, list, REVERSED_BITS + caseBits(text, length - end, length - start, style));
    }
  });
}

function addLeetSpans(
  lower: string,
  lexicon: Lexicon,
  add: (source: string, start: number, end: number, list: number, extra: number) => void,
): void {
  const plain = replaceLeet(lower, LEET_AS_I);
  if (plain === lower) return;
  const spellings = /[1|]/.test(lower) ? [plain, replaceLeet(lower, LEET_AS_L)] : [plain];
  for (const spelling of spellings) {
    eachWord(spelling, lexicon, (start, end, list) => {
      let swapped = 0;
      for (let i = start; i < end; i++) if (spelling[i] !== lower[i]) swapped++;
      // All digits or symbols is a number, not a word in disguise.
      if (swapped > 0 && swapped < end - start) {
        add(spelling, start, end, list, LEET_BITS + LEET_CHARACTER_BITS * swapped);
      }
    });
  }
}
