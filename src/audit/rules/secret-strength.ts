// Shared secrets: length, entropy, and what they look like. Nothing of a secret goes into a finding.

import { decodeUtf8 } from '../../encoding/utf8.js';
import type { EntropyEstimate, PatternKind } from '../../entropy/types.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import type { Facts } from '../facts/facts.js';
import type { SecretFacts } from '../facts/secret.js';
import type { FindingDraft, Rule } from '../rule.js';

type Judgement = Partial<FindingDraft> | false;

const estimates = new WeakMap<SecretFacts, Promise<EntropyEstimate>>();

/** One estimate serves all rules. The word lists are always there first, so that it is always the same. */
function estimate(secret: SecretFacts): Promise<EntropyEstimate> {
  let known = estimates.get(secret);
  if (!known) {
    known = import('../../entropy/index.js').then(async ({ estimateEntropy, loadDictionaries }) => {
      await loadDictionaries();
      return estimateEntropy(secret.given);
    });
    estimates.set(secret, known);
  }
  return known;
}

/** Bytes that the secret's algorithm needs (RFC 7518 §3.2); HS256's where none is known. */
function neededBytes({ algorithm = 'HS256' }: SecretFacts): number {
  return (ALGORITHMS[algorithm as HmacAlgorithm]?.minimumBits ?? 256) / 8;
}

/** The secret as text, where it is one. */
function textOf({ text, bytes }: SecretFacts): string | undefined {
  return text ?? decodeUtf8(bytes);
}

function isBlank(secret: SecretFacts): boolean {
  return textOf(secret)?.trim() === '';
}

/** A check of a secret that is not blank: those have a rule of their own. */
function about(
  judge: (secret: SecretFacts) => Judgement | Promise<Judgement>,
  isConcerned: (secret: SecretFacts) => boolean = () => true,
): Pick<Rule, 'needs' | 'rootCause' | 'applies' | 'check'> {
  return {
    needs: ['secret'],
    rootCause: 'secret-strength',
    applies: ({ secret }: Facts) => secret !== undefined && !isBlank(secret) && isConcerned(secret),
    async check({ secret }) {
      const found = await judge(secret!);
      return found ? [{ path: secret!.path, ...found }] : [];
    },
  };
}

const isText = (secret: SecretFacts): boolean => textOf(secret) !== undefined;

/** The share of a secret that patterns of these kinds make up. */
function share({ patterns }: EntropyEstimate, kinds: readonly PatternKind[]): number {
  const length = patterns.at(-1)?.end ?? 0;
  const covered = patterns
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { start, end }) => sum + end - start, 0);
  return length === 0 ? 0 : covered / length;
}

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

