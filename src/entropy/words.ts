// Words in a text: plain, in any case, leet, reversed, with an ending.
import { bucket, lexicon } from './lexicon.js';
import type { AddPiece } from './pieces.js';

/** Bits of a word of each list. */
const LIST_BITS = [8.8, 10.5, 14.2, 13.5, 15.9];
const REVERSED_BITS = 4;
/** For a separator after it. */
const JOINT_BITS = 1.5;
/** Once for spelling a word in leet, and for each character that stands in. */
const LEET_BITS = 2;
const LEET_CHARACTER_BITS = 0.7;
const ENDING_BITS = 4;
const ENDINGS = ['', 's', 'es', 'ed', 'd', 'ing', 'er', 'r', 'ly', 'y', 'ment', 'ness', 'ion', 'al', 'able', 'ful'];
const LEET = '4@310!5$7+89';

/** Bits of how the word is capitalised and joined to what follows; the first of two ends takes its separator along. */
function styleBits(word: string): number {
  return 1 + 1.5 * (word.match(/[A-Z]+/g)?.length ?? 0);
}

/** Adds every word of the text. */
export function addWordPieces(text: string, lower: string, add: AddPiece): void {
  const { words, lengthsAt } = lexicon();
  const { length } = text;
  const place = (start: number, end: number, bits: number): void => {
    const styled = bits + styleBits(text.slice(start, end));
    add('word', start, end, styled);
    if (' _-.'.includes(text[end] ?? '+')) add('word', start, end + 1, styled + JOINT_BITS);
  };
  const spell = (letters: string): string => Array.from(lower, (c) => letters[LEET.indexOf(c)] ?? c).join('');
  const backwards = Array.from(lower).reverse().join('');
  for (const spelling of new Set([lower, backwards, spell('aaeioissttbg'), spell('aaelolssttbg')])) {
    const reversed = spelling === backwards && spelling !== lower;
    for (let start = 0; start < length; start++) {
      const lengths = lengthsAt[bucket(spelling, start)]! | 6;
      for (let end = start + 1; end <= length && lengths >> (end - start) > 0; end++) {
        const list = (lengths >> (end - start)) & 1 ? words.get(spelling.slice(start, end)) : undefined;
        if (list === undefined) continue;
        const bits = LIST_BITS[list]!;
        if (reversed) {
          place(length - end, length - start, bits + REVERSED_BITS);
          continue;
        }
        let swapped = 0;
        for (let i = start; i < end; i++) if (spelling[i] !== lower[i]) swapped++;
        // All digits or symbols is a number, not a word in disguise.
        if (spelling !== lower && (swapped === 0 || swapped === end - start)) continue;
        const leetBits = swapped > 0 ? LEET_BITS + LEET_CHARACTER_BITS * swapped : 0;
        for (const ending of ENDINGS) {
          if (spelling.startsWith(ending, end)) {
            place(start, end + ending.length, bits + leetBits + (ending === '' ? 0 : ENDING_BITS));
          }
        }
      }
    }
  }
}
