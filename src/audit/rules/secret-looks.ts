// What secrets look like. Loaded where there is one: words and forms take their bytes.

import { CANDIDATES, MD5 } from './secret-candidates.data.js';

/** Words of placeholders, the longest first; the short ones count only where they stand alone. */
const WORDS = (
  'production|placeholder|development|characters|signature|insecure|password|changeit|fallback|required|replace|example|' +
  'default|private|session|refresh|changed|change|secret|sample|string|secure|random|access|public|should|please|signing|' +
  'insert|dummy|super|least|local|token|value|admin|debug|very|this|that|must|with|your|here|long|test|demo|auth|user|prod|' +
  'todo|temp|hash|bits|sign|mine|key|jwt|dev|foo|bar|abc|xxx|the|not|for|use|put|set|app|api|env'
).split('|');
const SHORT = ['me', 'my', 'a', 'an', 'at', 'be', 'in', 'is', 'it', 'to', 'of', 'do', 'no', 'or', 'on', 'i'];

/** How many of a run of letters are in words, at best. */
function inWords(run: string): number {
  if (SHORT.includes(run)) return run.length;
  const best = [0];
  for (let end = 1; end <= run.length; end++) {
    const sums = WORDS.filter((word) => run.endsWith(word, end)).map((word) => best[end - word.length]! + word.length);
    best.push(Math.max(best[end - 1]!, ...sums));
  }
  return best.at(-1)!;
}

/** Longest secret whose looks are judged, in characters. */
const LONGEST = 512;

/** Whether at least 60 % of the letters are in words of placeholders. */
export function isPlaceholder(whole: string): boolean {
  const text = whole.slice(0, LONGEST);
  const runs =
    text
      .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const letters = runs.reduce((sum, run) => sum + run.length, 0);
  const digits = text.replace(/\D/g, '').length;
  // A label before random digits does not make a placeholder.
  return letters > 0 && digits <= letters && runs.reduce((sum, run) => sum + inWords(run), 0) >= 0.6 * letters;
}

/** Whether bytes repeat themselves with a period of at most half their length. */
export function isPeriodic(bytes: Uint8Array): boolean {
  const items = bytes.subarray(0, LONGEST);
  const { length } = items;
  // The failure function of Knuth, Morris and Pratt: the longest beginning that is also the end.
  const border = [0];
  for (let i = 1, k = 0; i < length; i++) {
    while (k > 0 && items[i] !== items[k]) k = border[k - 1]!;
    if (items[i] === items[k]) k++;
    border.push(k);
  }
  return length > 1 && (length - border[length - 1]!) * 2 <= length;
}

/** Classes of characters and their sizes. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/^\d+$/, 10],
  [/^[a-z]+$/, 26],
  [/^[A-Z]+$/, 26],
  [/^[^a-z\d]+$/i, 33],
];

/** Whether all characters are of one class, and too few of them for 128 bits even if they are random. */
export function isOneClass(text: string): boolean {
  return CLASSES.some(([form, size]) => form.test(text) && text.length * Math.log2(size) < 128);
}

const DERIVED: readonly (readonly [RegExp, string])[] = [
  [/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i, 'The secret is a UUID'],
  [/^(19|20)\d\d([-/.]?)(0\d|1[0-2])\2[0-3]\d([T ][\d:.]+(Z|[+-][\d:]+)?)?$/i, 'The secret is a date'],
  [/^1\d{9}(\d{3})?$/, 'The secret is a time'],
  [/^(https?:\/\/)?([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]{2,24}(:\d+)?\/?$/i, 'The secret is a host name'],
];

/** What a text that others know or can guess is, as a message; `undefined` when it is none. */
export function derivedFrom(text: string): string | undefined {
  return DERIVED.find(([form]) => form.test(text))?.[1];
}

/** Whether hexadecimal digits are the MD5 or SHA-1 of a published secret. SHA-256 is the estimator's. */
export async function isHashOfKnown(hex: string): Promise<boolean> {
  if (hex.length === 32) return CANDIDATES.some((_, i) => hex.startsWith(MD5.slice(8 * i, 8 * i + 8)));
  const digests = CANDIDATES.map(async (word) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(word)));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  return (await Promise.all(digests)).includes(hex);
}
