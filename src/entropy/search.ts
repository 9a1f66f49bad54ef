// The cheapest way to write a text as pieces a person makes and runs a program draws at random (Viterbi).
import { alphabets, characterBits } from './alphabets.js';
import { bigramBits } from './lexicon.js';
import { isUpper, letterOf, type Span } from './spans.js';

/** To begin a random run, with the choice of one of 20 alphabets; to stay in it; to go back to pieces. */
const ENTER_BITS = 8.3;
const STAY_BITS = 0.03;
const LEAVE_BITS = 5.5;
const LETTERS_BITS = 4;
/** For a digit or symbol that stands in for a letter. */
const LEET_BITS = 2;

/** What a text is mostly made of: the bits of a word of each list, and what any other piece costs more. */
const MODES: readonly (readonly [lists: readonly number[], other: number])[] = [
  // Anything.
  [[8.8, 10.5, 14.2, 13.5, 15.9], 0],
  // Words drawn from the lists, as diceware does.
  [[11, 13, 16, 13.6, 13.8], 3],
  // Common words, as in a phrase.
  [[9.2, 10.5, 16, 11.3, 14.6], 2.5],
  // Words of the trade, as in a placeholder.
  [[6.8, 9.6, 15, 13.5, 16.2], 2],
];
/** For the choice of the mode. */
const MODE_BITS = 2;

/** The pieces found, by the place they start. */
export type Spans = readonly (readonly Span[] | undefined)[];

export interface Path {
  readonly bits: number;
  readonly spans: readonly Span[];
}

/**
 * Finds the cheapest path over the whole text.
 *
 * @param plain the text without leet
 * @param spans the pieces found, by the place they start
 * @param limit only a path of fewer bits is wanted; without one the spans are empty and the bits are these
 */
export function cheapestPath(text: string, plain: string, spans: Spans, limit: number): Path {
  let found: Path = { bits: limit, spans: [] };
  MODES.forEach((_, mode) => {
    found = path(text, plain, spans, mode, found);
  });
  return found;
}

function path(text: string, plain: string, spans: Spans, mode: number, known: Path): Path {
  const [lists, other] = MODES[mode]!;
  const { length } = text;
  const runs = mode > 0 ? 0 : alphabets().bits.length;
  const best = new Float64Array(length + 1).fill(known.bits);
  const arrived: Span[] = [];
  const runBits = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const runStart = new Int32Array(runs);
  let letterBits = Number.POSITIVE_INFINITY;
  let letterStart = 0;
  let before = 0;
  best[0] = MODE_BITS;

  const arrive = (kind: Span['kind'], start: number, end: number, bits: number): void => {
    if (bits < best[end]!) {
      best[end] = bits;
      arrived[end] = { kind, start, end, bits: bits - best[start]! };
    }
  };

  for (let at = 0; at < length; at++) {
    const here = best[at]!;
    if (mode > 0 && here >= known.bits && letterBits >= known.bits) {
      letterBits = Number.POSITIVE_INFINITY;
      continue;
    }
    for (const { kind, end, bits, list } of spans[at] ?? []) {
      arrive(kind, at, end, here + bits + (list === undefined ? other : lists[list]!));
    }
    const code = text.charCodeAt(at);
    // Letters that spell no known word, as English spells.
    const letter = letterOf(plain.charCodeAt(at));
    const begun = here + LETTERS_BITS + other + bigramBits(0, letter) + (isUpper(code) ? 0.5 : 0);
    const goneOn = letterBits + bigramBits(before, letter) + (isUpper(code) ? 1.5 : letterOf(code) > 0 ? 0 : LEET_BITS);
    letterBits = letter > 0 ? Math.min(begun, goneOn) : Number.POSITIVE_INFINITY;
    if (begun < goneOn) letterStart = at;
    before = letter;
    arrive('letters', letterStart, at + 1, letterBits + bigramBits(letter, 0));
    if (mode > 0) continue;
    const costs = characterBits(code);
    const entered = here + ENTER_BITS;
    let cheapest = 0;
    for (let k = 0; k < costs.length; k++) {
      if (entered < runBits[k]!) {
        runBits[k] = entered;
        runStart[k] = at;
      }
      runBits[k]! += costs[k]! + STAY_BITS;
      if (runBits[k]! < runBits[cheapest]!) cheapest = k;
    }
    arrive('random', runStart[cheapest]!, at + 1, runBits[cheapest]! + (at + 1 < length ? LEAVE_BITS : 0));
  }

  if (arrived[length] === undefined) return known;
  const pieces: Span[] = [];
  for (let at = length; arrived[at] !== undefined; at = arrived[at]!.start) pieces.push(arrived[at]!);
  return { bits: best[length]!, spans: pieces.reverse() };
}
