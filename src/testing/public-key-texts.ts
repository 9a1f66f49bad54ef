// The forms in which a public key lies about: each has been taken for an HMAC secret somewhere.

import { encodeBase64 } from '../encoding/base64.js';
import { decodeBase64url } from '../encoding/base64url.js';
import { readDer, writeDer } from '../encoding/der.js';
import { writePem } from '../encoding/pem.js';
import { encodeUtf8 } from '../encoding/utf8.js';
import type { Jwk } from '../keys/jwk.js';
import type { PublicKey, SigningKey } from '../keys/key.js';

/** A public key in its usual forms. */
export interface PublicKeyTexts {
  /** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
  readonly spki: Uint8Array;
  readonly pem: string;
  /** A certificate that holds the key; its own signature is of no account here. */
  readonly certificate: Uint8Array;
  readonly certificatePem: string;
  readonly jwk: Jwk;
  /** RSA only: RFC 8017 §A.1.1. */
  readonly pkcs1Pem?: string;
  /** The bytes inside: the modulus of RSA, the point of a curve. */
  readonly raw: Uint8Array;
  /** A line of an OpenSSH public key file (RFC 4253 §6.6). */
  readonly ssh?: string;
}

const SEQUENCE = 0x30;

/** Renders a public key in every form. */
export async function publicKeyTexts(key: PublicKey, jwk: Jwk, signing: SigningKey): Promise<PublicKeyTexts> {
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', key.cryptoKey));
  // The outline of SPKI: algorithm, then a BIT STRING whose first byte counts unused bits.
  const inner = readDer(readDer(spki)![0]!.content)![1]!.content.slice(1);
  const certificate = makeCertificate(spki, signing.algorithm);
  const ssh = sshLine(jwk, inner);
  return {
    spki,
    pem: armour('PUBLIC KEY', spki),
    certificate,
    certificatePem: armour('CERTIFICATE', certificate),
    jwk,
    raw: jwk.n === undefined ? inner : decodeBase64url(jwk.n)!,
    ...(jwk.kty === 'RSA' && { pkcs1Pem: armour('RSA PUBLIC KEY', inner) }),
    ...(ssh && { ssh }),
  };
}

function armour(label: string, der: Uint8Array): string {
  return writePem('PUBLIC KEY', der).replaceAll('PUBLIC KEY', label);
}

/** A certificate of version 1 without names (RFC 5280 §4.1), so valid until 2049. */
function makeCertificate(spki: Uint8Array, algorithm: string): Uint8Array {
  // The OID stands for whatever signed: 1.3.6.1.4.1 with the algorithm's name below it would be no less true.
  const signatureAlgorithm = writeDer(SEQUENCE, writeDer(6, [0x2b, 6, 1, 4, 1, algorithm.length]));
  const name = writeDer(SEQUENCE);
  const validity = writeDer(
    SEQUENCE,
    writeDer(0x17, encodeUtf8('200101000000Z')!),
    writeDer(0x17, encodeUtf8('491231235959Z')!),
  );
  const content = writeDer(SEQUENCE, writeDer(2, [1]), signatureAlgorithm, name, validity, name, spki);
  return writeDer(SEQUENCE, content, signatureAlgorithm, writeDer(3, [0, ...new Uint8Array(64)]));
}

const SSH_CURVES: Readonly<Record<string, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

function sshLine({ kty, crv, n, e }: Jwk, point: Uint8Array): string | undefined {
  const curve = SSH_CURVES[crv!];
  if (kty === 'RSA') return sshText('ssh-rsa', decodeBase64url(e!)!, [0, ...decodeBase64url(n!)!]);
  if (crv === 'Ed25519') return sshText('ssh-ed25519', point);
  return curve && sshText(`ecdsa-sha2-${curve}`, encodeUtf8(curve)!, point);
}

function sshText(type: string, ...fields: Iterable<number>[]): string {
  const bytes = [encodeUtf8(type)!, ...fields].flatMap((field) => {
    const content = [...field];
    return [0, 0, content.length >> 8, content.length & 255, ...content];
  });
  return `${type} ${encodeBase64(Uint8Array.from(bytes))}`;
}
