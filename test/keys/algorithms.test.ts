import { describe, expect, it } from 'vitest';
import { ALGORITHMS, isAlgorithm } from '../../src/keys/algorithms.js';
import { ALL } from './fixtures.js';

const hmac = (bits: number) => ({
  keyType: 'oct',
  minimumBits: bits,
  signatureBytes: bits / 8,
  parameters: { name: 'HMAC', hash: `SHA-${bits}` },
});
const rsa = (name: string, bits: number) => ({
  keyType: 'RSA',
  minimumBits: 2048,
  parameters: { name, hash: `SHA-${bits}`, saltLength: bits / 8 },
});
const ecdsa = (curve: string, bits: number, signatureBytes: number) => ({
  keyType: 'EC',
  curve,
  signatureBytes,
  parameters: { name: 'ECDSA', namedCurve: curve, hash: `SHA-${bits}` },
});
const ed = { keyType: 'OKP', curve: 'Ed25519', signatureBytes: 64, parameters: { name: 'Ed25519' } };
const mlDsa = (name: string, signatureBytes: number) => ({ keyType: 'AKP', signatureBytes, parameters: { name } });

describe('ALGORITHMS', () => {
  it('has exactly these rows', () => {
    expect(ALGORITHMS).toStrictEqual({
      HS256: hmac(256),
      HS384: hmac(384),
      HS512: hmac(512),
      RS256: rsa('RSASSA-PKCS1-v1_5', 256),
      RS384: rsa('RSASSA-PKCS1-v1_5', 384),
      RS512: rsa('RSASSA-PKCS1-v1_5', 512),
      PS256: rsa('RSA-PSS', 256),
      PS384: rsa('RSA-PSS', 384),
      PS512: rsa('RSA-PSS', 512),
      ES256: ecdsa('P-256', 256, 64),
      ES384: ecdsa('P-384', 384, 96),
      ES512: ecdsa('P-521', 512, 132),
      Ed25519: ed,
      EdDSA: ed,
      'ML-DSA-44': mlDsa('ML-DSA-44', 2420),
      'ML-DSA-65': mlDsa('ML-DSA-65', 3309),
      'ML-DSA-87': mlDsa('ML-DSA-87', 4627),
    });
  });
});

describe('isAlgorithm', () => {
  it.each(ALL)('knows %s', (name) => {
    expect(isAlgorithm(name)).toBe(true);
  });

  it.each([
    'none',
    'None',
    'hs256',
    'HS256 ',
    'HS1',
    'ES256K',
    'ES521',
    'Ed448',
    'RSA1_5',
    'dir',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    ['HS256'],
    { toString: () => 'HS256' },
    Object('HS256'),
    Symbol('HS256'),
    0,
    null,
    undefined,
  ])('does not know %o', (name) => {
    expect(isAlgorithm(name)).toBe(false);
  });
});
