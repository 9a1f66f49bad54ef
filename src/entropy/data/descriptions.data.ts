// Written by hand: what a pattern is called before a user.
import type { PatternKind } from '../types.js';

export const DESCRIPTIONS: Readonly<Record<PatternKind, string>> = {
  word: 'a common word',
  letters: 'letters like a word',
  digits: 'a number',
  symbol: 'a symbol',
  sequence: 'a sequence',
  keyboard: 'a keyboard walk',
  repeat: 'a repeat',
  counter: 'numbers that count up',
  date: 'a date or year',
  label: 'a fixed prefix or name',
  uuid: 'a UUID',
  random: 'random characters',
  'few-characters': 'few characters, mixed',
  prose: 'running text',
  'known-secret': 'a published secret',
  'leaked-secret': 'a leaked secret',
  'hashed-password': 'the SHA-256 of a common word',
  'public-key': 'a public key or certificate',
};
