// Signatures as numbers, for attacks that need another number.

import { decodeBase64url, encodeBase64url } from '../encoding/base64url.js';
import type { AttackContext } from './attack-context.js';
import { segmentsOf } from './raw-token.js';

/** The order n of each curve's group (FIPS 186-5, SP 800-186 §3.2). */
export const ORDERS: Readonly<Record<string, bigint>> = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  'P-521':
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  Ed25519: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
};

/** Big-endian bytes as a number. */
export function bigIntOf(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** A number as big-endian bytes. */
export function bytesOf(number: bigint, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => Number((number >> BigInt(8 * (length - 1 - i))) & 255n));
}

/** A token of an input and a signature. */
export function withSignature(input: string, signature: Uint8Array): string {
  return `${input}.${encodeBase64url(signature)}`;
}

/** Signs genuine claims with other ids until the signature is of a kind; for kinds that are not too rare. */
export async function signUntil(
  context: AttackContext,
  wanted: (signature: Uint8Array, text: string) => boolean,
): Promise<{ input: string; signature: Uint8Array<ArrayBuffer> }> {
  for (let attempt = 0; ; attempt++) {
    const { header, payload, signature } = segmentsOf(await context.issued({ jti: `try-${attempt}` }));
    const bytes = decodeBase64url(signature)!;
    if (wanted(bytes, signature)) return { input: `${header}.${payload}`, signature: bytes };
  }
}
