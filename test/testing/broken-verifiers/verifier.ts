// A verifier written by hand on node:crypto, step by step, right in every step. Each broken verifier is this one with
// a step or two done as somebody, somewhere, has done it: what it then accepts, that flaw alone lets in.

import {
  constants,
  createHmac,
  createPublicKey,
  type JsonWebKey,
  timingSafeEqual,
  verify as verifySignature,
} from 'node:crypto';
import type { PlatformResponse, TestIssuer } from 'jwtight/testing';
import { attackContext } from '../../../src/testing/attack-context.js';
import type { PublicKeyTexts } from '../../../src/testing/public-key-texts.js';

// biome-ignore lint/suspicious/noExplicitAny: what an attacker sends has any type at all.
export type Untrusted = any;

/** What the verifier was told. */
export interface Trusted {
  readonly algorithm: string;
  readonly issuer: string;
  readonly audience: string;
  readonly kid: string;
  readonly jwk: JsonWebKey & { k?: string };
  /** The private half: only a server that also decrypts has it. */
  readonly privateJwk: JsonWebKey;
  readonly texts: PublicKeyTexts | undefined;
  readonly now: number;
  readonly fetch: (url: string) => Promise<PlatformResponse>;
}

export interface Segments {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
  readonly input: string;
}

/** A JWK, or an HMAC secret. */
export type Key = JsonWebKey | string | Buffer;

/** The steps of verification, in the order in which they are taken. */
export interface Steps {
  text(token: Untrusted): string;
  split(text: string): Segments;
  decode(segment: string): Buffer;
  parse(bytes: Buffer): Untrusted;
  checkHeader(header: Untrusted): void;
  findKey(header: Untrusted): Key | Promise<Key>;
  decodeSignature(segment: string): Buffer;
  /** Whether the signature is right; the text is the whole token. */
  isSigned(header: Untrusted, key: Key, input: string, signature: Buffer, text: string): boolean;
  checkType(header: Untrusted): void;
  checkIssuer(claims: Untrusted): void;
  checkAudience(claims: Untrusted): void;
  checkDates(claims: Untrusted): void;
  checkOthers(claims: Untrusted): void;
  /** Everything above, for flaws in the order itself. */
  run(token: Untrusted): Promise<unknown>;
}

/** A flaw: the steps that are done differently. */
export type Flaw = (right: Steps, trusted: Trusted) => Partial<Steps>;

export class Rejected extends Error {
  override readonly name = 'Rejected';
}

export function reject(): never {
  throw new Rejected('rejected');
}

function must(condition: unknown): void {
  if (!condition) reject();
}

export const isString = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isDate = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 8.64e12;

/** Reads what the issuer tells its verifiers. */
export async function trustedBy(issuer: TestIssuer): Promise<Trusted> {
  const now = Math.floor(issuer.clock() / 1000);
  const { keys, texts } = await attackContext({ ...issuer, now });
  return {
    algorithm: issuer.algorithm,
    issuer: issuer.issuer,
    audience: issuer.audience,
    kid: keys.signing.id!,
    jwk: keys.jwk as Trusted['jwk'],
    privateJwk: keys.privateJwk as JsonWebKey,
    texts,
    now,
    fetch: issuer.fetch,
  };
}

/** The signature check of node:crypto, by algorithm. */
export function nodeVerify(algorithm: string, key: Key, input: string, signature: Buffer): boolean {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) {
    const secret = isJwk(key) ? Buffer.from(key.k as string, 'base64url') : key;
    const mac = createHmac(hash, secret).update(input).digest();
    return mac.length === signature.length && timingSafeEqual(mac, signature);
  }
  const publicKey = { key: createPublicKey({ key: key as JsonWebKey, format: 'jwk' }) };
  if (algorithm.startsWith('Ed')) return verifySignature(null, Buffer.from(input), publicKey.key, signature);
  const parameters = algorithm.startsWith('ES')
    ? { dsaEncoding: 'ieee-p1363' as const }
    : algorithm.startsWith('PS')
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
  return verifySignature(hash, Buffer.from(input), { ...publicKey, ...parameters }, signature);
}

export function isJwk(key: Key): key is JsonWebKey {
  return typeof key === 'object' && !Buffer.isBuffer(key);
}

/** The right steps. */
function rightSteps({ algorithm, issuer, audience, kid, jwk, now }: Trusted): Steps {
  const steps: Steps = {
    text(token) {
      must(isString(token) && token.length <= 16_384);
      return token;
    },
    split(text) {
      const parts = text.split('.');
      must(parts.length === 3);
      const [header, payload, signature] = parts as [string, string, string];
      return { header, payload, signature, input: `${header}.${payload}` };
    },
    decode(segment) {
      const bytes = Buffer.from(segment, 'base64url');
      must(bytes.toString('base64url') === segment);
      return bytes;
    },
    parse(bytes) {
      let value: Untrusted;
      try {
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        value = JSON.parse(text);
        must(depthOf(text) <= 32 && countNames(text) === countMembers(value));
      } catch {
        reject();
      }
      must(typeof value === 'object' && value !== null && !Array.isArray(value));
      return value;
    },
    checkHeader(header) {
      must(header.alg === algorithm);
      must(!['crit', 'b64', 'zip'].some((name) => Object.hasOwn(header, name)));
      for (const name of ['kid', 'typ', 'cty']) must(header[name] === undefined || typeof header[name] === 'string');
    },
    findKey(header) {
      must(header.kid === undefined || header.kid === kid);
      return jwk;
    },
    decodeSignature: (segment) => steps.decode(segment),
    isSigned: (_, key, input, signature) => nodeVerify(algorithm, key, input, signature),
    checkType: ({ typ }) => must(typ === undefined || typ === 'JWT'),
    checkIssuer: ({ iss }) => must(iss === issuer),
    checkAudience: ({ aud }) =>
      must(aud === audience || (Array.isArray(aud) && aud.every(isString) && aud.includes(audience))),
    checkDates(claims) {
      for (const name of ['exp', 'nbf', 'iat']) must(!Object.hasOwn(claims, name) || isDate(claims[name]));
      must(Object.hasOwn(claims, 'exp') && now < claims.exp);
      must(!(claims.nbf > now || claims.iat > now));
    },
    checkOthers({ sub, jti }) {
      for (const claim of [sub, jti]) must(claim === undefined || isString(claim));
    },
    run: (token) => runSteps(steps, token),
  };
  return steps;
}

async function runSteps(steps: Steps, token: Untrusted): Promise<unknown> {
  const text = steps.text(token);
  const { header: headerSegment, payload, signature, input } = steps.split(text);
  const header = steps.parse(steps.decode(headerSegment));
  steps.checkHeader(header);
  const key = await steps.findKey(header);
  must(steps.isSigned(header, key, input, steps.decodeSignature(signature), text));
  steps.checkType(header);
  const claims = steps.parse(steps.decode(payload));
  steps.checkIssuer(claims);
  steps.checkAudience(claims);
  steps.checkDates(claims);
  steps.checkOthers(claims);
  return { claims };
}

/** Builds a verifier with a flaw, or without any. */
export function buildVerifier(trusted: Trusted, flaw: Flaw = () => ({})): (token: string) => Promise<unknown> {
  // One object, so that a right step calls the broken one where they build on each other.
  const steps = rightSteps(trusted);
  Object.assign(steps, flaw({ ...steps }, trusted));
  return (token) => steps.run(token);
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

function countNames(text: string): number {
  return text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return (Array.isArray(value) ? 0 : inner.length) + inner.reduce((sum: number, each) => sum + countMembers(each), 0);
}
