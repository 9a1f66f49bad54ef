// A PKCS#8 or SPKI key as JWK members, without WebCrypto: the audit also has to see the keys that WebCrypto refuses.

import { encodeBase64url } from '../../encoding/base64url.js';
import { type DerElement, readDer } from '../../encoding/der.js';
import type { JsonObject } from '../../encoding/json.js';
import type { PemKey } from '../../encoding/pem.js';

/** Key type and, of curves, `crv` with the length of a coordinate in bytes, by object identifier in hexadecimal. */
const CURVES: Readonly<Record<string, readonly [crv: string, bytes: number]>> = {
  '2a8648ce3d030101': ['P-192', 24],
  '2b81040021': ['P-224', 28],
  '2a8648ce3d030107': ['P-256', 32],
  '2b81040022': ['P-384', 48],
  '2b81040023': ['P-521', 66],
  '2b8104000a': ['secp256k1', 32],
};
/** RFC 8410 §3. */
const EDWARDS: Readonly<Record<string, string>> = {
  '2b656e': 'X25519',
  '2b656f': 'X448',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
};
const RSA = '2a864886f70d0101';
const EC = '2a8648ce3d0201';
/** NIST's arc of ML-DSA (RFC 9881 §2): 2.16.840.1.101.3.4.3.17 to .19. */
const ML_DSA: Readonly<Record<string, string>> = {
  '608648016503040311': 'ML-DSA-44',
  '608648016503040312': 'ML-DSA-65',
  '608648016503040313': 'ML-DSA-87',
};
const RSA_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The elements within the first element of the bytes; none where there are none. */
function within(bytes: Uint8Array): readonly DerElement[] {
  return readDer(readDer(bytes)?.[0]?.content ?? new Uint8Array()) ?? [];
}

/** The members of a JWK for a key, or `undefined` when its type is not known or its bytes are not what they should be. */
export function derToJwk({ kind, der }: PemKey): JsonObject | undefined {
  const [identifier, key] = kind === 'spki' ? within(der) : within(der).slice(1);
  if (!identifier || !key) return undefined;
  const [type, parameter] = within(identifier.bytes);
  const oid = type ? hex(type.content) : '';
  // A BIT STRING begins with the number of unused bits.
  const inner = kind === 'spki' ? key.content.subarray(1) : key.content;
  if (oid.startsWith(RSA)) return rsa(inner, kind);
  if (oid === EC) return ec(inner, kind, parameter?.tag === 6 ? hex(parameter.content) : '');
  if (Object.hasOwn(EDWARDS, oid)) return edwards(EDWARDS[oid]!, inner, kind);
  if (Object.hasOwn(ML_DSA, oid)) {
    return { kty: 'AKP', alg: ML_DSA[oid], [kind === 'spki' ? 'pub' : 'priv']: encodeBase64url(inner) };
  }
  return undefined;
}

function rsa(bytes: Uint8Array, kind: PemKey['kind']): JsonObject | undefined {
  const numbers = kind === 'spki' ? within(bytes) : within(bytes).slice(1);
  if (numbers.length < 2) return undefined;
  const jwk: JsonObject = { kty: 'RSA' };
  for (const [i, name] of RSA_MEMBERS.entries()) {
    // DER puts a zero before a number whose first bit is set; JWK does not (RFC 7518 §2).
    if (numbers[i]) jwk[name] = encodeBase64url(trimZeros(numbers[i].content));
  }
  return jwk;
}

function trimZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(0, 1) : bytes.subarray(start);
}

function ec(bytes: Uint8Array, kind: PemKey['kind'], curveOid: string): JsonObject {
  // A curve we do not know keeps its name out of the report and is judged as unknown.
  const [crv, length] = Object.hasOwn(CURVES, curveOid) ? CURVES[curveOid]! : ['unknown', 0];
  if (kind === 'spki') return { kty: 'EC', crv, ...point(bytes, length) };
  const [, secret, ...optional] = within(bytes);
  const publicKey = optional.filter(({ tag }) => tag === 0xa1).flatMap(({ content }) => readDer(content) ?? [])[0];
  return {
    kty: 'EC',
    crv,
    ...(publicKey && point(publicKey.content.subarray(1), length)),
    ...(secret && { d: encodeBase64url(secret.content) }),
  };
}

/** An uncompressed point (SEC 1 §2.3.3); a compressed one has no y. */
function point(bytes: Uint8Array, length: number): JsonObject {
  const half = length || (bytes.length - 1) >> 1;
  const x = encodeBase64url(bytes.subarray(1, 1 + half));
  return bytes[0] === 4 ? { x, y: encodeBase64url(bytes.subarray(1 + half)) } : { x };
}

function edwards(crv: string, bytes: Uint8Array, kind: PemKey['kind']): JsonObject {
  if (kind === 'spki') return { kty: 'OKP', crv, x: encodeBase64url(bytes) };
  // RFC 8410 §7: the private key is an OCTET STRING within the OCTET STRING.
  return { kty: 'OKP', crv, d: encodeBase64url(readDer(bytes)?.[0]?.content ?? bytes) };
}
