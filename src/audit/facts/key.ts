// A key, whatever it was given as, read once: JWK members, sizes, what its PEM looked like.

import { decodeBase64url } from '../../encoding/base64url.js';
import { isObject, type JsonObject, parseJsonObject } from '../../encoding/json.js';
import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';
import { exportMaterial } from '../../keys/import-key.js';
import { JWK_MEMBERS, type Jwk } from '../../keys/jwk.js';
import type { AnyKey } from '../../keys/key.js';
import { jwkThumbprint } from '../../keys/thumbprint.js';
import { isBytes } from '../shape.js';
import type { PemProblem } from './pem-key.js';
import { readSecret } from './secret.js';
import { own } from './token.js';

/** A key as far as it can be read. Its material never goes into a report. */
export interface KeyFacts {
  /** Where findings about it point, such as `/key` or `/jwks/keys/0`. */
  readonly path: string;
  readonly source: 'pem' | 'jwk' | 'ours' | 'text' | 'bytes';
  /** The members as a JWK has them, of whatever source; only kty, crv and alg of a key that cannot be exported. */
  readonly jwk: JsonObject;
  readonly type: 'oct' | 'RSA' | 'EC' | 'OKP' | 'AKP' | undefined;
  /** `crv`, where it is a string. */
  readonly curve: string | undefined;
  /** `alg`, where it is a string. */
  readonly alg: string | undefined;
  readonly kid: string | undefined;
  /** RSA numbers. */
  readonly modulus: bigint | undefined;
  readonly exponent: bigint | undefined;
  /** Size in bits of an RSA modulus or an HMAC secret. */
  readonly bits: number | undefined;
  /** Of HMAC: the text or the bytes, where they can be read. Never goes into a report. */
  readonly secret: string | Uint8Array | undefined;
  readonly isPrivate: boolean;
  /** RFC 7638, where the public members are there. Not of secrets: it would be a hash of the secret. */
  readonly thumbprint: string | undefined;
  /** Of a PEM: the label, where it is a usual one, and what is wrong with the text. */
  readonly pem: { readonly label: string | undefined; readonly problem: PemProblem | undefined } | undefined;
}

/** The members that only the private half has (RFC 7518 §6, RFC 9964 §3). */
export const PRIVATE_MEMBERS: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'];

/** Reads a key given as PEM, JWK (text or object), key of ours, other text or bytes. */
export async function readKey(given: unknown, path: string): Promise<KeyFacts> {
  if (typeof given === 'string') {
    if (given.includes('-----BEGIN')) return readPemKey(given, path);
    const jwk = parseJsonObject(given);
    return jwk ? readJwk(jwk, path) : readSecretKey(path, 'text', given);
  }
  if (isBytes(given)) return readSecretKey(path, 'bytes', given);
  if (!isObject(given)) return readJwk(given, path);
  return isOurs(given) ? readOurs(given, path) : readJwk(given, path);
}

/** Reads a member of a JWKS, or the jwk of a header: whatever it is, nothing is thrown. */
export async function readJwk(jwk: unknown, path: string): Promise<KeyFacts> {
  return facts(path, 'jwk', isObject(jwk) ? jwk : {});
}

async function readSecretKey(path: string, source: 'text' | 'bytes', secret: string | Uint8Array): Promise<KeyFacts> {
  const { bytes } = readSecret(secret, undefined);
  return { ...(await facts(path, source, { kty: 'oct' })), secret, bits: bytes.length * 8 };
}

function isOurs(given: JsonObject): given is JsonObject & AnyKey {
  return isObject(given.cryptoKey) && isAlgorithm(given.algorithm);
}

async function readOurs(key: AnyKey, path: string): Promise<KeyFacts> {
  const { keyType, curve } = ALGORITHMS[key.algorithm];
  const known: JsonObject = { kty: keyType, alg: key.algorithm, use: 'sig' };
  if (curve !== undefined) known.crv = curve;
  if (key.id !== undefined) known.kid = key.id;
  const material = key.cryptoKey.extractable ? await exportMaterial(key.algorithm, key.cryptoKey) : {};
  const jwk: JsonObject = { ...material, ...known };
  const base = await facts(path, 'ours', jwk);
  const { length, modulusLength, publicExponent } = key.cryptoKey.algorithm as {
    length?: number;
    modulusLength?: number;
    publicExponent?: Uint8Array;
  };
  return {
    ...base,
    bits: base.bits ?? modulusLength ?? length,
    exponent: base.exponent ?? (publicExponent && toBigInt(publicExponent)),
    isPrivate: key.role !== 'public',
  };
}

async function readPemKey(given: string, path: string): Promise<KeyFacts> {
  const { readPemText } = await import('./pem-key.js');
  const { label, problem, jwk } = readPemText(given);
  const base = await facts(path, 'pem', jwk ?? {});
  return { ...base, isPrivate: base.isPrivate || label?.endsWith('PRIVATE KEY') === true, pem: { label, problem } };
}

async function facts(path: string, source: KeyFacts['source'], jwk: JsonObject): Promise<KeyFacts> {
  const text = (name: string): string | undefined => {
    const value = own(jwk, name);
    return typeof value === 'string' ? value : undefined;
  };
  const kty = text('kty');
  const type = kty !== undefined && Object.hasOwn(JWK_MEMBERS, kty) ? (kty as KeyFacts['type']) : undefined;
  const modulus = type === 'RSA' ? number(text('n')) : undefined;
  const secret = type === 'oct' ? decodeSecret(text('k')) : undefined;
  return {
    path,
    source,
    jwk,
    type,
    curve: text('crv'),
    alg: text('alg'),
    kid: text('kid'),
    modulus,
    exponent: type === 'RSA' ? number(text('e')) : undefined,
    bits: modulus === undefined ? secret && secret.length * 8 : modulus.toString(2).length,
    secret,
    isPrivate: type === 'oct' || PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)),
    thumbprint: await thumbprintOf(type, jwk, text),
    pem: undefined,
  };
}

async function thumbprintOf(
  type: KeyFacts['type'],
  jwk: JsonObject,
  text: (name: string) => string | undefined,
): Promise<string | undefined> {
  if (type === undefined || type === 'oct') return undefined;
  const names = [...JWK_MEMBERS[type].public, ...(type === 'AKP' ? ['alg'] : type === 'RSA' ? [] : ['crv'])];
  // Nothing but Base64url and names is hashed: a lone surrogate, for one, has no UTF-8.
  return names.every((name) => /^[\w.-]{1,8192}$/.test(text(name) ?? '')) ? jwkThumbprint(jwk as Jwk) : undefined;
}

function decodeSecret(k: string | undefined): Uint8Array | undefined {
  return k === undefined ? undefined : decodeBase64url(k);
}

/** Longest number read, in Base64url characters: 16384 bits. */
const LONGEST = 2732;

function number(text: string | undefined): bigint | undefined {
  const bytes = text === undefined || text.length > LONGEST ? undefined : decodeBase64url(text);
  return bytes && toBigInt(bytes);
}

/** Big-endian bytes as a number; `undefined` when there are none. */
export function toBigInt(bytes: Uint8Array): bigint | undefined {
  if (bytes.length === 0) return undefined;
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}
