/** Least bits that keep a jti from being guessed or met twice. */
const LEAST_BITS = 64;

/** A counter or time of less than 64 bits, or several of them, with words before. */
const COUNTER = /^([a-z]+[-_.:#/])*\d[-_.:#/\d]*$/i;
const MOST_DIGITS = 19;

/** A time as ISO 8601 writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:?\d\d[\d:.]*(Z|[-+]\d\d:?\d\d)?$/i;

/** Alphabets with their size, from small to large; anything else is taken for printable ASCII. */
const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/^[\da-f]+$/i, 16],
  [/^[\w-]+$/, 64],
];

/** Whether an id counts up, tells a time, or has too few characters to hold 64 bits. */
export function isPredictable(id: unknown): boolean {
  if (typeof id === 'number') return true;
  if (typeof id !== 'string' || id === '') return false;
  const size = ALPHABETS.find(([alphabet]) => alphabet.test(id))?.[1] ?? 95;
  const isCounter = COUNTER.test(id) && id.replace(/\D+/g, '').length <= MOST_DIGITS;
  return isCounter || TIME.test(id) || id.length * Math.log2(size) < LEAST_BITS;
}
