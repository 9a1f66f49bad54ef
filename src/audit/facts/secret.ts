import { decodeUtf8, encodeUtf8 } from '../../encoding/utf8.js';

/** A shared secret. Nothing of it ever goes into a report. */
export interface SecretFacts {
  /** `/secret`, or where the key is that it was given as. */
  readonly path: string;
  /** As it was given: text as it stands in a configuration, or the bytes of the key. */
  readonly given: string | Uint8Array | undefined;
  /** The text, where it was given as text. */
  readonly text: string | undefined;
  /** The bytes of the key when the secret is used as given, text as UTF-8. `undefined` of what cannot be exported. */
  readonly bytes: Uint8Array | undefined;
  /** Bytes of the key. */
  readonly length: number;
  /** The HMAC algorithm it is for: the subject's, the token's or the draft's, where one is known. */
  readonly algorithm: string | undefined;
}

/** A secret whose bytes are there. */
export interface ReadableSecret extends SecretFacts {
  readonly given: string | Uint8Array;
  readonly bytes: Uint8Array;
}

/** Whether the bytes of a secret are there. */
export function isReadable(secret: SecretFacts): secret is ReadableSecret {
  return secret.bytes !== undefined;
}

/** The secret as text, where it is one: bytes may be text too. */
export function secretText({ text, bytes }: ReadableSecret): string | undefined {
  return text ?? decodeUtf8(bytes);
}

/** What is known of a secret that cannot be exported. */
export function hiddenSecret(length: number, algorithm: string | undefined, path: string): SecretFacts {
  return { path, given: undefined, text: undefined, bytes: undefined, length, algorithm };
}

/** Reads a secret for an algorithm. */
export function readSecret(
  given: string | Uint8Array,
  algorithm: string | undefined,
  path: string = '/secret',
): ReadableSecret {
  const text = typeof given === 'string' ? given : undefined;
  // A lone surrogate has no UTF-8: platforms write U+FFFD for it.
  const bytes = typeof given === 'string' ? (encodeUtf8(given) ?? encodeUtf8(toWellFormed(given))!) : given;
  return { path, given, text, bytes, length: bytes.length, algorithm };
}

function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
