import { describe, expect, it } from 'vitest';
import { isPublicPoint } from '../../src/keys/curve-point.js';
import { material } from './fixtures.js';

// The generators of SP 800-186 §3.2.1, and the primes again.
const CURVES = [
  {
    name: 'P-256',
    algorithm: 'ES256',
    size: 32,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    gx: '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
    gy: '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  },
  {
    name: 'P-384',
    algorithm: 'ES384',
    size: 48,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    gx: 'aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7',
    gy: '3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f',
  },
  {
    name: 'P-521',
    algorithm: 'ES512',
    size: 66,
    p: (1n << 521n) - 1n,
    gx: '00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66',
    gy: '011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
  },
] as const;

const decode = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'));
const integer = (hex: string) => BigInt(`0x${hex}`);
const bytes = (value: bigint, size: number) =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex'));

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus)
    if (e & 1n) result = (result * b) % modulus;
  return result;
}

describe.each(CURVES)('points of $name', ({ name, algorithm, size, p, gx, gy }) => {
  const on = (x: bigint, y: bigint) => isPublicPoint(name, bytes(x, size), bytes(y, size));
  const [x, y] = [integer(gx), integer(gy)];

  it('are the generator, its negative, and those of real keys', async () => {
    expect(on(x, y)).toBe(true);
    expect(on(x, p - y)).toBe(true);
    const { publicJwk } = await material(algorithm);
    expect(isPublicPoint(name, decode(publicJwk.x!), decode(publicJwk.y!))).toBe(true);
  });

  it('are no neighbours of those', () => {
    for (const [dx, dy] of [
      [0n, 1n],
      [1n, 0n],
      [0n, -1n],
      [-1n, 0n],
      [1n, 1n],
    ] as const)
      expect(on(x + dx, y + dy)).toBe(false);
    expect(on(y, x)).toBe(false);
    expect(on(0n, 0n)).toBe(false);
    expect(on(0n, 1n)).toBe(false);
  });

  it('are no points of the other curves', async () => {
    for (const other of CURVES)
      if (other.name !== name) expect(isPublicPoint(other.name, bytes(x, 66), bytes(y, 66))).toBe(false);
  });

  // SP 800-56A §5.6.2.3.3, step 2: the same residue written another way is no coordinate.
  it('have coordinates below the prime', () => {
    // b = y² − x³ + 3x of the generator; all three primes are 3 modulo 4.
    const b = (((y * y - x * x * x + 3n * x) % p) + p) % p;
    let small = 0n;
    let root = 0n;
    do {
      small++;
      root = power((((small ** 3n - 3n * small + b) % p) + p) % p, (p + 1n) / 4n, p);
    } while (!on(small, root));
    expect(on(small + p, root)).toBe(false);
    if (name === 'P-521') expect(on(small, root + p)).toBe(false);
    expect(on(p, p)).toBe(false);
  });
});

describe('points of Ed25519', () => {
  const encode = (y: bigint, sign = 0n) => bytes(y | (sign << 255n), 32).reverse();
  const may = (y: bigint, sign?: bigint) => isPublicPoint('Ed25519', encode(y, sign), undefined);
  const p = (1n << 255n) - 19n;
  // The y of two points of order 8; that of the other two is its negative.
  const y8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

  it('are those of real keys and the generator', async () => {
    for (let i = 0; i < 20; i++) {
      const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
      const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
      expect(isPublicPoint('Ed25519', raw, undefined)).toBe(true);
    }
    expect(may((4n * power(5n, p - 2n, p)) % p)).toBe(true);
  });

  it('are none of small order, however they are written', () => {
    for (const y of [0n, 1n, p - 1n, p, p + 1n, y8, p - y8])
      for (const sign of [0n, 1n]) {
        expect(may(y, sign)).toBe(false);
        // The next number is another point, or none.
        if (![0n, p - 1n, p].includes(y)) expect(may(y + 1n, sign)).toBe(true);
      }
    for (const y of [2n, 3n, p - 2n]) expect(may(y)).toBe(true);
  });

  it('are read and not changed', () => {
    const point = encode(5n);
    isPublicPoint('Ed25519', point, undefined);
    expect(point).toEqual(encode(5n));
  });
});
