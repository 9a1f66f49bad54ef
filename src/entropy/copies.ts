// Text that follows from what stands before it: repeats, sequences, walks over the keyboard, counters.
import type { AddPiece } from './pieces.js';

const COPY_BITS = 4;
/** For a step of one in the alphabet, or to a neighbouring key; for the first character of a line. */
const NEAR_BITS = 2.5;
const FIRST_BITS = 4.5;
const COUNTER_BITS = 5;

// QWERTY in rows of 16, so that the neighbours of a key are 1, 15 or 16 places away. Shift changes no place.
const KEYS = "`1234567890-=    qwertyuiop[]\\   asdfghjkl;'     zxcvbnm,./";
const SHIFTED = '~!@#$%^&*()_+';
const STEPS = [1, 15, 16];

/** Bits of a length or a count: short ones are likelier. */
function lengthBits(length: number): number {
  return 0.5 + 1.2 * Math.log2(length);
}

/**
 * Adds pieces in which every character is as far from the one `lag` places before it: on the same
 * (a repeat, `abcabc`), on in the alphabet (`mnop`, `9753`), or on over the keyboard (`qwer`, `1qaz2wsx`).
 */
export function addCopies(lower: string, keyboard: boolean, add: AddPiece): void {
  const codes = lower.split('').map((character) => character.charCodeAt(0));
  const keys = codes.map((code, i) => {
    const place = Math.max(KEYS.indexOf(lower[i]!), SHIFTED.indexOf(lower[i]!));
    return place < 0 || code === 32 ? 1000 * code : place;
  });
  for (const places of keyboard ? [codes, keys] : [codes]) {
    for (let lag = 1; lag < codes.length; lag++) {
      for (let start = lag, end = lag; start < codes.length; start = end) {
        const shift = places[start]! - places[start - lag]!;
        while (places[++end]! - places[end - lag]! === shift) {
          const size = Math.abs(shift);
          const near = places === keys ? STEPS.includes(size) : size < 2;
          const kind = shift === 0 ? 'repeat' : places === keys ? 'keyboard' : 'sequence';
          const shiftBits = shift === 0 ? 0.5 : near ? NEAR_BITS : 4 + Math.log2(size);
          const bits = COPY_BITS + 1.2 * Math.log2(lag) + shiftBits + lengthBits(end - start);
          // A straight line brings its first character with it.
          if (lag === 1) add(kind, start - 1, end + 1, bits + FIRST_BITS);
          if (end > start + 1) add(kind, start, end + 1, bits);
        }
      }
    }
  }
}

/** Adds numbers that count up, joined by the same text: `001002003`, `1-2-3-4`. */
export function addCounters(text: string, add: AddPiece): void {
  for (let start = 0; start < text.length; start++) {
    for (let width = 1; width < 7 && /^\d+$/.test(text.slice(start, start + width)); width++) {
      const first = Number(text.slice(start, start + width));
      const between = /^\D{0,3}/.exec(text.slice(start + width))![0];
      let end = start;
      let count = 0;
      for (let next = text.slice(start, start + width); text.startsWith(next, end); count++) {
        end += next.length;
        next = between + String(first + count + 1).padStart(width, '0');
      }
      if (count > 2) add('counter', start, end, COUNTER_BITS + width * 3.4 + between.length * 5 + lengthBits(count));
    }
  }
}
