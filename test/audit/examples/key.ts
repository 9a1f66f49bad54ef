import { exportPem, key } from 'jwtight';
import { RSA_CERTIFICATE } from '../../encoding/certificates.js';
import type { RuleExamples } from './example.js';

function rsa(n: bigint, e = 65537n) {
  const text = (number: bigint) => {
    const hex = number.toString(16);
    return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
  };
  return { kty: 'RSA', n: text(n), e: text(e), alg: 'PS256', use: 'sig' };
}

/** Mersenne primes, so that every factor is known. */
const [P, Q, R] = [2n ** 521n - 1n, 2n ** 607n - 1n, 2n ** 2203n - 1n];
const GOOD_RSA = rsa(P * R * Q);
const shownRsa = '`{ "kty": "RSA", "n": <3072 bits or more from a good generator>, "e": "AQAB" }`';
const mendedRsa = { subject: { key: GOOD_RSA }, shown: shownRsa };

// A key made for these examples and for nothing else.
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: '9bMbA-8iPWQ_RB7ug1LKDvVcnXvSMxboTF0a3z-G0NQ',
  y: 'Vom-RwTzr9MZsCJhvcMrtu46hlnlmj3dyxjuKRaaJeI',
  alg: 'ES256',
  use: 'sig',
};
/** RFC 7517 appendix A.1. */
const KNOWN = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  alg: 'ES256',
  use: 'sig',
};
const { privateKey } = await key('ES256').extractable().generate();
const pem = await exportPem(privateKey);
const mendedPem = { subject: { key: pem }, shown: '`-----BEGIN PRIVATE KEY-----` … `-----END PRIVATE KEY-----`' };

export const keyExamples: RuleExamples = {
  'key/rsa-too-small': {
    reason: 'Keys below 2048 bits can be factored by those who can pay for it, below 1024 by anybody.',
    failing: { subject: { key: rsa(P * 65537n) }, shown: '`{ "kty": "RSA", "n": <1024 bits>, "e": "AQAB" }`' },
    mended: mendedRsa,
  },
  'key/rsa-112-bit': {
    reason: '2048 bits are allowed today and not for much longer.',
    failing: { subject: { key: rsa(2n ** 2048n - 1n) }, shown: '`{ "kty": "RSA", "n": <2048 bits>, "e": "AQAB" }`' },
    mended: mendedRsa,
  },
  'key/rsa-exponent': {
    reason:
      'An exponent of 1 signs nothing at all, an even one cannot work, and small ones have broken paddings before.',
    failing: { subject: { key: rsa(P * Q, 1n) }, shown: '`{ "kty": "RSA", "n": …, "e": "AQ" }`' },
    mended: mendedRsa,
  },
  'key/rsa-roca': {
    reason: 'The private key can be computed from the public one.',
    failing: { subject: { key: rsa(65537n ** 130n) }, shown: 'a modulus that is a power of 65537 modulo 38 primes' },
    mended: mendedRsa,
  },
  'key/rsa-close-primes': {
    reason: "Fermat's method finds primes that lie close to each other in moments.",
    failing: {
      subject: { key: rsa((2n ** 1536n + 643n) * (2n ** 1536n + 9999n)) },
      shown: 'a modulus of two primes that follow each other',
    },
    mended: mendedRsa,
  },
  'key/rsa-small-factor': {
    reason: 'A modulus of two large primes has no small factor: this one is damaged, or its generator is.',
    failing: { subject: { key: rsa(P * R * 3n) }, shown: 'a modulus that can be divided by 3' },
    mended: mendedRsa,
  },
  'key/rsa-shared-prime': {
    reason: 'The greatest common divisor of the two moduli is a prime of both.',
    failing: { subject: { jwks: { keys: [rsa(P * R), rsa(Q * R)] } }, shown: 'moduli `p·q` and `p·r`' },
    mended: { subject: { jwks: { keys: [GOOD_RSA, rsa(2n ** 1279n - 1n)] } }, shown: 'moduli without a common factor' },
  },
  'key/known': {
    reason: 'Anybody can sign with the private half that stands in the document.',
    failing: { subject: { key: KNOWN } },
    mended: { subject: { key: EC } },
  },
  'key/point-invalid': {
    reason: 'Off the curve the arithmetic proves nothing, and some libraries leak a private key over it.',
    failing: { subject: { key: { ...EC, y: EC.x } } },
    mended: { subject: { key: EC } },
  },
  'key/weak-curve': {
    reason: 'Below P-256 a curve has less than 128 bits of security.',
    failing: { subject: { key: { kty: 'EC', crv: 'P-192', x: 'AQ', y: 'AQ' } } },
    mended: { subject: { key: EC } },
  },
  'key/curve-mismatch': {
    reason: 'Each ES algorithm has exactly one curve; strict verifiers refuse every other.',
    failing: { subject: { key: EC, draft: { header: { alg: 'ES384' }, claims: {} } } },
    mended: { subject: { key: EC, draft: { header: { alg: 'ES256' }, claims: {} } } },
  },
  'key/metadata-conflict': {
    reason: 'Software that reads only one of the members uses the key for what the others forbid.',
    failing: { subject: { key: { ...EC, alg: 'RS256' } } },
    mended: { subject: { key: EC } },
  },
  'key/private-on-verifier': {
    reason: 'Whoever breaks into the verifier can then sign tokens for everybody.',
    failing: { subject: { verifier: { keys: [pem] } }, shown: 'a verifier with a `PRIVATE KEY`' },
    mended: { subject: { verifier: { keys: [EC] } }, shown: 'a verifier with the `PUBLIC KEY`' },
  },
  'key/reused-purpose': {
    reason: 'What one use gives away about a key can break the other.',
    failing: { subject: { jwks: { keys: [EC, { ...EC, alg: 'ECDH-ES', use: 'enc' }] } } },
    mended: { subject: { jwks: { keys: [EC, { ...KNOWN, alg: 'ECDH-ES', use: 'enc' }] } } },
  },
  'key/pem-legacy': {
    reason: 'Many libraries, and WebCrypto among them, read PKCS#8 and SPKI only.',
    failing: {
      subject: { key: '-----BEGIN RSA PUBLIC KEY-----\nMAMCAQM=\n-----END RSA PUBLIC KEY-----' },
      shown: '`-----BEGIN RSA PRIVATE KEY-----`',
    },
    mended: mendedPem,
  },
  'key/pem-damaged': {
    reason: 'The key cannot be imported, or not everywhere.',
    failing: {
      subject: { key: RSA_CERTIFICATE },
      shown: '`-----BEGIN PRIVATE KEY-----\\nMIGH…` with `\\n` as two letters',
    },
    mended: mendedPem,
  },
};
