// DER (ITU-T X.690), as little as key formats need: tag, definite length, content.

/** One element: a tag and its content. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content: the element as it was read. */
  readonly bytes: Uint8Array;
}

/**
 * Reads the elements that fill the bytes from first to last. Call it on the content of an element
 * for the element's children. Views of the bytes, not copies.
 *
 * @returns `undefined` when the bytes are not DER: cut short, an indefinite length, a length longer
 * than need be, a tag of more than one byte.
 */
export function readDer(bytes: Uint8Array): DerElement[] | undefined {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    let start = at + 2;
    // Past the end reads NaN, and NaN fails the bounds check below.
    let length = bytes[at + 1] ?? Number.NaN;
    if (length > 127) {
      const count = length & 127;
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? Number.NaN);
      // X.690 §10.1: the fewest bytes. A count of none, which means indefinite, fails here too.
      if (length < Math.max(128, 256 ** (count - 1))) return undefined;
    }
    const end = start + length;
    if ((tag & 31) === 31 || !(end <= bytes.length)) return undefined;
    elements.push({ tag, content: bytes.subarray(start, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** Writes one element whose content is the parts in a row. */
export function writeDer(tag: number, ...parts: Iterable<number>[]): Uint8Array<ArrayBuffer> {
  const content = parts.flatMap((part) => [...part]);
  const length = [content.length & 255];
  for (let rest = content.length >> 8; rest > 0; rest >>= 8) length.unshift(rest & 255);
  if (content.length > 127) length.unshift(128 | length.length);
  return Uint8Array.from([tag, ...length, ...content]);
}
