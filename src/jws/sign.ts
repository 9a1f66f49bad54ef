import { encodeBase64url } from '../encoding/base64url.js';
import { isObject } from '../encoding/json.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import { JwtConfigError } from '../errors.js';
import { assertKey } from '../keys/check-key.js';
import type { SigningKey } from '../keys/key.js';
import type { HeaderBuilder } from './header.js';
import { appendSignature } from './signature.js';

/**
 * Signs any bytes as a compact JWS (RFC 7515 §3.1). For JWTs use `sign` of `jwtight`, which knows claims.
 *
 * @throws JwtConfigError when the payload is not bytes, or the key cannot sign.
 * @example
 * ```ts
 * import { key } from 'jwtight';
 * import { signCompact, verifyCompact } from 'jwtight/jws';
 *
 * const secret = await key('HS256').generate();
 * const jws = await signCompact(new TextEncoder().encode('{"event":"paid"}'), secret);
 * const { payload } = await verifyCompact(jws, secret);
 * console.log(new TextDecoder().decode(payload)); // {"event":"paid"}
 * ```
 */
export async function signCompact(payload: Uint8Array, key: SigningKey, header?: HeaderBuilder): Promise<string> {
  if (Object.prototype.toString.call(payload) !== '[object Uint8Array]')
    throw new JwtConfigError('the payload must be a Uint8Array: encode text with TextEncoder');
  assertKey(key, 'sign');
  return appendSignature(`${encodeHeader(key, header)}.${encodeBase64url(payload)}`, key);
}

/** The header segment: alg and kid from the key, the rest from the builder. */
export function encodeHeader(key: SigningKey, header: HeaderBuilder | undefined, typ?: string): string {
  if (header !== undefined && !(isObject(header) && isObject(header.parameters)))
    throw new JwtConfigError('pass a header made with header()');
  const parameters = {
    alg: key.algorithm,
    ...(typ === undefined ? undefined : { typ }),
    ...(key.id === undefined ? undefined : { kid: key.id }),
    ...header?.parameters,
  };
  return encodeBase64url(encodeUtf8(JSON.stringify(parameters))!);
}
