// Keys from what people paste: PEM, certificates, JWKs and secrets.

import {
  type Algorithm,
  type AsymmetricAlgorithm,
  exportJwk,
  type HmacAlgorithm,
  type Jwk,
  type KeyMaterial,
  key,
  type PrivateKey,
  type PublicKey,
  type SecretMaterial,
} from 'jwtight';
import type { Keys } from './state.js';

/** The forms a key can be given in: id and what to call it. */
export const PAIR_KINDS = [
  ['private', 'a private key (PEM or JWK)'],
  ['public', 'a public key or certificate (PEM or JWK)'],
] as const;
export const SECRET_KINDS = [
  ['text', 'a secret: the characters themselves'],
  ['base64url', 'a secret in base64url'],
  ['base64', 'a secret in Base64'],
  ['hex', 'a secret in hexadecimal'],
  ['jwk', 'a secret as JWK'],
] as const;

export type ImportKind = (typeof PAIR_KINDS | typeof SECRET_KINDS)[number][0];

export function isHmac(algorithm: Algorithm): algorithm is HmacAlgorithm {
  return algorithm.startsWith('HS');
}

/** Makes a new key, named by its thumbprint. It can be exported, so that it can be taken away. */
export async function generateKeys(algorithm: Algorithm): Promise<Keys> {
  if (isHmac(algorithm)) {
    const secret = await key(algorithm).id().extractable().generate();
    return { signing: secret, verification: secret, pair: secret };
  }
  const pair = await key(algorithm as 'ES256')
    .id()
    .extractable()
    .generate();
  return { signing: pair.privateKey, verification: pair.publicKey, pair };
}

/** Text as the tagged source it is: a JWK is a JSON object, everything else is PEM. */
export function materialOf(text: string): KeyMaterial {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return { pem: trimmed };
  try {
    return { jwk: JSON.parse(trimmed) as Jwk };
  } catch {
    // The parser's own message would repeat what it read.
    throw new SyntaxError('the JWK is not valid JSON');
  }
}

/** Imports a key that somebody has. Without an id it is named by its own kid, or else by its thumbprint. */
export async function importKeys(algorithm: Algorithm, kind: ImportKind, text: string, id: string): Promise<Keys> {
  if (isHmac(algorithm)) {
    const source = (kind === 'jwk' ? materialOf(text) : { [kind]: text }) as SecretMaterial;
    const secret = await named(key(algorithm), source, id).extractable().secret(source);
    return { signing: secret, verification: secret, pair: secret };
  }
  const source = materialOf(text);
  const builder = named(key(algorithm as AsymmetricAlgorithm), source, id);
  if (kind === 'public') return { verification: await builder.public(source) };
  const privateKey = await builder.extractable().private(source);
  const publicKey = await publicHalf(privateKey);
  return { signing: privateKey, verification: publicKey, pair: { privateKey, publicKey } };
}

function named<B extends { id(kid?: string): B }>(builder: B, source: object, id: string): B {
  if (id !== '') return builder.id(id);
  const { jwk } = source as { jwk?: { kid?: unknown } | null };
  return jwk?.kid === undefined ? builder.id() : builder;
}

const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'pub'] as const;

/** The public half of a private key that can be exported. */
export async function publicHalf(privateKey: PrivateKey): Promise<PublicKey> {
  const jwk = await exportJwk(privateKey);
  const members = PUBLIC_MEMBERS.flatMap((name) => (jwk[name] === undefined ? [] : [[name, jwk[name]]]));
  const builder = key(privateKey.algorithm);
  const withId = privateKey.id === undefined ? builder : builder.id(privateKey.id);
  return withId.public({ jwk: Object.fromEntries(members) as Jwk });
}
