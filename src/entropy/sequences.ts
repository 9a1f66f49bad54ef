// Runs, sequences, counters and repeats: text that follows from what stands before it.
import { ANNOUNCE, lengthBits, type SpanTable } from './spans.js';
import { isDigit, isLower, isUpper } from './words.js';

/** Bits to name one character by itself. */
export function characterBits(code: number): number {
  if (isDigit(code)) return 4.3;
  if (isLower(code)) return 5.7;
  if (isUpper(code)) return 6.2;
  return code > 32 && code < 127 ? 6.5 : code < 256 ? 8 : 16;
}

/** The step from one character to the next; 9 to 0 and z to a count as going on. */
function stepFrom(code: number, next: number): number {
  if (code === 57 && next === 48) return 1;
  if (code === 48 && next === 57) return -1;
  return (code === 122 && next === 97) || (code === 90 && next === 65) ? 1 : next - code;
}

/** Adds runs such as `aaaa`, `4567`, `zyx`, `aceg`. */
export function addSequenceSpans(text: string, table: SpanTable): void {
  let start = 0;
  while (start + 2 < text.length) {
    const step = stepFrom(text.charCodeAt(start), text.charCodeAt(start + 1));
    let end = start + 2;
    while (end < text.length && stepFrom(text.charCodeAt(end - 1), text.charCodeAt(end)) === step) end++;
    if (end - start > 2) {
      const stepBits = step === 0 || step === 1 ? 1 : step === -1 ? 2.5 : 4 + Math.log2(Math.abs(step));
      // Its first or last character may belong to a neighbour.
      for (const [from, to] of [
        [start, end],
        [start + 1, end],
        [start, end - 1],
      ] as const) {
        if (to - from < 3) continue;
        const bits = ANNOUNCE.sequence + stepBits + characterBits(text.charCodeAt(from));
        table.add('sequence', from, to, bits + lengthBits(to - from - 1));
      }
    }
    start = end - 1;
  }
}

/** Adds numbers that count up, joined by the same text: `001002003`, `1-2-3-4`. */
export function addCounterSpans(text: string, table: SpanTable): void {
  for (let start = 0; start < text.length; start++) {
    if (!isDigit(text.charCodeAt(start))) continue;
    for (let width = 1; width < 7 && isDigit(text.charCodeAt(start + width - 1)); width++) {
      const first = Number(text.slice(start, start + width));
      let joint = start + width;
      while (joint < text.length && joint < start + width + 3 && !isDigit(text.charCodeAt(joint))) joint++;
      const between = text.slice(start + width, joint);
      let end = start + width;
      let count = 1;
      for (;;) {
        const next = between + String(first + count).padStart(width, '0');
        if (!text.startsWith(next, end)) break;
        end += next.length;
        count++;
      }
      if (count < 3) continue;
      table.add('counter', start, end, ANNOUNCE.counter + 2 + width * 3.4 + between.length * 5 + lengthBits(count));
    }
  }
}

/** Adds pieces of three characters and more that stand earlier in the text. */
export function addRepeatSpans(text: string, lower: string, table: SpanTable): void {
  const { length } = lower;
  for (let start = 1; start + 2 < length; start++) {
    let longest = 2;
    let from = -1;
    for (let source = start - 1; source >= 0; source--) {
      if (lower.charCodeAt(source) !== lower.charCodeAt(start)) continue;
      let size = 1;
      while (start + size < length && lower.charCodeAt(source + size) === lower.charCodeAt(start + size)) size++;
      if (size > longest) {
        longest = size;
        from = source;
      }
    }
    if (from < 0) continue;
    const same = text.startsWith(text.slice(from, from + longest), start);
    const bits = ANNOUNCE.repeat + Math.log2(start + 1) + (same ? 0.5 : 3);
    for (let size = longest; size > 2 && size > longest - 3; size--) {
      table.add('repeat', start, start + size, bits + lengthBits(size));
    }
  }
}

/** Length of the smallest unit the text repeats, its own length when it does not (Knuth, Morris and Pratt). */
export function periodOf(text: string): number {
  const border = new Int32Array(text.length);
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let length = border[i - 1]!;
    while (length > 0 && text.charCodeAt(length) !== code) length = border[length - 1]!;
    border[i] = text.charCodeAt(length) === code ? length + 1 : 0;
  }
  return text.length - (border[text.length - 1] ?? 0);
}
