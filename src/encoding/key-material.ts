// What keys look like from outside: which structure a DER text holds, and whether a "secret" is really a key.

import { decodeBase64 } from './base64.js';
import { readDer } from './der.js';

/** The outlines, as {@link outline} draws them, of what stands under each PEM label. */
export const OUTLINES: Readonly<Record<string, RegExp>> = {
  // RFC 5958 §2: version, algorithm, key, attributes [0], public key [1].
  'PRIVATE KEY': /^\(v[01] \(6[^)]*\) 4( a0)?( [8a]1)?\)$/,
  // RFC 5280 §4.1: algorithm, key.
  'PUBLIC KEY': /^\(\(6[^)]*\) 3\)$/,
  // RFC 5280 §4.1: version [0], serial, signature, issuer, validity, subject, key, extensions; then the signature.
  CERTIFICATE: /^\(\((a0 )?(2|v\d+) 30 30 30 30 30[^)]*\) \(6[^)]*\) 3\)$/,
  // RFC 8017 §A.1.2: version and eight numbers.
  'RSA PRIVATE KEY': /^\(v0( 2| v\d+){8}\)$/,
  // RFC 8017 §A.1.1: modulus, exponent.
  'RSA PUBLIC KEY': /^\(2 (2|v\d+)\)$/,
  // RFC 5915 §3: version, key, curve [0], public key [1].
  'EC PRIVATE KEY': /^\(v1 4( a0)?( a1)?\)$/,
  // RFC 5958 §3: algorithm, ciphertext.
  'ENCRYPTED PRIVATE KEY': /^\(\(6[^)]*\) 4\)$/,
};

/** The start of a line of an OpenSSH public key file: the type and, in Base64, its length in four bytes. */
export const SSH_PUBLIC_KEY: RegExp = /^\s*(ssh-|ecdsa-sha2-|sk-)\S+\s+AAAA/;

/**
 * Draws DER as text: tags in hexadecimal, the children of a SEQUENCE in parentheses, two levels
 * deep, an INTEGER of one byte as `v` and its value. `(v0 (6 5) 4)` is a PKCS#8 key. What is not
 * DER is drawn as `undefined`.
 */
export function outline(der: Uint8Array, depth = 2): string {
  const parts = readDer(der)?.map(({ tag, content }) => {
    if (tag === 0x30 && depth > 0) return `(${outline(content, depth - 1)})`;
    return tag === 2 && content.length === 1 ? `v${content[0]}` : tag.toString(16);
  });
  return `${parts?.join(' ')}`;
}

/** Whether text is a JSON object with the marks of a JWK or a JWK Set (RFC 7517 §4.1, §5.1). */
function isJwk(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Object.hasOwn(value as object, 'kty') || Object.hasOwn(value as object, 'keys');
  } catch {
    return false;
  }
}

/**
 * Whether the bytes of a secret are a key in disguise: PEM, a line of an OpenSSH public key file, a
 * JWK or JWK Set, the DER of a key or certificate, or any of these in Base64. Such a "secret" is
 * often public. The chance that random bytes look so is below 2^-40.
 */
export function looksLikeKeyMaterial(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('-----BEGIN ') || SSH_PUBLIC_KEY.test(text) || isJwk(text)) return true;
  const drawn = outline(bytes);
  if (Object.values(OUTLINES).some((pattern) => pattern.test(drawn))) return true;
  const inner = decodeBase64(text.replace(/\s/g, ''));
  return inner !== undefined && inner.length > 0 && looksLikeKeyMaterial(inner);
}
