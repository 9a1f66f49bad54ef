// Hexadecimal (RFC 4648 §8), for secrets written that way.

/**
 * Decodes pairs of hexadecimal digits in either case.
 *
 * @returns the bytes, or `undefined` when the text is anything else.
 */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0 || /[^\da-f]/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
