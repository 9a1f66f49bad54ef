import { encodeBase64url } from '../encoding/base64url.js';
import { assertJson, isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { assertKey } from '../keys/check-key.js';
import type { SigningKey } from '../keys/key.js';
import { encodeJsonSegment } from './compact.js';
import { checkParameters, type HeaderBuilder } from './header.js';
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

/** Header segments by key and typ, where nothing else is in them. Of frozen keys only: theirs cannot change. */
const plainHeaders: WeakMap<SigningKey, Map<string | undefined, string>> = /* @__PURE__ */ new WeakMap();

/** The header segment: alg and kid from the key, the rest from the builder. */
export function encodeHeader(key: SigningKey, header: HeaderBuilder | undefined, typ?: string): string {
  if (header !== undefined) return encodeParameters(key, typ, header);
  let segments = plainHeaders.get(key);
  const known = segments?.get(typ);
  if (known !== undefined) return known;
  const segment = encodeParameters(key, typ, { parameters: {} });
  segments ??= new Map();
  segments.set(typ, segment);
  if (Object.isFrozen(key)) plainHeaders.set(key, segments);
  return segment;
}

function encodeParameters(key: SigningKey, typ: string | undefined, header: Pick<HeaderBuilder, 'parameters'>): string {
  const given = isObject(header) ? header.parameters : undefined;
  if (!isObject(given)) throw new JwtConfigError('pass a header made with header()');
  checkParameters(given);
  assertJson(given, 'header');
  const parameters = {
    alg: key.algorithm,
    ...(typ === undefined ? undefined : { typ }),
    ...(key.id === undefined ? undefined : { kid: key.id }),
    ...given,
  };
  return encodeJsonSegment(parameters);
}
