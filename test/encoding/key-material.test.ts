import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDer } from '../../src/encoding/der.js';
import { looksLikeKeyMaterial, outline } from '../../src/encoding/key-material.js';
import { CERTIFICATE_REQUEST, EC_CERTIFICATE, RSA_CERTIFICATE, V1_CERTIFICATE } from './certificates.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const looks = (text: string) => looksLikeKeyMaterial(utf8(text));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const body = (pem: string) => pem.replace(/-----[^-]+-----/g, '').trim();

describe('outline', () => {
  it('draws two levels of DER', () => {
    expect(outline(rsa.publicKey.export({ type: 'spki', format: 'der' }))).toBe('((6 5) 3)');
    expect(outline(rsa.privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe('(v0 (6 5) 4)');
    expect(outline(ec.privateKey.export({ type: 'sec1', format: 'der' }))).toBe('(v1 4 a0 a1)');
    expect(outline(rsa.publicKey.export({ type: 'pkcs1', format: 'der' }))).toBe('(2 2)');
    const certificate = new Uint8Array(Buffer.from(body(EC_CERTIFICATE), 'base64'));
    expect(outline(certificate)).toBe('((a0 2 30 30 30 30 30 a3) (6) 3)');
    expect(outline(Uint8Array.of(0x30, 1, 4))).toBe('(undefined)');
    expect(outline(Uint8Array.of(4))).toBe('undefined');
    expect(outline(Uint8Array.of())).toBe('');
  });
});

describe('looksLikeKeyMaterial', () => {
  const DER: [string, Uint8Array][] = [
    ['SPKI, RSA', rsa.publicKey.export({ type: 'spki', format: 'der' })],
    ['SPKI, P-256', ec.publicKey.export({ type: 'spki', format: 'der' })],
    ['SPKI, Ed25519', ed.publicKey.export({ type: 'spki', format: 'der' })],
    ['PKCS#8, RSA', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS#8, Ed25519', ed.privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS#1, public', rsa.publicKey.export({ type: 'pkcs1', format: 'der' })],
    ['PKCS#1, private', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'der' })],
    [
      'encrypted PKCS#8',
      ec.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: 'x' }),
    ],
    ['certificate', Buffer.from(body(RSA_CERTIFICATE), 'base64')],
    ['certificate, version 1', Buffer.from(body(V1_CERTIFICATE), 'base64')],
  ];

  it.each(DER)('knows DER: %s, as bytes and in Base64', (_, der) => {
    expect(looksLikeKeyMaterial(der)).toBe(true);
    expect(looksLikeKeyMaterial(Uint8Array.from(der))).toBe(true);
    const text = Buffer.from(der).toString('base64');
    expect(looks(text)).toBe(true);
    expect(looks(text.replaceAll('=', ''))).toBe(true);
    expect(looks(`\n${text.replace(/.{64}/g, '$&\r\n')}\n`)).toBe(true);
    expect(looks(Buffer.from(text).toString('base64'))).toBe(true);
    // Every byte counts.
    expect(looksLikeKeyMaterial(Uint8Array.from([...der, 0]))).toBe(false);
    expect(looksLikeKeyMaterial(der.subarray(0, -1))).toBe(false);
    expect(looksLikeKeyMaterial(der.subarray(1))).toBe(false);
    expect(looksLikeKeyMaterial(Uint8Array.from([...der, 5, 0]))).toBe(false);
    expect(looksLikeKeyMaterial(Uint8Array.from([5, 0, ...der]))).toBe(false);
  });

  it.each([
    ['a key', ec.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a certificate', RSA_CERTIFICATE],
    ['a certificate request', CERTIFICATE_REQUEST],
    ['a damaged PEM', '-----BEGIN PUBLIC KEY'],
    ['PGP', '-----BEGIN PGP PUBLIC KEY BLOCK-----'],
    ['one with text before', `subject=CN\n${RSA_CERTIFICATE}`],
    ['one with literal \\n', RSA_CERTIFICATE.replaceAll('\n', '\\n')],
  ])('knows PEM: %s', (_, pem) => {
    expect(looks(pem)).toBe(true);
    expect(looks(Buffer.from(pem).toString('base64'))).toBe(true);
    expect(looksLikeKeyMaterial(Uint8Array.from([0xff, 0x80, ...utf8(pem), 0xfe]))).toBe(true);
  });

  it.each([
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@example',
    '\n ssh-dss  AAAAB3NzaC1kc3M',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY',
    'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t',
  ])('knows OpenSSH: %j', (line) => {
    expect(looks(line)).toBe(true);
  });

  it.each([
    '{"kty":"RSA"}',
    ' \n{"use":"sig","kty":"oct","k":"AA"}\t\n',
    '{"keys":[]}',
    '{ "keys": [ { "kty": "EC" } ], "more": "é" }',
    '{"kt\\u0079":"RSA"}',
    '\ufeff{"kty":"RSA"}',
    JSON.stringify(ec.publicKey.export({ format: 'jwk' })),
  ])('knows JWK: %j', (json) => {
    expect(looks(json)).toBe(true);
    expect(looks(Buffer.from(json).toString('base64'))).toBe(true);
  });

  it.each([
    '',
    ' ',
    '=',
    'secret',
    'correct horse battery staple',
    'ssh-rsa',
    'ssh-my-own-secret with words',
    'not ssh-rsa AAAAB3NzaC1yc2E',
    'xssh-rsa AAAAB3NzaC1yc2E',
    '-----begin public key-----',
    'BEGIN PUBLIC KEY',
    'kty',
    '"kty"',
    'null',
    '[]',
    '["kty","keys"]',
    '{}',
    '{"k":"v"}',
    '{"key":"v","value":{"kty":"RSA"}}',
    '{"kty":"RSA"',
    '{"toString":1}',
    '42',
    'MAA=',
    'MIIB',
  ])('lets pass: %j', (text) => {
    expect(looks(text)).toBe(false);
  });

  const algorithm = writeDer(0x30, [6, 1, 42]);
  it.each([
    ['a SEQUENCE of nothing', writeDer(0x30)],
    ['another first tag', writeDer(0x31, algorithm, [3, 0])],
    ['an algorithm without OID', writeDer(0x30, [0x30, 2, 5, 0], [3, 0])],
    ['an empty algorithm', writeDer(0x30, [0x30, 0], [3, 0])],
    ['a damaged algorithm', writeDer(0x30, [0x30, 2, 6, 1], [3, 0])],
    ['an encrypted key with more behind', writeDer(0x30, algorithm, [4, 0], [4, 0])],
    ['an encrypted key with more in front', writeDer(0x30, [5, 0], algorithm, [4, 0])],
    ['a key alone', writeDer(0x30, [4, 0])],
    ['one number', writeDer(0x30, [2, 2, 1, 1])],
    ['a version alone', writeDer(0x30, [2, 1, 0])],
    ['SEC 1 of version 0', writeDer(0x30, [2, 1, 0], [4, 0])],
    ['children cut short', Uint8Array.of(0x30, 4, 2, 2, 5, 5, 2)],
    ['two structures', Uint8Array.from([...writeDer(0x30, algorithm, [3, 0]), ...writeDer(0x30, algorithm, [3, 0])])],
  ])('lets other DER pass: %s', (_, der) => {
    expect(looksLikeKeyMaterial(der)).toBe(false);
    expect(looks(Buffer.from(der).toString('base64'))).toBe(false);
  });

  it('knows the smallest of each', () => {
    expect(looksLikeKeyMaterial(writeDer(0x30, algorithm, [4, 0]))).toBe(true);
    expect(looksLikeKeyMaterial(writeDer(0x30, algorithm, [3, 0]))).toBe(true);
    expect(looksLikeKeyMaterial(writeDer(0x30, [2, 1, 1], [4, 0]))).toBe(true);
    expect(looksLikeKeyMaterial(writeDer(0x30, [2, 2, 5, 5], [2, 1, 3]))).toBe(true);
    expect(looksLikeKeyMaterial(writeDer(0x30, [2, 2, 5, 5], [2, 1, 17]))).toBe(true);
  });

  it('lets random secrets pass, raw and written', () => {
    for (const length of [32, 48, 64, 128, 256]) {
      for (let i = 0; i < 300; i++) {
        const secret = randomBytes(length);
        expect(looksLikeKeyMaterial(secret)).toBe(false);
        for (const encoding of ['hex', 'base64', 'base64url'] as const)
          expect(looks(secret.toString(encoding))).toBe(false);
      }
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(looksLikeKeyMaterial(bytes)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        looks(text);
      }),
    );
    expect(looks('['.repeat(100_000))).toBe(false);
    expect(looks('{"a":'.repeat(100_000))).toBe(false);
  });

  it('answers for a megabyte of anything', () => {
    for (const filler of ['A', ' ', 'ssh-', '{', '=', '-----BEGIN', '0\0', '0\u0002\u0001\u0001'])
      expect(looks(filler.repeat(250_000))).toBe(false);
    expect(looksLikeKeyMaterial(writeDer(0x30, new Uint8Array(500_000)))).toBe(false);
  });
});
