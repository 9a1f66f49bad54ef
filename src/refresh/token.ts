// The text of a refresh token: 128 bits that stay the same in a family, then 256 bits that are good once.

import { decodeBase64url, encodeBase64url } from '../encoding/base64url.js';
import { JwtError } from '../errors.js';
import { sha256 } from '../stores/sha256.js';

const HANDLE_BYTES = 16;
/** RFC 6749 §10.10 asks for a chance of guessing of 2^-160 or less. */
const SECRET_BYTES = 32;
const HASH_BYTES = 32;

/** What a store may know of a token. */
export interface TokenHashes {
  /** SHA-256 of the part that is the same for the family. Not the part itself: an id in a log is no use to anyone. */
  readonly familyId: string;
  /** SHA-256 of the part that changes. */
  readonly secretHash: string;
}

/** A token about to be handed out. */
export interface FreshToken extends TokenHashes {
  readonly token: string;
}

/** Makes a token: of a new family, or the next one of the family of another. */
export async function freshToken(predecessor?: string): Promise<FreshToken> {
  const bytes = crypto.getRandomValues(new Uint8Array(HANDLE_BYTES + SECRET_BYTES));
  if (predecessor !== undefined) bytes.set(decodeBase64url(predecessor)!.subarray(0, HANDLE_BYTES));
  return { token: encodeBase64url(bytes), ...(await hash(bytes)) };
}

/** @throws JwtError `ERR_JWT_MALFORMED` for anything that cannot be a token. */
export async function readToken(token: unknown): Promise<TokenHashes> {
  const bytes = decodeExactly(token, HANDLE_BYTES + SECRET_BYTES);
  if (bytes) return hash(bytes);
  throw new JwtError('ERR_JWT_MALFORMED', 'not a refresh token: 64 characters of Base64url');
}

/** The family of a token, or of an id as `issue` and `rotate` return it. */
export async function readFamilyId(tokenOrId: unknown): Promise<string> {
  if (decodeExactly(tokenOrId, HASH_BYTES)) return tokenOrId as string;
  return (await readToken(tokenOrId)).familyId;
}

function decodeExactly(text: unknown, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== 'string' || text.length !== Math.ceil((bytes * 4) / 3)) return undefined;
  return decodeBase64url(text);
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<TokenHashes> {
  const [familyId, secretHash] = await Promise.all([
    sha256(bytes.slice(0, HANDLE_BYTES)),
    sha256(bytes.slice(HANDLE_BYTES)),
  ]);
  return { familyId, secretHash };
}
