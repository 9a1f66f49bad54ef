import { decodeBase64url } from '../encoding/base64url.js';
import type { JsonObject } from '../encoding/json.js';
import { ALGORITHMS, type Algorithm, type AlgorithmRow } from '../keys/algorithms.js';
import type { PublicKey } from '../keys/key.js';
import { type PublicKeyTexts, publicKeyTexts } from './public-key-texts.js';
import { encodeSegment, segmentsOf, signRaw } from './raw-token.js';
import { type TestKeys, testKeys } from './test-keys.js';

/** Where the attacker of the catalogue publishes keys. The test issuer's `fetch` answers for this host too. */
export const ATTACKER: string = 'https://attacker.example';

/** The secret of the attacker's that injected key lookups are made to find. */
export const ATTACKER_SECRET: string = 'a secret of the attacker, thirty-two bytes or more';

/** What an attack is made of: one genuine issuer, one attacker. */
export interface AttackContext {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: Algorithm;
  readonly row: AlgorithmRow;
  /** Seconds. */
  readonly now: number;
  readonly keys: TestKeys;
  readonly attacker: TestKeys;
  /** The public key in its forms; `undefined` where the algorithm has a secret. */
  readonly texts: PublicKeyTexts | undefined;
  readonly attackerTexts: PublicKeyTexts | undefined;
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** The claims an attacker would like to have. */
  readonly forged: JsonObject;
  /** A genuine token, and its segments. */
  readonly token: string;
  readonly segments: { readonly header: string; readonly payload: string; readonly signature: string };
  readonly signature: Uint8Array<ArrayBuffer>;
  /** A token of the issuer's with other claims or header parameters; `undefined` leaves one out. */
  issued(claims: JsonObject, header?: JsonObject): Promise<string>;
  /** A token of the issuer's over any header and payload. */
  issuedRaw(header: unknown, payload: unknown): Promise<string>;
  /** Forged claims under a header with these parameters, unsigned and without the last dot. */
  forgedInput(header: JsonObject): string;
  /** Forged claims signed by the attacker. */
  signedByAttacker(header: JsonObject, claims?: JsonObject): Promise<string>;
}

/** Who is attacked, and when. */
export interface AttackSetting {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: Algorithm;
  readonly now: number;
}

/** The genuine token that the attacks are made from. */
export interface GenuineToken {
  readonly keys: TestKeys;
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly token: string;
}

/** Prepares what the attacks share; the genuine token is one of a test issuer's unless it is given. */
export async function attackContext(setting: AttackSetting, given?: GenuineToken): Promise<AttackContext> {
  const { issuer, audience, algorithm, now } = setting;
  const [genuine, attacker] = await Promise.all([given ?? usualToken(setting), testKeys(algorithm, ATTACKER)]);
  const { keys, header, claims, token } = genuine;
  const forged = { ...claims, sub: claims.sub === 'administrator' ? 'root' : 'administrator', admin: true };
  const segments = segmentsOf(token);
  return {
    issuer,
    audience,
    algorithm,
    row: ALGORITHMS[algorithm],
    now,
    keys,
    attacker,
    texts: await textsOf(keys),
    attackerTexts: await textsOf(attacker),
    header,
    claims,
    forged,
    token,
    segments,
    signature: decodeBase64url(segments.signature)!,
    issued: (more, parameters = {}) => signRaw({ ...header, ...parameters }, { ...claims, ...more }, keys.signing),
    issuedRaw: (anyHeader, payload) => signRaw(anyHeader, payload, keys.signing),
    forgedInput: (parameters) => `${encodeSegment({ ...header, ...parameters })}.${encodeSegment(forged)}`,
    signedByAttacker: (parameters, more = {}) =>
      signRaw({ ...header, ...parameters }, { ...forged, ...more }, attacker.signing),
  };
}

async function usualToken({ issuer, audience, algorithm, now }: AttackSetting): Promise<GenuineToken> {
  const keys = await testKeys(algorithm, issuer);
  const header = { alg: algorithm, typ: 'JWT', kid: keys.signing.id };
  const jti = crypto.randomUUID();
  const claims = { iss: issuer, sub: 'user-42', aud: audience, iat: now, exp: now + 900, jti };
  return { keys, header, claims, token: await signRaw(header, claims, keys.signing) };
}

async function textsOf({ verification, jwk, signing }: TestKeys): Promise<PublicKeyTexts | undefined> {
  return verification.role === 'public' ? publicKeyTexts(verification as PublicKey, jwk, signing) : undefined;
}
