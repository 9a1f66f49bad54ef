// What a pattern finder hands to the search: a piece of the text and what it costs to name it.

/** The kinds of piece a person's secret is made of. */
export type SpanKind =
  | 'word'
  | 'digits'
  | 'symbol'
  | 'sequence'
  | 'keyboard'
  | 'repeat'
  | 'counter'
  | 'date'
  | 'label'
  | 'uuid'
  | 'letters'
  | 'random';

export interface Span {
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
  readonly bits: number;
}

/** Spans by the position they begin at. */
export class SpanTable {
  readonly #starts: (Span[] | undefined)[] = [];

  add(kind: SpanKind, start: number, end: number, bits: number): void {
    const span = { kind, start, end, bits };
    const list = this.#starts[start];
    if (list === undefined) this.#starts[start] = [span];
    else list.push(span);
  }

  at(start: number): readonly Span[] {
    return this.#starts[start] ?? [];
  }
}

/** What it costs to announce a piece of each kind: minus log₂ of its share among the pieces. */
export const ANNOUNCE = {
  word: 1.3,
  digits: 3.2,
  symbol: 3.6,
  sequence: 5,
  keyboard: 5,
  repeat: 5,
  counter: 6.5,
  date: 6.5,
  letters: 3.6,
} as const;

/** Bits of a length or a count: short ones are likelier. */
export function lengthBits(length: number): number {
  return 1 + 1.5 * Math.log2(length);
}
