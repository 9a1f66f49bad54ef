import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDer, writeDer } from '../../src/encoding/der.js';
import { readPem, writePem } from '../../src/encoding/pem.js';
import { JwtConfigError } from '../../src/errors.js';
import {
  CERTIFICATE_REQUEST,
  EC_CERTIFICATE,
  ED25519_CERTIFICATE,
  RSA_CERTIFICATE,
  V1_CERTIFICATE,
} from './certificates.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const plain = (bytes: Uint8Array) => Uint8Array.from(bytes);
const block = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
const bodyOf = (pem: string) => plain(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));

const KEY = pkcs8(ec.privateKey);
const SEC1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString();

function messageOf(text: unknown): string {
  try {
    readPem(text);
  } catch (error) {
    expect(error).toBeInstanceOf(JwtConfigError);
    return (error as JwtConfigError).message;
  }
  throw new Error('readPem accepted it');
}

const MISSING = 'Expected the text of a PEM file: is the file or variable empty?';
const NONE = 'No PEM found: pass the whole text, BEGIN line included';
const SEVERAL = 'Several PEM blocks: pass exactly one';
const FOOTER = 'PEM without the END line of its BEGIN line: pass the whole text';
const ENCRYPTED = 'Encrypted PEM: decrypt it with openssl pkcs8 -topk8 -nocrypt -in key.pem';
const UNSUPPORTED = 'Unsupported PEM label: pass a PRIVATE KEY, PUBLIC KEY or CERTIFICATE';
const NOT_BASE64 = 'PEM body is not Base64: copy the file again';
const DAMAGED = 'PEM body is damaged or cut short: copy the file again';
const MISLABELLED = 'PEM body is not what its label says: export the key again';
const NO_CURVE = 'EC key does not name its curve: run openssl ec -param_enc named_curve or export PKCS#8';
const LITERAL = String.raw`PEM with \n for line breaks: pass pem.replaceAll('\\n', '\n')`;

