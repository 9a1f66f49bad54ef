// Shared by the tests of diagnose: keys, a verifier, tokens that are right until a test breaks them.

import { claims, createVerifier, key, sign } from 'jwtight';
import { type CauseConfidence, type CauseId, type DiagnoseOptions, type Diagnosis, diagnose } from 'jwtight/audit';
import { expect } from 'vitest';
import { base64url, NOW, NOW_SECONDS } from '../support.js';

export const ISSUER = 'https://auth.example.com';
export const AUDIENCE = 'https://api.example.com';

export const pair: Awaited<ReturnType<typeof makePair>> = await makePair('one');
export const otherPair: Awaited<ReturnType<typeof makePair>> = await makePair('two');
export const secret = await key('HS256').extractable().generate();

function makePair(id: string) {
  return key('ES256').id(id).extractable().generate();
}

const clock = () => NOW;

export const verifier = createVerifier({
  keys: pair.publicKey,
  issuer: ISSUER,
  audience: AUDIENCE,
  clockTolerance: 0,
  clock,
});

/** Claims that the verifier takes. */
export function goodClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { iss: ISSUER, aud: AUDIENCE, sub: 'user-42', iat: NOW_SECONDS, exp: NOW_SECONDS + 900, ...changes };
}

/** A token that is right but for the changes. */
export async function tokenWith(changes: Record<string, unknown> = {}, signer = pair.privateKey): Promise<string> {
  return signed({ alg: 'ES256', kid: 'one', typ: 'JWT' }, goodClaims(changes), signer);
}

export const good: string = await sign(
  claims()
    .with(goodClaims())
    .expiresAt(NOW_SECONDS + 900),
  pair.privateKey,
  {
    clock,
  },
);

/** Signs any header and claims, JSON or not, as a faulty producer would. */
export async function signed(
  header: object | string,
  payload: object | string | Uint8Array,
  signer: { readonly cryptoKey: CryptoKey } = pair.privateKey,
  encode: (data: string | Uint8Array) => string = base64url,
): Promise<string> {
  const json = (part: object | string | Uint8Array) =>
    encode(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part));
  return signText(`${json(header)}.${json(payload)}`, signer, encode);
}

/** Signs a text with ECDSA, HMAC or RSA by the kind of the key. */
export async function signText(
  input: string,
  signer: { readonly cryptoKey: CryptoKey } = pair.privateKey,
  encode: (data: Uint8Array) => string = base64url,
): Promise<string> {
  const parameters = { name: signer.cryptoKey.algorithm.name, hash: 'SHA-256' };
  const bytes = await crypto.subtle.sign(parameters, signer.cryptoKey, new TextEncoder().encode(input));
  return `${input}.${encode(new Uint8Array(bytes))}`;
}

/** A token with an HMAC by these bytes, of any length. */
export async function hmacToken(bytes: string | Uint8Array, alg = 'HS256'): Promise<string> {
  const data = Uint8Array.from(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  const cryptoKey = await crypto.subtle.importKey('raw', data, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return signed({ alg, typ: 'JWT' }, goodClaims(), { cryptoKey });
}

/** The diagnosis, by the verifier unless told otherwise; plain JSON whatever the token. */
export async function diagnosed(token: string, options: DiagnoseOptions = { verifier, now: NOW }): Promise<Diagnosis> {
  const made = await diagnose(token, options);
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  expect(made.ok).toBe(made.causes.length === 0);
  const ranks = made.causes.map(({ confidence }) => ['certain', 'likely', 'possible'].indexOf(confidence));
  expect(ranks).toEqual([...ranks].sort());
  return made;
}

/** Passes when these causes are found, in this order, and no others; gives their messages. */
export async function finds(
  token: string,
  expected: readonly (CauseId | readonly [CauseId, CauseConfidence])[],
  options?: DiagnoseOptions,
): Promise<string> {
  const { causes } = await diagnosed(token, options);
  const wanted = expected.map((one) => (typeof one === 'string' ? [one, 'certain'] : one));
  expect(causes.map(({ id, confidence }) => [id, confidence])).toEqual(wanted);
  expect(causes.every(({ message, remediation }) => message !== '' && remediation !== '')).toBe(true);
  return causes.map(({ message }) => message).join('\n');
}
