import { writePem } from '../encoding/pem.js';
import { JwtConfigError } from '../errors.js';
import { assertKey } from './check-key.js';
import { exportMaterial, refusing } from './import-key.js';
import { checkJwk, type Jwk } from './jwk.js';
import type { AnyKey, PrivateKey, PublicKey } from './key.js';
import { jwkThumbprint } from './thumbprint.js';

function assertExportable(key: unknown): asserts key is AnyKey {
  assertKey(key);
  if (!key.cryptoKey.extractable) throw new JwtConfigError('the key cannot be exported: make it with .extractable()');
}

/**
 * Exports a key as a JWK with `alg`, `use` and, where it has an id, `kid` (RFC 7517 §4).
 *
 * A private or secret key must have been made with `.extractable()`.
 *
 * @throws JwtConfigError when the key cannot be exported.
 * @example
 * ```ts
 * import { exportJwk, key } from 'jwtight';
 *
 * const { publicKey } = await key('ES256').id('2026-11').generate();
 * console.log(await exportJwk(publicKey)); // { kty: 'EC', crv: 'P-256', x: …, y: …, alg: 'ES256', use: 'sig', kid: '2026-11' }
 * ```
 */
export async function exportJwk(key: AnyKey): Promise<Jwk> {
  assertExportable(key);
  const { algorithm, role, id, cryptoKey } = key;
  const { material } = checkJwk(algorithm, role, await exportMaterial(algorithm, cryptoKey));
  return { ...material, alg: algorithm, use: 'sig', ...(id === undefined ? undefined : { kid: id }) };
}

/**
 * Exports a private key as PKCS#8 PEM, a public key as SPKI PEM (RFC 7468 §10, §13).
 *
 * @throws JwtConfigError for a secret, or when the key cannot be exported.
 * @example
 * ```ts
 * import { exportPem, key } from 'jwtight';
 *
 * const { publicKey } = await key('Ed25519').generate();
 * console.log(await exportPem(publicKey)); // -----BEGIN PUBLIC KEY----- …
 * ```
 */
export async function exportPem(key: PrivateKey | PublicKey): Promise<string> {
  assertExportable(key);
  const { algorithm, role, cryptoKey } = key as AnyKey;
  if (role === 'secret') throw new JwtConfigError('a secret has no PEM form: use exportJwk');
  const der = await refusing(algorithm, () =>
    crypto.subtle.exportKey(role === 'private' ? 'pkcs8' : 'spki', cryptoKey),
  );
  return writePem(role === 'private' ? 'PRIVATE KEY' : 'PUBLIC KEY', new Uint8Array(der));
}

/**
 * The thumbprint of a key: the Base64url SHA-256 of its public members (RFC 7638 §3).
 *
 * Private and public halves of a pair have the same one. A secret's is a hash of the secret itself.
 *
 * @throws JwtConfigError when the key cannot be exported; take the public half's then.
 * @example
 * ```ts
 * import { key, thumbprint } from 'jwtight';
 *
 * const { publicKey } = await key('ES256').id().generate();
 * console.log((await thumbprint(publicKey)) === publicKey.id); // true
 * ```
 */
export async function thumbprint(key: AnyKey): Promise<string> {
  return jwkThumbprint(await exportJwk(key));
}
