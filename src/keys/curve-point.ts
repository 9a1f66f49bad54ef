// Points on the NIST curves. Some runtimes import a point that is not on its curve without a word.

interface Curve {
  /** The prime of the field. */
  readonly p: bigint;
  /** The constant of y² = x³ − 3x + b (SP 800-186 §3.2.1). */
  readonly b: bigint;
}

function curve(name: string): Curve {
  if (name === 'P-256')
    return {
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    };
  if (name === 'P-384')
    return {
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    };
  return {
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  };
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(bytes.reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '0x'));
}

/** Whether big-endian coordinates are a point of P-256, P-384 or P-521 (SP 800-56A §5.6.2.3.3). */
export function isOnCurve(name: string, xBytes: Uint8Array, yBytes: Uint8Array): boolean {
  const { p, b } = curve(name);
  const [x, y] = [toInteger(xBytes), toInteger(yBytes)];
  return x < p && y < p && (y * y - x * x * x + 3n * x - b) % p === 0n;
}
