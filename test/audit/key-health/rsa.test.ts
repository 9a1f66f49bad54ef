import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gcd, hasCloseFactors, hasSmallFactor, withSharedFactors } from '../../../src/audit/key-health/rsa.js';

const [P, Q, R] = [2n ** 521n - 1n, 2n ** 607n - 1n, 2n ** 1279n - 1n];

describe('close factors', () => {
  it('are found whatever the size', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 200n, max: 2n ** 1024n }),
        fc.bigInt({ min: 0n, max: 2n ** 40n }),
        (p, gap) => {
          expect(hasCloseFactors(p * (p + 2n * gap))).toBe(true);
        },
      ),
    );
  });

  it('are looked for in 100 rounds', () => {
    // n = a² − b² with a the least root and `rounds` above it: b² ≈ 2·a·rounds.
    const pair = (b: bigint) => (2n ** 256n - b) * (2n ** 256n + b);
    const root = (rounds: bigint) => {
      // b with a(n) = 2^256 − rounds: the least b with b² > 2^257 · rounds.
      let b = 1n << 128n;
      while (b * b < 2n ** 257n * rounds) b += 1n << 120n;
      return b;
    };
    expect(hasCloseFactors(pair(root(98n)))).toBe(true);
    expect(hasCloseFactors(pair(root(101n)))).toBe(false);
  });

  it('are those that trial finds', () => {
    // A slow reading of the same definition: some a from the root on, below 100 rounds, with a² − n a square.
    const root = (n: bigint) => {
      let r = 0n;
      for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((r + bit) * (r + bit) <= n) r += bit;
      return r;
    };
    const slow = (n: bigint) => {
      const least = root(n) * root(n) === n ? root(n) : root(n) + 1n;
      return Array.from({ length: 100 }, (_, i) => (least + BigInt(i)) ** 2n - n).some((x) => root(x) ** 2n === x);
    };
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 70n }), (n) => {
        expect(hasCloseFactors(n)).toBe(slow(n));
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 30n, max: 2n ** 31n }), fc.bigInt({ min: 0n, max: 2n ** 20n }), (p, gap) => {
        expect(hasCloseFactors(p * (p + gap))).toBe(slow(p * (p + gap)));
      }),
    );
  });

  it.each([0n, 1n, 4n, 15n, 2n ** 512n])('of %# are there', (n) => {
    expect(hasCloseFactors(n)).toBe(true);
  });

  it.each([P * Q, Q * R, P * R])('of %# are not', (n) => {
    expect(hasCloseFactors(n)).toBe(false);
  });
});

describe('small factors', () => {
  it.each([2n, 3n, 43n, 47n, 1999n, 0n])('%i is one', (factor) => {
    expect(hasSmallFactor(P * factor)).toBe(true);
  });
  it.each([1n, 2003n, 2011n, Q])('%i is none', (factor) => {
    expect(hasSmallFactor(P * factor)).toBe(false);
  });
});

describe('shared factors', () => {
  it('are those of the greatest common divisor', () => {
    expect(gcd(P * Q, R * Q)).toBe(Q);
    expect(gcd(0n, P)).toBe(P);
    expect(gcd(P, 0n)).toBe(P);
  });

  it('are found among many', () => {
    const among = (moduli: bigint[]) => [...withSharedFactors(moduli).shared];
    expect(among([P * Q, 15n, R * Q, 77n, 22n, 13n])).toEqual([P * Q, R * Q, 77n, 22n]);
    expect(among([P, Q, R, P])).toEqual([]);
    expect(among([0n, 0n, 6n])).toEqual([]);
    expect(among([6n, 0n, 35n])).toEqual([]);
  });

  it('are looked for in so many bits, and no further', () => {
    const filler = 2n ** 523_000n + 1n;
    expect(withSharedFactors([filler, P * Q, P * 3n])).toEqual({ shared: new Set(), all: false });
    expect(withSharedFactors([P * Q, P * 3n, filler])).toEqual({ shared: new Set([P * Q, P * 3n]), all: false });
    expect(withSharedFactors([P * Q, R]).all).toBe(true);
    expect(withSharedFactors([2n ** 524_288n - 1n]).all).toBe(true);
    expect(withSharedFactors([2n ** 524_288n]).all).toBe(false);
  });
});
