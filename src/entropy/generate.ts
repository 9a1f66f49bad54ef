import { encodeBase64 } from '../encoding/base64.js';
import { encodeBase64url } from '../encoding/base64url.js';
import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type HmacAlgorithm, isAlgorithm } from '../keys/algorithms.js';

/** How a generated secret is written. */
export type GeneratedEncoding = 'base64url' | 'base64' | 'hex';

function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Makes a random secret as long as the algorithm's hash: 32, 48 or 64 bytes (RFC 7518 §3.2).
 *
 * @param algorithm `HS256`, `HS384` or `HS512`
 * @param encoding how the bytes are written, `base64url` unless said otherwise
 * @throws JwtConfigError when the algorithm is no HMAC or the encoding is unknown
 *
 * @example
 * ```ts
 * import { generateSecret } from 'jwtight/entropy';
 *
 * console.log(generateSecret('HS256').length); // 43
 * ```
 */
export function generateSecret(algorithm: HmacAlgorithm, encoding: GeneratedEncoding = 'base64url'): string {
  const row = isAlgorithm(algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (row?.keyType !== 'oct') throw new JwtConfigError('A secret is generated for HS256, HS384 or HS512.');
  const encode = { base64url: encodeBase64url, base64: encodeBase64, hex: encodeHex };
  if (!Object.hasOwn(encode, encoding)) throw new JwtConfigError('The encoding must be base64url, base64 or hex.');
  return encode[encoding](crypto.getRandomValues(new Uint8Array(row.minimumBits! / 8)));
}
