// Verifiers that make one mistake each, as somebody, somewhere, has made it. They are here to be broken.

import { exportJwk, exportPem, type Jwk, key, type PublicKey, type VerificationKey } from 'jwtight';
import { strictObject } from './token-claims.js';

// biome-ignore lint/suspicious/noExplicitAny: what an attacker sends has any type at all.
type Untrusted = any;

/** The mistakes, and what such a verifier does. */
export const FLAWS = {
  decodesOnly: 'decodes the token and verifies no signature',
  headerAlgorithm: 'lets the header choose the algorithm',
  headerKey: 'takes the key that the header brings along',
  kidLookup: 'looks its secret up by an unchecked kid',
  guessableSecret: 'accepts HMACs under a secret anybody can guess',
  zeroSignature: 'does not look for zeros in ECDSA signatures',
  cacheKey: 'remembers tokens by less than their whole text',
  signatureOnly: 'verifies the signature and reads no claim',
  looseNames: 'compares issuer and audience piece by piece',
  looseDates: 'leaves the comparison of dates to JavaScript',
  ignoresHeader: 'ignores typ and crit',
  lenientReader: 'reads Base64 and JSON as they come',
} as const;
export type Flaw = keyof typeof FLAWS;

/** What the verifier was told. */
export interface Mark {
  readonly key: VerificationKey;
  readonly issuer: string;
  readonly audience: string;
  /** The typ it expects; the one for any JWT where it is absent. */
  readonly type: string | undefined;
  readonly now: number;
  /** The key as it lies about: what a verifier that mistakes it for a secret would take. */
  readonly texts: readonly string[];
}

/** Collects what the mistakes need to know. */
export async function markOf(
  key: VerificationKey,
  issuer: string,
  audience: string,
  type: string | undefined,
  now: number,
): Promise<Mark> {
  return { key, issuer, audience, type, now, texts: key.role === 'public' ? await textsOf(key) : [] };
}

async function textsOf(publicKey: PublicKey): Promise<string[]> {
  const [pem, jwk] = await Promise.all([exportPem(publicKey), exportJwk(publicKey)]);
  const body = pem.replace(/-----[^-]+-----|\s/g, '');
  const forms = [pem, pem.trim(), pem.replaceAll('\n', '\r\n'), `\n${pem}`, `# key\n${pem}`, body];
  return [...forms, JSON.stringify(jwk), JSON.stringify({ keys: [jwk] })];
}

/** An attack as it is shown to a verifier. */
export interface Shown {
  readonly token: unknown;
  readonly before: readonly string[];
}

class Refused extends Error {}

function must(condition: unknown): asserts condition {
  if (!condition) throw new Refused();
}

/** The claims that a verifier with this flaw lets in; `undefined` where it refuses. Without a flaw it makes no mistake. */
export async function letsIn(shown: Shown, mark: Mark, flaw?: Flaw): Promise<Untrusted | undefined> {
  try {
    return await verify(shown, mark, flaw);
  } catch {
    return undefined;
  }
}

async function verify({ token, before }: Shown, mark: Mark, flaw: Flaw | undefined): Promise<Untrusted> {
  const isLenient = flaw === 'lenientReader';
  must(isLenient || typeof token === 'string');
  const text = isLenient ? String(token).trim() : (token as string);
  const segments = text.split('.');
  must(isLenient ? segments.length >= 3 : segments.length === 3 || flaw === 'decodesOnly');
  const [headerSegment = '', payload = '', signature = ''] = segments;
  const read = isLenient ? lenientObject : strictObject;
  const isKnown = flaw === 'cacheKey' && isRemembered(before, payload, signature);
  if (flaw !== 'decodesOnly' && !isKnown) {
    const header: Untrusted = read(headerSegment);
    checkHeader(header, mark, flaw);
    const bytes = isLenient ? lenientBytes(signature) : strictBytes(signature);
    must(await isSigned(header, `${headerSegment}.${payload}`, bytes, mark, flaw));
  }
  const claims: Untrusted = read(payload);
  if (flaw !== 'signatureOnly') checkClaims(claims, mark, flaw);
  return claims;
}

function isRemembered(before: readonly string[], payload: string, signature: string): boolean {
  return before.some((genuine) => {
    const [, knownPayload = '', knownSignature] = genuine.split('.');
    const { jti, sub }: Untrusted = strictObject(knownPayload);
    const claims: Untrusted = strictObject(payload);
    return signature === knownSignature || payload === knownPayload || claims.jti === jti || claims.sub === sub;
  });
}

function checkHeader(header: Untrusted, { key, type }: Mark, flaw: Flaw | undefined): void {
  const { alg, kid, typ, cty } = header;
  const choosesAlgorithm = flaw === 'headerAlgorithm' || flaw === 'guessableSecret' || flaw === 'kidLookup';
  must(choosesAlgorithm || flaw === 'headerKey' || alg === key.algorithm);
  must(kid === undefined || typeof kid === 'string');
  must(kid === undefined || kid === key.id || flaw === 'headerKey' || flaw === 'kidLookup');
  if (flaw === 'ignoresHeader' || flaw === 'lenientReader') return;
  must(!['crit', 'b64', 'zip'].some((name) => Object.hasOwn(header, name)));
  must(typ === undefined ? type === undefined : typ === (type ?? 'JWT'));
  must(cty === undefined || typeof cty === 'string');
}

