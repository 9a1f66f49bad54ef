// The cheapest of all descriptions of a text. Each pays for being chosen, so that a uniform secret is
// under-estimated by k bits with probability 2^-k at most.
import { alphabets, BASE58, maskOf } from './alphabets.js';
import { findInDictionaries } from './dictionaries.js';
import { asLatin1, asText, decode, isPublicKey, jwkValue, ungrouped } from './encodings.js';
import { addKeyboardSpans } from './keyboard.js';
import { lexicon } from './lexicon.js';
import { addLiteralSpans, uuidBits } from './literals.js';
import { proseBits } from './prose.js';
import { cheapestPath, type Path } from './search.js';
import { addCounterSpans, addRepeatSpans, addSequenceSpans, periodOf } from './sequences.js';
import type { AddSpan, Span } from './spans.js';
import type { PatternKind, SecretEncoding } from './types.js';
import { addWordSpans, leetSpellings } from './words.js';

export interface Piece {
  readonly kind: PatternKind;
  readonly start: number;
  readonly end: number;
  readonly bits: number;
}

/** One description of a text. */
export interface Reading {
  readonly bits: number;
  readonly encoding: SecretEncoding;
  readonly decodedBytes?: number;
  readonly pieces: readonly Piece[];
}

/** The search looks at so many characters; what follows is credited at a flat rate. */
const SEARCHED = 256;
const MAXIMUM_DEPTH = 3;
/** For reading the text as an encoding of something. */
const DECODE_BITS = 2.5;
const LABEL_BITS = 4;
const QUOTE_BITS = 3;
/** A prefix of the writer's own choice: a constant, soon known. */
const PREFIX_BITS = 24;
/** `NAME=` before the value, where the name is the kind one expects. */
const NAME_BITS = 6;
const USUAL_NAME = /^(?:[a-z]+[_.-])*(?:secret|key|token|password|passwd|pass|pwd|salt|jwt|auth)(?:[_.-][a-z]+)?$/i;

function whole(kind: PatternKind, text: string, bits: number, encoding: SecretEncoding = 'text'): Reading {
  return { bits, encoding, pieces: [{ kind, start: 0, end: text.length, bits }] };
}

function cheaper(a: Reading, b: Reading | undefined): Reading {
  return b !== undefined && b.bits < a.bits ? b : a;
}

/** The reading of a part of a text, placed where the part stands; `scale` characters of the text each. */
function placed(inner: Reading, bits: number, start: number, end: number, scale = 1): Piece[] {
  return inner.pieces.map((piece) => ({
    ...piece,
    start: Math.min(end, start + Math.floor(piece.start * scale)),
    end: Math.min(end, start + Math.ceil(piece.end * scale)),
    bits: piece.bits + bits / inner.pieces.length,
  }));
}

/** Characters drawn independently from the smallest alphabet that holds them all. */
function uniform(text: string, bytes: number): Reading {
  let mask = -1;
  for (let i = 0; i < text.length; i++) mask &= maskOf(text.charCodeAt(i));
  const fitting = alphabets().bits.map((bits, index) =>
    (mask & (1 << index)) === 0 ? Number.POSITIVE_INFINITY : bits * text.length,
  );
  const base58 = fitting.splice(BASE58, 1)[0]!;
  const general = Math.min(...fitting);
  return whole('random', text, Math.min(base58 < general - 5 ? base58 : general, 8 * bytes));
}

/** A draw from few characters: first which, then the text. */
function fewCharacters(text: string): Reading | undefined {
  const seen = new Set<string>();
  for (const character of text) if (seen.add(character).size > 8) return undefined;
  const { size } = seen;
  let bits = 6 + text.length * Math.log2(size);
  // 256 characters hold the printable ones and all bytes.
  for (let i = 0; i < size; i++) bits += Math.log2((256 - i) / (i + 1));
  return whole('few-characters', text, bits);
}

/** What a person composes and what a program draws, side by side. */
function composed(given: string, binary = false, limit = Number.POSITIVE_INFINITY): Path {
  // A text all in capitals is one in small letters, typed with a key held down.
  const text = /[a-z]/.test(given) ? given : given.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  // Not toLowerCase() of the whole: a few letters change length with it, and positions must stay.
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const spans: Span[][] = [];
  const add: AddSpan = (kind, start, end, bits, list) => {
    spans[start] ??= [];
    spans[start].push({ kind, start, end, bits, list });
  };
  const spellings = binary ? [] : leetSpellings(lower);
  if (!binary) {
    addWordSpans(text, lower, spellings, lexicon(), add);
    for (const label of lexicon().labels) if (text.startsWith(label)) add('label', 0, label.length, LABEL_BITS);
    addLiteralSpans(text, add);
    addKeyboardSpans(text, lower, add);
    addCounterSpans(text, add);
  }
  addSequenceSpans(text, add);
  addRepeatSpans(lower, add);
  return cheapestPath(text, spellings[0] ?? lower, spans, limit);
}

/** @param random the bits of a uniform draw of the text */
function searched(text: string, binary: boolean, random: number): Reading | undefined {
  const window = text.slice(0, SEARCHED);
  const surplus = text.length - window.length;
  const { bits, spans } = composed(window, binary, (random * window.length) / text.length);
  if (spans.length === 0) return undefined;
  return { bits: bits * (1 + surplus / SEARCHED / 2), encoding: 'text', pieces: spans };
}

