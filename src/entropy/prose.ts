// Running text says far less than its length: English carries about one bit a character (Shannon 1951).

import { CORE, lexicon } from './lexicon.js';

/** The most that running text is worth, or `undefined` when the text is none. */
export function proseBits(text: string): number | undefined {
  const words = text.toLowerCase().split(/[\s.,;:!?"()_-]+/);
  const spelled = words.filter((word) => /^\p{L}[\p{L}'’]*$/u.test(word));
  const functional = spelled.filter((word) => word.length < 7 && lexicon().words.get(word)! <= CORE).length;
  const running =
    spelled.length > 4 && spelled.join(' ').length >= 0.8 * text.length && functional >= 0.2 * words.length;
  return running ? Math.min(21 + 1.1 * text.length, 101) : undefined;
}
