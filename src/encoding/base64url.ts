// Base64url without padding (RFC 7515 §2, RFC 4648 §5): one strict decoder for every untrusted text.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The codec of newer runtimes (ECMA-262 §23.3), which TypeScript's libraries do not have yet. */
interface NativeCodec {
  toBase64?(options: { alphabet: 'base64url'; omitPadding: true }): string;
  setFromBase64?(text: string, options: { alphabet: 'base64url' }): { read: number; written: number };
}

/** Encodes bytes as Base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  const native = (bytes as NativeCodec).toBase64?.({ alphabet: 'base64url', omitPadding: true });
  if (native !== undefined) return native;
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
  const bytes = new Uint8Array(decodedLength(text));
  return decodeInto(text, bytes) ? bytes : undefined;
}

/** How many bytes a text of canonical Base64url has. */
export function decodedLength(text: string): number {
  return (text.length * 3) >> 2;
}

/** The same into bytes that are there already, at least as many as needed; whether the text was canonical. */
export function decodeInto(text: string, bytes: Uint8Array): boolean {
  const table = values ?? valueTable();
  const { length } = text;
  const rest = length % 4;
  if (rest === 1) return false;
  const native = bytes as NativeCodec;
  if (native.setFromBase64) {
    // Bits that no byte takes must be zero, which the codec leaves open. A letter outside the alphabet it does refuse.
    if (rest > 0 && (table[text.charCodeAt(length - 1)]! & (rest === 2 ? 0xf : 0x3)) !== 0) return false;
    try {
      // White space and padding, which it allows, leave bytes missing.
      return native.setFromBase64(text, { alphabet: 'base64url' }).written === decodedLength(text);
    } catch {
      return false;
    }
  }
  // All codes and all groups, OR-ed: a code above 127 must not alias a letter, a value of -1 makes its group negative.
  let codes = 0;
  let groups = 0;
  let at = 0;
  let i = 0;
  for (; i < length - rest; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    const group = (table[a]! << 18) | (table[b]! << 12) | (table[c]! << 6) | table[d]!;
    codes |= a | b | c | d;
    groups |= group;
    bytes[at++] = group >> 16;
    bytes[at++] = group >> 8;
    bytes[at++] = group;
  }
  if (rest > 0) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = rest === 3 ? text.charCodeAt(i + 2) : 65; // 'A', which stands for no bits
    const group = (table[a]! << 18) | (table[b]! << 12) | (table[c]! << 6);
    codes |= a | b | c;
    groups |= group;
    bytes[at++] = group >> 16;
    if (rest === 3) bytes[at++] = group >> 8;
    if ((group & (rest === 3 ? 0xff : 0xffff)) !== 0) return false;
  }
  return codes < 128 && groups >= 0;
}
