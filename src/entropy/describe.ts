// What a pattern is called before a user.
import type { PatternKind } from './types.js';

export const DESCRIPTIONS: Readonly<Record<PatternKind, string>> = {
  word: 'a listed word or common password',
  letters: 'letters that spell like a word',
  digits: 'a short number',
  symbol: 'a symbol',
  sequence: 'a run or sequence of characters',
  keyboard: 'a walk over the keyboard',
  repeat: 'a repeat of what stands before it',
  counter: 'numbers that count up',
  date: 'a date or year',
  label: 'a fixed prefix or name',
  uuid: 'a UUID',
  random: 'characters that look random',
  'few-characters': 'a mixture of very few characters',
  prose: 'running text',
  'known-secret': 'a secret from published examples',
  'leaked-secret': 'a secret from a public list of leaked and default ones',
  'hashed-password': 'the SHA-256 of a common password',
  'public-key': 'a public key or certificate, which everybody may know',
};
