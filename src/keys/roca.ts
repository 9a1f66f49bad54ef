// CVE-2017-15361 (ROCA): RSA keys of a faulty library, whose private half can be computed.

/**
 * The faulty library made primes of the form k·M + 65537^a mod M, with M the product of the first
 * primes. Its moduli are therefore powers of 65537 modulo each of them (Nemec et al., CCS 2017, §3.1).
 */
const PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/** Whether an RSA modulus, big-endian, bears the fingerprint of the faulty library. */
export function isRoca(modulus: Uint8Array): boolean {
  return PRIMES.every((prime) => {
    const rest = modulus.reduce((sum, byte) => (sum * 256 + byte) % prime, 0);
    let power = 1;
    do {
      if (power === rest) return true;
      power = (power * 65537) % prime;
    } while (power !== 1);
    return false;
  });
}