describe('readPem', () => {
  it.each([
    ['RSA', rsa],
    ['P-256', ec],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['Ed25519', ed],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm: 'sha256' })],
  ])('reads PKCS#8 and SPKI of %s unchanged', (_, { privateKey, publicKey }) => {
    expect(readPem(pkcs8(privateKey))).toEqual({
      kind: 'pkcs8',
      der: plain(privateKey.export({ type: 'pkcs8', format: 'der' })),
    });
    expect(readPem(spki(publicKey))).toEqual({
      kind: 'spki',
      der: plain(publicKey.export({ type: 'spki', format: 'der' })),
    });
  });

  it.each([512, 1024, 2048, 3072, 4096])('converts PKCS#1 of %d bits to what OpenSSL writes', (modulusLength) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
    expect(readPem(privateKey.export({ type: 'pkcs1', format: 'pem' }))).toEqual(readPem(pkcs8(privateKey)));
    expect(readPem(publicKey.export({ type: 'pkcs1', format: 'pem' }))).toEqual(readPem(spki(publicKey)));
  });

  it('reads an RSA public key with the exponent 3', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
    expect(readPem(publicKey.export({ type: 'pkcs1', format: 'pem' }))).toEqual(readPem(spki(publicKey)));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
    expect(readPem(privateKey.export({ type: 'pkcs1', format: 'pem' }))).toEqual(readPem(pkcs8(privateKey)));
  });

  it.each(['P-256', 'P-384', 'P-521'])('converts SEC 1 on %s as OpenSSL does', async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const sec1 = privateKey.export({ type: 'sec1', format: 'der' });
    const { kind, der } = readPem(block('EC PRIVATE KEY', sec1));
    expect(kind).toBe('pkcs8');
    expect(createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).equals(privateKey)).toBe(true);
    expect(der).toEqual(readPem(pkcs8(privateKey)).der);

    const parameters = { name: 'ECDSA', namedCurve, hash: 'SHA-256' };
    const signing = await crypto.subtle.importKey('pkcs8', der, parameters, false, ['sign']);
    const verifying = await crypto.subtle.importKey('spki', readPem(spki(publicKey)).der, parameters, false, [
      'verify',
    ]);
    const signature = await crypto.subtle.sign(parameters, signing, Uint8Array.of(1, 2, 3));
    expect(await crypto.subtle.verify(parameters, verifying, signature, Uint8Array.of(1, 2, 3))).toBe(true);
  });

  it('signs and verifies with converted PKCS#1 keys', async () => {
    const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const { der } = readPem(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const signing = await crypto.subtle.importKey('pkcs8', der, parameters, false, ['sign']);
    const publicDer = readPem(rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })).der;
    const verifying = await crypto.subtle.importKey('spki', publicDer, parameters, false, ['verify']);
    const signature = await crypto.subtle.sign(parameters, signing, Uint8Array.of(1, 2, 3));
    expect(await crypto.subtle.verify(parameters, verifying, signature, Uint8Array.of(1, 2, 3))).toBe(true);
  });

  it.each([
    ['RSA', RSA_CERTIFICATE],
    ['P-256', EC_CERTIFICATE],
    ['Ed25519', ED25519_CERTIFICATE],
    ['version 1', V1_CERTIFICATE],
  ])('reads the key of a certificate (%s)', (_, certificate) => {
    const expected = createPublicKey(certificate).export({ type: 'spki', format: 'der' });
    const { kind, der } = readPem(certificate);
    expect(kind).toBe('spki');
    expect(der).toEqual(plain(expected));
    // A copy of its own, not a window on the certificate.
    expect(der.buffer.byteLength).toBe(der.length);
  });

  it('reads a certificate with a serial number of one byte', () => {
    const [tbs, ...others] = readDer(readDer(bodyOf(EC_CERTIFICATE))![0]!.content)!;
    const fields = readDer(tbs!.content)!.map(({ bytes }) => bytes);
    fields[1] = Uint8Array.of(2, 1, 77);
    const der = writeDer(0x30, writeDer(0x30, ...fields), ...others.map(({ bytes }) => bytes));
    expect(readPem(block('CERTIFICATE', der))).toEqual(readPem(EC_CERTIFICATE));
  });

  it('reads version 2 of PKCS#8, with attributes and public key', () => {
    const [, algorithm, key] = readDer(readDer(readPem(pkcs8(ed.privateKey)).der)![0]!.content)!.map((e) => e.bytes);
    const attributes = writeDer(0xa0);
    const publicKey = writeDer(0x81, [0, 1, 2]);
    for (const extras of [[attributes], [publicKey], [attributes, publicKey], [writeDer(0xa1)]]) {
      const der = writeDer(0x30, [2, 1, 1], algorithm!, key!, ...extras);
      expect(readPem(block('PRIVATE KEY', der))).toEqual({ kind: 'pkcs8', der });
    }
  });

  const SPACED = [
    ['CRLF', KEY.replaceAll('\n', '\r\n')],
    ['CR', KEY.replaceAll('\n', '\r')],
    ['no line break at the end', KEY.trimEnd()],
    ['white space around', `\n \t${KEY}\n\n `],
    ['a byte order mark', `\ufeff${KEY}`],
    ['text around', `Bag Attributes\n    localKeyID: 01\\n\nKey Attributes: <No Attributes>\n${KEY}that was it\\n`],
    ['one line, parted by spaces', KEY.replaceAll('\n', ' ')],
    ['one line, parted by nothing', KEY.replaceAll('\n', '')],
    ['indented lines', KEY.replace(/^/gm, '    ')],
    ['trailing spaces', KEY.replaceAll('\n', '  \n')],
    ['empty lines', KEY.replaceAll('\n', '\n\n')],
    ['more dashes around', `--${KEY.trimEnd()}--`],
  ];
  it.each(SPACED)('reads through %s', (_, text) => {
    expect(readPem(text)).toEqual(readPem(KEY));
  });

  it('reads a body without its padding', () => {
    const pem = spki(ec.publicKey);
    expect(pem).toContain('==');
    expect(readPem(pem.replaceAll('=', ''))).toEqual(readPem(pem));
  });

  it('skips the EC PARAMETERS that OpenSSL writes in front', () => {
    const parameters = block('EC PARAMETERS', Uint8Array.from([6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]));
    expect(readPem(parameters + SEC1)).toEqual(readPem(SEC1));
    expect(readPem(SEC1 + parameters)).toEqual(readPem(SEC1));
    expect(messageOf(parameters)).toBe(NONE);
    expect(messageOf(parameters + SEC1 + SEC1)).toBe(SEVERAL);
  });

  describe('refuses', () => {
    it.each([[undefined], [null], [''], [0], [{}], [[KEY]], [Buffer.from(KEY)], [new String(KEY)]])('%o', (value) => {
      expect(messageOf(value)).toBe(MISSING);
    });

    it.each([
      ['white space', ' \n'],
      ['a path', './key.pem'],
      ['a body without its lines', KEY.split('\n').slice(1, -2).join('\n')],
      ['a PEM without its BEGIN line', KEY.slice(KEY.indexOf('\n'))],
      ['a PEM without its END dashes and BEGIN line', 'BEGIN PRIVATE KEY'],
      ['an SSH2 public key', '---- BEGIN SSH2 PUBLIC KEY ----'],
    ])('%s, which has no BEGIN line', (_, text) => {
      expect(messageOf(text)).toBe(NONE);
    });

    it('more than 64 KiB', () => {
      const long = ' '.repeat(65536 - KEY.length);
      expect(readPem(KEY + long)).toEqual(readPem(KEY));
      const tooLong = 'PEM over 64 KiB: pass one key only';
      expect(messageOf(`${KEY}${long} `)).toBe(tooLong);
      for (const filler of ['-----BEGIN ', '-', 'A', ' ', '\\n']) {
        expect(messageOf(filler.repeat(10_000_000 / filler.length))).toBe(tooLong);
      }
    });

    it('64 KiB of anything', () => {
      for (const filler of ['-----BEGIN ', '-', 'A', ' ', '\\n', '=', 'ssh-', '-----END ', '0\t']) {
        const body = filler.repeat(Math.floor(65000 / filler.length));
        messageOf(body);
        messageOf(`-----BEGIN PUBLIC KEY-----${body}-----END PUBLIC KEY-----`);
        messageOf(`ssh-${body}`);
      }
      for (const element of [
        [5, 0],
        [2, 1, 1],
        [0x30, 0],
        [6, 0],
      ]) {
        const many = new Array<number[]>(20000)
          .fill(element)
          .flat()
          .slice(0, 48000 - (48000 % element.length));
        for (const label of ['PRIVATE KEY', 'PUBLIC KEY', 'CERTIFICATE', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']) {
          messageOf(block(label, writeDer(0x30, many)));
          messageOf(block(label, writeDer(0x30, writeDer(0x30, many), writeDer(0x30, [6, 0]))));
        }
      }
    });

    it('several blocks', () => {
      expect(messageOf(KEY + spki(ec.publicKey))).toBe(SEVERAL);
      expect(messageOf(RSA_CERTIFICATE + RSA_CERTIFICATE)).toBe(SEVERAL);
      expect(messageOf(KEY.repeat(3))).toBe(SEVERAL);
      expect(messageOf(`${KEY}-----BEGIN `)).toBe(SEVERAL);
    });

    it.each([
      ['without END line', KEY.slice(0, KEY.indexOf('-----END'))],
      ['with the END line of another', KEY.replace('END PRIVATE', 'END PUBLIC')],
      ['with the END line of a longer label', KEY.replace('END PRIVATE', 'END EC PRIVATE')],
      ['with BEGIN for END', KEY.replace('-----END', '----END')],
      ['whose END line lacks its dashes', KEY.slice(0, KEY.lastIndexOf('-----'))],
      ['whose END line lacks a dash', KEY.trimEnd().slice(0, -1)],
      ['whose BEGIN line lacks a dash', KEY.replace('-----\n', '----\n')],
      ['cut off in its first line', '-----BEGIN PRIVATE KEY'],
      ['cut off after its first line', '-----BEGIN PRIVATE KEY-----'],
      ['without label', '-----BEGIN '],
    ])('a PEM %s', (_, text) => {
      expect(messageOf(text)).toBe(FOOTER);
    });

    it('encrypted keys', () => {
      const encryption = { cipher: 'aes-256-cbc', passphrase: 'top secret' };
      expect(messageOf(ec.privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }))).toBe(ENCRYPTED);
      for (const [key, type] of [
        [rsa.privateKey, 'pkcs1'],
        [ec.privateKey, 'sec1'],
      ] as const) {
        const pem = key.export({ type, format: 'pem', ...encryption } as never).toString();
        expect(pem).toContain('Proc-Type: 4,ENCRYPTED');
        expect(messageOf(pem)).toBe(ENCRYPTED);
        expect(messageOf(pem.replaceAll('\n', ' '))).toBe(ENCRYPTED);
      }
    });

    it('OpenSSH keys', () => {
      expect(messageOf(block('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1')))).toBe(
        'OpenSSH key: convert it with ssh-keygen -p -m PKCS8 -f key',
      );
      for (const line of [
        'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB',
        ' ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@example',
        'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY',
        'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t',
      ]) {
        expect(messageOf(line)).toBe('OpenSSH key, not PEM: convert it with ssh-keygen -e -m PKCS8 -f key.pub');
      }
      expect(messageOf('ssh-rsa is a key type')).toBe(NONE);
      expect(messageOf('my ssh-rsa AAAA')).toBe(NONE);
    });

    it.each([
      ['a certificate request', CERTIFICATE_REQUEST],
      ['PGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQ==\n=a1b2\n-----END PGP PRIVATE KEY BLOCK-----'],
      ['DSA', block('DSA PRIVATE KEY', Uint8Array.of(0x30, 0))],
      ['PKCS#7', block('PKCS7', Uint8Array.of(0x30, 0))],
      ['a label in lower case', KEY.replaceAll('PRIVATE KEY', 'private key')],
      ['a label with a space more', KEY.replaceAll('PRIVATE KEY', 'PRIVATE  KEY')],
      ['no label', KEY.replaceAll('PRIVATE KEY', '')],
      ['an inherited name', KEY.replaceAll('PRIVATE KEY', 'constructor')],
      ['the prototype', KEY.replaceAll('PRIVATE KEY', '__proto__')],
    ])('other labels: %s', (_, text) => {
      expect(messageOf(text)).toBe(UNSUPPORTED);
    });

    it('line breaks written as backslash and n, and the mend works', () => {
      const text = KEY.replaceAll('\n', '\\n');
      expect(messageOf(text)).toBe(LITERAL);
      expect(readPem(text.replaceAll('\\n', '\n'))).toEqual(readPem(KEY));
      expect(messageOf(KEY.replaceAll('\n', '\\r\\n'))).toBe(LITERAL);
    });

    it.each([
      ['Base64url', KEY.replace('\nM', '\n-')],
      ['wrong padding', KEY.replace('\n-----END', '=\n-----END')],
      ['a comment', KEY.replace('-----\n', '-----\nComment: mine\n')],
      ['percent signs', KEY.replaceAll('\n', '%0A')],
      ['an ellipsis', KEY.replace('-----\n', '-----\n...')],
    ])('a body with %s', (_, text) => {
      expect(messageOf(text)).toBe(NOT_BASE64);
    });

    it('a body that is not DER of its whole length', () => {
      const der = bodyOf(KEY);
      for (let length = 1; length < der.length; length++) {
        expect(messageOf(block('PRIVATE KEY', der.subarray(0, length)))).toBe(DAMAGED);
      }
      expect(messageOf(block('PRIVATE KEY', Buffer.concat([der, Uint8Array.of(0)])))).toBe(DAMAGED);
      expect(messageOf(block('PRIVATE KEY', new Uint8Array()))).toBe(MISLABELLED);
      expect(messageOf(block('PRIVATE KEY', Buffer.concat([der, Uint8Array.of(5, 0)])))).toBe(MISLABELLED);
    });

    it('a body under another label than its own', () => {
      const bodies = {
        'PRIVATE KEY': bodyOf(KEY),
        'PUBLIC KEY': bodyOf(spki(ec.publicKey)),
        CERTIFICATE: bodyOf(RSA_CERTIFICATE),
        'RSA PRIVATE KEY': plain(rsa.privateKey.export({ type: 'pkcs1', format: 'der' })),
        'RSA PUBLIC KEY': plain(rsa.publicKey.export({ type: 'pkcs1', format: 'der' })),
        'EC PRIVATE KEY': bodyOf(SEC1),
        'ENCRYPTED PRIVATE KEY': bodyOf(
          ec.privateKey
            .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top secret' })
            .toString(),
        ),
        'CERTIFICATE REQUEST': bodyOf(CERTIFICATE_REQUEST),
      };
      for (const label of Object.keys(bodies).slice(0, 6)) {
        for (const [own, der] of Object.entries(bodies)) {
          if (own === label) expect(readPem(block(label, der))).toBeDefined();
          else expect(messageOf(block(label, der))).toBe(MISLABELLED);
        }
      }
    });

    const algorithm = writeDer(0x30, [6, 1, 42]);
    const bits = [3, 1, 0];
    const sequence = [0x30, 0];
    const tbs = [[2, 1, 1], sequence, sequence, sequence, sequence, [0x30, 2, 5, 0]];
    const certificate = (fields: Iterable<number>[], ...others: Iterable<number>[]) =>
      writeDer(0x30, writeDer(0x30, ...fields), ...others);

    it.each<[string, string, Uint8Array, boolean]>([
      ['PRIVATE KEY', 'version 0', writeDer(0x30, [2, 1, 0], algorithm, [4, 0]), true],
      ['PRIVATE KEY', 'version 2', writeDer(0x30, [2, 1, 2], algorithm, [4, 0]), false],
      ['PRIVATE KEY', 'version 10', writeDer(0x30, [2, 1, 10], algorithm, [4, 0]), false],
      ['PRIVATE KEY', 'a version of two bytes', writeDer(0x30, [2, 2, 0, 0], algorithm, [4, 0]), false],
      ['PRIVATE KEY', 'no OID', writeDer(0x30, [2, 1, 0], [0x30, 2, 5, 0], [4, 0]), false],
      ['PRIVATE KEY', 'no algorithm', writeDer(0x30, [2, 1, 0], [4, 0]), false],
      ['PRIVATE KEY', 'a damaged algorithm', writeDer(0x30, [2, 1, 0], [0x30, 3, 6, 1, 42].slice(0, 4), [4, 0]), false],
      ['PRIVATE KEY', 'a BIT STRING for the key', writeDer(0x30, [2, 1, 0], algorithm, bits), false],
      ['PRIVATE KEY', 'an element too many', writeDer(0x30, [2, 1, 0], algorithm, [4, 0], [5, 0]), false],
      [
        'PRIVATE KEY',
        'an element before',
        Buffer.concat([Uint8Array.of(5, 0), writeDer(0x30, [2, 1, 0], algorithm, [4, 0])]),
        false,
      ],
      ['PRIVATE KEY', 'a SET outside', writeDer(0x31, [2, 1, 0], algorithm, [4, 0]), false],
      ['PUBLIC KEY', 'algorithm and BIT STRING', writeDer(0x30, algorithm, bits), true],
      ['PUBLIC KEY', 'an OCTET STRING', writeDer(0x30, algorithm, [4, 0]), false],
      ['PUBLIC KEY', 'an element too many', writeDer(0x30, algorithm, bits, [5, 0]), false],
      ['PUBLIC KEY', 'an element before', writeDer(0x30, [5, 0], algorithm, bits), false],
      ['PUBLIC KEY', 'no OID', writeDer(0x30, sequence, bits), false],
      ['CERTIFICATE', 'version 1', certificate(tbs, algorithm, bits), true],
      ['CERTIFICATE', 'extensions', certificate([[0xa0, 0], ...tbs, [0xa3, 0]], algorithm, bits), true],
      ['CERTIFICATE', 'a version of another tag', certificate([[0xa1, 0], ...tbs], algorithm, bits), false],
      ['CERTIFICATE', 'no key', certificate(tbs.slice(0, 5), algorithm, bits), false],
      ['CERTIFICATE', 'no serial number', certificate(tbs.slice(1), algorithm, bits), false],
      ['CERTIFICATE', 'no signature algorithm', certificate(tbs, bits), false],
      ['CERTIFICATE', 'no signature', certificate(tbs, algorithm), false],
      ['CERTIFICATE', 'an element too many', certificate(tbs, algorithm, bits, [5, 0]), false],
      ['CERTIFICATE', 'an element in the middle', certificate(tbs, [5, 0], algorithm, bits), false],
      ['CERTIFICATE', 'an element before', writeDer(0x30, [5, 0], writeDer(0x30, ...tbs), algorithm, bits), false],
      ['RSA PRIVATE KEY', 'nine numbers', writeDer(0x30, [2, 1, 0], ...Array(8).fill([2, 1, 17])), true],
      ['RSA PRIVATE KEY', 'large numbers', writeDer(0x30, [2, 1, 0], ...Array(8).fill([2, 2, 3, 3])), true],
      ['RSA PRIVATE KEY', 'eight numbers', writeDer(0x30, [2, 1, 0], ...Array(7).fill([2, 1, 3])), false],
      ['RSA PRIVATE KEY', 'ten numbers', writeDer(0x30, [2, 1, 0], ...Array(9).fill([2, 1, 3])), false],
      ['RSA PRIVATE KEY', 'several primes', writeDer(0x30, [2, 1, 1], ...Array(8).fill([2, 1, 3]), sequence), false],
      ['RSA PRIVATE KEY', 'version 1', writeDer(0x30, [2, 1, 1], ...Array(8).fill([2, 1, 3])), false],
      ['RSA PUBLIC KEY', 'two numbers', writeDer(0x30, [2, 2, 5, 5], [2, 2, 1, 1]), true],
      ['RSA PUBLIC KEY', 'a modulus of one byte', writeDer(0x30, [2, 1, 5], [2, 1, 3]), false],
      ['RSA PUBLIC KEY', 'three numbers', writeDer(0x30, [2, 2, 5, 5], [2, 1, 3], [2, 1, 3]), false],
      ['EC PRIVATE KEY', 'a curve', writeDer(0x30, [2, 1, 1], [4, 0], [0xa0, 3, 6, 1, 42]), true],
      ['EC PRIVATE KEY', 'version 0', writeDer(0x30, [2, 1, 0], [4, 0], [0xa0, 3, 6, 1, 42]), false],
      ['EC PRIVATE KEY', 'a BIT STRING for the key', writeDer(0x30, [2, 1, 1], bits, [0xa0, 3, 6, 1, 42]), false],
      ['EC PRIVATE KEY', 'an element too many', writeDer(0x30, [2, 1, 1], [4, 0], [0xa0, 3, 6, 1, 42], [5, 0]), false],
    ])('%s: %s', (label, _, der, accepted) => {
      if (accepted) expect(readPem(block(label, der))).toBeDefined();
      else expect(messageOf(block(label, der))).toBe(MISLABELLED);
    });

    it('SEC 1 keys that do not name their curve', () => {
      const [version, key, , publicKey] = readDer(readDer(bodyOf(SEC1))![0]!.content)!.map(({ bytes }) => bytes);
      for (const others of [
        [],
        [publicKey!],
        // [1] is not the place of the curve.
        [writeDer(0xa1, [6, 1, 42])],
        // Explicit parameters, and what is no parameters at all.
        [writeDer(0xa0, writeDer(0x30, [2, 1, 1])), publicKey!],
        [writeDer(0xa0)],
        [writeDer(0xa0, [6, 2, 42])],
      ]) {
        expect(messageOf(block('EC PRIVATE KEY', writeDer(0x30, version!, key!, ...others)))).toBe(NO_CURVE);
      }
    });
  });

  const outcome = (text: string) => {
    try {
      return readPem(text).kind;
    } catch (error) {
      expect(error).toBeInstanceOf(JwtConfigError);
      return (error as JwtConfigError).message;
    }
  };

  it('throws nothing but JwtConfigError on any text', () => {
    const parts = fc.constantFrom(
      '-----BEGIN ',
      '-----END ',
      '-----',
      'PRIVATE KEY',
      'EC PARAMETERS',
      'CERTIFICATE',
      '\n',
      'MAA=',
      '\\n',
      'Proc-Type: 4,ENCRYPTED',
      'ssh-rsa AAAA',
      KEY,
      RSA_CERTIFICATE,
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void outcome(text)));
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 8 }), (list) => void outcome(list.join(''))),
    );
    fc.assert(
      fc.property(fc.anything(), (value) => {
        if (typeof value !== 'string') expect(messageOf(value)).toBe(MISSING);
      }),
    );
  });

  const FILES: [string, Uint8Array][] = [
    ['PRIVATE KEY', bodyOf(KEY)],
    ['PUBLIC KEY', bodyOf(spki(ed.publicKey))],
    ['CERTIFICATE', bodyOf(EC_CERTIFICATE)],
    ['CERTIFICATE', bodyOf(V1_CERTIFICATE)],
    ['RSA PUBLIC KEY', plain(rsa.publicKey.export({ type: 'pkcs1', format: 'der' }))],
    ['RSA PRIVATE KEY', plain(rsa.privateKey.export({ type: 'pkcs1', format: 'der' }))],
    ['EC PRIVATE KEY', bodyOf(SEC1)],
  ];

  it.each(FILES)('throws nothing but JwtConfigError on a %s cut short or changed in one byte', (label, der) => {
    for (let at = 0; at < der.length; at++) {
      expect(outcome(block(label, der.subarray(0, at)))).toMatch(/^PEM body is /);
      for (const flip of at < 64 ? [1, 2, 4, 8, 16, 32, 64, 128] : [1, 128, 255]) {
        const changed = der.slice();
        changed[at]! ^= flip;
        outcome(block(label, changed));
      }
    }
  });

  it('repeats nothing of the text', () => {
    const body = KEY.split('\n')[1]!;
    for (const text of [
      `-----BEGIN SECRET-----${body}-----END SECRET-----`,
      `-----BEGIN PRIVATE KEY-----${body}-----END SECRET-----`,
      `-----BEGIN PRIVATE KEY-----${body}!-----END PRIVATE KEY-----`,
      `-----BEGIN PRIVATE KEY-----${body}-----END PRIVATE KEY-----`,
      `ssh-rsa AAAA${body}`,
      body,
    ]) {
      expect(messageOf(text)).not.toContain(body.slice(0, 12));
      expect(messageOf(text)).not.toContain('SECRET');
    }
  });
});

describe('writePem', () => {
  it.each([
    ['RSA', rsa],
    ['P-256', ec],
    ['Ed25519', ed],
  ])('writes what OpenSSL writes (%s)', (_, { privateKey, publicKey }) => {
    expect(writePem('PRIVATE KEY', readPem(pkcs8(privateKey)).der)).toBe(pkcs8(privateKey));
    expect(writePem('PUBLIC KEY', readPem(spki(publicKey)).der)).toBe(spki(publicKey));
  });

  it('breaks after 64 characters and no empty line', () => {
    expect(writePem('PUBLIC KEY', new Uint8Array(48))).toBe(
      `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(64)}\n-----END PUBLIC KEY-----\n`,
    );
    expect(writePem('PUBLIC KEY', new Uint8Array(49))).toBe(
      `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(64)}\nAA==\n-----END PUBLIC KEY-----\n`,
    );
  });
});
