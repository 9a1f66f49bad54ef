// The words the estimator knows: the built-in ones, and the large lists once they are loaded.
import { BIGRAMS } from './data/bigrams.data.js';
import { FUNCTION_WORDS, KNOWN_SECRETS, LABELS, SECRET_WORDS } from './data/core.data.js';

/** Where a word comes from, cheapest list first. The number is the index of its cost. */
export const CORE_WORD = 0;
export const COMMON_PASSWORD = 1;
export const LISTED_WORD = 2;

/** Beginnings are hashed into so many buckets. */
const BUCKETS = 1 << 14;

export interface Lexicon {
  /** Lower-case word to its list. */
  readonly words: Map<string, number>;
  /** Longest word of three characters and more whose first three hash here; 0 rules most text out at once. */
  readonly longest: Uint8Array;
  readonly functionWords: ReadonlySet<string>;
  readonly knownSecrets: ReadonlySet<string>;
  readonly labels: readonly string[];
}

/** The bucket of a beginning of three characters. */
export function bucket(a: number, b: number, c: number): number {
  return (a * 529 + b * 23 + c) & (BUCKETS - 1);
}

export function addWords(lexicon: Lexicon, words: Iterable<string>, list: number): void {
  for (const word of words) {
    if (lexicon.words.has(word)) continue;
    lexicon.words.set(word, list);
    const at = bucket(word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2));
    if (word.length > lexicon.longest[at]!) lexicon.longest[at] = word.length;
  }
}

let shared: Lexicon | undefined;

/** The one lexicon, built from the small data when it is first asked for. */
export function lexicon(): Lexicon {
  if (shared === undefined) {
    const functionWords = FUNCTION_WORDS.split(' ');
    shared = {
      words: new Map(),
      longest: new Uint8Array(BUCKETS),
      functionWords: new Set(functionWords),
      knownSecrets: new Set(KNOWN_SECRETS.split('|')),
      labels: LABELS.split('|'),
    };
    addWords(shared, functionWords, CORE_WORD);
    addWords(shared, SECRET_WORDS.split(' '), CORE_WORD);
  }
  return shared;
}

/** Bits of a lower-case letter after another; 0 stands for the edge of a word, 1 to 26 for the letters. */
export function bigramBits(before: number, letter: number): number {
  return (BIGRAMS.charCodeAt(before * 27 + letter) - 65) / 2;
}
