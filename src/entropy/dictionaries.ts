// The large lists: fetched when asked for, so that a page that never asks never carries them.
import type { LeakedSecrets } from './leaked.js';
import { addWords, LOADED, lexicon } from './lexicon.js';
import type { PatternKind } from './types.js';

let loading: Promise<void> | undefined;
let leaked: LeakedSecrets | undefined;

async function load(): Promise<void> {
  const [{ wordLists }, { leakedSecrets }] = await Promise.all([import('./word-lists.js'), import('./leaked.js')]);
  wordLists().forEach((words, i) => {
    addWords(words, LOADED + i);
  });
  leaked = leakedSecrets(lexicon().words);
}

/**
 * Loads the large word lists and the fingerprints of leaked secrets; every later estimate uses them.
 *
 * Calling it again costs nothing; calls at the same time share one load. About 38 kB compressed,
 * in files of their own that bundlers split off.
 *
 * @throws what the runtime's `import()` throws when a file cannot be fetched; the next call tries again.
 *
 * @example
 * ```ts
 * import { estimateEntropy, loadDictionaries } from 'jwtight/entropy';
 *
 * await loadDictionaries();
 * console.log(estimateEntropy('correct horse battery staple').dictionaries); // true
 * ```
 */
export function loadDictionaries(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * Loads the look-up of leaked secrets alone, about 12 kB compressed.
 *
 * @example
 * ```ts
 * import { loadLeakedSecrets } from 'jwtight/entropy';
 *
 * const leaked = await loadLeakedSecrets();
 * console.log(leaked.find('your-256-bit-secret')); // as given
 * ```
 */
export async function loadLeakedSecrets(): Promise<LeakedSecrets> {
  const { leakedSecrets } = await import('./leaked.js');
  return leaked ?? leakedSecrets();
}

export function dictionariesLoaded(): boolean {
  return leaked !== undefined;
}

/** Whether the loaded lists hold these very bytes, or they are the hash of a word in them. */
export function findInDictionaries(bytes: Uint8Array): PatternKind | undefined {
  if (leaked?.has(bytes)) return 'leaked-secret';
  return leaked?.isHashedWord(bytes) ? 'hashed-password' : undefined;
}
