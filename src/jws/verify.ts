import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import type { VerificationKey } from '../keys/key.js';
import { decodeSegment, MAX_TOKEN_LENGTH, parseCompact } from './compact.js';
import type { JwsHeader } from './header.js';
import { findKey, toKeySource, type VerificationKeys } from './key-source.js';
import { badSignature, verifySignature } from './signature.js';

/** A JWS whose signature is right. */
export interface VerifiedJws {
  readonly header: JwsHeader;
  /** Bytes of their own. Written so that TypeScript before 5.7 can read it too, where Uint8Array is not generic. */
  readonly payload: ReturnType<typeof Uint8Array.of>;
  /** The key that verified it. */
  readonly key: VerificationKey;
}

/**
 * Verifies a compact JWS over any bytes (RFC 7515 §5.2). The algorithm is the key's; header keys are never used.
 *
 * @param options.maxTokenLength - longest token read, in characters; 16 KiB by default.
 * @throws JwtError for a token that is not right; JwtConfigError for keys that cannot verify.
 * @example
 * ```ts
 * import { key } from 'jwtight';
 * import { signCompact, verifyCompact } from 'jwtight/jws';
 *
 * const { privateKey, publicKey } = await key('Ed25519').generate();
 * const jws = await signCompact(new Uint8Array([1, 2, 3]), privateKey);
 * console.log((await verifyCompact(jws, publicKey)).payload.length); // 3
 * ```
 */
export async function verifyCompact(
  token: string,
  keys: VerificationKeys,
  options: { readonly maxTokenLength?: number } = {},
): Promise<VerifiedJws> {
  const { maxTokenLength = MAX_TOKEN_LENGTH } = checkOptions(options, ['maxTokenLength'], 'verifyCompact');
  if (!Number.isSafeInteger(maxTokenLength) || maxTokenLength < 1)
    throw new JwtConfigError('maxTokenLength must be a positive whole number of characters');
  const source = toKeySource(keys);
  const jws = parseCompact(token, maxTokenLength);
  const key = await findKey(source, jws.header);
  let valid = false;
  try {
    valid = await verifySignature(jws, key);
  } catch {
    // What a runtime refuses to look at is no signature either.
  }
  if (!valid) throw badSignature();
  return { header: jws.header, payload: decodeSegment(jws.payload, 'payload'), key };
}
