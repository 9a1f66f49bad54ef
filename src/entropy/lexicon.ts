// The words the estimator knows: the built-in ones, and the large lists once they are loaded.
import { BIGRAMS } from './data/bigrams.data.js';
import { CORE_WORDS, KNOWN_SECRETS, LABELS, TOP_WORDS } from './data/core.data.js';

/** Words of a list cost the same: the commonest, the other built-in ones, and those loaded. */
const TOP = 0;
export const CORE = 1;
/** The first of the lists loaded on demand. */
export const LOADED = 2;

/** Beginnings are hashed into so many buckets. */
const BUCKETS = 1 << 15;

export interface Lexicon {
  /** Lower-case word to its list. */
  readonly words: Map<string, number>;
  /** A bit for each length of a word whose first three characters hash here; 0 rules most text out at once. */
  readonly lengthsAt: Int32Array;
  readonly secrets: readonly string[];
  /** A label, and what it is a label of. */
  readonly labelled: RegExp;
}

/** The bucket of the three characters at the position. */
export function bucket(text: string, at: number): number {
  return (text.charCodeAt(at) * 1013 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & (BUCKETS - 1);
}

let shared: Lexicon | undefined;

/** The one lexicon, built from the small data when it is first asked for. */
export function lexicon(): Lexicon {
  if (shared === undefined) {
    shared = {
      words: new Map(),
      lengthsAt: new Int32Array(BUCKETS),
      secrets: KNOWN_SECRETS.split('|'),
      labelled: new RegExp(`^(${LABELS})([^]{4,})$`),
    };
    addWords(TOP_WORDS.split(' '), TOP);
    addWords(CORE_WORDS.split(' '), CORE);
  }
  return shared;
}

export function addWords(added: readonly string[], list: number): void {
  const { words, lengthsAt } = lexicon();
  for (const word of added) {
    if (words.has(word)) continue;
    words.set(word, list);
    lengthsAt[bucket(word, 0)]! |= 1 << word.length;
  }
}

/** Bits of a letter (1 to 26) after another; 0 stands for the edge of a word. */
export function bigramBits(before: number, letter: number): number {
  return (BIGRAMS.charCodeAt(before * 27 + letter) - 65) * 2;
}
