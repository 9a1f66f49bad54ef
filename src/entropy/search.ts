// The cheapest way to write a text as pieces a person makes and runs a program draws at random (Viterbi).
import { alphabets, maskOf } from './alphabets.js';
import { bigramBits } from './lexicon.js';
import { ANNOUNCE, type Span, type SpanTable } from './spans.js';
import { isLower, isUpper } from './words.js';

/** To begin a random run, on top of the choice of its alphabet. */
const ENTER_BITS = 4;
const STAY_BITS = 0.03;
const LEAVE_BITS = 5.5;

export interface Path {
  readonly bits: number;
  readonly spans: readonly Span[];
}

/**
 * Finds the cheapest path over the whole text.
 *
 * @param table the pieces found, with their bits
 * @param randomRuns whether runs of random characters are allowed between them
 */
export function cheapestPath(text: string, table: SpanTable, randomRuns: boolean): Path {
  const { length } = text;
  const list = alphabets();
  const enter = ENTER_BITS + Math.log2(list.length);
  const best = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const arrived: (Span | undefined)[] = new Array(length + 1);
  const runBits = new Float64Array(list.length).fill(Number.POSITIVE_INFINITY);
  const runStart = new Int32Array(list.length);
  let letterBits = Number.POSITIVE_INFINITY;
  let letterStart = 0;
  let before = 0;
  best[0] = 0;

  const arrive = (kind: Span['kind'], start: number, end: number, bits: number): void => {
    if (bits < best[end]!) {
      best[end] = bits;
      arrived[end] = { kind, start, end, bits: bits - best[start]! };
    }
  };

  for (let at = 0; at < length; at++) {
    const here = best[at]!;
    for (const span of table.at(at)) {
      const bits = here + span.bits;
      if (bits < best[span.end]!) {
        best[span.end] = bits;
        arrived[span.end] = span;
      }
    }
    const code = text.charCodeAt(at);
    const next = at + 1;
    // Letters that spell no known word, as English spells.
    const letter = isLower(code) ? code - 96 : isUpper(code) ? code - 64 : 0;
    if (letter > 0) {
      const begun = here + ANNOUNCE.letters + (isUpper(code) ? 1.5 : 0.5) + bigramBits(0, letter);
      const goneOn = letterBits + bigramBits(before, letter) + (isUpper(code) ? 1.5 : 0);
      if (begun < goneOn) letterStart = at;
      letterBits = Math.min(begun, goneOn);
      arrive('letters', letterStart, next, letterBits + bigramBits(letter, 0));
    } else letterBits = Number.POSITIVE_INFINITY;
    before = letter;
    if (!randomRuns) continue;
    const mask = maskOf(code);
    for (let k = 0; k < list.length; k++) {
      if ((mask & (1 << k)) === 0) {
        runBits[k] = Number.POSITIVE_INFINITY;
        continue;
      }
      if (here + enter < runBits[k]!) {
        runBits[k] = here + enter;
        runStart[k] = at;
      }
      runBits[k]! += list[k]!.bits + STAY_BITS;
      arrive('random', runStart[k]!, next, runBits[k]! + (next < length ? LEAVE_BITS : 0));
    }
  }

  const spans: Span[] = [];
  for (let at = length; at > 0; ) {
    const span = arrived[at];
    if (span === undefined) break;
    spans.push(span);
    at = span.start;
  }
  return { bits: best[length]!, spans: spans.reverse() };
}
