// Tokens made by hand with node:crypto: nothing here goes through the library's own encoder or signer.

import { constants, createHmac, generateKeyPairSync, type KeyObject, sign as nodeSign } from 'node:crypto';
import { expect } from 'vitest';
import { createVerifier, JwtError, key, type Verifier, type VerifierPolicy } from '../../src/index.js';

/** The time of every test, in seconds. */
export const NOW = 1_800_000_000;
export const clock = (): number => NOW * 1000;
export const clockAt = (seconds: number) => (): number => seconds * 1000;

export const ISSUER = 'https://auth.example.com';
export const AUDIENCE = 'billing-api';
/** 64 bytes: enough for every HMAC. */
export const SECRET = 'a-secret-of-sixty-four-characters-which-is-enough-for-every-hmac';

/** Claims that the policy of {@link verifier} accepts at {@link NOW}. */
export const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'user-42', iat: NOW, exp: NOW + 900 };

/** Makes the signature over a signing input. */
export type Signer = (input: string) => Uint8Array;

const RSA_LIKE = { RS: constants.RSA_PKCS1_PADDING, PS: constants.RSA_PKCS1_PSS_PADDING } as const;

/** A signer for a JOSE algorithm with a key that it need not fit. */
export function signer(algorithm: string, material: KeyObject | string | Uint8Array): Signer {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS'))
    return (input) =>
      createHmac(hash, material as string)
        .update(input)
        .digest();
  const privateKey = material as KeyObject;
  return (input) => {
    const data = Buffer.from(input);
    if (algorithm.startsWith('Ed')) return nodeSign(null, data, privateKey);
    if (algorithm.startsWith('ES')) return nodeSign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const padding = RSA_LIKE[algorithm.slice(0, 2) as 'RS' | 'PS'];
    return nodeSign(hash, data, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
  };
}

export const hs256 = signer('HS256', SECRET);

/** Base64url of text or bytes. */
export function b64(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64url');
}

/** A token of two segments as they are, rightly signed. */
export function rawSegments(header: string, payload: string, sign: Signer = hs256): string {
  return `${header}.${payload}.${b64(sign(`${header}.${payload}`))}`;
}

/** A token of header and payload texts (or bytes), rightly signed. */
export function rawToken(header: string | Uint8Array, payload: string | Uint8Array, sign: Signer = hs256): string {
  return rawSegments(b64(header), b64(payload), sign);
}

/** A token of a header and claims, rightly signed. */
export function token(claims: unknown = CLAIMS, header: unknown = { alg: 'HS256' }, sign: Signer = hs256): string {
  return rawToken(JSON.stringify(header), JSON.stringify(claims), sign);
}

export const secretKey = await key('HS256').secret({ text: SECRET });

/** A verifier of HS256 tokens from {@link ISSUER}; more options, or others, of any type. */
export function verifier(more: object = {}): Verifier {
  return createVerifier({ keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock, ...more } as VerifierPolicy);
}

/** The JwtError with which a verifier refuses something: thrown by `verify`, returned by `verify.safe`. */
export async function refusal(verify: Verifier<unknown, unknown>, given: unknown): Promise<JwtError> {
  const thrown: unknown = await verify(given as string).then(
    () => 'accepted',
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(JwtError);
  const error = thrown as JwtError;
  // It says something, and more than a name.
  expect(error.message).toMatch(/\w+ \w+ \w+/);
  const safe = await verify.safe(given as string);
  expect(safe).toEqual({ ok: false, error: expect.any(JwtError) });
  expect(!safe.ok && { code: safe.error.code, claim: safe.error.claim }).toEqual({
    code: error.code,
    claim: error.claim,
  });
  return error;
}

/** Key pairs of node:crypto, made when first asked for. */
const pairs = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();

export function nodePair(
  kind: 'rsa' | 'P-256' | 'P-384' | 'P-521' | 'ed25519',
  name = '',
): {
  privateKey: KeyObject;
  publicKey: KeyObject;
} {
  const id = `${kind} ${name}`;
  const known = pairs.get(id);
  if (known) return known;
  const made =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: kind });
  pairs.set(id, made);
  return made;
}

export const spkiPem = (publicKey: KeyObject): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** What is thrown, synchronously or not. */
export async function caught(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  return 'nothing was thrown';
}
