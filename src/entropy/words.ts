// Words in a text: plain, in any case, leet, reversed.
import { lexicon } from './lexicon.js';
import type { AddPiece } from './pieces.js';

/** Bits of a word of each list. */
const LIST_BITS = [8, 9.8, 13.8, 12.8, 15.4];
const REVERSED_BITS = 4;
/** For a separator after it. */
const JOINT_BITS = 1;
/** Once for spelling a word in leet, and for each character that stands in. */
const LEET_BITS = 2;
const LEET_CHARACTER_BITS = 0.7;
const LEET = '4@310!5$7+89';

/** Bits of how the word is capitalised. */
function styleBits(word: string): number {
  return 0.3 + 1.2 * (word.match(/[A-Z]+/g)?.length ?? 0);
}

/** Adds every word of the text. */
export function addWordPieces(text: string, lower: string, add: AddPiece): void {
  const { words } = lexicon();
  const { length } = text;
  const place = (start: number, end: number, bits: number): void => {
    const styled = bits + styleBits(text.slice(start, end));
    add('word', start, end, styled);
    if (' _-.'.includes(text[end] ?? '+')) add('word', start, end + 1, styled + JOINT_BITS);
  };
  const spell = (letters: string): string => Array.from(lower, (c) => letters[LEET.indexOf(c)] ?? c).join('');
  const backwards = Array.from(lower).reverse().join('');
  for (const spelling of new Set([lower, backwards, spell('aaeioissttbg'), spell('aaelolssttbg')])) {
    for (let start = 0; start < length; start++) {
      for (let end = start + 1; end <= length; end++) {
        const list = words.get(spelling.slice(start, end));
        if (list === undefined) break;
        const bits = LIST_BITS[list] ?? Number.POSITIVE_INFINITY;
        let swapped = 0;
        for (let i = start; i < end; i++) if (spelling[i] !== lower[i]) swapped++;
        if (spelling === lower) place(start, end, bits);
        else if (spelling === backwards) place(length - end, length - start, bits + REVERSED_BITS);
        // All digits or symbols is a number, not a word in disguise.
        else if (swapped > 0 && swapped < end - start) {
          place(start, end, bits + LEET_BITS + LEET_CHARACTER_BITS * swapped);
        }
      }
    }
  }
}
