// What a pattern is called before a user.
import type { PatternKind } from './types.js';

export const DESCRIPTIONS: Readonly<Record<PatternKind, string>> = {
  word: 'a common word or password',
  letters: 'letters spelt like a word',
  digits: 'a short number',
  symbol: 'a symbol',
  sequence: 'a run or sequence',
  keyboard: 'a walk over the keyboard',
  repeat: 'a repeat',
  counter: 'numbers that count up',
  date: 'a date or year',
  label: 'a fixed prefix or name',
  uuid: 'a UUID',
  random: 'random characters',
  'few-characters': 'very few characters, mixed',
  prose: 'running text',
  'known-secret': 'a secret from published examples',
  'leaked-secret': 'a secret from a public list',
  'hashed-password': 'the SHA-256 of a common password',
  'public-key': 'a public key or certificate',
};
