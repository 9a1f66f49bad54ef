// Pieces with a form of their own: numbers, dates, single symbols, labels, UUIDs.
import { ANNOUNCE, type SpanTable } from './spans.js';
import { isAlphanumeric, isDigit } from './words.js';

/** Bits of the length of a short number. */
const NUMBER_LENGTH_BITS = [0, 2, 2, 2.5, 2, 4, 4, 5, 4];
const COMMON_SYMBOLS = '!@#$._-+*&?= ';

const YEAR = /(?:19[4-9]|20[0-4])\d/y;
// Year first, day or month first, and the same run together.
const DATES = [
  /(?:19[4-9]|20[0-4])\d([-/._ ]?)(?:0?[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01]|[1-9])/y,
  /(?:0?[1-9]|[12]\d|3[01])([-/._ ]?)(?:0[1-9]|1[0-2]|[1-9])\1(?:19[4-9]|20[0-4])\d/y,
  /(?:0?[1-9]|1[0-2])([-/._ ]?)(?:0[1-9]|[12]\d|3[01]|[1-9])\1(?:19[4-9]|20[0-4])\d/y,
];
/** A day of a century, and the way it is written. */
const DATE_BITS = 15 + 2.5;
/** Seconds since 1970, of these years. */
const EPOCH = /1[4-9]\d{8}(?:\d{3}(?!\d)|(?!\d))/y;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/iy;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

export function addLiteralSpans(text: string, table: SpanTable): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) addNumbers(text, i, table);
    else if (code < 127 && !isAlphanumeric(code)) {
      const common = COMMON_SYMBOLS.includes(text[i]!);
      table.add('symbol', i, i + 1, ANNOUNCE.symbol + (common ? 4 : code < 32 ? 9 : 7));
    }
    if (text.charCodeAt(i + 8) === 45) {
      const end = matchAt(UUID, text, i);
      if (end > 0) table.add('uuid', i, end, 8 + uuidBits(text.slice(i, end)));
    }
  }
}

function addNumbers(text: string, start: number, table: SpanTable): void {
  for (let size = 1; size < NUMBER_LENGTH_BITS.length && isDigit(text.charCodeAt(start + size - 1)); size++) {
    table.add('digits', start, start + size, ANNOUNCE.digits + NUMBER_LENGTH_BITS[size]! + size * Math.log2(10));
  }
  const year = matchAt(YEAR, text, start);
  if (year > 0) {
    const recent = /^20[12]/.test(text.slice(start, year));
    table.add('date', start, year, ANNOUNCE.date - 2 + (recent ? 5 : 7.5));
  }
  for (const pattern of DATES) {
    const end = matchAt(pattern, text, start);
    if (end > 0) table.add('date', start, end, ANNOUNCE.date + DATE_BITS);
  }
  const end = matchAt(EPOCH, text, start);
  if (end > 0) table.add('date', start, end, ANNOUNCE.date + 3 + (end - start > 10 ? 39 : 29));
}

/** Bits of a UUID by its version (RFC 9562 §5): what the generator left to chance. */
export function uuidBits(uuid: string): number {
  if (/[89ab]/i.test(uuid[19]!)) {
    switch (uuid[14]) {
      case '4':
        return 122;
      // Time and a network address: the address is shared, the time can be narrowed to about an hour.
      case '1':
      case '6':
        return 40;
      case '7':
        return 74;
    }
  }
  return 128;
}

/** Whether the whole text is one UUID. */
export function isUuid(text: string): boolean {
  return text.length === 36 && matchAt(UUID, text, 0) === 36;
}
