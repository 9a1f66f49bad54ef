import { decodedLength, decodeInto, encodeBase64url } from '../encoding/base64url.js';
import { scratchBytes, utf8Scratch, writeAscii } from '../encoding/utf8.js';
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
  const inputLength = signingInput.length;
  const length = decodedLength(signature);
  // The length tells DER-encoded from raw r‖s (RFC 7518 §3.4), whatever a runtime would make of it.
  if (length !== (signatureBytes ?? modulusBytes(key))) throw badSignature();
  const scratch = scratchBytes(inputLength + length);
  const bytes = scratch.subarray(inputLength, inputLength + length);
  if (!writeAscii(signingInput, scratch) || !decodeInto(signature, bytes)) throw badSignature();
  // RFC 8032 §5.1.7 wants S below the group order, else S + order is a second signature: WebKitGTK does not look. A
  // genuine S lies between 2^252 and the order once in 2^127 signatures.
  if (parameters.name === 'Ed25519' && bytes[63]! >= 0x10) throw badSignature();
  return crypto.subtle.verify(parameters, key.cryptoKey, bytes, scratch.subarray(0, inputLength));
}

/** An RSA signature is as long as its modulus (RFC 8017 §8.1.1). */
function modulusBytes({ cryptoKey }: VerificationKey): number {
  const { modulusLength } = cryptoKey.algorithm as { modulusLength?: number };
  return Math.ceil(modulusLength! / 8);
}

/** Signs header and payload segments, which are ASCII, and appends the signature. */
export async function appendSignature(signingInput: string, key: SigningKey): Promise<string> {
  let signature: ArrayBuffer;
  try {
    signature = await crypto.subtle.sign(
      ALGORITHMS[key.algorithm].parameters,
      key.cryptoKey,
      utf8Scratch(signingInput),
    );
  } catch {
    throw new JwtConfigError(`the key was refused for signing with ${key.algorithm}`);
  }
  return `${signingInput}.${encodeBase64url(new Uint8Array(signature))}`;
}
