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

/** Words and forms: only who has a secret loads them. */
const looks = (): Promise<typeof import('./secret-looks.js')> => import('./secret-looks.js');

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

async function isRepetitive(secret: SecretFacts): Promise<boolean> {
  const { isOneClass, isPeriodic } = await looks();
  const text = textOf(secret);
  return (
    isPeriodic(secret.bytes) ||
    (text !== undefined && isOneClass(text)) ||
    share(await estimate(secret), ['keyboard', 'sequence', 'repeat', 'counter']) >= 0.5
  );
}

async function judgeDerived(secret: SecretFacts): Promise<Judgement> {
  const text = textOf(secret)!.trim();
  const { derivedFrom, isHashOfKnown } = await looks();
  const message = derivedFrom(text);
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
    ...about(async (secret) => (await looks()).isPlaceholder(textOf(secret)!) && {}, isText),
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
