// Standard Base64 (RFC 4648 §4), the alphabet of PEM: Base64url's codec behind a change of two letters.

import { decodeBase64url, encodeBase64url } from './base64url.js';

/** Encodes bytes as standard Base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text + '='.repeat(-text.length & 3);
}

/**
 * Decodes canonical standard Base64, either fully padded or not padded at all: no white space, no
 * foreign character (`-` and `_` are foreign), no non-zero trailing bits.
 *
 * @returns the bytes, or `undefined` when the text is anything else.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const body = text.replace(/={1,2}$/, '');
  // Padding fills the last group of four (RFC 4648 §4); an `=` that is left over is foreign to the decoder.
  if (/[-_]/.test(text) || (body !== text && text.length % 4 !== 0)) return undefined;
  return decodeBase64url(body.replaceAll('+', '-').replaceAll('/', '_'));
}
