import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key } from '../../src/keys/builder.js';
import type { Jwk } from '../../src/keys/jwk.js';
import { isRoca } from '../../src/keys/roca.js';
import { configError, material, RSA, toPem } from './fixtures.js';

const primes: bigint[] = [];
for (let n = 2n; primes.length < 126; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n);
/** The M of the faulty library for moduli of 1952 to 3936 bits: the product of the first 126 primes. */
const M = primes.reduce((product, prime) => product * prime, 1n);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus)
    if (e & 1n) result = (result * b) % modulus;
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulus) + modulus) % modulus;
}

function bytes(value: bigint): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16);
  return Uint8Array.from(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

/** A number of the form of the faulty library's primes. */
const faulty = (k: bigint, a: bigint) => k * M + power(65537n, a, M);

const ordinary =
  'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ';

describe('isRoca', () => {
  it('knows every modulus of the faulty form', () => {
    const k = fc.bigInt({ min: 1n << 51n, max: 1n << 53n });
    const a = fc.bigInt({ min: 0n, max: 1n << 62n });
    fc.assert(
      fc.property(k, a, k, a, (k1, a1, k2, a2) => {
        expect(isRoca(bytes(faulty(k1, a1) * faulty(k2, a2)))).toBe(true);
      }),
    );
  });

  it('lets ordinary moduli pass', async () => {
    expect(isRoca(Uint8Array.from(Buffer.from(ordinary, 'base64url')))).toBe(false);
    expect(isRoca(Uint8Array.from(Buffer.from((await material('RS256')).publicJwk.n!, 'base64url')))).toBe(false);
  });

  // Each of the primes must tell: a modulus that leaves a remainder which no power of 65537 leaves, for one prime only.
  it.each(primes.slice(1, 39))('looks at the remainder modulo %s', (prime) => {
    const powers = new Set(Array.from({ length: Number(prime) }, (_, i) => power(65537n, BigInt(i), prime)));
    const foreign = Array.from({ length: Number(prime) }, (_, i) => BigInt(i)).filter((rest) => !powers.has(rest));
    expect(foreign[0]).toBe(0n);
    for (const rest of foreign) {
      const others = M / prime;
      const modulus = 1n + others * ((((rest - 1n) * inverse(others % prime, prime)) % prime) + prime);
      expect(modulus % prime).toBe(rest);
      expect(isRoca(bytes(modulus))).toBe(false);
    }
  });

  it('looks at no more than 38 primes', () => {
    expect(isRoca(bytes(1n + M / primes[39]!))).toBe(true);
  });
});

describe('a key of the faulty form', () => {
  // Two primes found beforehand.
  const p = faulty(6925650131069503n, 123456789n);
  const q = faulty(6925650131069415n, 987654321n);
  const d = inverse(65537n, (p - 1n) * (q - 1n));
  const b64 = (value: bigint) => Buffer.from(bytes(value)).toString('base64url');
  const publicJwk = { kty: 'RSA', n: b64(p * q), e: 'AQAB' } satisfies Jwk;
  const privateJwk = {
    ...publicJwk,
    d: b64(d),
    p: b64(p),
    q: b64(q),
    dp: b64(d % (p - 1n)),
    dq: b64(d % (q - 1n)),
    qi: b64(inverse(q, p)),
  } satisfies Jwk;
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const importRaw = (jwk: Jwk, extractable: boolean, usage: KeyUsage) =>
    crypto.subtle.importKey('jwk', jwk as JsonWebKey, parameters, extractable, [usage]);

  it.each(RSA)('is refused as a JWK for %s', async (algorithm) => {
    await configError(() => key(algorithm).public({ jwk: publicJwk }));
    await configError(() => key(algorithm).private({ jwk: privateJwk }));
  });

  it('is refused as PEM', async () => {
    const spki = await crypto.subtle.exportKey('spki', await importRaw(publicJwk, true, 'verify'));
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', await importRaw(privateJwk, true, 'sign'));
    await configError(() => key('RS256').public({ pem: toPem('PUBLIC KEY', spki) }));
    await configError(() => key('RS256').private({ pem: toPem('PRIVATE KEY', pkcs8) }));
  });

  it('is refused as a CryptoKey that can be exported', async () => {
    const [publicKey, privateKey] = [
      await importRaw(publicJwk, true, 'verify'),
      await importRaw(privateJwk, true, 'sign'),
    ];
    await configError(() => key('RS256').public({ cryptoKey: publicKey }));
    await configError(() => key('RS256').private({ cryptoKey: privateKey }));
  });
});
