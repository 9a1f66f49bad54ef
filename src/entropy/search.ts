// The cheapest way to write a text as pieces a person makes and runs a program draws at random (Viterbi).
import { alphabets, maskOf } from './alphabets.js';
import { bigramBits } from './lexicon.js';
import type { Piece } from './pieces.js';

/** To begin a random run, with the choice of its alphabet; to go on; to go back to pieces. */
const ENTER_BITS = 8.3;
const STAY_BITS = 0.03;
const LEAVE_BITS = 5.5;
/** To begin letters that spell no known word; for each capital among them. */
const LETTERS_BITS = 3.3;
const CAPITAL_BITS = 1.5;

/** 1 to 26 for a letter of either case, 0 for anything else. */
function letterOf(code: number): number {
  const letter = (code | 32) - 96;
  return code < 128 && letter > 0 && letter < 27 ? letter : 0;
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
  // One run for each alphabet, and one of letters that follow each other as in English.
  const letters = alphabetBits.length;
  const runBits = new Float64Array(letters + 1).fill(Number.POSITIVE_INFINITY);
  const runStart = new Int32Array(letters + 1);
  const best = new Float64Array(text.length + 1).fill(limit);
  const arrived: Piece[] = [];
  best[0] = 0;

  const arrive = ({ kind, start, end, bits }: Piece): void => {
    const total = best[start]! + bits;
    if (total < best[end]!) {
      best[end] = total;
      arrived[end] = { kind, start, end, bits };
    }
  };
  const step = (run: number, at: number, enter: number, bits: number): number => {
    if (best[at]! + enter < runBits[run]!) {
      runBits[run] = best[at]! + enter;
      runStart[run] = at;
    }
    runBits[run]! += bits + STAY_BITS;
    return runBits[run]!;
  };
  const leave = (kind: Piece['kind'], run: number, end: number, bits: number): void => {
    const start = runStart[run]!;
    arrive({ kind, start, end, bits: runBits[run]! - best[start]! + bits });
  };

  let before = 0;
  for (let at = 0; at < text.length; at++) {
    for (const piece of found[at] ?? []) arrive(piece);
    const code = text.charCodeAt(at);
    const mask = maskOf(code);
    let cheapest = 0;
    for (let run = 0; run < letters; run++) {
      const held = (mask & (1 << run)) !== 0;
      const total = step(run, at, ENTER_BITS, held ? alphabetBits[run]! : Number.POSITIVE_INFINITY);
      if (total < runBits[cheapest]!) cheapest = run;
    }
    leave('random', cheapest, at + 1, at + 1 < text.length ? LEAVE_BITS : 0);
    // After a word, as its ending: so what stands before counts wherever it came from.
    const letter = letterOf(code);
    const capital = letter > 0 && code < 97 ? CAPITAL_BITS : 0;
    step(letters, at, LETTERS_BITS, letter > 0 ? bigramBits(before, letter) + capital : Number.POSITIVE_INFINITY);
    leave('letters', letters, at + 1, bigramBits(letter, 0));
    before = letter;
  }

  if (arrived[text.length] === undefined) return undefined;
  const path: Piece[] = [];
  for (let at = text.length; at > 0; at = arrived[at]!.start) path.unshift(arrived[at]!);
  return path;
}
