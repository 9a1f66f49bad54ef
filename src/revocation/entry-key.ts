import { encodeUtf8 } from '../encoding/utf8.js';
import { sha256 } from '../stores/sha256.js';

/** What an entry is about: one token, a subject's tokens, a token that may be used once. */
export type EntryKind = 'token' | 'subject' | 'once';

/** Longest key kept as text, in characters. */
const MAX_TEXT = 200;

/**
 * The key of an entry. JSON keeps issuer and id apart whatever is in them; what is long becomes its SHA-256, so that
 * nobody fills the store with the ids he chooses.
 */
export function entryKey(kind: EntryKind, iss: string | undefined, id: string): string | Promise<string> {
  const text = JSON.stringify([iss ?? null, id]);
  if (text.length <= MAX_TEXT) return `${kind}:${text}`;
  // JSON.stringify escapes lone surrogates (ECMA-262 §25.5.2.3), so the text always has an encoding.
  return sha256(encodeUtf8(text)!).then((hash) => `${kind}:${hash}`);
}
