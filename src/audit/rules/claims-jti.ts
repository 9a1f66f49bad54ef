/** Least bits that keep a jti from being guessed or met twice. */
const LEAST_BITS = 64;

/** A counter or time of less than 64 bits, with words before it. */
const COUNTER = /^([a-z]+[-_.:#/])*\d{1,19}$/i;

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
  return COUNTER.test(id) || id.length * Math.log2(size) < LEAST_BITS;
}
