// Secrets that are public: found by their fingerprint, so that the package does not carry them. Loaded on demand only.
import { decodeBase64 } from '../encoding/base64.js';
import { decodeBase64url } from '../encoding/base64url.js';
import { decodeHex } from '../encoding/hex.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import { BITS, COUNT, GAPS, RICE } from './data/leaked.data.js';
import { BEGINNING } from './lexicon.js';
import { sha256 } from './sha256.js';

/** In which form a secret was found among the leaked ones. */
export type LeakedForm = 'as given' | 'trimmed' | 'base64' | 'hex';

/** The published secrets, loaded: each look-up is synchronous. */
export interface LeakedSecrets {
  /** Whether exactly these bytes are a leaked secret; wrong about once in ten million look-ups. */
  has(bytes: Uint8Array): boolean;
  /** Whether the bytes are the SHA-256 of a word or common password. */
  isHashedWord(bytes: Uint8Array): boolean;
  /** Looks the secret up as given, trimmed, and decoded. */
  find(secret: string | Uint8Array): LeakedForm | undefined;
}

/** Longer secrets are in no list, and hashing them would take time. */
const LONGEST = 4096;
/** A first run over this many words takes a few milliseconds. */
const HASHED_WORDS = 1500;

function fingerprint(digest: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < 6; i++) value = value * 256 + digest[i]!;
  return Math.floor(value / 2 ** (48 - BITS));
}

/** Undoes the Rice coding of the gaps. */
function unpack(): Set<number> {
  const values = new Set<number>();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let at = 0;
  const bit = (): number => {
    const six = alphabet.indexOf(GAPS[Math.floor(at / 6)]!);
    return (six >> (5 - (at++ % 6))) & 1;
  };
  let value = 0;
  for (let i = 0; i < COUNT; i++) {
    let gap = 0;
    while (bit() === 1) gap++;
    for (let k = 0; k < RICE; k++) gap = gap * 2 + bit();
    value += gap;
    values.add(value);
  }
  return values;
}

/** @param words of which the hashes are known too, each with its list; the commonest first */
export function leakedSecrets(words: ReadonlyMap<string, number> = new Map()): LeakedSecrets {
  const fingerprints = unpack();
  let hashed: Set<number> | undefined;
  const candidates: string[] = [];
  for (const [word, list] of words) {
    if (list !== BEGINNING && candidates.push(word) === HASHED_WORDS) break;
  }

  const has = (bytes: Uint8Array): boolean =>
    bytes.length <= LONGEST && bytes.length > 0 && fingerprints.has(fingerprint(sha256(bytes)));

  return {
    has,
    isHashedWord(bytes) {
      if (bytes.length !== 32) return false;
      hashed ??= new Set(candidates.map((word) => fingerprint(sha256(encodeUtf8(word)!))));
      return hashed.has(fingerprint(bytes));
    },
    find(secret) {
      const bytes = typeof secret === 'string' ? encodeUtf8(secret) : secret;
      if (bytes === undefined) return undefined;
      if (has(bytes)) return 'as given';
      const trimmed = typeof secret === 'string' ? secret.trim() : '';
      if (trimmed === '') return undefined;
      if (has(encodeUtf8(trimmed)!)) return 'trimmed';
      const base64 = decodeBase64(trimmed) ?? decodeBase64url(trimmed);
      if (base64 !== undefined && has(base64)) return 'base64';
      const hex = decodeHex(trimmed);
      return hex !== undefined && has(hex) ? 'hex' : undefined;
    },
  };
}
