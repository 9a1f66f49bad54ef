import { encodeBase64url } from '../encoding/base64url.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import type { AlgorithmRow } from './algorithms.js';
import { JWK_MEMBERS, type Jwk } from './jwk.js';

/** The thumbprint of checked key material (RFC 7638 §3): SHA-256 of its required members in order. */
export async function jwkThumbprint(material: Jwk): Promise<string> {
  const type = material.kty as AlgorithmRow['keyType'];
  const names = type === 'oct' ? (['k'] as const) : JWK_MEMBERS[type].public;
  // RFC 9964 §6: for AKP keys alg is a required member, as crv is for curves.
  const required = [type === 'AKP' ? 'alg' : 'crv', 'kty', ...names].sort();
  const text = JSON.stringify(material, required);
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encodeUtf8(text)!)));
}
