// The words the estimator knows: the built-in ones, and the large lists once they are loaded.
import { BIGRAMS } from './data/bigrams.data.js';
import { CORE_WORDS, KNOWN_SECRETS, LABELS, TOP_WORDS } from './data/core.data.js';

/** Words of a list cost the same: the commonest, the other built-in ones, and those loaded. */
const TOP = 0;
export const CORE = 1;
/** The first of the lists loaded on demand. */
export const LOADED = 2;

/** For what only begins a word. */
export const BEGINNING = 9;

export interface Lexicon {
  /** Lower-case word to its list. Every beginning of a word is here too: what is not, begins none. */
  readonly words: Map<string, number>;
  readonly secrets: readonly string[];
  /** A label, and what it is a label of. */
  readonly labelled: RegExp;
}

let shared: Lexicon | undefined;

/** The one lexicon, built from the small data when it is first asked for. */
export function lexicon(): Lexicon {
  if (shared === undefined) {
    shared = {
      words: new Map(),
      secrets: KNOWN_SECRETS.split('|'),
      labelled: new RegExp(`^(${LABELS.replaceAll('.', '\\.')})(.{4,})$`, 's'),
    };
    addWords(TOP_WORDS.split(' '), TOP);
    addWords(CORE_WORDS.split(' '), CORE);
  }
  return shared;
}

export function addWords(added: readonly string[], list: number): void {
  const { words } = lexicon();
  for (const word of added) {
    for (let end = 1; end < word.length; end++) {
      const beginning = word.slice(0, end);
      if (!words.has(beginning)) words.set(beginning, BEGINNING);
    }
    words.set(word, Math.min(list, words.get(word) ?? list));
  }
}

/** Bits of a letter (1 to 26) after another; 0 stands for the edge of a word. */
export function bigramBits(before: number, letter: number): number {
  return (BIGRAMS.charCodeAt(before * 27 + letter) - 65) * 2;
}
