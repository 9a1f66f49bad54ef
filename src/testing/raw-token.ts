// Tokens put together by hand. Unlike `sign`, nothing is checked: attacks and bad fixtures are made here.

import { encodeBase64url } from '../encoding/base64url.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import { appendSignature } from '../jws/signature.js';
import type { SigningKey } from '../keys/key.js';

/** A segment: bytes and text as they are, anything else as JSON. */
export function encodeSegment(value: unknown): string {
  if (ArrayBuffer.isView(value)) return encodeBase64url(value as Uint8Array);
  return encodeBase64url(encodeUtf8(typeof value === 'string' ? value : JSON.stringify(value))!);
}

/** Header and payload segments with their dot. */
export function signingInput(header: unknown, payload: unknown): string {
  return `${encodeSegment(header)}.${encodeSegment(payload)}`;
}

/** Signs header and payload, whatever they are. */
export function signRaw(header: unknown, payload: unknown, key: SigningKey): Promise<string> {
  return appendSignature(signingInput(header, payload), key);
}

/** Appends the HMAC of the input under any secret, however short. */
export async function appendHmac(input: string, secret: string | Uint8Array, bits = 256): Promise<string> {
  const bytes = typeof secret === 'string' ? encodeUtf8(secret)! : secret;
  // HMAC pads its key with zeros (RFC 2104 §2): one zero byte is the empty key, which WebCrypto refuses.
  const raw = bytes.length > 0 ? Uint8Array.from(bytes) : new Uint8Array(1);
  const parameters = { name: 'HMAC', hash: `SHA-${bits}` };
  const key = await crypto.subtle.importKey('raw', raw, parameters, false, ['sign']);
  const signature = await crypto.subtle.sign(parameters, key, encodeUtf8(input)!);
  return `${input}.${encodeBase64url(new Uint8Array(signature))}`;
}

/** The three segments of a token. */
export function segmentsOf(token: string): { header: string; payload: string; signature: string } {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  return { header, payload, signature };
}
