import { decodeBase64url } from '../encoding/base64url.js';
import { isObject } from '../encoding/json.js';
import { readPem } from '../encoding/pem.js';
import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm } from './algorithms.js';
import { checkCryptoKey, tooShort } from './check-key.js';
import { type CheckedJwk, checkJwk, type Jwk, OPERATIONS } from './jwk.js';
import type { AnyKey, KeyRole } from './key.js';
import type { PlatformCryptoKey } from './platform.js';
import { jwkThumbprint } from './thumbprint.js';

/** Where a private or public key comes from. The tag says what it is: nothing is guessed from the text. */
export type KeyMaterial =
  /** PKCS#8, SPKI, X.509 certificate, PKCS#1 or SEC 1, as text. */
  | { readonly pem: string }
  /** A JWK (RFC 7517), as an object. */
  | { readonly jwk: Jwk }
  /** A WebCrypto key, used as it is. */
  | { readonly cryptoKey: PlatformCryptoKey };

/** What the builder has collected before a key is made. */
export interface KeySettings {
  /** A key id, or `true` for the thumbprint (RFC 7638). */
  readonly id?: string | true;
  readonly extractable: boolean;
  readonly modulusLength: number;
}

/** Makes a key of ours, after a last look at its strength. */
export function makeKey(algorithm: Algorithm, role: KeyRole, cryptoKey: unknown, id: string | undefined): AnyKey {
  checkCryptoKey(algorithm, role, cryptoKey);
  return Object.freeze({ algorithm, ...(id === undefined ? undefined : { id }), role, cryptoKey }) as AnyKey;
}

/** Turns what WebCrypto refuses into an error of ours. */
export async function refusing<T>(algorithm: Algorithm, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new JwtConfigError(
      isObject(error) && error.name === 'NotSupportedError'
        ? `this runtime does not support ${algorithm}`
        : `the key is not a valid ${algorithm} key`,
    );
  }
}

/** Imports a private or public key from its tagged source. */
export async function importKey(
  algorithm: AsymmetricAlgorithm,
  role: 'private' | 'public',
  source: KeyMaterial,
  settings: KeySettings,
): Promise<AnyKey> {
  const [tag, value] = sourceTag(source, ['pem', 'jwk', 'cryptoKey']);
  if (tag === 'jwk') return importJwk(algorithm, role, value, settings);
  if (tag === 'pem') return importJwk(algorithm, role, await pemToJwk(algorithm, role, value), settings);

  checkCryptoKey(algorithm, role, value);
  const { id } = settings;
  if (!value.extractable) {
    if (id === true) throw new JwtConfigError("a key that cannot be exported has no thumbprint: name it with id('…')");
    return makeKey(algorithm, role, value, id);
  }
  const checked = checkJwk(algorithm, role, await exportMaterial(algorithm, value));
  return makeKey(algorithm, role, value, await keyId(checked, settings));
}

/** The one tag of a source and its value. */
export function sourceTag<T extends string>(source: unknown, tags: readonly T[]): [T, unknown] {
  const [entry, ...others] = isObject(source) ? Object.entries(source) : [];
  if (!entry || others.length > 0 || !tags.includes(entry[0] as T))
    throw new JwtConfigError(`pass one of { ${tags.join(' }, { ')} }`);
  return entry as [T, unknown];
}

/** A key from a JWK: the way every imported asymmetric key and every JWK secret is checked. */
export async function importJwk(
  algorithm: Algorithm,
  role: KeyRole,
  jwk: unknown,
  settings: KeySettings,
): Promise<AnyKey> {
  const checked = checkJwk(algorithm, role, jwk);
  const { material, usages } = checked;
  if (material.k !== undefined && decodeBase64url(material.k)!.length * 8 < ALGORITHMS[algorithm].minimumBits!)
    throw tooShort(algorithm);
  const { parameters } = ALGORITHMS[algorithm];
  const cryptoKey = await refusing(algorithm, () =>
    crypto.subtle.importKey(
      'jwk',
      material as JsonWebKey,
      parameters,
      role === 'public' || settings.extractable,
      usages,
    ),
  );
  return makeKey(algorithm, role, cryptoKey, await keyId(checked, settings));
}

async function keyId({ material, kid }: CheckedJwk, { id }: KeySettings): Promise<string | undefined> {
  return id === true ? jwkThumbprint(material) : (id ?? kid);
}

/** PEM goes through a JWK, so that both get the same checks. */
async function pemToJwk(algorithm: AsymmetricAlgorithm, role: 'private' | 'public', pem: unknown): Promise<Jwk> {
  const { kind, der } = readPem(pem);
  if ((kind === 'spki') !== (role === 'public'))
    throw new JwtConfigError(
      `the PEM holds a ${role === 'public' ? 'private' : 'public'} key, a ${role} one is needed`,
    );
  const key = await refusing(algorithm, () =>
    crypto.subtle.importKey(kind, der, ALGORITHMS[algorithm].parameters, true, OPERATIONS[role]),
  );
  return exportMaterial(algorithm, key);
}

/** What WebCrypto exports, less its own view of alg and key_ops: names differ between runtimes. */
export async function exportMaterial(algorithm: Algorithm, key: PlatformCryptoKey): Promise<Jwk> {
  const { alg, key_ops, ext, ...jwk } = (await refusing(algorithm, () => crypto.subtle.exportKey('jwk', key))) as Jwk;
  return jwk;
}
