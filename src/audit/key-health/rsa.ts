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

/** Moduli to which few residues are squares: together they rule out all but one number in a hundred. */
const SIEVES: readonly number[] = [63, 65, 11];

function isSquare(n: bigint): boolean {
  // Squares have only 12 of the 64 last six bits. A root takes long: everything else comes first.
  if (!(0x0202021202030213n & (1n << BigInt.asUintN(6, n)))) return false;
  const rest = Number(n % 45045n);
  if (!SIEVES.every((m) => isSquareModulo(rest % m, m))) return false;
  const root = ceilSqrt(n);
  return root * root === n;
}

function isSquareModulo(rest: number, modulus: number): boolean {
  for (let i = 0; 2 * i <= modulus; i++) if ((i * i) % modulus === rest) return true;
  return false;
}

/** Rounds of Fermat's method: keys of broken generators, whose primes follow each other, take one (CVE-2022-26320). */
const ROUNDS = 100;

/** Whether a modulus has two factors so close to each other that Fermat's method finds them in 100 rounds. */
export function hasCloseFactors(modulus: bigint): boolean {
  // n = a² − b², starting from the least a there can be.
  let a = ceilSqrt(modulus);
  let square = a * a - modulus;
  for (let i = 0; i < ROUNDS; i++) {
    if (isSquare(square)) return true;
    square += 2n * a++ + 1n;
  }
  return false;
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

let primes: readonly bigint[] | undefined;

/** The primes below 2000. */
function smallPrimes(): readonly bigint[] {
  primes ??= Array.from({ length: 2000 }, (_, n) => n)
    .filter((n) => n > 1 && !Array.from({ length: 43 }, (_, i) => i + 2).some((d) => d < n && n % d === 0))
    .map(BigInt);
  return primes;
}

/** Whether a modulus can be divided by a prime below 2000. */
export function hasSmallFactor(modulus: bigint): boolean {
  const product = smallPrimes().reduce((sum, prime) => sum * prime, 1n);
  const rest = modulus % product;
  return smallPrimes().some((prime) => rest % prime === 0n);
}

/** Most bits of all moduli together that are compared: 128 keys of 4096 bits. */
const MOST_BITS = 524_288;

/**
 * The moduli that share a factor with another one; a modulus that occurs twice does not share with itself. Only the
 * first are compared where there are too many.
 */
export function withSharedFactors(moduli: Iterable<bigint>): { shared: Set<bigint>; all: boolean } {
  const shared = new Set<bigint>();
  const seen: bigint[] = [];
  let product = 1n;
  let bits = 0;
  for (const modulus of new Set(moduli)) {
    bits += modulus.toString(16).length * 4;
    if (bits > MOST_BITS) return { shared, all: false };
    const divisor = modulus === 0n ? 1n : gcd(modulus, product % modulus);
    if (divisor !== 1n) {
      for (const other of seen.filter((earlier) => gcd(earlier, divisor) !== 1n)) shared.add(other);
      shared.add(modulus);
    }
    seen.push(modulus);
    if (modulus !== 0n) product *= modulus;
  }
  return { shared, all: true };
}
