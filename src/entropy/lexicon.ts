// The words the estimator knows: the built-in ones, and the large lists once they are loaded.
import { BIGRAMS } from './data/bigrams.data.js';
import { CORE_WORDS, KNOWN_SECRETS, LABELS, TOP_WORDS } from './data/core.data.js';

/** Where a word comes from; the number is the index of its cost. */
export const TOP = 0;
export const CORE = 1;
export const PASSWORD = 2;
export const FREQUENT = 3;
export const LISTED = 4;

/** Beginnings are hashed into so many buckets. */
const BUCKETS = 1 << 15;

export interface Lexicon {
  /** Lower-case word to its list. */
  readonly words: Map<string, number>;
  /** A bit for each length of a word whose first three characters hash here; 0 rules most text out at once. */
  readonly lengthsAt: Int32Array;
  readonly secrets: readonly string[];
  readonly labels: readonly string[];
}

/** The bucket of the three characters at the position. */
export function bucket(text: string, at: number): number {
  return (text.charCodeAt(at) * 1013 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & (BUCKETS - 1);
}

export function addWords({ words, lengthsAt }: Lexicon, added: Iterable<string>, list: number): void {
  for (const word of added) {
    if (words.has(word)) continue;
    words.set(word, list);
    lengthsAt[bucket(word, 0)]! |= 1 << word.length;
  }
}

let shared: Lexicon | undefined;

/** The one lexicon, built from the small data when it is first asked for. */
export function lexicon(): Lexicon {
  if (shared === undefined) {
    shared = {
      words: new Map(),
      lengthsAt: new Int32Array(BUCKETS),
      secrets: KNOWN_SECRETS.split('|'),
      labels: LABELS.split('|'),
    };
    addWords(shared, TOP_WORDS.split(' '), TOP);
    addWords(shared, CORE_WORDS.split(' '), CORE);
  }
  return shared;
}

/** Bits of a letter (1 to 26) after another; 0 stands for the edge of a word. */
export function bigramBits(before: number, letter: number): number {
  return (BIGRAMS.charCodeAt(before * 27 + letter) - 65) / 2;
}
