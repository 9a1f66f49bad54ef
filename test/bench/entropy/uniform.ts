// Secrets a program draws at random, in eight encodings and seven sizes: their entropy is exact.
import type { Random } from './random.js';

export interface Sample {
  readonly group: string;
  readonly secret: string | Uint8Array;
  /** True entropy of the generator, in bits. */
  readonly bits: number;
}

export const SIZES = [64, 96, 128, 192, 256, 384, 512];

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PRINTABLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('');
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function randomBytes(random: Random, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => random.word() >>> 24));
}

export function drawn(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => random.pick(alphabet)).join('');
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{1,5}/g, (five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]!);
}

const ENCODED: Readonly<Record<string, (bytes: Buffer) => string | Uint8Array>> = {
  hex: (bytes) => bytes.toString('hex'),
  base64: (bytes) => bytes.toString('base64'),
  base64url: (bytes) => bytes.toString('base64url'),
  base32,
  bytes: (bytes) => new Uint8Array(bytes),
};
const DRAWN: Readonly<Record<string, string>> = {
  alphanumeric: ALPHANUMERIC,
  printable: PRINTABLE,
  digits: '0123456789',
};
export const ENCODINGS = [...Object.keys(ENCODED), ...Object.keys(DRAWN)];

export function uniformSample(random: Random, encoding: string, size: number): Sample {
  const encode = ENCODED[encoding];
  if (encode !== undefined) return { group: 'uniform', secret: encode(randomBytes(random, size / 8)), bits: size };
  const alphabet = DRAWN[encoding]!;
  const length = Math.ceil(size / Math.log2(alphabet.length));
  return { group: 'uniform', secret: drawn(random, alphabet, length), bits: length * Math.log2(alphabet.length) };
}