function isPlaceholder(secret: SecretFacts): boolean {
  const text = textOf(secret)!.slice(0, LONGEST);
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

/** Whether a sequence repeats itself with a period of at most half its length. */
function isPeriodic(items: ArrayLike<number>): boolean {
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
function isOneClass(text: string): boolean {
  return CLASSES.some(([form, size]) => form.test(text) && text.length * Math.log2(size) < 128);
}

async function isRepetitive(secret: SecretFacts): Promise<boolean> {
  const text = textOf(secret);
  return (
    isPeriodic(secret.bytes.subarray(0, LONGEST)) ||
    (text !== undefined && isOneClass(text)) ||
    share(await estimate(secret), ['keyboard', 'sequence', 'repeat', 'counter']) >= 0.5
  );
}

const DERIVED: readonly (readonly [RegExp, string])[] = [
  [/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i, 'The secret is a UUID'],
  [/^(19|20)\d\d([-/.]?)(0\d|1[0-2])\2[0-3]\d([T ][\d:.]+(Z|[+-][\d:]+)?)?$/i, 'The secret is a date'],
  [/^1\d{9}(\d{3})?$/, 'The secret is a time'],
  [/^(https?:\/\/)?([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]{2,24}(:\d+)?\/?$/i, 'The secret is a host name'],
];

/** Whether hexadecimal digits are the MD5 or SHA-1 of a published secret. SHA-256 is the estimator's. */
async function isHashOfKnown(hex: string): Promise<boolean> {
  const { CANDIDATES, MD5 } = await import('./secret-candidates.data.js');
  if (hex.length === 32) return CANDIDATES.some((_, i) => hex.startsWith(MD5.slice(8 * i, 8 * i + 8)));
  const digests = CANDIDATES.map(async (word) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(word)));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  return (await Promise.all(digests)).includes(hex);
}

async function judgeDerived(secret: SecretFacts): Promise<Judgement> {
  const text = textOf(secret)!.trim();
  const message = DERIVED.find(([form]) => form.test(text))?.[1];
  if (message) return { message };
  const isHash =
    share(await estimate(secret), ['hashed-password']) === 1 ||
    (/^([\da-f]{32}|[\da-f]{40})$/i.test(text) && (await isHashOfKnown(text.toLowerCase())));
  return isHash && { message: 'The secret is the hash of a known word' };
}

async function judgeEncoding(secret: SecretFacts): Promise<Judgement> {
  const { encoding, decodedBytes } = await estimate(secret);
  if (decodedBytes === undefined || !/^(hex|colon-hex|base)/.test(encoding)) return false;
  const message = `The text is ${encoding} of ${decodedBytes} bytes`;
  if (decodedBytes >= neededBytes(secret)) return { message };
  return { message, severity: decodedBytes < 32 ? 'high' : 'medium' };
}

/** The rules about a secret's strength in the group `secret/`. */
export const strengthRules: readonly Rule[] = [
  {
    id: 'secret/empty',
    title: 'The secret is empty or blank',
    severity: 'critical',
    needs: ['secret'],
    remediation: 'Generate a random secret of 32 bytes.',
    references: ['CVE-2019-20933', 'CWE-1391'],
    rootCause: 'secret-strength',
    check: ({ secret }) => (isBlank(secret!) ? [{ path: secret!.path }] : []),
  },
  {
    id: 'secret/too-short',
    title: 'The secret is too short',
    severity: 'high',
    remediation: 'Generate a random secret as long as the hash.',
    references: ['RFC 7518 §3.2', 'CWE-326'],
    ...about((secret) => {
      const { length } = secret.bytes;
      const message = `The secret has ${length} bytes, not ${neededBytes(secret)}`;
      const severity = length < 14 ? 'critical' : length < 32 ? 'high' : 'medium';
      return length < neededBytes(secret) && { message, severity };
    }),
  },
  {
    id: 'secret/low-entropy',
    title: 'The secret can be guessed',
    severity: 'high',
    confidence: 'likely',
    remediation: 'Generate a random secret.',
    references: ['ASVS V11.5.1', 'CWE-331'],
    ...about(async (secret) => {
      const { bits } = await estimate(secret);
      return bits < neededBytes(secret) * 8 && { severity: bits < 128 ? 'high' : 'medium' };
    }),
  },
  {
    id: 'secret/placeholder',
    title: 'The secret reads like a placeholder',
    severity: 'high',
    confidence: 'likely',
    remediation: 'Generate a random secret.',
    references: ['CWE-1392'],
    ...about((secret) => isPlaceholder(secret) && {}, isText),
  },
  {
    id: 'secret/repetitive',
    title: 'The secret repeats itself or follows the keyboard',
    severity: 'high',
    remediation: 'Generate a random secret.',
    references: ['CWE-331'],
    ...about(async (secret) => (await isRepetitive(secret)) && {}),
  },
  {
    id: 'secret/derived-value',
    title: 'The secret is derived from something known',
    severity: 'medium',
    remediation: 'Generate a random secret.',
    references: ['ASVS V11.5.1', 'CWE-340'],
    ...about(judgeDerived, isText),
  },
  {
    id: 'secret/encoding-ambiguous',
    title: 'The secret looks encoded but is used as text',
    severity: 'info',
    confidence: 'possible',
    remediation: 'Decode it, or say that it is text.',
    references: ['RFC 7518 §3.2'],
    ...about(judgeEncoding, ({ text }) => text !== undefined),
  },
  {
    id: 'secret/stray-whitespace',
    title: 'White space, a quote or a BOM stands at an end of the secret',
    severity: 'low',
    remediation: 'Trim the secret where it is read.',
    references: ['CWE-1286'],
    ...about((secret) => {
      const text = textOf(secret)!;
      return (text !== text.trim() || /^["'`]|["'`]$/.test(text)) && {};
    }, isPrintable),
    rootCause: 'secret/stray-whitespace',
  },
];

/** Text, or bytes that a file of text has: random bytes end in a line break by chance. */
function isPrintable(secret: SecretFacts): boolean {
  const text = textOf(secret);
  return text !== undefined && (secret.text !== undefined || !/[^\P{C}\s\uFEFF]/u.test(text));
}
