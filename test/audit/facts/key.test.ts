import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { exportJwk, exportPem, key, thumbprint } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { readJwks } from '../../../src/audit/facts/jwks.js';
import { readKey } from '../../../src/audit/facts/key.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
const spki = (pair: { publicKey: { export(options: object): unknown } }) =>
  String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const pkcs8 = (pair: { privateKey: { export(options: object): unknown } }) =>
  String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));

describe('a PEM', () => {
  it.each(['ES256', 'ES384', 'ES512', 'Ed25519'] as const)('of %s has the members of its JWK', async (algorithm) => {
    const { privateKey, publicKey } = await key(algorithm).extractable().generate();
    const facts = await readKey(await exportPem(publicKey), '/key');
    const { alg: _alg, use: _use, ...material } = await exportJwk(publicKey);
    expect(facts.jwk).toEqual(material);
    expect(facts).toMatchObject({
      path: '/key',
      source: 'pem',
      isPrivate: false,
      thumbprint: await thumbprint(publicKey),
      pem: { label: 'PUBLIC KEY', problem: undefined },
    });
    const { d } = await exportJwk(privateKey);
    const secret = await readKey(await exportPem(privateKey), '/key');
    expect(secret.isPrivate).toBe(true);
    expect(secret.jwk.d).toBe(d);
    if (algorithm !== 'Ed25519') expect(secret.thumbprint).toBe(await thumbprint(privateKey));
  });

  it('of RSA has all its numbers, however small', async () => {
    expect((await readKey(pkcs8(rsa), '/key')).jwk).toEqual(rsa.privateKey.export({ format: 'jwk' }));
    expect(await readKey(spki(rsa), '/key')).toMatchObject({
      type: 'RSA',
      bits: 1024,
      exponent: 3n,
      isPrivate: false,
      jwk: rsa.publicKey.export({ format: 'jwk' }),
    });
  });

  it.each([
    ['secp256k1', 'secp256k1'],
    ['prime192v1', 'P-192'],
    ['secp224r1', 'P-224'],
    ['brainpoolP256r1', 'unknown'],
  ])('of a curve that WebCrypto does not have: %s', async (namedCurve, crv) => {
    const pair = generateKeyPairSync('ec', { namedCurve });
    expect(await readKey(spki(pair), '/key')).toMatchObject({ type: 'EC', curve: crv });
    expect(await readKey(pkcs8(pair), '/key')).toMatchObject({ type: 'EC', curve: crv, isPrivate: true });
  });

  it.each(['ed448', 'x25519', 'x448'] as const)('of %s', async (type) => {
    const pair = generateKeyPairSync(type as 'ed448');
    const { crv, x } = pair.publicKey.export({ format: 'jwk' });
    expect((await readKey(spki(pair), '/key')).jwk).toEqual({ kty: 'OKP', crv, x });
    const { d } = pair.privateKey.export({ format: 'jwk' });
    expect((await readKey(pkcs8(pair), '/key')).jwk).toEqual({ kty: 'OKP', crv, d });
  });

  it('of ML-DSA', async () => {
    const pair = generateKeyPairSync('ml-dsa-44' as 'ed25519');
    expect(await readKey(spki(pair), '/key')).toMatchObject({ type: 'AKP', alg: 'ML-DSA-44', isPrivate: false });
    expect(await readKey(pkcs8(pair), '/key')).toMatchObject({ type: 'AKP', alg: 'ML-DSA-44', isPrivate: true });
  });

  it('of a type that no JWK has', async () => {
    const pair = generateKeyPairSync('dsa' as 'rsa', { modulusLength: 1024 });
    expect(await readKey(spki(pair), '/key')).toMatchObject({ type: undefined, pem: { problem: 'unreadable' } });
  });

  it('of a compressed point has no y', async () => {
    const { publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const der = Buffer.from(publicKey.split('-----')[2]!, 'base64');
    const compressed = Buffer.concat([
      Buffer.from([0x30, der[1]! - 32]),
      der.subarray(2, 2 + der[3]! + 2),
      Buffer.from([3, 34, 0, 2]),
      der.subarray(-64, -32),
    ]);
    const pem = `-----BEGIN PUBLIC KEY-----\n${compressed.toString('base64')}\n-----END PUBLIC KEY-----`;
    expect((await readKey(pem, '/key')).jwk).toEqual({ kty: 'EC', crv: 'P-256', x: expect.any(String) });
  });

  it.each<[string, (pem: string) => string, string]>([
    ['line breaks written out', (pem) => pem.replaceAll('\n', '\\n'), 'escaped-line-breaks'],
    ['both kinds of them', (pem) => pem.replaceAll('\n', '\\r\\n'), 'escaped-line-breaks'],
    ['no footer', (pem) => pem.slice(0, pem.indexOf('-----END')), 'no-footer'],
  ])('with %s is read all the same', async (_what, damage, problem) => {
    expect(await readKey(damage(spki(rsa)), '/key')).toMatchObject({
      type: 'RSA',
      bits: 1024,
      pem: { label: 'PUBLIC KEY', problem },
    });
  });

  it.each([
    ['ENCRYPTED PRIVATE KEY', 'encrypted'],
    ['PUBLIC KEY', 'unreadable'],
    ['RSA PRIVATE KEY', 'unreadable'],
    ['CERTIFICATE', 'unreadable'],
  ])('of %s that is not what it says', async (label, problem) => {
    const facts = await readKey(`-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----`, '/key');
    expect(facts).toMatchObject({ type: undefined, pem: { label, problem }, isPrivate: label.endsWith('PRIVATE KEY') });
  });

  it('of old OpenSSL that is encrypted', async () => {
    const text = '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----';
    expect((await readKey(text, '/key')).pem).toEqual({ label: 'RSA PRIVATE KEY', problem: 'encrypted' });
  });

  it('under a label of its own has no label', async () => {
    expect((await readKey('-----BEGIN MY SECRET-----', '/key')).pem).toEqual({
      label: undefined,
      problem: 'no-footer',
    });
  });
});

describe('a key of ours', () => {
  it('is exported where it can be', async () => {
    const { privateKey, publicKey } = await key('ES256').id('k1').generate();
    expect(await readKey(publicKey, '/key')).toMatchObject({
      source: 'ours',
      type: 'EC',
      curve: 'P-256',
      alg: 'ES256',
      kid: 'k1',
      isPrivate: false,
      thumbprint: await thumbprint(publicKey),
    });
    expect(await readKey(privateKey, '/key')).toMatchObject({
      type: 'EC',
      curve: 'P-256',
      alg: 'ES256',
      kid: 'k1',
      isPrivate: true,
      thumbprint: undefined,
    });
  });

  it('shows its size even where it cannot', async () => {
    const { privateKey } = await key('PS256').modulusLength(2048).generate();
    expect(await readKey(privateKey, '/key')).toMatchObject({ type: 'RSA', bits: 2048, exponent: 65537n });
    expect(await readKey(await key('HS384').generate(), '/key')).toMatchObject({ type: 'oct', isPrivate: true });
    const secret = await key('HS256').extractable().secret(randomBytes(40));
    expect(await readKey(secret, '/key')).toMatchObject({ type: 'oct', bits: 320, thumbprint: undefined });
  });
});

describe('a JWK', () => {
  const JWK = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' };

  it('is read from text and object', async () => {
    const facts = await readKey(JWK, '/key');
    expect(facts).toMatchObject({ source: 'jwk', jwk: JWK, type: 'EC', curve: 'P-256', isPrivate: false });
    expect(await readKey(JSON.stringify(JWK), '/key')).toEqual(facts);
  });

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'])('with %s is private', async (name) => {
    expect((await readKey({ ...JWK, [name]: '' }, '/key')).isPrivate).toBe(true);
  });

  it.each<[object]>([[{ kty: 5 }], [{ kty: 'constructor' }], [{ kty: '__proto__' }], [{}], [{ kty: 'ec' }]])(
    '%j has no type',
    async (jwk) => {
      expect(await readKey(jwk, '/key')).toMatchObject({ type: undefined, thumbprint: undefined, isPrivate: false });
    },
  );

  it.each(['x', 'y', 'crv'])('without %s has no thumbprint', async (name) => {
    expect((await readKey({ ...JWK, [name]: undefined }, '/key')).thumbprint).toBeUndefined();
    expect((await readKey({ ...JWK, [name]: '\ud800' }, '/key')).thumbprint).toBeUndefined();
  });

  it('of a secret shows its size', async () => {
    expect(await readKey({ kty: 'oct', k: 'AAAA' }, '/key')).toMatchObject({ type: 'oct', bits: 24, isPrivate: true });
    expect((await readKey({ kty: 'oct', k: '' }, '/key')).bits).toBe(0);
  });

  it('has no numbers that are too long or none', async () => {
    for (const n of ['', 'A=', 'A'.repeat(2736), 5]) {
      expect((await readKey({ kty: 'RSA', n, e: 'AQAB' }, '/key')).modulus).toBeUndefined();
    }
    expect((await readKey({ kty: 'RSA', n: `${'A'.repeat(2731)}E`, e: 'AQAB' }, '/key')).modulus).toBe(4n);
    expect((await readKey({ kty: 'EC', n: 'AQAB' }, '/key')).modulus).toBeUndefined();
  });

  it('may be anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.json(), async (value, text) => {
        await readKey(value, '/key');
        await readKey(text, '/key');
        await readJwks({ keys: [value] } as never);
        await readJwks(text);
      }),
    );
  });
});

