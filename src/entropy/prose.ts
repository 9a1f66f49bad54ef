// Running text says far less than its length: English carries about one bit a character (Shannon 1951).

import { CORE } from './lexicon.js';

/** The most that running text is worth, or `undefined` when the text is none. */
export function proseBits(text: string, lists: ReadonlyMap<string, number>): number | undefined {
  const words = text.toLowerCase().split(/[\s.,;:!?"()_-]+/);
  const spelled = words.filter((word) => /^\p{L}[\p{L}'’]*$/u.test(word));
  const letters = spelled.join('').length;
  const functional = spelled.filter((word) => word.length < 7 && lists.get(word)! <= CORE).length;
  // With the one character between each two words.
  if (spelled.length < 5 || letters + words.length - 1 < 0.8 * text.length || functional < 0.2 * words.length)
    return undefined;
  return Math.min(20 + 1.1 * text.length, 100);
}
