// Shared secrets: length, entropy, and what they look like. Nothing of a secret goes into a finding.

import type { EntropyEstimate, PatternKind } from '../../entropy/types.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import type { Facts } from '../facts/facts.js';
import { isReadable, type ReadableSecret, type SecretFacts, secretText } from '../facts/secret.js';
import type { FindingDraft, Rule } from '../rule.js';

type Judgement = Partial<FindingDraft> | false;

const estimates = new WeakMap<ReadableSecret, Promise<EntropyEstimate>>();

/** One estimate serves all rules. The word lists are always there first, so that it is always the same. */
function estimate(secret: ReadableSecret): Promise<EntropyEstimate> {
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

function isBlank(secret: SecretFacts): boolean {
  return isReadable(secret) && secretText(secret)?.trim() === '';
}

/** A check of each secret that is not blank: those have a rule of their own. */
function about(
  judge: (secret: ReadableSecret) => Judgement | Promise<Judgement>,
  isConcerned: (secret: ReadableSecret) => boolean = () => true,
): Pick<Rule, 'needs' | 'rootCause' | 'applies' | 'check'> {
  const concerned = (secrets: readonly SecretFacts[]) =>
    secrets.filter((secret) => !isReadable(secret) || (!isBlank(secret) && isConcerned(secret)));
  return {
    needs: ['secret'],
    rootCause: 'secret-strength',
    applies: ({ secrets }: Facts) => concerned(secrets).length > 0,
    async check({ secrets }) {
      const readable = concerned(secrets).filter(isReadable);
      // Of a key that cannot be exported only the length is known.
      if (readable.length === 0) return undefined;
      const verdicts = await Promise.all(readable.map(judge));
      return verdicts.flatMap((found, i) => (found ? [{ path: readable[i]!.path, ...found }] : []));
    },
  };
}

const isText = (secret: ReadableSecret): boolean => secretText(secret) !== undefined;

/** The share of a secret that patterns of these kinds make up. */
function share({ patterns }: EntropyEstimate, kinds: readonly PatternKind[]): number {
  const length = patterns.at(-1)?.end ?? 0;
  const covered = patterns
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { start, end }) => sum + end - start, 0);
  return length === 0 ? 0 : covered / length;
}

async function isRepetitive(secret: ReadableSecret): Promise<boolean> {
  const { isOneClass, isPeriodic } = await looks();
  const text = secretText(secret);
  return (
    isPeriodic(secret.bytes) ||
    (text !== undefined && isOneClass(text)) ||
    share(await estimate(secret), ['keyboard', 'sequence', 'repeat', 'counter']) >= 0.5
  );
}

async function judgeDerived(secret: ReadableSecret): Promise<Judgement> {
  const text = secretText(secret)!.trim();
  const { derivedFrom, isHashOfKnown } = await looks();
  const message = derivedFrom(text);
  if (message) return { message };
  const isHash =
    share(await estimate(secret), ['hashed-password']) === 1 ||
    (/^([\da-f]{32}|[\da-f]{40})$/i.test(text) && (await isHashOfKnown(text.toLowerCase())));
  return isHash && { message: 'The secret is the hash of a known word' };
}

async function judgeEncoding(secret: ReadableSecret): Promise<Judgement> {
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
    check: ({ secrets }) => secrets.filter(isBlank).map(({ path }) => ({ path })),
  },
  {
    id: 'secret/too-short',
    title: 'The secret is too short',
    severity: 'high',
    needs: ['secret'],
    remediation: 'Generate a random secret as long as the hash.',
    references: ['RFC 7518 §3.2', 'CWE-326'],
    rootCause: 'secret-strength',
    applies: ({ secrets }) => !secrets.every(isBlank),
    check: ({ secrets }) =>
      secrets
        .filter((secret) => !isBlank(secret) && secret.length < neededBytes(secret))
        .map((secret): FindingDraft => {
          const { path, length } = secret;
          const message = `The secret has ${length} bytes, not ${neededBytes(secret)}`;
          return { path, message, severity: length < 14 ? 'critical' : length < 32 ? 'high' : 'medium' };
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
    ...about(async (secret) => (await looks()).isPlaceholder(secretText(secret)!) && {}, isText),
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
      const text = secretText(secret)!;
      return (text !== text.trim() || /^["'`]|["'`]$/.test(text)) && {};
    }, isPrintable),
    rootCause: 'secret/stray-whitespace',
  },
];

/** Text, or bytes that a file of text has: random bytes end in a line break by chance. */
function isPrintable(secret: ReadableSecret): boolean {
  const text = secretText(secret);
  return text !== undefined && (secret.text !== undefined || !/[^\P{C}\s\uFEFF]/u.test(text));
}
