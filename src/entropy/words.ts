// Words in a text: plain, in any case, leet, reversed, with an ending.
import { bucket, type Lexicon } from './lexicon.js';
import type { AddSpan } from './spans.js';

const ENDING_BITS = 4;
const REVERSED_BITS = 4;
/** Once for spelling a word in leet, and for each character that stands in. */
const LEET_BITS = 2;
const LEET_CHARACTER_BITS = 0.7;
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'er', 'r', 'ly', 'y', 'ment', 'ness', 'ion', 'al', 'able', 'ful'];

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** How the writer joins and capitalises words: paid once per text, so each word pays a part. */
function styleOf(text: string): { separator: string; joined: number; unjoined: number; cases: number[] } {
  let separator = '';
  let most = 0;
  for (const symbol of new Set(text.match(/[ -/:-@[-`{-~]/g))) {
    const uses = text.split(symbol).length - 1;
    if (uses > most) [separator, most] = [symbol, uses];
  }
  const cases = [/(?:^|[^A-Za-z])[a-z]/g, /[A-Z][a-z]/g, /[A-Z]{2,}/g].map((pattern) => count(text, pattern) + 0.3);
  const all = cases[0]! + cases[1]! + cases[2]!;
  return {
    separator,
    // The choice of the character is spread over its uses.
    joined: 0.3 + 4 / most,
    unjoined: most > 1 ? 2 : most / 3,
    cases: cases.map((uses) => Math.log2(all / uses)),
  };
}

function caseBits(piece: string, cases: readonly number[]): number {
  if (!/[A-Z]/.test(piece)) return cases[0]!;
  if (!/.[A-Z]/.test(piece)) return cases[1]!;
  return /[a-z]/.test(piece) ? 3 + Math.min(piece.length, 2 * count(piece, /[A-Z]+/g)) : cases[2]!;
}

const LEET = '4@310!5$7+89';

/** The lower-case text with letters for the digits and symbols that stand in for them. */
export function leetSpellings(lower: string): string[] {
  const spell = (letters: string): string => [...lower].map((c) => letters[LEET.indexOf(c)] ?? c).join('');
  return [spell('aaeioissttbg'), spell('aaelolssttbg')].filter((plain, i, all) => plain !== (i === 0 ? lower : all[0]));
}

/** Adds every word of the text; `spellings` are those of leet. */
export function addWordSpans(
  text: string,
  lower: string,
  spellings: readonly string[],
  { words, lengthsAt }: Lexicon,
  add: AddSpan,
): void {
  const { length } = text;
  const { separator, joined, unjoined, cases } = styleOf(text);

  const addWord = (start: number, end: number, list: number, extra: number): void => {
    const bits = extra + caseBits(text.slice(start, end), cases);
    add('word', start, end, bits + (end < length ? unjoined : 0), list);
    if (text[end] === separator) add('word', start, end + 1, bits + joined, list);
  };
  const addInflected = (spelling: string, start: number, end: number, list: number, extra: number): void => {
    addWord(start, end, list, extra);
    for (const ending of ENDINGS) {
      if (spelling.startsWith(ending, end)) addWord(start, end + ending.length, list, extra + ENDING_BITS);
    }
  };
  const find = (spelling: string, found: (start: number, end: number, list: number) => void): void => {
    for (let start = 0; start < length; start++) {
      const lengths = lengthsAt[bucket(spelling, start)]!;
      for (let size = 3; lengths >> size > 0; size++) {
        const end = start + size;
        if ((lengths & (1 << size)) === 0 || end > length) continue;
        const list = words.get(spelling.slice(start, end));
        if (list !== undefined) found(start, end, list);
        // making: the word has lost its last letter to the ending.
        if (spelling.startsWith('ing', end - 1)) {
          const whole = words.get(`${spelling.slice(start, end - 1)}e`);
          if (whole !== undefined) addWord(start, end + 2, whole, ENDING_BITS);
        }
      }
    }
  };

  find(lower, (start, end, list) => addInflected(lower, start, end, list, 0));
  for (let start = 0; start < length; start++) {
    for (const size of [1, 2]) {
      const list = words.get(lower.slice(start, start + size));
      if (list !== undefined && start + size <= length) addWord(start, start + size, list, 0);
    }
  }
  for (const plain of spellings) {
    find(plain, (start, end, list) => {
      let swapped = 0;
      for (let i = start; i < end; i++) if (plain[i] !== lower[i]) swapped++;
      // All digits or symbols is a number, not a word in disguise.
      if (swapped > 0 && swapped < end - start) {
        addInflected(plain, start, end, list, LEET_BITS + LEET_CHARACTER_BITS * swapped);
      }
    });
  }
  find(lower.split('').reverse().join(''), (start, end, list) => {
    addWord(length - end, length - start, list, REVERSED_BITS);
  });
}
