// A segment of a token, read leniently for diagnosis: what the strict decoder refuses is repaired, decoded by the
// same decoder, and what had to be repaired is on record.

import { decodeBase64url } from '../../encoding/base64url.js';
import { isObject, type JsonObject, MAX_DEPTH, parseJsonObject } from '../../encoding/json.js';
import { decodeUtf8 } from '../../encoding/utf8.js';

/** What keeps a segment from being canonical Base64url. */
export type EncodingProblem =
  /** `+` or `/`, the alphabet of standard Base64. */
  | 'alphabet'
  /** `=` at the end. */
  | 'padding'
  | 'white-space'
  /** One character more than a multiple of four. */
  | 'length'
  /** Bits after the last byte that are not zero. */
  | 'trailing-bits'
  /** Any other character: nothing can be decoded. */
  | 'foreign';

/** What keeps a decoded segment from being a JSON object as RFC 7519 §7.2 wants it. */
export type JsonProblem = 'not-utf8' | 'bom' | 'utf-16' | 'not-json' | 'not-object' | 'duplicate-member' | 'too-deep';

/** A segment between two dots. */
export interface SegmentFacts {
  readonly text: string;
  readonly problems: readonly EncodingProblem[];
  /** As far as it can be decoded. */
  readonly bytes: Uint8Array | undefined;
}

/** What the bytes of a segment say as JSON. */
export interface JsonFacts {
  readonly problems: readonly JsonProblem[];
  /** The decoded text, where the bytes are text. */
  readonly text: string | undefined;
  /** The object, even where it has duplicate names (the last one counts) or a BOM before it. */
  readonly object: JsonObject | undefined;
}

/** Scanned from the end: a regular expression would try every run of `=` from each of its characters. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end--;
  return text.slice(0, end);
}

/** Reads a segment as Base64url, repairing what can be repaired. */
export function readSegment(text: string): SegmentFacts {
  const strict = decodeBase64url(text);
  if (strict) return { text, problems: [], bytes: strict };

  const problems: EncodingProblem[] = [];
  const repaired = (problem: EncodingProblem, before: string, after: string): string => {
    if (after !== before) problems.push(problem);
    return after;
  };
  let rest = repaired('white-space', text, text.replace(/\s+/g, ''));
  rest = repaired('padding', rest, withoutPadding(rest));
  rest = repaired('alphabet', rest, rest.replaceAll('+', '-').replaceAll('/', '_'));
  if (rest.length % 4 === 1) {
    problems.push('length');
    rest = rest.slice(0, -1);
  }
  let bytes = decodeBase64url(rest);
  if (!bytes) {
    // Filled up to whole groups nothing is left over; what the filling adds is cut off again.
    const fill = -rest.length & 3;
    bytes = decodeBase64url(rest + 'A'.repeat(fill))?.slice(0, (rest.length * 3) >> 2);
    problems.push(bytes ? 'trailing-bits' : 'foreign');
  }
  return { text, problems, bytes };
}

/** Reads bytes as the JSON object they should be. */
export function readJson(bytes: Uint8Array | undefined): JsonFacts {
  const problems: JsonProblem[] = [];
  if (!bytes) return { problems, text: undefined, object: undefined };
  let text = decodeUtf8(bytes);
  if (text === undefined || text.includes('\0')) {
    problems.push(isUtf16(bytes) ? 'utf-16' : text === undefined ? 'not-utf8' : 'not-json');
    return { problems, text: undefined, object: undefined };
  }
  if (text.startsWith('\uFEFF')) {
    problems.push('bom');
    text = text.slice(1);
  }
  const object = parseJsonObject(text);
  if (object) return { problems, text, object };
  const lenient = parseLeniently(text);
  problems.push(lenient.problem);
  return { problems, text, object: lenient.object };
}

/** Why parseJsonObject refused a text. */
function parseLeniently(text: string): { problem: JsonProblem; object?: JsonObject } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not-json' };
  }
  if (!isObject(value)) return { problem: 'not-object' };
  return isWithin(value, MAX_DEPTH) ? { problem: 'duplicate-member', object: value } : { problem: 'too-deep' };
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isWithin(member, depth - 1));
}

/** A BOM of UTF-16, or ASCII with a zero in every second byte. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}

/** Whether a decoded segment is Base64url, or standard Base64, of a JSON object: encoded once too often. */
export function isEncodedAgain(bytes: Uint8Array | undefined): boolean {
  const text = bytes && decodeUtf8(bytes);
  // JSON, which nearly all are, would be repaired for nothing.
  return !!text && !text.startsWith('{') && readJson(readSegment(text).bytes).object !== undefined;
}
