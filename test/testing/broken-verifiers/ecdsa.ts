// ECDSA verification in BigInt (FIPS 186-5 §6.4.2), as one writes it from a textbook — less the range check of r and s.

import { bigIntOf, ORDERS } from '../../../src/testing/signature-arithmetic.js';

type Point = readonly [x: bigint, y: bigint] | undefined;

/** Prime and base point of each curve (SP 800-186 §3.2.1); a is −3 for all of them. */
const CURVES: Readonly<Record<string, readonly [p: bigint, x: bigint, y: bigint]>> = {
  'P-256': [
    2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  ],
};

const mod = (a: bigint, m: bigint): bigint => ((a % m) + m) % m;

function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n;
  let b = mod(base, m);
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
  }
  return result;
}

/** By Fermat: the inverse of 0 comes out as 0, and nobody notices. */
const inverse = (a: bigint, m: bigint): bigint => power(a, m - 2n, m);

function add(a: Point, b: Point, p: bigint): Point {
  if (!a || !b) return a ?? b;
  if (a[0] === b[0] && mod(a[1] + b[1], p) === 0n) return undefined;
  const slope =
    a[0] === b[0] ? (3n * a[0] * a[0] - 3n) * inverse(2n * a[1], p) : (b[1] - a[1]) * inverse(b[0] - a[0], p);
  const x = mod(slope * slope - a[0] - b[0], p);
  return [x, mod(slope * (a[0] - x) - a[1], p)];
}

function multiply(point: Point, factor: bigint, p: bigint): Point {
  let result: Point;
  let doubled = point;
  for (let f = factor; f > 0n; f >>= 1n) {
    if (f & 1n) result = add(result, doubled, p);
    doubled = add(doubled, doubled, p);
  }
  return result;
}

/** Whether a signature r‖s is right for a digest. Accepts r = s = 0 for every digest and key. */
export function ecdsaWithoutRangeCheck(
  { crv, x, y }: { crv: string; x: string; y: string },
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const [p, gx, gy] = CURVES[crv]!;
  const n = ORDERS[crv]!;
  const half = signature.length / 2;
  const r = bigIntOf(signature.subarray(0, half));
  const w = inverse(bigIntOf(signature.subarray(half)), n);
  const u1 = mod(bigIntOf(digest) * w, n);
  const u2 = mod(r * w, n);
  const publicPoint = [x, y].map((text) => bigIntOf(Buffer.from(text, 'base64url'))) as [bigint, bigint];
  const sum = add(multiply([gx, gy], u1, p), multiply(publicPoint, u2, p), p);
  return mod(sum?.[0] ?? 0n, n) === mod(r, n);
}
