import { encodeUtf8 } from '../../encoding/utf8.js';

/** A shared secret. Nothing of it ever goes into a report. */
export interface SecretFacts {
  /** `/secret`, or that of the only key, where that is one. */
  readonly path: string;
  /** As it was given: text as it stands in a configuration, or the bytes of the key. */
  readonly given: string | Uint8Array;
  /** The text, where it was given as text. */
  readonly text: string | undefined;
  /** The bytes of the key when the secret is used as given, text as UTF-8. */
  readonly bytes: Uint8Array;
  /** The HMAC algorithm it is for: the subject's, the token's or the draft's, where one is known. */
  readonly algorithm: string | undefined;
}

/** Reads a secret for an algorithm. */
export function readSecret(
  given: string | Uint8Array,
  algorithm: string | undefined,
  path: string = '/secret',
): SecretFacts {
  const text = typeof given === 'string' ? given : undefined;
  return {
    path,
    given,
    text,
    // A lone surrogate has no UTF-8: platforms write U+FFFD for it.
    bytes: typeof given === 'string' ? (encodeUtf8(given) ?? encodeUtf8(toWellFormed(given))!) : given,
    algorithm,
  };
}

function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
