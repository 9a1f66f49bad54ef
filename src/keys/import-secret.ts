import { decodeBase64 } from '../encoding/base64.js';
import { decodeBase64url, encodeBase64url } from '../encoding/base64url.js';
import { decodeHex } from '../encoding/hex.js';
import { looksLikeKeyMaterial } from '../encoding/key-material.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import { JwtConfigError } from '../errors.js';
import type { HmacAlgorithm } from './algorithms.js';
import { importJwk, type KeySettings, sourceTag } from './import-key.js';
import { checkJwk, type Jwk } from './jwk.js';
import type { AnyKey } from './key.js';

/** Where an HMAC secret comes from: bytes, or text with its encoding declared. */
export type SecretMaterial =
  | Uint8Array
  /** The characters themselves, as UTF-8. */
  | { readonly text: string }
  /** Bytes in Base64url without padding (RFC 4648 §5). */
  | { readonly base64url: string }
  /** Bytes in standard Base64 (RFC 4648 §4). */
  | { readonly base64: string }
  /** Bytes in hexadecimal digits. */
  | { readonly hex: string }
  /** A JWK of type `oct` (RFC 7518 §6.4), as an object. */
  | { readonly jwk: Jwk };

/** How the text of a secret can be written. */
export type SecretTextEncoding = 'text' | 'base64url' | 'base64' | 'hex';

const DECODERS: Readonly<Record<SecretTextEncoding, (text: string) => Uint8Array | undefined>> = {
  text: encodeUtf8,
  base64url: decodeBase64url,
  base64: decodeBase64,
  hex: decodeHex,
};

/**
 * The bytes of a secret written as declared.
 *
 * @throws JwtConfigError when it is empty, or not written so.
 */
export function decodeSecret(text: unknown, encoding: SecretTextEncoding): Uint8Array {
  const bytes = typeof text === 'string' ? DECODERS[encoding](text) : undefined;
  if (bytes?.length) return bytes;
  throw new JwtConfigError(
    `the secret must be non-empty ${encoding === 'text' ? 'well-formed' : 'canonical'} ${encoding}`,
  );
}

/** Imports an HMAC secret; refuses short ones and those that are really another key's text. */
export async function importSecret(
  algorithm: HmacAlgorithm,
  source: SecretMaterial,
  settings: KeySettings,
): Promise<AnyKey> {
  let jwk: Jwk;
  let bytes: Uint8Array;
  if (ArrayBuffer.isView(source)) {
    if (source.byteLength === 0) throw new JwtConfigError('the secret must not be empty');
    bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    jwk = { kty: 'oct', k: encodeBase64url(bytes) };
  } else {
    const [tag, value] = sourceTag(source, ['text', 'base64url', 'base64', 'hex', 'jwk']);
    if (tag === 'jwk') {
      jwk = value as Jwk;
      bytes = decodeBase64url(checkJwk(algorithm, 'secret', jwk).material.k!)!;
    } else {
      bytes = decodeSecret(value, tag);
      jwk = { kty: 'oct', k: encodeBase64url(bytes) };
    }
  }
  if (looksLikeKeyMaterial(bytes))
    throw new JwtConfigError(
      "the secret is a PEM, certificate, JWK or other key: an HMAC secret must be random bytes; for a key pair use key('RS256'), key('ES256') …",
    );
  return importJwk(algorithm, 'secret', jwk, settings);
}