it('other text and bytes are a secret', async () => {
  expect(await readKey('shhü', '/k')).toMatchObject({ source: 'text', type: 'oct', isPrivate: true, bits: 40 });
  expect(await readKey(new Uint8Array(4), '/k')).toMatchObject({ source: 'bytes', type: 'oct', bits: 32 });
  expect(await readKey(randomBytes(4), '/k')).toMatchObject({ source: 'bytes', type: 'oct', bits: 32 });
});

describe('a set', () => {
  it('is read from text and document', async () => {
    const document = { keys: [{ kty: 'oct', k: 'AAAA' }, null, 'text'] };
    const facts = await readJwks(document);
    expect(facts).toMatchObject({ path: '/jwks', problem: undefined });
    expect(facts.keys.map(({ path, type }) => [path, type])).toEqual([
      ['/jwks/keys/0', 'oct'],
      ['/jwks/keys/1', undefined],
      ['/jwks/keys/2', undefined],
    ]);
    expect(await readJwks(JSON.stringify(document))).toEqual(facts);
  });

  it.each<[string, string]>([
    ['', 'not-json'],
    ['[]', 'not-json'],
    ['{"keys":[],"keys":[]}', 'not-json'],
    [`{"keys":[],"x":"${'x'.repeat(1_048_576)}"}`, 'not-json'],
    ['{}', 'no-keys'],
    ['{"keys":{}}', 'no-keys'],
  ])('%.30j is none', async (text, problem) => {
    expect(await readJwks(text)).toEqual({ path: '/jwks', problem, keys: [] });
  });

  it('is read up to a thousand keys', async () => {
    expect((await readJwks({ keys: Array(1001).fill({}) })).keys).toHaveLength(1000);
  });
});
