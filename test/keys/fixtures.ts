// Keys made with WebCrypto alone, in every form a caller may have them. Made once per test file.

import { expect } from 'vitest';
import { JwtConfigError } from '../../src/errors.js';
import type { Algorithm, AsymmetricAlgorithm, HmacAlgorithm, RsaAlgorithm } from '../../src/keys/algorithms.js';
import type { Jwk } from '../../src/keys/jwk.js';

export const HMAC = ['HS256', 'HS384', 'HS512'] as const satisfies HmacAlgorithm[];
export const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const satisfies RsaAlgorithm[];
export const ASYMMETRIC = [
  ...RSA,
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
] as const satisfies AsymmetricAlgorithm[];
export const ALL: readonly Algorithm[] = [...HMAC, ...ASYMMETRIC];

/** What WebCrypto calls the algorithms, written down independently of the table under test. */
const WEB_CRYPTO: Readonly<Record<AsymmetricAlgorithm, EcKeyImportParams & RsaHashedImportParams>> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', namedCurve: '' },
  RS384: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', namedCurve: '' },
  RS512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512', namedCurve: '' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256', namedCurve: '' },
  PS384: { name: 'RSA-PSS', hash: 'SHA-384', namedCurve: '' },
  PS512: { name: 'RSA-PSS', hash: 'SHA-512', namedCurve: '' },
  ES256: { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' },
  ES512: { name: 'ECDSA', hash: 'SHA-512', namedCurve: 'P-521' },
  Ed25519: { name: 'Ed25519', hash: '', namedCurve: '' },
  EdDSA: { name: 'Ed25519', hash: '', namedCurve: '' },
  'ML-DSA-44': { name: 'ML-DSA-44', hash: '', namedCurve: '' },
  'ML-DSA-65': { name: 'ML-DSA-65', hash: '', namedCurve: '' },
  'ML-DSA-87': { name: 'ML-DSA-87', hash: '', namedCurve: '' },
};

/** One pair in every form. The JWKs are bare: no alg (but for AKP), use, key_ops or ext. */
export interface Material {
  readonly privateJwk: Jwk;
  readonly publicJwk: Jwk;
  readonly privatePem: string;
  readonly publicPem: string;
  readonly privateCryptoKey: CryptoKey;
  readonly publicCryptoKey: CryptoKey;
}

const made = new Map<string, Promise<Material>>();

/** The pair for an algorithm; RSA algorithms share one of 2048 bits unless another size is asked for. */
export function material(algorithm: AsymmetricAlgorithm, bits = 2048): Promise<Material> {
  const name = `${algorithm} ${bits}`;
  const known = made.get(name) ?? make(algorithm, bits);
  made.set(name, known);
  return known;
}

async function make(algorithm: AsymmetricAlgorithm, bits: number): Promise<Material> {
  const parameters = WEB_CRYPTO[algorithm];
  if (parameters.name.startsWith('RSA') && algorithm !== 'RS256') {
    const { privateJwk, publicJwk, ...rest } = await material('RS256', bits);
    const importAs = (jwk: Jwk, use: KeyUsage) =>
      crypto.subtle.importKey('jwk', jwk as JsonWebKey, parameters, true, [use]);
    return {
      ...rest,
      privateJwk,
      publicJwk,
      privateCryptoKey: await importAs(privateJwk, 'sign'),
      publicCryptoKey: await importAs(publicJwk, 'verify'),
    };
  }
  const pair = (await crypto.subtle.generateKey(
    { ...parameters, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )) as CryptoKeyPair;
  return {
    privateJwk: await bareJwk(pair.privateKey),
    publicJwk: await bareJwk(pair.publicKey),
    privatePem: toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
    publicPem: toPem('PUBLIC KEY', await crypto.subtle.exportKey('spki', pair.publicKey)),
    privateCryptoKey: pair.privateKey,
    publicCryptoKey: pair.publicKey,
  };
}

async function bareJwk(key: CryptoKey): Promise<Jwk> {
  const { alg, key_ops, ext, ...jwk } = (await crypto.subtle.exportKey('jwk', key)) as Jwk;
  return jwk.kty === 'AKP' && alg !== undefined ? { ...jwk, alg } : jwk;
}

export function toPem(label: string, der: ArrayBuffer | Uint8Array): string {
  const body = Buffer.from(der as Uint8Array).toString('base64');
  return `-----BEGIN ${label}-----\n${body.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** An HMAC key of WebCrypto's. */
export function hmacCryptoKey(bytes: number, hash = 'SHA-256', usages: KeyUsage[] = ['sign', 'verify']) {
  return crypto.subtle.importKey('raw', new Uint8Array(bytes).fill(7), { name: 'HMAC', hash }, true, usages);
}

/** Changes bytes of a Base64url text. */
export function editBytes(text: string, edit: (bytes: number[]) => readonly number[]): string {
  return Buffer.from(edit([...Buffer.from(text, 'base64url')])).toString('base64url');
}

/** Runs what must end in JwtConfigError, that class exactly, and returns the error. */
export async function configError(action: () => unknown): Promise<JwtConfigError> {
  let result: unknown;
  try {
    result = await action();
  } catch (error) {
    expect(error).toBeInstanceOf(JwtConfigError);
    expect(error).toMatchObject({ name: 'JwtConfigError', code: 'ERR_JWT_CONFIG' });
    return error as JwtConfigError;
  }
  throw new Error(`accepted: ${typeof result}`);
}
