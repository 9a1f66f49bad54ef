import { decodeBase64url, encodeBase64url } from '../encoding/base64url.js';
import { asciiScratch } from '../encoding/utf8.js';
import { JwtConfigError, JwtError } from '../errors.js';
import { ALGORITHMS } from '../keys/algorithms.js';
import type { SigningKey, VerificationKey } from '../keys/key.js';
import type { CompactJws } from './compact.js';

/** The one answer to every signature that is not right, so that nothing can be learnt from it. */
export function badSignature(): JwtError {
  return new JwtError('ERR_JWT_SIGNATURE', 'the signature does not match the token and the key');
}

/**
 * Starts the verification of a signature. Not async itself: the caller awaits WebCrypto directly.
 *
 * @throws JwtError `ERR_JWT_SIGNATURE` when the signature cannot be one of this algorithm.
 */
export function verifySignature({ signingInput, signature }: CompactJws, key: VerificationKey): Promise<boolean> {
  const { parameters, signatureBytes } = ALGORITHMS[key.algorithm];
  const bytes = decodeBase64url(signature);
  const input = asciiScratch(signingInput);
  const { modulusLength } = key.cryptoKey.algorithm as { modulusLength?: number };
  // The length tells DER-encoded from raw r‖s (RFC 7518 §3.4), whatever a runtime would make of it.
  if (!bytes || !input || bytes.length !== (signatureBytes ?? Math.ceil(modulusLength! / 8))) throw badSignature();
  return crypto.subtle.verify(parameters, key.cryptoKey, bytes, input);
}

/** Signs header and payload segments, which are ASCII, and appends the signature. */
export async function appendSignature(signingInput: string, key: SigningKey): Promise<string> {
  let signature: ArrayBuffer;
  try {
    signature = await crypto.subtle.sign(
      ALGORITHMS[key.algorithm].parameters,
      key.cryptoKey,
      asciiScratch(signingInput)!,
    );
  } catch {
    throw new JwtConfigError(`the key was refused for signing with ${key.algorithm}`);
  }
  return `${signingInput}.${encodeBase64url(new Uint8Array(signature))}`;
}
