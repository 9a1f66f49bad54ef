// Whose signature it is: the token tried on every key, as it stands and with the usual mistakes undone.

import { decodedLength } from '../../encoding/base64url.js';
import type { JwtErrorCode } from '../../errors.js';
import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';
import { reportableAlgorithm } from '../facts/algorithm.js';
import { readSecret } from '../facts/secret.js';
import { own, type TokenFacts } from '../facts/token.js';
import { type Candidate, hmacKey } from './candidates.js';
import { type Cause, type CauseConfidence, cause, together } from './cause.js';
import type { KeyChoice } from './choice.js';
import { readingUnder, readSigned, type SignatureReading, type SignedText, secretReadings } from './readings.js';

const WORDS = {
  'der-signature': 'The ECDSA signature is DER, not r‖s',
  'hex-signature': 'The signature is hexadecimal text',
} as const;

/**
 * Why the signature is refused; nothing when a key that the header chooses verifies it.
 *
 * @param spoilt - whether something else is wrong already that explains a signature which cannot be mended.
 */
export async function diagnoseSignature(
  facts: TokenFacts,
  choice: KeyChoice,
  spoilt: boolean,
  now: number,
): Promise<Cause[]> {
  const { chosen } = choice;
  const all = [...chosen, ...choice.others];
  const signed = readSigned(facts);
  for (const candidate of all) {
    const reading = candidate.key && (await readingUnder(candidate.key, signed));
    if (reading)
      return [
        ...mistakeIn(reading),
        ...(chosen.includes(candidate) ? [] : [otherKey(candidate, facts)]),
        ...unusable([candidate], 'certain'),
        ...expired(candidate, now),
      ];
  }
  return (
    (await misreadSecret(all, facts, signed)) ??
    (await publicKeyAsSecret(all, facts, signed)) ?? [
      ...unusable(all, all.length === 1 ? 'certain' : 'possible'),
      ...unverified(facts, signed, choice, spoilt),
    ]
  );
}

function mistakeIn({ mistake }: SignatureReading): Cause[] {
  return mistake ? [cause(mistake, 'certain', `${WORDS[mistake]}: converted, it is right`)] : [];
}

function otherKey({ name, key }: Candidate, { alg }: TokenFacts): Cause {
  const { algorithm } = key!;
  return algorithm === alg
    ? cause('other-key', 'certain', `The token is signed by ${name}, which is not the key that its header chooses`)
    : cause('algorithm-mismatch', 'certain', `The header says ${named(alg)}; it is signed by ${name} for ${algorithm}`);
}

function unusable(candidates: readonly Candidate[], confidence: CauseConfidence): Cause[] {
  return candidates.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [cause('key-unusable', confidence, `${name} cannot be used: ${problem}`)],
  );
}

function expired({ name, expires = Infinity }: Candidate, now: number): Cause[] {
  // Only some verifiers heed it; ours leaves it to who serves the key.
  return expires > now ? [] : [cause('key-expired', 'possible', `${name} expired ${Math.round(now - expires)} s ago`)];
}

async function misreadSecret(
  candidates: readonly Candidate[],
  { alg }: TokenFacts,
  signed: SignedText,
): Promise<Cause[] | undefined> {
  for (const { name, key, secret } of candidates) {
    if (!secret || !key || key.algorithm !== alg) continue;
    for (const [id, words, bytes] of secretReadings(secret)) {
      const other = bytes && (await hmacKey(bytes, key.algorithm));
      const reading = other && (await readingUnder(other, signed));
      if (reading) return [...mistakeIn(reading), cause(id, 'certain', `The token verifies with ${name} ${words}`)];
    }
  }
  return undefined;
}

/** The attack in which the text of a public key serves as an HMAC secret (RFC 8725 §2.1). */
async function publicKeyAsSecret(
  candidates: readonly Candidate[],
  { alg }: TokenFacts,
  signed: SignedText,
): Promise<Cause[] | undefined> {
  if (!isAlgorithm(alg)) return undefined;
  for (const { name, pem } of candidates) {
    for (const text of pem === undefined ? [] : [pem, pem.trim(), `${pem.trim()}\n`]) {
      const key = await hmacKey(readSecret(text, undefined).bytes, alg);
      if (key && (await readingUnder(key, signed)))
        return [cause('signed-with-public-key', 'certain', `The token is signed with the text of ${name} as a secret`)];
    }
  }
  return undefined;
}

/** What can be said of a signature that nothing verifies. */
function unverified(
  facts: TokenFacts,
  { readings }: SignedText,
  { chosen, others, algorithms, failure }: KeyChoice,
  spoilt: boolean,
): Cause[] {
  if (failure !== undefined) return notChosen(facts, algorithms, failure);
  const lengths = [...new Set(chosen.map(({ key }) => lengthUnder(key!)))];
  if (lengths.length === 0) return [];
  const causes = readings.flatMap(({ mistake, signature }) => {
    // Whether text is hexadecimal by accident, its length tells.
    if (mistake === undefined || !lengths.includes(decodedLength(signature))) return [];
    return [cause(mistake, mistake === 'der-signature' ? 'certain' : 'possible', WORDS[mistake])];
  });
  const { length } = facts.signature!;
  if (causes.length === 0 && !lengths.includes(length)) {
    const words = `The signature has ${length} bytes; one by this key has ${together(lengths.map(String))}`;
    return [cause('signature-length', 'certain', words)];
  }
  const tried = chosen.length + others.length;
  const words = `The signature is right under none of the keys tried (${tried})`;
  return [...causes, cause('signature-mismatch', spoilt ? 'likely' : 'certain', words)];
}

function lengthUnder({ algorithm, cryptoKey }: NonNullable<Candidate['key']>): number {
  const { modulusLength } = cryptoKey.algorithm as { modulusLength?: number };
  return ALGORITHMS[algorithm].signatureBytes ?? Math.ceil(modulusLength! / 8);
}

function notChosen({ alg, header }: TokenFacts, algorithms: readonly string[], failure: JwtErrorCode): Cause[] {
  switch (failure) {
    case 'ERR_JWT_ALGORITHM':
      return [cause('algorithm-mismatch', 'certain', `The header says ${named(alg)}; ${keysAreFor(algorithms)}`)];
    case 'ERR_JWT_KEY_NOT_FOUND':
      return [
        cause(
          'key-not-found',
          'certain',
          own(header, 'kid') === undefined
            ? 'The token names no key (kid), and there is not just one that could be meant'
            : 'There is no key that the kid of the token names',
        ),
      ];
    default:
      return [cause('keys-unavailable', 'certain', `The source of keys fails (${failure})`)];
  }
}

function keysAreFor(algorithms: readonly string[]): string {
  return algorithms.length === 0 ? 'no key is for it' : `the keys are for ${together(algorithms)}`;
}

/** An algorithm of a header, where it is a known one: any other is a value of the token. */
function named(alg: string | undefined): string {
  return reportableAlgorithm(alg) ?? 'an algorithm that is not known';
}