async function isSigned(
  header: Untrusted,
  input: string,
  signature: Uint8Array<ArrayBuffer>,
  mark: Mark,
  flaw: Flaw | undefined,
): Promise<boolean> {
  const { key: own } = mark;
  const underSecret = async (secrets: readonly string[]) => {
    if (!/^HS(256|384|512)$/.test(header.alg)) return false;
    const tries = await Promise.all(secrets.map((secret) => isHmac(header.alg, secret, input, signature)));
    return tries.includes(true);
  };
  switch (flaw) {
    case 'headerAlgorithm':
      if (!header.alg || typeof header.alg !== 'string') return true;
      if (header.alg.split('\0')[0].trim().toLowerCase() === 'none') return true;
      if (await underSecret(mark.texts)) return true;
      break;
    case 'headerKey':
      if (await isSignedByItsOwnKey(header, input, signature, own)) return true;
      break;
    case 'kidLookup':
      if (await underSecret(foundBy(String(header.kid)))) return true;
      break;
    case 'guessableSecret':
      if (await underSecret([...GUESSES, own.id ?? '', mark.issuer])) return true;
      break;
    case 'zeroSignature':
      if (own.algorithm.startsWith('ES') && signature.every((byte) => byte === 0)) return true;
      break;
  }
  return header.alg === own.algorithm && isGenuine(own, input, signature);
}

const GUESSES = [
  '',
  'undefined',
  'null',
  '[object Object]',
  '[object CryptoKey]',
  'secret',
  'your-256-bit-secret',
] as const;

/** What files, tables and injected queries hand out for a kid that nobody checked. */
function foundBy(kid: string): string[] {
  const quoted = /'([^']+)'/.exec(kid.replace(/^x'/, ''))?.[1];
  const inherited = ({} as Record<string, unknown>)[kid];
  return ['', 'Linux\n', ...(quoted ? [quoted] : []), ...(inherited === undefined ? [] : [String(inherited)])];
}

async function isSignedByItsOwnKey(
  { jwk, x5c, alg }: Untrusted,
  input: string,
  signature: Uint8Array<ArrayBuffer>,
  own: VerificationKey,
): Promise<boolean> {
  if (typeof jwk?.k === 'string') return isHmac(alg, new TextDecoder().decode(strictBytes(jwk.k)), input, signature);
  const source = jwk ? { jwk: jwk as Jwk } : Array.isArray(x5c) && { pem: certificatePem(x5c[0]) };
  if (!source || own.role !== 'public' || alg !== own.algorithm) return false;
  return isGenuine(await key(own.algorithm).public(source), input, signature);
}

const certificatePem = (base64: unknown): string => `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`;

async function isHmac(
  alg: string,
  secret: string,
  input: string,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const parameters = { name: 'HMAC', hash: `SHA-${alg.slice(2)}` };
  // HMAC pads its key with zeros: one zero byte is the empty key, which WebCrypto refuses.
  const bytes = secret === '' ? new Uint8Array(1) : new TextEncoder().encode(secret);
  const cryptoKey = await crypto.subtle.importKey('raw', bytes, parameters, false, ['verify']);
  return crypto.subtle.verify(parameters, cryptoKey, signature, new TextEncoder().encode(input));
}

function isGenuine(own: VerificationKey, input: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const cryptoKey = own.cryptoKey as CryptoKey;
  const bits = Number(own.algorithm.slice(2));
  const parameters = { name: cryptoKey.algorithm.name, hash: `SHA-${bits}`, saltLength: bits / 8 };
  return crypto.subtle.verify(parameters, cryptoKey, signature, new TextEncoder().encode(input));
}

const isDate = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 8.64e12;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function checkClaims(claims: Untrusted, { issuer, audience, now }: Mark, flaw: Flaw | undefined): void {
  const { iss, sub, aud, exp, nbf, iat, jti } = claims;
  if (flaw === 'looseNames') {
    must(overlaps(iss, issuer) && overlaps(aud, audience));
  } else {
    must(iss === issuer);
    must(aud === audience || (Array.isArray(aud) && aud.every(isText) && aud.includes(audience)));
  }
  if (flaw === 'looseDates') {
    must(!(exp && exp < now) && !(nbf > now));
  } else {
    for (const [name, date] of Object.entries({ exp, nbf, iat })) must(!Object.hasOwn(claims, name) || isDate(date));
    must(now < exp && !(nbf > now) && !(iat > now));
  }
  for (const claim of [sub, jti]) must(claim === undefined || isText(claim));
}

function overlaps(claimed: unknown, expected: string): boolean {
  if (!claimed) return true;
  const text = String(claimed).toLowerCase();
  return text.includes(expected.toLowerCase()) || expected.toLowerCase().includes(text);
}

function strictBytes(segment: string): Uint8Array<ArrayBuffer> {
  must(/^[\w-]*$/.test(segment) && segment.length % 4 !== 1);
  const bytes = lenientBytes(segment);
  const again = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  must(again.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_') === segment);
  return bytes;
}

function lenientBytes(segment: string): Uint8Array<ArrayBuffer> {
  const letters = segment
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const whole = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}

function lenientObject(segment: string): Untrusted {
  return JSON.parse(new TextDecoder().decode(lenientBytes(segment))) ?? {};
}
