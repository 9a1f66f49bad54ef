// The cheapest way to write a text as pieces a person makes and runs a program draws at random (Viterbi).
import { alphabets, maskOf } from './alphabets.js';
import { bigramBits } from './lexicon.js';
import type { Piece } from './pieces.js';
import type { PatternKind } from './types.js';

/** To begin a random run, with the choice of its alphabet; to go on; to go back to pieces. */
const ENTER_BITS = 8.3;
const STAY_BITS = 0.03;
const LEAVE_BITS = 5.5;
/** To begin letters that spell no known word; for each capital among them. */
const LETTERS_BITS = 3.3;
const CAPITAL_BITS = 1.5;
/** To begin a number; for each digit, and that it is not the last. */
const NUMBER_BITS = 4;
const DIGIT_BITS = 3.8;

/** 1 to 26 for a letter of either case, 0 for anything else. */
function letterOf(code: number): number {
  const letter = (code | 32) - 96;
  return letter > 0 && letter < 27 ? letter : 0;
}

/**
 * Finds the cheapest path over the whole text.
 *
 * @param found the pieces found, by the place they start
 * @param limit only a path of fewer bits is wanted
 */
export function cheapestPath(
  text: string,
  found: readonly (readonly Piece[] | undefined)[],
  limit: number,
): Piece[] | undefined {
  const { bits: alphabetBits } = alphabets();
  // One run for each alphabet, one of letters that follow each other as in English, and one of digits.
  const letters = alphabetBits.length;
  const runBits = new Float64Array(letters + 2).fill(Number.POSITIVE_INFINITY);
  const runStart = new Int32Array(letters + 2);
  const best = new Float64Array(text.length + 1).fill(limit);
  const arrived: Piece[] = [];
  best[0] = 0;

  const arrive = (kind: PatternKind, start: number, end: number, bits: number): void => {
    if (best[start]! + bits < best[end]!) {
      best[end] = best[start]! + bits;
      arrived[end] = { kind, start, end, bits };
    }
  };
  const goOn = (kind: PatternKind, run: number, at: number, enter: number, bits: number, leave: number): void => {
    if (best[at]! + enter < runBits[run]!) {
      runBits[run] = best[at]! + enter;
      runStart[run] = at;
    }
    runBits[run]! += bits;
    const start = runStart[run]!;
    arrive(kind, start, at + 1, runBits[run]! - best[start]! + leave);
  };

  let before = 0;
  for (let at = 0; at < text.length; at++) {
    for (const { kind, start, end, bits } of found[at] ?? []) arrive(kind, start, end, bits);
    const code = text.charCodeAt(at);
    const mask = maskOf(code);
    const leave = at + 1 < text.length ? LEAVE_BITS : 0;
    alphabetBits.forEach((bits, run) => {
      goOn('random', run, at, ENTER_BITS, (mask >> run) & 1 ? bits + STAY_BITS : Number.POSITIVE_INFINITY, leave);
    });
    // After a word, as its ending: so what stands before counts wherever it came from.
    const letter = letterOf(code);
    const capital = code < 97 ? CAPITAL_BITS : 0;
    const spelt = letter > 0 ? bigramBits(before, letter) + capital : Number.POSITIVE_INFINITY;
    goOn('letters', letters, at, LETTERS_BITS, spelt, bigramBits(letter, 0));
    const digit = code > 47 && code < 58 ? DIGIT_BITS : Number.POSITIVE_INFINITY;
    goOn('digits', letters + 1, at, NUMBER_BITS, digit, 0);
    before = letter;
  }

  if (arrived[text.length] === undefined) return undefined;
  const path: Piece[] = [];
  for (let at = text.length; at > 0; at = arrived[at]!.start) path.unshift(arrived[at]!);
  return path;
}
