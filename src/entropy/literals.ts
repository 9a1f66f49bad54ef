// Pieces with a form of their own: numbers, dates, single symbols, UUIDs.
import { type AddSpan, isDigit, letterOf } from './spans.js';

const NUMBER_BITS = 2.7;
/** Bits of the length of a short number. */
const NUMBER_LENGTH_BITS = [0, 1.4, 1.6, 2, 2, 4, 4, 5, 4];
const COMMON_SYMBOLS = '!@#$._-+*&?= ';

const YEAR = '(?:19[4-9]|20[0-4])\\d';
const MONTH = '(?:0[1-9]|1[0-2]|[1-9])';
const DAY = '(?:0[1-9]|[12]\\d|3[01]|[1-9])';
const JOINT = '([-/._ ]?)';

let forms: readonly (readonly [RegExp, number])[] | undefined;

/** Years and days of a century, with their bits. */
function dateForms(): readonly (readonly [RegExp, number])[] {
  forms ??= [
    ['20[012]\\d', 8],
    [YEAR, 11.5],
    [`${YEAR}${JOINT}${MONTH}\\1${DAY}`, 20],
    [`${DAY}${JOINT}${MONTH}\\1${YEAR}`, 20],
    [`${MONTH}${JOINT}${DAY}\\1${YEAR}`, 20],
  ].map(([source, bits]) => [new RegExp(source as string, 'y'), bits as number]);
  return forms;
}

export function addLiteralSpans(text: string, add: AddSpan): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      for (let size = 1; size < NUMBER_LENGTH_BITS.length && isDigit(text.charCodeAt(i + size - 1)); size++) {
        add('digits', i, i + size, NUMBER_BITS + NUMBER_LENGTH_BITS[size]! + size * Math.log2(10));
      }
      for (const [form, bits] of dateForms()) {
        form.lastIndex = i;
        if (form.test(text)) add('date', i, form.lastIndex, bits);
      }
    } else if (code < 127 && letterOf(code) === 0) {
      const bits = COMMON_SYMBOLS.includes(text[i]!) ? 6.3 : code < 32 ? 12 : 9;
      // At the end people put one to satisfy a rule.
      add('symbol', i, i + 1, i + 1 === text.length ? bits - 2 : bits);
      if (text[i + 1] === text[i]) add('symbol', i, i + 2, bits + 2);
    }
    const uuid = text[i + 8] === '-' ? uuidBits(text.slice(i, i + 36)) : undefined;
    if (uuid !== undefined) add('uuid', i, i + 36, 8 + uuid);
  }
}

/** Bits of a UUID by its version (RFC 9562 §5), what the generator left to chance; `undefined` when it is none. */
export function uuidBits(text: string): number | undefined {
  const version = /^[\da-f]{8}-[\da-f]{4}-([\da-f])[\da-f]{3}-([\da-f])[\da-f]{3}-[\da-f]{12}$/i.exec(text);
  if (version === null) return undefined;
  if (!/[89ab]/i.test(version[2]!)) return 128;
  // Versions 1 and 6 are the time, which can be narrowed to about an hour, and a network address that is shared.
  return { '1': 40, '4': 122, '6': 40, '7': 74 }[version[1]!] ?? 128;
}
