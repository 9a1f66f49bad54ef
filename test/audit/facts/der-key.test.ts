import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derToJwk } from '../../../src/audit/facts/der-key.js';
import { writeDer } from '../../../src/encoding/der.js';

const OID = {
  rsa: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1],
  ec: [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1],
  p256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
  ed25519: [0x2b, 0x65, 0x70],
};
const identifier = (...parts: Iterable<number>[]) => writeDer(0x30, ...parts);
const oid = (name: keyof typeof OID) => writeDer(6, OID[name]);
const spki = (algorithm: Uint8Array, key: Iterable<number>) => ({
  kind: 'spki' as const,
  der: writeDer(0x30, algorithm, writeDer(3, [0], key)),
});
const pkcs8 = (algorithm: Uint8Array, key: Iterable<number>) => ({
  kind: 'pkcs8' as const,
  der: writeDer(0x30, writeDer(2, [0]), algorithm, writeDer(4, key)),
});
const ec = identifier(oid('ec'), oid('p256'));

describe('derToJwk', () => {
  it.each<[string, ReturnType<typeof spki> | ReturnType<typeof pkcs8>]>([
    ['nothing', { kind: 'spki', der: new Uint8Array() }],
    ['an empty SEQUENCE', { kind: 'pkcs8', der: writeDer(0x30) }],
    ['no key', { kind: 'spki', der: writeDer(0x30, identifier(oid('rsa'))) }],
    ['no algorithm', spki(identifier(), [])],
    ['an algorithm that is no DER', spki(writeDer(0x30, [6]), [])],
    ['an unknown algorithm', spki(identifier(writeDer(6, [1, 2, 3])), [])],
    ['an RSA key that is no DER', spki(identifier(oid('rsa')), [0x30])],
    ['an RSA key that is no SEQUENCE', spki(identifier(oid('rsa')), [])],
    ['an RSA key of one number', spki(identifier(oid('rsa')), writeDer(0x30, writeDer(2, [5])))],
    [
      'a private RSA key of one number',
      pkcs8(identifier(oid('rsa')), writeDer(0x30, writeDer(2, [0]), writeDer(2, [5]))),
    ],
  ])('finds no key in %s', (_what, key) => {
    expect(derToJwk(key)).toBeUndefined();
  });

  it('drops the zero that DER puts before a number, and keeps zero itself', () => {
    const numbers = writeDer(0x30, writeDer(2, [0, 255]), writeDer(2, [0]));
    expect(derToJwk(spki(identifier(oid('rsa')), numbers))).toEqual({ kty: 'RSA', n: '_w', e: 'AA' });
  });

  it.each<[string, Uint8Array, object]>([
    ['an unknown curve', identifier(oid('ec'), writeDer(6, [1, 2])), { crv: 'unknown', x: 'AQI', y: 'AwQ' }],
    ['a curve spelt out', identifier(oid('ec'), writeDer(0x30)), { crv: 'unknown', x: 'AQI', y: 'AwQ' }],
    ['no curve', identifier(oid('ec')), { crv: 'unknown', x: 'AQI', y: 'AwQ' }],
  ])('reads a point of %s', (_what, algorithm, members) => {
    expect(derToJwk(spki(algorithm, [4, 1, 2, 3, 4]))).toEqual({ kty: 'EC', ...members });
  });

  it('reads a private EC key as far as it goes', () => {
    const secret = (...parts: Uint8Array[]) => pkcs8(ec, writeDer(0x30, writeDer(2, [1]), ...parts));
    const d = writeDer(4, [5]);
    expect(derToJwk(secret(d))).toEqual({ kty: 'EC', crv: 'P-256', d: 'BQ' });
    expect(derToJwk(secret())).toEqual({ kty: 'EC', crv: 'P-256' });
    expect(derToJwk(pkcs8(ec, []))).toEqual({ kty: 'EC', crv: 'P-256' });
    expect(derToJwk(pkcs8(ec, [0x30]))).toEqual({ kty: 'EC', crv: 'P-256' });
    expect(derToJwk(secret(d, writeDer(0xa1, [3])))).toEqual({ kty: 'EC', crv: 'P-256', d: 'BQ' });
    const point = writeDer(0xa1, writeDer(3, [0, 2], new Uint8Array(32).fill(1)));
    expect(derToJwk(secret(d, writeDer(0xa0, oid('p256')), point))).toEqual({
      kty: 'EC',
      crv: 'P-256',
      x: 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE',
      d: 'BQ',
    });
  });

  it('reads a private key of RFC 8410 with and without its inner wrapping', () => {
    const edwards = identifier(oid('ed25519'));
    expect(derToJwk(pkcs8(edwards, writeDer(4, [1, 2])))).toEqual({ kty: 'OKP', crv: 'Ed25519', d: 'AQI' });
    expect(derToJwk(pkcs8(edwards, [1, 2, 3]))).toEqual({ kty: 'OKP', crv: 'Ed25519', d: 'AQID' });
    expect(derToJwk(pkcs8(edwards, []))).toEqual({ kty: 'OKP', crv: 'Ed25519', d: '' });
  });

  it('throws at nothing', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const real = {
      pkcs8: pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
      spki: pair.publicKey.export({ type: 'spki', format: 'der' }),
    };
    fc.assert(
      fc.property(
        fc.constantFrom('pkcs8' as const, 'spki' as const),
        fc.nat(255),
        fc.nat(255),
        fc.nat(150),
        (kind, at, byte, cut) => {
          const der = Uint8Array.from(real[kind].subarray(0, cut));
          if (der.length > 0) der[at % der.length] = byte;
          derToJwk({ kind, der });
          derToJwk({ kind: 'spki', der });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
