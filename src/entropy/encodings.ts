// Canonical encodings of bytes, and the forms that wrap one.
import { decodeBase64 } from '../encoding/base64.js';
import { decodeBase64url } from '../encoding/base64url.js';
import { decodeHex } from '../encoding/hex.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { BASE32 } from './alphabets.js';
import type { SecretEncoding } from './types.js';

export interface Decoded {
  readonly encoding: SecretEncoding;
  readonly bytes: Uint8Array;
  /** Bits of the bytes, as drawn at random. */
  readonly bits: number;
}

/** Decodes canonical Base32 of one case, padded or not (RFC 4648 §6). */
function decodeBase32(text: string): Uint8Array | undefined {
  const body = text.replace(/={1,6}$/, '');
  if ((body !== text && text.length % 8 !== 0) || !/^(?:[A-Z2-7]+|[a-z2-7]+)$/.test(body)) return undefined;
  const bits = Array.from(body.toUpperCase(), (c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
  const surplus = bits.length % 8;
  // Five bits and more left over is a length no encoder makes; what is left over is zero.
  if (surplus > 4 || !bits.endsWith('0'.repeat(surplus))) return undefined;
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** Bits of a UUID by its version (RFC 9562 §5): 1 and 6 are the time, known to about an hour, and a shared address. */
const UUID_BITS: Readonly<Record<string, number>> = { 1: 40, 4: 122, 6: 40, 7: 74 };

/** Reads the text as the narrowest canonical encoding it can be. */
export function decode(text: string): Decoded | undefined {
  const as = (encoding: SecretEncoding, bytes: Uint8Array | undefined, bits = 8): Decoded | undefined =>
    bytes && { encoding, bytes, bits: bits * bytes.length };
  if (text.length < 4) return undefined;
  const uuid = /^[\da-f]{8}-[\da-f]{4}-([\da-f])[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i.exec(text);
  if (uuid !== null) return as('uuid', decodeHex(text.replaceAll('-', '')), (UUID_BITS[uuid[1]!] ?? 128) / 16);
  if (/^[\da-f]{2}([: -])[\da-f]{2}(?:\1[\da-f]{2})+$/i.test(text)) {
    return as('colon-hex', decodeHex(text.replace(/[: -]/g, '')));
  }
  const oneCase = !/[a-f].*[A-F]|[A-F].*[a-f]/.test(text);
  // Some encoders pad Base64url.
  const unpadded = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  const likelyBase64 = text.length % 4 === 0 || /[+/]/.test(text);
  return (
    (oneCase ? as('hex', decodeHex(text)) : undefined) ??
    as('base32', decodeBase32(text)) ??
    (likelyBase64 ? as('base64', decodeBase64(text)) : undefined) ??
    as('base64url', decodeBase64url(unpadded))
  );
}

/** The bytes as a text a person could have typed, or `undefined`. */
export function asText(bytes: Uint8Array): string | undefined {
  // Also, nearly all random bytes are told so without the cost of a decoder that throws.
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127) ? undefined : decodeUtf8(bytes);
}

/** One character per byte. */
export function asLatin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
