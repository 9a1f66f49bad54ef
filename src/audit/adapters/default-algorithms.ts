// What jsonwebtoken and fast-jwt accept where no algorithms are listed: those that fit the type of the key.

import { decodeBase64 } from '../../encoding/base64.js';
import { parseJsonObject } from '../../encoding/json.js';
import { decodeUtf8 } from '../../encoding/utf8.js';
import { isBytes } from '../shape.js';
import { keysOf } from './shared.js';

/** The types of keys that the libraries tell apart. */
export type KeyKind = 'secret' | 'RSA' | 'P-256' | 'P-384' | 'P-521' | 'secp256k1' | 'EdDSA';

export const HS: readonly string[] = ['HS256', 'HS384', 'HS512'];
export const RSA: readonly string[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** Object identifiers with tag and length, in hexadecimal: of the key, and of the curve behind id-ecPublicKey. */
const IDENTIFIERS: readonly (readonly [KeyKind, string])[] = [
  ['RSA', '06092a864886f70d010101'],
  ['P-256', '06072a8648ce3d020106082a8648ce3d030107'],
  ['P-384', '06072a8648ce3d020106052b81040022'],
  ['P-521', '06072a8648ce3d020106052b81040023'],
  ['secp256k1', '06072a8648ce3d020106052b8104000a'],
  ['EdDSA', '06032b6570'],
  ['EdDSA', '06032b6571'],
];

/** The type of a key given as text or bytes; `undefined` when it cannot be seen. */
export function kindOf(given: unknown): KeyKind | undefined {
  const [key, ...others] = Array.isArray(given) ? [] : ([keysOf(given)].flat() as unknown[]);
  if (others.length > 0) return undefined;
  const text = isBytes(key) ? (decodeUtf8(key) ?? '') : key;
  if (typeof text !== 'string') return undefined;
  const begin = text.indexOf('-----BEGIN ');
  if (begin >= 0) return kindOfPem(text.slice(begin));
  // Nothing is no key, and a JWK is no secret.
  return key === '' || parseJsonObject(text) ? undefined : 'secret';
}

function kindOfPem(text: string): KeyKind | undefined {
  const [, label, body = ''] = /^-----BEGIN ([A-Z ]{1,64})-----([^-]*)/.exec(text) ?? [];
  // PKCS#1 has no identifier.
  if (label?.startsWith('RSA ')) return 'RSA';
  const bytes = decodeBase64(body.replace(/\s+/g, ''));
  const hex = Array.from(bytes ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
  return IDENTIFIERS.find(([, identifier]) => hex.includes(identifier))?.[0];
}
