// RSA moduli that can be factored, in plain BigInt: nothing here is secret, so nothing has to be constant-time.

/** Least integer whose square is at least n (Newton). */
function ceilSqrt(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) break;
    root = next;
  }
  return root * root === n ? root : root + 1n;
}

function isSquare(n: bigint): boolean {
  // Squares have only 12 of the 64 last six bits: most numbers are ruled out cheaply.
  if (!(0x0202021202030213n & (1n << (n & 63n)))) return false;
  const root = ceilSqrt(n);
  return root * root === n;
}

/** Rounds of Fermat's method: keys of broken generators, whose primes follow each other, take one (CVE-2022-26320). */
const ROUNDS = 100;

/** Whether a modulus has two factors so close to each other that Fermat's method finds them in 100 rounds. */
export function hasCloseFactors(modulus: bigint): boolean {
  // n = a² − b², starting from the least a there can be.
  let a = ceilSqrt(modulus);
  for (let i = 0; i < ROUNDS; i++, a++) {
    if (isSquare(a * a - modulus)) return true;
  }
  return false;
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

let primorial: bigint | undefined;

/** The product of the primes below 2000. */
function smallPrimes(): bigint {
  primorial ??= Array.from({ length: 2000 }, (_, n) => n)
    .filter((n) => n > 1 && !Array.from({ length: 43 }, (_, i) => i + 2).some((d) => d < n && n % d === 0))
    .reduce((product, prime) => product * BigInt(prime), 1n);
  return primorial;
}

/** Whether a modulus can be divided by a prime below 2000. */
export function hasSmallFactor(modulus: bigint): boolean {
  return gcd(smallPrimes(), modulus) !== 1n;
}

/** Most bits of all moduli together that are compared: 128 keys of 4096 bits. */
const MOST_BITS = 524_288;

/** The moduli that share a factor with another one; a modulus that occurs twice does not share with itself. */
export function withSharedFactors(moduli: Iterable<bigint>): Set<bigint> {
  const shared = new Set<bigint>();
  const seen: bigint[] = [];
  let product = 1n;
  let bits = 0;
  for (const modulus of new Set(moduli)) {
    bits += modulus.toString(16).length * 4;
    if (bits > MOST_BITS) break;
    const divisor = modulus === 0n ? 1n : gcd(modulus, product % modulus);
    if (divisor !== 1n) {
      for (const other of seen.filter((earlier) => gcd(earlier, divisor) !== 1n)) shared.add(other);
      shared.add(modulus);
    }
    seen.push(modulus);
    if (modulus !== 0n) product *= modulus;
  }
  return shared;
}
