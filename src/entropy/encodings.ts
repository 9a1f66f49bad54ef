// Canonical encodings of bytes, and the forms that wrap one.
import { decodeBase64 } from '../encoding/base64.js';
import { decodeBase64url } from '../encoding/base64url.js';
import { decodeHex } from '../encoding/hex.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import type { SecretEncoding } from './types.js';

export interface Decoded {
  readonly encoding: SecretEncoding;
  readonly bytes: Uint8Array;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

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

/** Reads the text as the narrowest canonical encoding it can be. */
export function decode(text: string): Decoded | undefined {
  const { length } = text;
  if (length < 4) return undefined;
  const hex = decodeHex(text);
  if (hex !== undefined && !(/[a-f]/.test(text) && /[A-F]/.test(text))) return { encoding: 'hex', bytes: hex };
  const base32 = decodeBase32(text);
  if (base32 !== undefined) return { encoding: 'base32', bytes: base32 };
  if (/[^\w+/=-]/.test(text)) return undefined;
  const base64 = length % 4 === 0 || /[+/]/.test(text) ? decodeBase64(text) : undefined;
  if (base64 !== undefined) return { encoding: 'base64', bytes: base64 };
  // Some encoders pad Base64url.
  const base64url = decodeBase64url(length % 4 === 0 ? text.replace(/={1,2}$/, '') : text);
  return base64url && { encoding: 'base64url', bytes: base64url };
}

/** The text without the one character between its groups of equal length, as in `de:ad:be:ef`. */
export function ungrouped(text: string): string | undefined {
  const joint = /[:\- ]/.exec(text)?.[0];
  if (joint === undefined) return undefined;
  const groups = text.split(joint);
  return groups.length > 2 && groups.every(({ length }) => length > 0 && length === groups[0]!.length)
    ? groups.join('')
    : undefined;
}

/** The bytes as a text a person could have typed, or `undefined`. */
export function asText(bytes: Uint8Array): string | undefined {
  // Told at once of nearly all random bytes, without the cost of a decoder that throws.
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return undefined;
  const text = decodeUtf8(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return text === undefined || /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]/.test(text) ? undefined : text;
}

/** One character per byte. */
export function asLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Whether the text is a key anyone may know: a PEM public key or certificate, an SSH public key. */
export function isPublicKey(text: string): boolean {
  return (
    /^\s*-----BEGIN (?:[A-Z0-9 ]+ )?(?:PUBLIC KEY|CERTIFICATE)-----/.test(text) ||
    /^\s*(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) AAAA/.test(text)
  );
}

/** Reads the text as a JWK (RFC 7517): the key value of a secret one, `''` for a public one. */
export function jwkValue(text: string): string | undefined {
  const type = /^\s*\{.*"kty"\s*:\s*"(\w+)"/s.exec(text)?.[1];
  if (type === 'oct') return /"k"\s*:\s*"([\w-]+)"/.exec(text)?.[1];
  return type === undefined || /"d"\s*:/.test(text) ? undefined : '';
}
