// Whether the coordinates of a public key are a point of its curve.

import { decodeBase64url } from '../../encoding/base64url.js';
import { isPublicPoint } from '../../keys/curve-point.js';
import { type KeyFacts, toBigInt } from '../facts/key.js';
import { own } from '../facts/token.js';

/** Bytes of a coordinate (RFC 7518 §6.2.1.2, RFC 8037 §2). */
const SIZES: Readonly<Record<string, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
  Ed25519: 32,
  Ed448: 57,
  X25519: 32,
  X448: 56,
};

const PRIME = 2n ** 255n - 19n;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let bit = exponent, square = base % PRIME; bit > 0n; bit >>= 1n, square = (square * square) % PRIME) {
    if (bit & 1n) result = (result * square) % PRIME;
  }
  return result;
}

/** Whether bytes are the one encoding of a point of Ed25519 (RFC 8032 §5.1.3). */
function isOnEdwards(encoded: Uint8Array): boolean {
  const y = toBigInt(encoded.slice().reverse())! & (2n ** 255n - 1n);
  if (y >= PRIME) return false;
  // x² = (y² − 1) / (dy² + 1) with d = −121665/121666 must be a square (Euler); so is u·v where u/v is.
  const square = (y * y) % PRIME;
  const u = (square - 1n + PRIME) * 121666n;
  const v = (121666n - 121665n * square) % PRIME;
  const quotient = (((u * v) % PRIME) + PRIME) % PRIME;
  return quotient === 0n || power(quotient, (PRIME - 1n) / 2n) === 1n;
}

const KOBLITZ_PRIME = 2n ** 256n - 2n ** 32n - 977n;

/** Whether coordinates are a point of secp256k1 (SEC 2 §2.4.1). */
function isOnKoblitz(x: bigint, y: bigint): boolean {
  return x < KOBLITZ_PRIME && y < KOBLITZ_PRIME && (y * y - x * x * x - 7n) % KOBLITZ_PRIME === 0n;
}

/** Whether the key's public members are no point that a public key may be; not of curves nobody knows here. */
export function isBadPoint({ type, curve, source, jwk }: KeyFacts): boolean {
  if ((type !== 'EC' && type !== 'OKP') || curve === undefined || !Object.hasOwn(SIZES, curve)) return false;
  const names = type === 'EC' ? ['x', 'y'] : ['x'];
  // Private PEM and keys that cannot be exported may lack the point, and a PEM may hold it compressed.
  if (source !== 'jwk' && names.some((name) => own(jwk, name) === undefined)) return false;
  const [x, y] = names.map((name) => {
    const text = own(jwk, name);
    const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined;
    return bytes?.length === SIZES[curve] ? bytes : undefined;
  });
  if (!x || (type === 'EC' && !y)) return true;
  if (curve === 'secp256k1') return !isOnKoblitz(toBigInt(x)!, toBigInt(y!)!);
  if (type === 'EC') return !isPublicPoint(curve, x, y);
  return curve === 'Ed25519' && !(isOnEdwards(x) && isPublicPoint(curve, x, undefined));
}
