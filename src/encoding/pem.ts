// PEM (RFC 7468): whatever a key file holds becomes the PKCS#8 or SPKI that WebCrypto imports.

import { JwtConfigError } from '../errors.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { readDer, writeDer } from './der.js';
import { OUTLINES, outline, SSH_PUBLIC_KEY } from './key-material.js';

/** A key as WebCrypto imports it. */
export interface PemKey {
  readonly kind: 'pkcs8' | 'spki';
  readonly der: Uint8Array<ArrayBuffer>;
}

const SEQUENCE = 0x30;
const VERSION_0 = [2, 1, 0];
/** The AlgorithmIdentifier of RSA, parameters NULL: 1.2.840.113549.1.1.1 (RFC 8017 §A.1). */
const RSA = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0];
/** id-ecPublicKey: 1.2.840.10045.2.1 (RFC 5480 §2.1.1). */
const EC = [6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

function fail(message: string): never {
  throw new JwtConfigError(message);
}

/** The DER of the one block in the text, checked against its label. */
function readBlock(text: unknown): { label: string; der: Uint8Array<ArrayBuffer> } {
  if (typeof text !== 'string' || text === '') fail('Expected the text of a PEM file: is the file or variable empty?');
  if (text.length > 65536) fail('PEM over 64 KiB: pass one key only');

  const [block, second] = text
    .split('-----BEGIN ')
    .slice(1)
    // OpenSSL writes the curve in front of a SEC 1 key, which names it itself.
    .filter((part) => !part.startsWith('EC PARAMETERS-----'));
  if (block === undefined) {
    if (SSH_PUBLIC_KEY.test(text)) fail('OpenSSH key, not PEM: convert it with ssh-keygen -e -m PKCS8 -f key.pub');
    fail('No PEM found: pass the whole text, BEGIN line included');
  }
  if (second !== undefined) fail('Several PEM blocks: pass exactly one');

  const [label, body, footer, rest] = block.split('-----') as [string, string, string, string?];
  // The fourth part is there when all are: the END line has its closing dashes.
  if (rest === undefined || footer !== `END ${label}`) {
    fail('PEM without the END line of its BEGIN line: pass the whole text');
  }
  if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('4,ENCRYPTED')) {
    fail('Encrypted PEM: decrypt it with openssl pkcs8 -topk8 -nocrypt -in key.pem');
  }
  if (label === 'OPENSSH PRIVATE KEY') fail('OpenSSH key: convert it with ssh-keygen -p -m PKCS8 -f key');
  if (!Object.hasOwn(OUTLINES, label)) fail('Unsupported PEM label: pass a PRIVATE KEY, PUBLIC KEY or CERTIFICATE');
  if (body.includes('\\')) fail(String.raw`PEM with \n for line breaks: pass pem.replaceAll('\\n', '\n')`);

  const der = decodeBase64(body.replace(/\s/g, ''));
  if (der === undefined) fail('PEM body is not Base64: copy the file again');
  const drawn = outline(der);
  if (drawn === 'undefined') fail('PEM body is damaged or cut short: copy the file again');
  if (!OUTLINES[label]!.test(drawn)) fail('PEM body is not what its label says: export the key again');
  return { label, der };
}

function pkcs8(algorithm: Iterable<number>, key: Uint8Array): PemKey {
  return { kind: 'pkcs8', der: writeDer(SEQUENCE, VERSION_0, algorithm, writeDer(4, key)) };
}

/**
 * Reads the one key in a PEM text: `PRIVATE KEY`, `PUBLIC KEY`, the public key of a `CERTIFICATE`
 * (only the key is read: neither validity nor signature is checked), and, converted, `RSA PRIVATE
 * KEY`, `RSA PUBLIC KEY` and `EC PRIVATE KEY`. Text around the block is ignored.
 *
 * @throws JwtConfigError that says how to mend the text and repeats none of it.
 */
export function readPem(text: unknown): PemKey {
  const { label, der } = readBlock(text);
  // The outline has been checked: these elements are there.
  const [first, second, third, fourth] = readDer(readDer(der)![0]!.content)!;
  switch (label) {
    case 'PRIVATE KEY':
      return { kind: 'pkcs8', der };
    case 'PUBLIC KEY':
      return { kind: 'spki', der };
    case 'RSA PRIVATE KEY':
      return pkcs8(RSA, der);
    case 'RSA PUBLIC KEY':
      // A BIT STRING begins with the number of unused bits.
      return { kind: 'spki', der: writeDer(SEQUENCE, RSA, writeDer(3, [0], der)) };
    case 'EC PRIVATE KEY': {
      const curve = third?.tag === 0xa0 ? readDer(third.content)?.[0] : undefined;
      if (curve?.tag !== 6) {
        fail('EC key does not name its curve: run openssl ec -param_enc named_curve or export PKCS#8');
      }
      // The curve moves to the algorithm and is not named twice, as OpenSSL writes it.
      return pkcs8(
        writeDer(SEQUENCE, EC, curve.bytes),
        writeDer(SEQUENCE, first!.bytes, second!.bytes, fourth?.bytes ?? []),
      );
    }
    default: {
      const certificate = readDer(first!.content)!;
      return { kind: 'spki', der: Uint8Array.from(certificate[certificate[0]!.tag === 0xa0 ? 6 : 5]!.bytes) };
    }
  }
}

/** Writes DER as PEM: lines of 64 characters (RFC 7468 §2), the last one ended too. */
export function writePem(label: 'PRIVATE KEY' | 'PUBLIC KEY', der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${encodeBase64(der).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}
