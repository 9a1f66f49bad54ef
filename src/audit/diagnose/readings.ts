// The usual mistakes undone: other ways to read a signature, and other bytes that a secret may have been meant as.

import { encodeBase64 } from '../../encoding/base64.js';
import { encodeBase64url } from '../../encoding/base64url.js';
import { decodeHex } from '../../encoding/hex.js';
import { decodeUtf8, encodeUtf8 } from '../../encoding/utf8.js';
import type { CompactJws } from '../../jws/compact.js';
import { verifySignature } from '../../jws/signature.js';
import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';
import type { VerificationKey } from '../../keys/key.js';
import { derNumbers } from '../facts/der-signature.js';
import { readSegment } from '../facts/segment.js';
import type { TokenFacts } from '../facts/token.js';
import type { CauseId } from './cause.js';

/** One way to read the signature: as it stands, or with a mistake undone. */
export interface SignatureReading {
  readonly mistake?: 'der-signature' | 'hex-signature';
  readonly signature: string;
}

/** The texts that may have been signed, and the ways to read the signature. */
export interface SignedText {
  readonly inputs: readonly string[];
  readonly readings: readonly SignatureReading[];
}

/** Reads a token whose signature can be decoded. */
export function readSigned({ text, segments, alg, signature }: TokenFacts): SignedText {
  // Who encodes wrongly signs what he wrote; what was spoilt on the way was right when it was signed.
  const repaired = segments.slice(0, 2).map(({ bytes, text }) => (bytes ? encodeBase64url(bytes) : text));
  const bytes = signature!;
  const readings: SignatureReading[] = [{ signature: encodeBase64url(bytes) }];
  const { keyType, signatureBytes } = isAlgorithm(alg) ? ALGORITHMS[alg] : {};
  const raw = keyType === 'EC' ? fromDer(bytes, signatureBytes!) : undefined;
  if (raw) readings.push({ mistake: 'der-signature', signature: encodeBase64url(raw) });
  for (const hex of [segments[2]!.text, decodeUtf8(bytes)]) {
    const decoded = hex ? decodeHex(hex) : undefined;
    if (decoded) readings.push({ mistake: 'hex-signature', signature: encodeBase64url(decoded) });
  }
  return { inputs: [...new Set([text.slice(0, text.lastIndexOf('.')), repaired.join('.')])], readings };
}

/** r‖s (RFC 7518 §3.4) of a DER signature (RFC 3279 §2.2.3). */
function fromDer(bytes: Uint8Array, length: number): Uint8Array | undefined {
  const numbers = derNumbers(bytes);
  if (!numbers) return undefined;
  const raw = new Uint8Array(length);
  for (const [i, content] of numbers.entries()) {
    // DER puts a zero before a number whose first bit is set.
    const digits = content.subarray(content.findIndex((byte) => byte !== 0));
    if (digits.length > length / 2) return undefined;
    raw.set(digits, ((i + 1) * length) / 2 - digits.length);
  }
  return raw;
}

/** The reading of the signature that a key verifies. */
export async function readingUnder(key: VerificationKey, signed: SignedText): Promise<SignatureReading | undefined> {
  for (const reading of signed.readings) {
    for (const signingInput of signed.inputs) {
      try {
        const jws = { signingInput, signature: reading.signature } as CompactJws;
        if (await verifySignature(jws, key)) return reading;
      } catch {
        // What cannot be a signature of this key is none.
      }
    }
  }
  return undefined;
}

/** A mistake made with a secret, what undoes it, and the bytes of the secret then. */
export type SecretReading = readonly [id: CauseId, words: string, bytes: Uint8Array | undefined];

/** What else a secret may have been meant as. */
export function secretReadings(bytes: Uint8Array): SecretReading[] {
  const base64 = encodeBase64(bytes);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const encoded = [base64, base64.replaceAll('=', ''), encodeBase64url(bytes), hex, hex.toUpperCase()];
  const readings = encoded.map(
    (text, i): SecretReading => [
      'secret-decoded',
      `taken as its ${i < 3 ? 'Base64' : 'hexadecimal'} text`,
      encodeUtf8(text),
    ],
  );
  const text = decodeUtf8(bytes)?.trim();
  if (!text) return readings;
  return [
    ['secret-white-space', 'without the white space around it', encodeUtf8(text)],
    ['secret-not-decoded', 'decoded as hexadecimal', decodeHex(text)],
    ['secret-not-decoded', `decoded as ${/[-_]/.test(text) ? 'Base64url' : 'Base64'}`, readSegment(text).bytes],
    ...readings,
  ];
}
