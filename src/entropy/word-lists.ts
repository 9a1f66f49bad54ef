// The large word lists, unpacked. Loaded on demand only.
import { FREQUENT_WORDS, PASSWORDS, WORDS } from './data/words.data.js';

/** Undoes front coding: a capital tells how many characters a word shares with the one before. */
function unpack(text: string): string[] {
  const words: string[] = [];
  let before = '';
  for (const [, capital = 'A', rest = ''] of text.matchAll(/([A-Z])([^A-Z]+)/g)) {
    before = before.slice(0, capital.charCodeAt(0) - 65) + rest;
    words.push(before);
  }
  return words;
}

/** The words of each list: common passwords, frequent words, all others. */
export function wordLists(): string[][] {
  return [PASSWORDS, FREQUENT_WORDS, WORDS].map(unpack);
}
