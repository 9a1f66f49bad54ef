// Running text says far less than its length: English carries about one bit a character (Shannon 1951).

import { CORE } from './lexicon.js';

/** The most that running text is worth, or `undefined` when the text is none. */
export function proseBits(text: string, lists: ReadonlyMap<string, number>): number | undefined {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}'’]+/u)
    .filter((word) => word !== '');
  if (words.length < 5) return undefined;
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const functional = words.filter((word) => lists.get(word)! <= CORE && word.length < 7).length;
  // The words and the one character between each two.
  if (letters + words.length - 1 < 0.8 * text.length || functional < 0.25 * words.length) return undefined;
  return Math.min(20 + 1.1 * text.length, 100);
}
