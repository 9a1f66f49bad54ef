// Runs, sequences, counters and repeats: text that follows from what stands before it.
import { type AddSpan, isDigit, lengthBits, letterOf } from './spans.js';

const SEQUENCE_BITS = 5;
const COUNTER_BITS = 5;
const REPEAT_BITS = 5;

/** The step from one character to the next; 9 to 0, z to a and back count as going on. */
function stepFrom(code: number, next: number): number {
  const step = next - code;
  const cycle = isDigit(code) && isDigit(next) ? 10 : letterOf(code) > 0 && letterOf(next) > 0 ? 26 : 256;
  return Math.abs(step) === cycle - 1 ? -Math.sign(step) : step;
}

/** Adds runs such as `aaaa`, `4567`, `zyx`, `aceg`. */
export function addSequenceSpans(text: string, add: AddSpan): void {
  let start = 0;
  while (start + 1 < text.length) {
    const code = text.charCodeAt(start);
    const step = stepFrom(code, text.charCodeAt(start + 1));
    let end = start + 2;
    while (end < text.length && stepFrom(text.charCodeAt(end - 1), text.charCodeAt(end)) === step) end++;
    if (end < start + 3) {
      start = end - 1;
      continue;
    }
    const stepBits = step === 0 || step === 1 ? 1 : 3 + Math.log2(Math.abs(step));
    const firstBits = isDigit(code) ? 3.3 : letterOf(code) > 0 ? 4.7 : code < 128 ? 5.5 : 8;
    // Its first or last character may belong to a neighbour.
    for (const [from, to] of [
      [start, end],
      [start + 1, end],
      [start, end - 1],
    ] as const) {
      if (to - from > 2) add('sequence', from, to, SEQUENCE_BITS + stepBits + firstBits + lengthBits(to - from - 1));
    }
    start = end - 1;
  }
}

/** Adds numbers that count up, joined by the same text: `001002003`, `1-2-3-4`. */
export function addCounterSpans(text: string, add: AddSpan): void {
  for (let start = 0; start < text.length; start++) {
    for (let width = 1; width < 7 && isDigit(text.charCodeAt(start + width - 1)); width++) {
      const first = Number(text.slice(start, start + width));
      const between = /^\D{0,3}/.exec(text.slice(start + width, start + width + 3))![0];
      let end = start + width;
      let count = 1;
      for (;;) {
        const next = between + String(first + count).padStart(width, '0');
        if (!text.startsWith(next, end)) break;
        end += next.length;
        count++;
      }
      if (count > 2) add('counter', start, end, COUNTER_BITS + width * 3.4 + between.length * 5 + lengthBits(count));
    }
  }
}

/** Adds pieces of three characters and more that stand earlier in the text. */
export function addRepeatSpans(lower: string, add: AddSpan): void {
  const { length } = lower;
  for (let start = 1; start + 2 < length; start++) {
    let longest = 2;
    for (let from = 0; from < start; from++) {
      let size = 0;
      while (start + size < length && lower.charCodeAt(from + size) === lower.charCodeAt(start + size)) size++;
      longest = Math.max(longest, size);
    }
    for (let size = longest; size > 2 && size > longest - 3; size--) {
      add('repeat', start, start + size, REPEAT_BITS + Math.log2(start + 1) + 0.5 + lengthBits(size));
    }
  }
}

/** Length of the smallest unit the text repeats, its own length when it does not (Knuth, Morris and Pratt). */
export function periodOf(text: string): number {
  const border = new Int32Array(text.length);
  let size = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    while (size > 0 && text.charCodeAt(size) !== code) size = border[size - 1]!;
    if (text.charCodeAt(size) === code) size++;
    border[i] = size;
  }
  return text.length - size;
}
