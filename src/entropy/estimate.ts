import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type HmacAlgorithm } from '../keys/algorithms.js';
import { crackTimes } from './crack-times.js';
import { DESCRIPTIONS } from './data/descriptions.data.js';
import { dictionariesLoaded } from './dictionaries.js';
import { read } from './reading.js';
import type { EntropyEstimate, EntropyPattern } from './types.js';

/** No secret needs more to be judged; what lies beyond is not looked at. */
const LONGEST = 8192;

const CAVEAT =
  'An upper bound: a text does not show whether a predictable generator made it, ' +
  'whether it is the hash of something guessable, is used elsewhere, or has leaked.';

function isBytes(value: unknown): value is Uint8Array {
  // Not instanceof: bytes of another realm, and Buffers, are bytes.
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** HMAC algorithms whose key is no larger than so many bits (RFC 7518 §3.2). */
function hmacWithin(bits: number): HmacAlgorithm[] {
  return (Object.keys(ALGORITHMS) as HmacAlgorithm[]).filter((name) => {
    const { keyType, minimumBits } = ALGORITHMS[name];
    return keyType === 'oct' && minimumBits! <= bits;
  });
}

/** Two decimals, downwards, so that rounding never makes a secret sufficient. */
function rounded(bits: number): number {
  return Math.floor(bits * 100 + 1e-6) / 100;
}

/**
 * Estimates how many guesses, in bits, would find the secret, by the cheapest description of it as
 * words, patterns, encodings and random characters.
 *
 * A secret is sufficient for an algorithm when its entropy reaches the algorithm's key size: 256 bits
 * for HS256 (RFC 7518 §3.2). A random 32-character hexadecimal string is 128 bits, and so is not.
 * Nothing of the secret is in the result.
 *
 * @param secret text as it is configured, or the bytes of the key
 * @throws JwtConfigError when the secret is neither text nor bytes
 *
 * @example
 * ```ts
 * import { estimateEntropy } from 'jwtight/entropy';
 *
 * const { bits, sufficientFor } = estimateEntropy('I Love Secure Applications In 2026');
 * console.log(bits < 80, sufficientFor); // true []
 * ```
 */
export function estimateEntropy(secret: string | Uint8Array): EntropyEstimate {
  if (typeof secret !== 'string' && !isBytes(secret)) {
    throw new JwtConfigError('The secret must be a string or a Uint8Array.');
  }
  const isText = typeof secret === 'string';
  const bytes = isText ? new TextEncoder().encode(secret).length : secret.length;
  const { pieces, ...reading } = read(secret.slice(0, LONGEST));
  const bits = rounded(reading.bits);
  const patterns = pieces.map((piece): EntropyPattern => {
    return { ...piece, bits: rounded(piece.bits), description: DESCRIPTIONS[piece.kind] };
  });
  return {
    ...reading,
    bits,
    patterns,
    sufficientFor: hmacWithin(bits),
    keyLength: { bytes, sufficientFor: hmacWithin(8 * bytes) },
    crackTimes: crackTimes(bits),
    dictionaries: dictionariesLoaded(),
    caveat: CAVEAT,
  };
}
