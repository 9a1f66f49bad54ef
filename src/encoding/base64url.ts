// Base64url without padding (RFC 7515 §2, RFC 4648 §5): one strict decoder for every untrusted text.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Encodes bytes as Base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text +=
      ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]! + ALPHABET[(group >> 6) & 63]! + ALPHABET[group & 63]!;
  }
  const surplus = (3 - (bytes.length % 3)) % 3;
  return surplus === 0 ? text : text.slice(0, -surplus);
}

/** Value of each ASCII character, -1 outside the alphabet. Built on first use: no work when the module loads. */
let values: Int8Array | undefined;

function valueTable(): Int8Array {
  values = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i;
  return values;
}

/**
 * Decodes canonical Base64url: no padding, no white space, no foreign character, no non-zero
 * trailing bits, no impossible length.
 *
 * @returns the bytes, or `undefined` when the text is anything else.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const table = values ?? valueTable();
  const { length } = text;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array((length * 3) >> 2);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    // A code above 127 reads undefined, never an alias of an ASCII letter.
    const value = table[text.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = buffer >> bits;
      buffer &= (1 << bits) - 1;
    }
  }
  return buffer === 0 ? bytes : undefined;
}
