// What a pattern finder hands to the search: a piece of the text and what it costs to name it.
import type { PatternKind } from './types.js';

export interface Span {
  readonly kind: PatternKind;
  readonly start: number;
  readonly end: number;
  /** Bits to name it, without those of its list. */
  readonly bits: number;
  /** The list of a word, whose cost depends on what the text is mostly made of. */
  readonly list?: number | undefined;
}

/** Takes the spans the finders find. */
export type AddSpan = (kind: PatternKind, start: number, end: number, bits: number, list?: number) => void;

/** Bits of a length or a count: short ones are likelier. */
export function lengthBits(length: number): number {
  return 0.5 + 1.2 * Math.log2(length);
}

export function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}

/** 1 to 26 for a letter of either case, 0 for anything else. */
export function letterOf(code: number): number {
  const letter = (code | 32) - 96;
  return code < 128 && letter > 0 && letter < 27 ? letter : 0;
}

export function isUpper(code: number): boolean {
  return code > 64 && code < 91;
}
