// Flaws in checking the signature, and in remembering that it was checked.

import { createHash, createHmac } from 'node:crypto';
import { bigIntOf, bytesOf, ORDERS } from '../../../src/testing/signature-arithmetic.js';
import { ecdsaWithoutRangeCheck } from './ecdsa.js';
import type { Flaw, Segments, Steps, Trusted, Untrusted } from './verifier.js';

/** Calls decode() where it meant verify(). */
export const decodesOnly: Flaw = (right, { jwk }) => ({
  text: (token) => token,
  parse: (bytes) => JSON.parse(bytes.toString()),
  decode: (segment) => Buffer.from(segment, 'base64url'),
  checkHeader({ x: _, ...header }) {
    right.checkHeader(header);
  },
  findKey: () => jwk,
  isSigned: () => true,
});

/** ECDSA by the book, without its first line: r and s from 1 to n − 1. */
export const psychicSignatures: Flaw = (right, { jwk, algorithm }) => ({
  isSigned(header, key, input, signature, text) {
    if (!algorithm.startsWith('ES')) return right.isSigned(header, key, input, signature, text);
    const digest = createHash(`sha${algorithm.slice(2)}`)
      .update(input)
      .digest();
    return ecdsaWithoutRangeCheck(jwk as Untrusted, digest, derToRaw(signature, algorithm) ?? signature);
  },
});

/** Takes DER too, as OpenSSL has it. */
export const acceptsDer: Flaw = (right, { algorithm }) => ({
  isSigned: (header, key, input, signature, text) =>
    right.isSigned(header, key, input, derToRaw(signature, algorithm) ?? signature, text),
});

const halfLength = (algorithm: string) => ({ ES256: 32, ES384: 48, ES512: 66 })[algorithm];

/** The two integers of a DER signature, side by side. */
function derToRaw(signature: Buffer, algorithm: string): Buffer | undefined {
  const half = halfLength(algorithm);
  if (!half || signature[0] !== 0x30) return undefined;
  const start = signature[1]! > 127 ? 3 : 2;
  const r = signature.subarray(start + 2, start + 2 + signature[start + 1]!);
  const rest = start + 2 + r.length;
  const s = signature.subarray(rest + 2, rest + 2 + signature[rest + 1]!);
  if (rest + 2 + s.length !== signature.length) return undefined;
  return Buffer.concat([r, s].map((number) => Buffer.from(bytesOf(bigIntOf(number), half))));
}

/** Two halves, however long each is. */
export const halvesOfAnyLength: Flaw = (right, { algorithm }) => ({
  isSigned(header, key, input, signature, text) {
    const half = halfLength(algorithm);
    if (!half) return right.isSigned(header, key, input, signature, text);
    const middle = Math.floor(signature.length / 2);
    const numbers = [signature.subarray(0, middle), signature.subarray(middle)].map(bigIntOf);
    const fits = numbers.map((number) => Buffer.from(bytesOf(number, half)));
    return right.isSigned(header, key, input, Buffer.concat(fits), text);
  },
});

/** A signature is a number, and numbers have no length. */
export const padsSignatures: Flaw = (right, { algorithm }) => ({
  isSigned(header, key, input, signature, text) {
    const length = (halfLength(algorithm) ?? 0) * 2;
    return right.isSigned(
      header,
      key,
      input,
      Buffer.concat([Buffer.alloc(Math.max(0, length - signature.length)), signature]),
      text,
    );
  },
});

/** Modular arithmetic does not mind a number that is too large. */
export const reducesRsa: Flaw = (right, { jwk }) => ({
  isSigned(header, key, input, signature, text) {
    if (!jwk.n) return right.isSigned(header, key, input, signature, text);
    const modulus = Buffer.from(jwk.n, 'base64url');
    const reduced = bigIntOf(signature) % bigIntOf(modulus);
    return right.isSigned(header, key, input, Buffer.from(bytesOf(reduced, modulus.length)), text);
  },
});

/** The same for the S of Ed25519. */
export const reducesEd25519: Flaw = (right, { jwk }) => ({
  isSigned(header, key, input, signature, text) {
    if (jwk.crv !== 'Ed25519') return right.isSigned(header, key, input, signature, text);
    const s = bigIntOf(Uint8Array.from(signature.subarray(32)).reverse()) % ORDERS.Ed25519!;
    const reduced = Buffer.concat([signature.subarray(0, 32), bytesOf(s, 32).reverse()]);
    return right.isSigned(header, key, input, reduced, text);
  },
});

/** Reads as many bytes as it needs, and no further. */
export const ignoresBytesAfter: Flaw = (right, { privateJwk, algorithm }) => ({
  isSigned: (header, key, input, signature, text) =>
    right.isSigned(header, key, input, signature.subarray(0, lengthOf(algorithm, privateJwk)), text),
});

function lengthOf(algorithm: string, { n }: { n?: string }): number {
  if (algorithm.startsWith('HS')) return Number(algorithm.slice(2)) / 8;
  return n ? Buffer.from(n, 'base64url').length : (halfLength(algorithm) ?? 32) * 2;
}

/** Compares as many bytes as the token brings. */
export const comparesWhatIsThere: Flaw = (right, { algorithm, jwk }) => ({
  isSigned(header, key, input, signature, text) {
    if (!jwk.k) return right.isSigned(header, key, input, signature, text);
    const mac = createHmac(`sha${algorithm.slice(2)}`, Buffer.from(jwk.k, 'base64url'))
      .update(input)
      .digest();
    return signature.length > 0 && signature.every((byte, i) => byte === mac[i]);
  },
});

/** Remembers tokens that were verified, by too little of them. */
const remembers =
  (name: (segments: Segments, claims: Untrusted, text: string) => string): Flaw =>
  (right: Steps, _trusted: Trusted) => {
    const seen = new Set<string>();
    return {
      async run(token) {
        const text = String(token);
        const segments = right.split(text);
        const claims = JSON.parse(Buffer.from(segments.payload, 'base64url').toString());
        const entry = name(segments, claims, text);
        if (seen.has(entry)) return { claims };
        const result = await right.run(token);
        seen.add(entry);
        return result;
      },
    };
  };

export const caches: readonly Flaw[] = [
  remembers(({ signature }) => signature),
  remembers(({ input }) => input),
  remembers(({ payload }) => payload),
  remembers((_, __, text) => text.slice(0, 200)),
  remembers((_, { jti }) => jti),
  remembers((_, { sub }) => sub),
];
