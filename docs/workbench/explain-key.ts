// Keys in words: what a PEM label stands for, what a member of a JWK holds.

import type { Jwk } from 'jwtight';

const LABELS: Readonly<Record<string, string>> = {
  'PRIVATE KEY': 'PKCS#8 (RFC 5958): a private key that names its own algorithm. It is the form WebCrypto reads.',
  'PUBLIC KEY':
    'SubjectPublicKeyInfo (RFC 5280): a public key that names its own algorithm. It is the form WebCrypto reads.',
  CERTIFICATE:
    'An X.509 certificate (RFC 5280). Only the key in it is read: who signed it, and until when, is not checked.',
  'RSA PRIVATE KEY': 'PKCS#1 (RFC 8017): RSA numbers alone. WebCrypto does not read it; here it becomes PKCS#8.',
  'RSA PUBLIC KEY': 'PKCS#1 (RFC 8017): modulus and exponent alone. WebCrypto does not read it; here it becomes SPKI.',
  'EC PRIVATE KEY':
    'SEC 1 (RFC 5915): as openssl ecparam writes it. WebCrypto does not read it; here it becomes PKCS#8.',
};

/** What kind of text a key was given as. */
export function explainPem(text: string): string {
  if (text.trim().startsWith('{'))
    return 'A JSON Web Key (RFC 7517): each number of the key is a member, in base64url.';
  const label = /-----BEGIN (?!EC PARAMETERS)([A-Z0-9 ]+)-----/.exec(text)?.[1] ?? '';
  return LABELS[label] ?? 'PEM (RFC 7468): DER in Base64 between two lines that say what it is.';
}

type Member = keyof Jwk;

const TEXTS: Readonly<Partial<Record<Member, string>>> = {
  kid: 'key id: goes into the header of every token, so that verifiers find the key',
  use: 'what it is for: sig is signing and verifying',
  n: 'modulus: the product of two secret primes; public',
  e: 'exponent: 65537 as a rule; public',
  p: 'first prime factor of n: private',
  q: 'second prime factor of n: private',
  dp: 'd mod (p − 1), to sign faster: private',
  dq: 'd mod (q − 1), to sign faster: private',
  qi: 'inverse of q mod p, to sign faster: private',
  pub: 'the public key: public',
  priv: 'the seed of the private key: whoever has it can sign',
};

function textOf(name: Member, { kty, alg, crv }: Jwk): string | undefined {
  switch (name) {
    case 'kty':
      return `key type: ${{ EC: 'elliptic curve', OKP: 'octet key pair, an Edwards curve', RSA: 'RSA', AKP: 'algorithm key pair (RFC 9964)' }[kty!] ?? kty}`;
    case 'alg':
      return `the one algorithm it is for, ${alg}: a token cannot choose another`;
    case 'crv':
      return `the curve, ${crv}`;
    case 'x':
      return kty === 'EC' ? 'first coordinate of the public point: public' : 'the public point: public';
    case 'y':
      return 'second coordinate of the public point: public';
    case 'd':
      return kty === 'RSA'
        ? 'private exponent: whoever has it can sign'
        : 'the private number: whoever has it can sign';
    default:
      return TEXTS[name];
  }
}

/** Each member of a JWK and what it holds. */
export function explainMembers(jwk: Jwk): (readonly [name: string, what: string])[] {
  return (Object.keys(jwk) as Member[]).flatMap((name) => {
    const text = textOf(name, jwk);
    return text === undefined ? [] : [[name, text] as const];
  });
}
