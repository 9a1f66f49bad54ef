// What a pattern finder hands to the search: a piece of the text and what it costs to name it.
import type { PatternKind } from './types.js';

export interface Piece {
  readonly kind: PatternKind;
  readonly start: number;
  readonly end: number;
  readonly bits: number;
}

/** Takes the pieces the finders find. */
export type AddPiece = (kind: PatternKind, start: number, end: number, bits: number) => void;
