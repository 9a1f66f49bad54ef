// Flaws in choosing the algorithm.

import { createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto';
import { type Flaw, type Key, nodeVerify, type Trusted, type Untrusted } from './verifier.js';

/** Leaves the algorithm to the header, as every library did before 2015. */
const anyAlgorithm: Flaw = (right, { algorithm }) => ({
  checkHeader: (header) => right.checkHeader({ ...header, alg: algorithm }),
});

/** Takes a spelling of none for none, and that for verified. */
const none =
  (isNone: (alg: Untrusted) => boolean): Flaw =>
  (right, trusted) => ({
    ...anyAlgorithm(right, trusted),
    isSigned: (header, ...rest) => isNone(header.alg) || right.isSigned(header, ...rest),
  });

export const acceptsNone: Flaw = none((alg) => alg === 'none');

/** Refuses "none" — and no other spelling of it. */
export const refusesOneSpelling: Flaw = (right) => ({
  checkHeader(header) {
    if (header.alg === 'none') right.checkHeader(header);
  },
  isSigned: (header, ...rest) =>
    String(header.alg).split('\0', 1)[0]!.trim().toLowerCase() === 'none' || right.isSigned(header, ...rest),
});

/** No alg, so nothing to verify. */
export const missingAlgorithmIsNone: Flaw = none((alg) => !alg);

/** Knows what it knows; the rest it lets pass. */
export const noDefaultCase: Flaw = none((alg) => typeof alg === 'string' && !/^(HS|RS|PS|ES)\d|^Ed|^ML/.test(alg));

/** Compares as text, which lists and objects turn into. */
export const algorithmAsText: Flaw = (_, { algorithm }) => ({
  checkHeader() {},
  isSigned: ({ alg }, key, input, signature) => {
    if (`${alg}` === 'none' || `${alg}` === '[object Object]') return true;
    // The pinned name passes, and the list that carried it matches no case below.
    if (`${alg}` === algorithm && alg !== algorithm) return true;
    return alg === algorithm && nodeVerify(algorithm, key, input, signature);
  },
});

/** Looks the check up in a table that inherits more than it holds. */
export const inheritedTable: Flaw = (right, trusted) => ({
  ...anyAlgorithm(right, trusted),
  isSigned(header, ...rest) {
    const table: Untrusted = { [trusted.algorithm]: () => right.isSigned(header, ...rest) };
    const check = table[header.alg];
    if (!check) return false;
    return typeof check === 'function' ? Boolean(check.call(table, header)) : true;
  },
});

/** No signature, nothing to compare. */
export const emptySignature: Flaw = (right) => ({
  isSigned: (header, key, input, signature, text) =>
    signature.length === 0 || right.isSigned(header, key, input, signature, text),
});

/** Two segments: unsigned, and what is unsigned needs no check. */
export const twoSegments: Flaw = (right, trusted) => ({
  ...anyAlgorithm(right, trusted),
  split: (text) => right.split(text.split('.').length === 2 ? `${text}.` : text),
  isSigned: (header, key, input, signature, text) =>
    text.split('.').length === 2 || right.isSigned(header, key, input, signature, text),
});

/** Reads alg wherever the header or its prototype has it. */
export const copiedHeader: Flaw = (right, trusted) => ({
  parse: (bytes) => Object.assign({}, right.parse(bytes)),
  ...none((alg) => alg === 'none')(right, trusted),
});

/** Names in any case, the last one counts: as Go's encoding/json reads them. */
export const anyCaseNames: Flaw = (right, trusted) => ({
  parse: (bytes) =>
    Object.fromEntries(Object.entries(right.parse(bytes)).map(([name, value]) => [name.toLowerCase(), value])),
  ...acceptsNone(right, trusted),
});

type Form = (trusted: Trusted) => Key | undefined;

/** Verifies an HMAC with whatever it holds: the public key, in the form in which it came. */
const hmacUnder =
  (form: Form): Flaw =>
  (right, trusted) => ({
    ...anyAlgorithm(right, trusted),
    findKey: () => trusted.jwk,
    isSigned: ({ alg, ...header }, key, input, signature, text) => {
      const secret = form(trusted);
      if (alg === trusted.algorithm && right.isSigned({ alg, ...header }, key, input, signature, text)) return true;
      return String(alg).startsWith('HS') && secret !== undefined && nodeVerify(alg, secret, input, signature);
    },
  });

export const publicKeyForms: readonly Flaw[] = [
  hmacUnder(({ texts }) => texts?.pem),
  hmacUnder(({ texts }) => texts?.pem.trim()),
  hmacUnder(({ texts }) => texts?.pem.replaceAll('\n', '\r\n')),
  hmacUnder(({ texts }) => texts && `\n${texts.pem}`),
  hmacUnder(({ texts }) => texts && `# key\n${texts.pem}`),
  hmacUnder(({ texts }) => texts && Buffer.from(texts.spki).toString('base64')),
  hmacUnder(({ texts }) => texts?.pkcs1Pem),
  hmacUnder(({ texts }) => texts?.ssh),
  hmacUnder(({ texts }) => texts && Buffer.from(texts.spki)),
  hmacUnder(({ texts }) => texts && Buffer.from(texts.raw)),
  hmacUnder(({ texts }) => texts && JSON.stringify(texts.jwk)),
  hmacUnder(({ texts }) => texts && JSON.stringify({ keys: [texts.jwk] })),
  hmacUnder(({ texts }) => texts?.certificatePem),
  hmacUnder(({ texts }) => texts && Buffer.from(texts.certificate)),
];

/** What is left of a key that was not there, not a text, or never changed. */
export const knownSecrets: readonly Flaw[] = [
  hmacUnder(({ privateJwk }) => (privateJwk.oth as string | undefined) || ''),
  hmacUnder(() => `${undefined}`),
  hmacUnder(() => `${null}`),
  hmacUnder(({ jwk }) => String(jwk)),
  hmacUnder(() => Object.prototype.toString.call({ [Symbol.toStringTag]: 'CryptoKey' })),
  hmacUnder(() => 'secret'),
  hmacUnder(() => 'your-256-bit-secret'),
  hmacUnder(({ kid }) => kid),
  hmacUnder(({ issuer }) => issuer),
];

/** Has the right key, and uses it as the header says. */
export const keyForItsWholeFamily: Flaw = (right, trusted) => ({
  ...anyAlgorithm(right, trusted),
  findKey() {
    const { alg: _, ...key } = trusted.jwk;
    return key;
  },
  isSigned: ({ alg }, key, input, signature) => nodeVerify(alg, key, input, signature),
});

/** Decrypts, finds an unsigned token inside, and trusts it because it was encrypted. */
export const trustsEncryption: Flaw = (right, { privateJwk }) => ({
  async run(token) {
    const parts = String(token).split('.');
    if (parts.length !== 5) return right.run(token);
    const [, encryptedKey, iv, sealed, tag] = parts.map((part) => Buffer.from(part, 'base64url')) as Buffer[];
    const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
    const contentKey = privateDecrypt({ key, oaepHash: 'sha256' }, encryptedKey!);
    const decipher = createDecipheriv('aes-256-gcm', contentKey, iv!).setAAD(Buffer.from(parts[0]!)).setAuthTag(tag!);
    const inner = Buffer.concat([decipher.update(sealed!), decipher.final()]).toString();
    return JSON.parse(Buffer.from(inner.split('.')[1]!, 'base64url').toString());
  },
});
