// Public points of elliptic curves, checked here because runtimes differ in what they import without a word.

/** The field prime and the constant of y² = x³ − 3x + b (SP 800-186 §3.2.1). */
function nistCurve(name: string): readonly [p: bigint, b: bigint] {
  if (name === 'P-256')
    return [
      2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    ];
  if (name === 'P-384')
    return [
      2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    ];
  return [
    2n ** 521n - 1n,
    0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  ];
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(bytes.reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '0x'));
}

/**
 * Whether coordinates are a point that a public key may be: on P-256, P-384 or P-521 (SP 800-56A §5.6.2.3.3), or on
 * Ed25519, which has no y, not one of the eight points of small order, under which signatures can be forged.
 */
export function isPublicPoint(curve: string, xBytes: Uint8Array, yBytes: Uint8Array | undefined): boolean {
  if (!yBytes) return !isSmallOrder(xBytes);
  const [p, b] = nistCurve(curve);
  const [x, y] = [toInteger(xBytes), toInteger(yBytes)];
  return x < p && y < p && (y * y - x * x * x + 3n * x - b) % p === 0n;
}

/** An encoded point is y in little-endian order, its top bit the sign of x (RFC 8032 §5.1.2). */
function isSmallOrder(encoded: Uint8Array): boolean {
  const y = toInteger(encoded.slice().reverse()) & (2n ** 255n - 1n);
  const prime = 2n ** 255n - 19n;
  const square = (y * y) % prime;
  // Orders 1 and 2 have y = ±1, order 4 has y = 0; order 8, whose double has y = 0, solves dy⁴ + 2y² − 1 = 0
  // with d = −121665/121666.
  return (
    (square * (square - 1n)) % prime === 0n || (121665n * square * square - 243332n * square + 121666n) % prime === 0n
  );
}
