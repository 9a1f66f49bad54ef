// UTF-8 both ways. The codecs are made on first use: some test environments lack them until set up.

let decoder: TextDecoder | undefined;
let encoder: TextEncoder | undefined;

/** Decodes UTF-8, keeping a BOM as a character; `undefined` when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Encodes text as UTF-8; `undefined` when it has a lone surrogate, which UTF-8 cannot carry. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> | undefined {
  encoder ??= new TextEncoder();
  const bytes = encoder.encode(text);
  return decodeUtf8(bytes) === text ? bytes : undefined;
}

/**
 * Bytes that one call after the other may use: an array of its own costs more than decoding a token's payload.
 * They may be handed to WebCrypto, which copies what it is given before it returns (Web Cryptography §14.3).
 */
let scratch: Uint8Array<ArrayBuffer> | undefined;

/** At least so many bytes, which the next call hands out again. */
export function scratchBytes(length: number): Uint8Array<ArrayBuffer> {
  if (scratch === undefined || scratch.length < length) scratch = new Uint8Array(Math.max(length, 4096));
  return scratch;
}

/** The UTF-8 of a text without lone surrogates, in the shared bytes. */
export function utf8Scratch(text: string): Uint8Array<ArrayBuffer> {
  encoder ??= new TextEncoder();
  // A UTF-16 code unit takes three bytes at most.
  const bytes = scratchBytes(text.length * 3);
  return bytes.subarray(0, encoder.encodeInto(text, bytes).written);
}

/**
 * Writes an ASCII text to the start of the bytes, of which there must be at least as many; whether it was ASCII.
 */
export function writeAscii(text: string, bytes: Uint8Array): boolean {
  encoder ??= new TextEncoder();
  const { read, written } = encoder.encodeInto(text, bytes);
  return read === text.length && written === text.length;
}
