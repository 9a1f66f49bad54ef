// The cheapest of all descriptions of a text. Each pays for being chosen, so that a uniform secret is
// under-estimated by k bits with probability 2^-k at most.
import { alphabets, maskOf } from './alphabets.js';
import { addCopies, addCounters } from './copies.js';
import { findInDictionaries } from './dictionaries.js';
import { asLatin1, asText, decode } from './encodings.js';
import { lexicon } from './lexicon.js';
import { addLiterals } from './literals.js';
import type { AddPiece, Piece } from './pieces.js';
import { proseBits } from './prose.js';
import { cheapestPath } from './search.js';
import type { PatternKind, SecretEncoding } from './types.js';
import { addWordPieces } from './words.js';
import { publicKey, unwrap } from './wrappers.js';

/** One description of a text. */
export interface Reading {
  bits: number;
  encoding: SecretEncoding;
  readonly decodedBytes?: number;
  readonly pieces: readonly Piece[];
}

/** The search looks at so many characters; what follows is credited at half the rate. */
const SEARCHED = 256;
const MAXIMUM_DEPTH = 3;
/** For reading the text as an encoding of something. */
const DECODE_BITS = 2.5;
const CHANCE_BITS = 4;
const KNOWN_BITS = 6;
const LEAKED_BITS = 12;

function whole(kind: PatternKind, text: string, bits: number, encoding: SecretEncoding = 'text'): Reading {
  return { bits, encoding, pieces: [{ kind, start: 0, end: text.length, bits }] };
}

/** The reading of a part, placed where it stands, with what it costs to find it there. */
function placed(inner: Reading, bits: number, start: number, scale = 1): Reading {
  const pieces = inner.pieces.map((piece) => ({
    ...piece,
    start: start + Math.floor(piece.start * scale),
    end: start + Math.ceil(piece.end * scale),
    bits: piece.bits + bits / inner.pieces.length,
  }));
  return { ...inner, bits: inner.bits + bits, pieces };
}

/** Characters drawn independently from the smallest alphabet that holds them all. */
function uniform(text: string, bytes: number): Reading {
  let mask = -1;
  for (let i = 0; i < text.length; i++) mask &= maskOf(text.charCodeAt(i));
  const fitting = alphabets().bits.filter((_, index) => (mask >> index) & 1);
  return whole('random', text, Math.min(text.length * Math.min(...fitting), 8 * bytes));
}

/** A draw from few characters: first which, then the text. */
function fewCharacters(text: string): Reading {
  const { size } = new Set(text);
  return whole('few-characters', text, 6 + size * 7 + text.length * Math.log2(size));
}

/** What a person composes and what a program draws, side by side. */
function composed(text: string, binary: boolean, random: number): Reading | undefined {
  const window = text.slice(0, SEARCHED);
  // Not toLowerCase() of the whole: a few letters change length with it, and positions must stay.
  const lower = binary ? window : window.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found: Piece[][] = [];
  const add: AddPiece = (kind, start, end, bits) => {
    found[start] ??= [];
    found[start].push({ kind, start, end, bits });
  };
  addCopies(lower, !binary, add);
  if (!binary) {
    addWordPieces(window, lower, add);
    addLiterals(window, add);
    addCounters(window, add);
  }
  const pieces = cheapestPath(window, found, (random * window.length) / text.length);
  if (pieces === undefined) return undefined;
  const bits = pieces.reduce((sum, piece) => sum + piece.bits, 0);
  return { bits: (bits * (1 + text.length / window.length)) / 2, encoding: 'text', pieces };
}

/** Length of the smallest unit the text repeats, its own length when it does not (Knuth, Morris and Pratt). */
function periodOf(text: string): number {
  const borders = [0];
  for (let i = 1, size = 0; i < text.length; i++) {
    while (size > 0 && text[size] !== text[i]) size = borders[size - 1]!;
    if (text[size] === text[i]) size++;
    borders[i] = size;
  }
  return text.length - borders.at(-1)!;
}

function repeated(secret: string | Uint8Array, text: string, depth: number): Reading | undefined {
  const period = periodOf(text);
  if (period > text.length / 2) return undefined;
  const unit = read(secret.slice(0, period), depth);
  const bits = Math.min(12, 1.5 + Math.log2(text.length / period));
  const rest: Piece = { kind: 'repeat', start: period, end: text.length, bits };
  return { bits: unit.bits + bits, encoding: 'text', pieces: [...unit.pieces, rest] };
}

function unwrapped(text: string, depth: number): Reading | undefined {
  const wrapped = unwrap(text);
  if (wrapped === undefined) return undefined;
  const { inner, start, bits } = wrapped;
  const { pieces, ...reading } = placed(read(inner, depth + 1), 0, start);
  if (text[0] === '{' && reading.decodedBytes !== undefined) reading.encoding = 'jwk';
  reading.bits += bits;
  return { ...reading, pieces: [{ kind: 'label', start: 0, end: start, bits }, ...pieces] };
}

/** The cheapest description of a text, or of bytes, which may be one. */
export function read(secret: string | Uint8Array, depth = 0): Reading {
  const isText = typeof secret === 'string';
  const bytes = isText ? new TextEncoder().encode(secret) : secret;
  const said = isText ? secret : asText(secret);
  const text = said ?? asLatin1(bytes);
  const binary = said === undefined;
  if (text === '') return { bits: 0, encoding: 'empty', pieces: [] };
  if (lexicon().secrets.includes(text)) return whole('known-secret', text, KNOWN_BITS);
  const found = findInDictionaries(bytes);
  if (found !== undefined) return whole(found, text, LEAKED_BITS);
  const open = publicKey(text);
  if (open !== undefined) return whole('public-key', text, 0, open);

  let random = uniform(text, bytes.length);
  const others: (Reading | undefined)[] = [repeated(said ?? bytes, text, depth), fewCharacters(text)];
  if (depth < MAXIMUM_DEPTH && !binary) {
    const decoded = decode(text);
    if (decoded !== undefined) {
      const { encoding, bits, bytes } = decoded;
      const form = { encoding, decodedBytes: bytes.length };
      // Bytes of a key's size may have met neither of the two symbols of Base64 by chance.
      if (bits < random.bits + (bytes.length % 16 === 0 ? CHANCE_BITS : 0.01))
        random = { ...whole(encoding === 'uuid' ? 'uuid' : 'random', text, bits), ...form };
      others.push({ ...placed(read(bytes, depth + 1), DECODE_BITS, 0, text.length / bytes.length), ...form });
    }
    others.push(unwrapped(text, depth));
  }
  others.push(composed(text, binary, random.bits));
  const prose = proseBits(text);
  if (prose !== undefined) others.push(whole('prose', text, prose));
  // A description must save so much over a uniform draw: chance saves 8 bits once in 2^8 secrets.
  const margin = Math.min(8, random.bits / 16);
  let best = random;
  for (const reading of others) {
    if (reading !== undefined && reading.bits < Math.min(best.bits, random.bits - margin)) best = reading;
  }
  return binary ? { ...best, encoding: 'bytes' } : best;
}