/** @param bytes of a text that is bytes one by one */
function repeated(text: string, depth: number, bytes?: Uint8Array): Reading | undefined {
  const period = periodOf(text);
  if (period > text.length / 2) return undefined;
  const unit = read(text.slice(0, period), depth, bytes?.subarray(0, period), bytes !== undefined);
  const bits = Math.min(12, 1.5 + Math.log2(text.length / period));
  const rest: Piece = { kind: 'repeat', start: period, end: text.length, bits };
  return { bits: unit.bits + bits, encoding: 'text', pieces: [...unit.pieces, rest] };
}

/** Takes off one pair of quotes or brackets. */
function unquoted(text: string): string {
  for (const [open, close] of ['""', "''", '``', '<>', '[]', '{}'] as unknown as readonly [string, string][]) {
    const start = open === '{' && text[0] === '$' ? 1 : 0;
    if (text[start] === open && text.endsWith(close) && text.length > start + 2) return text.slice(start + 1, -1);
  }
  return text;
}

/** The text as something wrapped round a secret: quotes, a name and `=`, a known label, a JWK, a PEM body. */
function wrapped(text: string, depth: number): Reading | undefined {
  const inside = (inner: string, start: number, bits: number, kind?: PatternKind): Reading => {
    const reading = read(inner, depth + 1);
    const pieces = placed(reading, kind === undefined ? bits : 0, start, start + inner.length);
    if (kind !== undefined) pieces.unshift({ kind, start: 0, end: start, bits });
    return { ...reading, bits: reading.bits + bits, pieces };
  };
  const value = jwkValue(text);
  if (value === '' || isPublicKey(text)) return whole('public-key', text, 0, value === '' ? 'jwk' : 'pem');
  if (value !== undefined) return { ...inside(value, Math.max(0, text.indexOf(value)), 1), encoding: 'jwk' };
  const joined = ungrouped(text);
  if (joined !== undefined) {
    const inner = read(joined, depth + 1);
    const pieces = placed(inner, 0, 0, text.length, text.length / joined.length);
    return { ...inner, encoding: inner.encoding === 'hex' ? 'colon-hex' : inner.encoding, pieces };
  }
  const core = unquoted(text.trim());
  if (core !== text) return inside(core, text.indexOf(core), QUOTE_BITS);
  const label = lexicon().labels.find((prefix) => text.startsWith(prefix));
  if (label !== undefined && text.length > label.length + 3) {
    return inside(text.slice(label.length), label.length, LABEL_BITS, 'label');
  }
  // What follows short words and a separator may be a program's: only that is then read as an encoding.
  const [, prefix = '', body = ''] = /^((?:[a-z]{2,9}\d{0,2}[_.:-]){1,3})([\w+/=-]{16,})$/.exec(text) ?? [];
  if (prefix !== '') {
    const token = inside(body, prefix.length, PREFIX_BITS, 'label');
    // One draw of encoded bytes. Anything else the search prices better.
    if (token.decodedBytes !== undefined && token.pieces.length === 2) return token;
  }
  const named = /^((?:export )?([A-Za-z][\w.-]{1,40})\s?[=:]\s?)(.+)$/s.exec(text);
  if (named === null) return undefined;
  const [, assignment = '', name = '', rest = ''] = named;
  const bits = USUAL_NAME.test(name) ? NAME_BITS : 2 + composed(assignment).bits;
  return inside(rest, assignment.length, bits, 'label');
}

/** The text as an encoding: the bytes at their full worth, and what they say if that is less. */
function decoded(text: string, depth: number): readonly [full: Reading, inner: Reading] | undefined {
  const result = decode(text);
  if (result === undefined) return undefined;
  const { encoding, bytes } = result;
  const full = { ...whole('random', text, 8 * bytes.length, encoding), decodedBytes: bytes.length };
  const said = asText(bytes);
  const content = said ?? asLatin1(bytes);
  const inner = read(content, depth + 1, bytes, said === undefined);
  const scale = text.length / content.length;
  const pieces = placed(inner, DECODE_BITS, 0, text.length, scale);
  return [full, { ...full, bits: inner.bits + DECODE_BITS, pieces }];
}

/** Bits a description must save over a uniform draw: chance saves that much once in 2^8 secrets. */
function margin(bits: number): number {
  return Math.min(8, Math.max(0, (bits - 60) / 5));
}

/**
 * The cheapest description of the text.
 *
 * @param bytes what the text stands for, UTF-8 unless it was decoded
 * @param binary the text is bytes one by one, and says nothing
 */
export function read(
  text: string,
  depth = 0,
  bytes: Uint8Array = new TextEncoder().encode(text),
  binary = false,
): Reading {
  if (text === '') return { bits: 0, encoding: 'text', pieces: [] };
  if (lexicon().secrets.includes(text)) return whole('known-secret', text, 6);
  const found = findInDictionaries(bytes);
  if (found !== undefined) return whole(found, text, 12);
  const uuid = uuidBits(text);
  if (uuid !== undefined) return cheaper(whole('uuid', text, uuid, 'uuid'), repeated(text.replace(/-/g, ''), depth));
  let random = uniform(text, bytes.length);
  const other: (Reading | undefined)[] = [repeated(text, depth, binary ? bytes : undefined), fewCharacters(text)];
  if (depth < MAXIMUM_DEPTH && !binary) {
    const encoded = decoded(text, depth);
    if (encoded !== undefined) {
      if (encoded[0].bits < random.bits + 0.01) random = encoded[0];
      other.push(encoded[1]);
    }
    other.push(wrapped(text, depth));
  }
  other.push(searched(text, binary, random.bits));
  let best = random;
  for (const reading of other) {
    if (reading !== undefined && reading.bits < best.bits && reading.bits < random.bits - margin(random.bits))
      best = reading;
  }
  const prose = proseBits(text, lexicon().words);
  return prose === undefined ? best : cheaper(best, whole('prose', text, prose + 1));
}
