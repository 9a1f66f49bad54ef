// Pieces with a form of their own: dates and single symbols.
import type { AddPiece } from './pieces.js';

const SYMBOL_BITS = 5;
const RARE_SYMBOL_BITS = 9;
const YEAR_BITS = 9;
const DATE_BITS = 18;

// A year; or a day of it, the year first or last.
const DATE = /(?:19[4-9]|20[0-4])\d(?:([-/._ ]?)[01]?\d\1[0-3]?\d)?|[0-3]?\d([-/._ ]?)[0-3]?\d\2(?:19[4-9]|20[0-4])\d/y;

export function addLiterals(text: string, add: AddPiece): void {
  for (let start = 0; start < text.length; start++) {
    DATE.lastIndex = start;
    if (DATE.test(text)) {
      add('date', start, DATE.lastIndex, DATE.lastIndex < start + 6 ? YEAR_BITS : DATE_BITS);
    }
    if (/[!-/:-@[-`{-~ ]/.test(text[start]!)) {
      add('symbol', start, start + 1, /[!@#$._+*&?= -]/.test(text[start]!) ? SYMBOL_BITS : RARE_SYMBOL_BITS);
    }
  }
}
