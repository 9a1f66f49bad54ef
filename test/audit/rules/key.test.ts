import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { exportJwk, exportPem, key } from 'jwtight';
import type { AuditSubject } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { EC_CERTIFICATE } from '../../encoding/certificates.js';
import { accessTokenWith, findingsOf, fires, quiet, rawToken } from '../support.js';

/** Made for these tests and for nothing else. */
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: '9bMbA-8iPWQ_RB7ug1LKDvVcnXvSMxboTF0a3z-G0NQ',
  y: 'Vom-RwTzr9MZsCJhvcMrtu46hlnlmj3dyxjuKRaaJeI',
};
/** RFC 7517 appendix A.1. */
const KNOWN = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};
/** RFC 8037 appendix A. */
const ED25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
/** RFC 9449 §4.1. */
const DPOP = {
  kty: 'EC',
  crv: 'P-256',
  x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
  y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
};

const withKey = (jwk: object): AuditSubject => ({ key: jwk as Record<string, unknown> });

describe('key/known', () => {
  const RULE = 'key/known';

  it.each([
    ['RFC 7517', KNOWN],
    ['RFC 8037', ED25519],
    ['RFC 9449', DPOP],
    [
      'RFC 7515 A.3',
      {
        ...EC,
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    ],
    [
      'RFC 7520 §5.4',
      {
        kty: 'EC',
        crv: 'P-384',
        x: 'YU4rRUzdmVqmRtWOs2OpDE_T5fsNIodcG8G5FWPrTPMyxpzsSOGaQLpe2FpxBmu2',
        y: 'A8-yxCHxkfBz3hKZfI1jUYMjUhsEveZ9THuwFjH2sCNdtksRJU7D5-SkgaFL1ETP',
      },
    ],
  ])('knows the key of %s', async (_what, jwk) => {
    expect(await fires(RULE, withKey(jwk))).toMatchObject({
      severity: 'critical',
      confidence: 'confirmed',
      path: '/key',
      rootCause: 'key-strength',
    });
  });

  it('knows the pair of jwt.io as PEM', async () => {
    const pem =
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\n' +
      'q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==\n-----END PUBLIC KEY-----';
    await fires(RULE, { key: pem });
  });

  it('looks at sets, verifiers and headers', async () => {
    const findings = await findingsOf(RULE, {
      token: rawToken({ jwk: DPOP, kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s' }, {}),
      jwks: { keys: [EC, KNOWN] },
      verifier: { keys: [ED25519] },
    });
    expect(findings.map(({ path, confidence }) => [path, confidence])).toEqual([
      ['/jwks/keys/1', 'confirmed'],
      ['/token/header/jwk', 'confirmed'],
      ['/token/header/kid', 'likely'],
      ['/verifier/keys/0', 'confirmed'],
    ]);
  });

  it.each<[string, AuditSubject]>([
    ['other keys', withKey(EC)],
    ['secrets', withKey({ kty: 'oct', k: 'AQ' })],
    ['other kids', { token: accessTokenWith({}, { kid: 'Zn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s' }) }],
    ['kids that begin like a thumbprint', { token: accessTokenWith({}, { kid: 'cn-I_WNMClehiVp5' }) }],
    ['headers without key', { token: accessTokenWith() }],
    ['kids that are no text', { token: accessTokenWith({}, { kid: ['cn-I_WNMClehiVp5'] }) }],
    ['what is no key', { token: rawToken({ jwk: 'x' }, {}) }],
  ])('is quiet on %s', async (_what, subject) => {
    await quiet(RULE, subject);
  });
});

/** Made by another implementation: Node's. */
const KOBLITZ = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' });

describe('key/point-invalid', () => {
  const RULE = 'key/point-invalid';
  const bytes = (length: number, ...first: number[]) =>
    Buffer.from([...first, ...new Array(length - first.length).fill(0)]).toString('base64url');
  const okp = (x: unknown, crv = 'Ed25519') => ({ kty: 'OKP', crv, x });

  it.each<[string, object]>([
    ['a point off the curve', { ...EC, y: EC.x }],
    ['a coordinate that is too short', { ...EC, x: EC.x.slice(0, -4) }],
    ['one that is too long', { ...EC, y: `${EC.y}AAAA` }],
    ['no y', { kty: 'EC', crv: 'P-256', x: EC.x }],
    ['no point', { kty: 'EC', crv: 'P-256' }],
    ['what is no Base64url', { ...EC, x: `${EC.x.slice(0, -1)}!` }],
    ['a number', { ...EC, x: 1 }],
    ['coordinates of another curve', { ...EC, crv: 'P-384' }],
    ['a coordinate out of range', { kty: 'EC', crv: 'P-256', x: Buffer.alloc(32, 255).toString('base64url'), y: EC.y }],
    ['short coordinates of secp256k1', { ...EC, crv: 'secp256k1', y: 'AQ' }],
    ['a point off secp256k1', { ...EC, crv: 'secp256k1' }],
    ['a coordinate of secp256k1 out of range', { ...KOBLITZ, y: Buffer.alloc(32, 255).toString('base64url') }],
    ['a point of small order', okp(bytes(32))],
    ['y = 1', okp(bytes(32, 1))],
    // 2 is no y of Ed25519.
    ['a y without x', okp(bytes(32, 2))],
    ['a y that is not reduced', okp(Buffer.from([0xf0, ...new Array(30).fill(255), 0x7f]).toString('base64url'))],
    ['31 bytes', okp(bytes(31, 3))],
    ['X25519 of 31 bytes', okp(bytes(31, 9), 'X25519')],
    ['Ed448 of 56 bytes', okp(bytes(56, 9), 'Ed448')],
    ['no x', okp(undefined)],
  ])('fires on %s', async (_what, jwk) => {
    expect(await fires(RULE, withKey(jwk))).toMatchObject({
      severity: 'critical',
      path: '/key',
      rootCause: 'key-strength',
    });
  });

  it.each<[string, object]>([
    ['P-256', EC],
    ['Ed25519', ED25519],
    ['X25519', okp(bytes(32, 9), 'X25519')],
    ['Ed448', okp(bytes(57, 9), 'Ed448')],
    ['secp256k1', KOBLITZ],
    ['a curve that is not known', { kty: 'EC', crv: 'P-257', x: 'AQ' }],
    ['another type with crv', { kty: 'RSA', crv: 'P-256' }],
    ['no curve', { kty: 'EC' }],
  ])('is quiet on %s', async (_what, jwk) => {
    await quiet(RULE, withKey(jwk));
  });

  it.each(['ES256', 'ES384', 'ES512', 'Ed25519'] as const)('is quiet on %s of ours', async (algorithm) => {
    const { privateKey, publicKey } = await key(algorithm).extractable().generate();
    for (const given of [privateKey, publicKey, await exportPem(privateKey), await exportPem(publicKey)])
      await quiet(RULE, { key: given });
    await quiet(RULE, { key: await exportJwk(privateKey) });
    await quiet(RULE, { key: (await key(algorithm).generate()).privateKey });
  });

  it('is quiet on a compressed point in a PEM', async () => {
    const { x } = EC;
    const der = Buffer.concat([
      Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'),
      Buffer.from([2]),
      Buffer.from(x, 'base64url'),
    ]);
    await quiet(RULE, { key: `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----` });
  });
});

describe('key/weak-curve', () => {
  const RULE = 'key/weak-curve';

  it.each(['P-192', 'P-224', 'secp192k1', 'secp224r1', 'secp160r1', 'prime192v1', 'brainpoolP224r1'])(
    'fires on %s',
    async (crv) => {
      expect(await fires(RULE, withKey({ kty: 'EC', crv }))).toMatchObject({
        severity: 'high',
        path: '/key',
        rootCause: 'key-strength',
      });
    },
  );

  it('only mentions secp256k1', async () => {
    expect((await fires(RULE, withKey({ kty: 'EC', crv: 'secp256k1' }))).severity).toBe('info');
  });

  it('sees the curve in a PEM', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp224r1' });
    await fires(RULE, { key: publicKey.export({ type: 'spki', format: 'pem' }) as string });
  });

  it.each(['P-256', 'P-384', 'P-521', 'secp521r1', 'secp256r1', 'brainpoolP256r1', 'xP-192', 'P-1920'])(
    'is quiet on %s',
    async (crv) => {
      await quiet(RULE, withKey({ kty: 'EC', crv }));
    },
  );
});

describe('key/pem-legacy and key/pem-damaged', () => {
  const rsa = createPublicKey({
    key: { kty: 'RSA', n: Buffer.alloc(256, 255).toString('base64url'), e: 'AQAB' },
    format: 'jwk',
  });
  const pkcs1 = rsa.export({ type: 'pkcs1', format: 'pem' }) as string;
  const spki = rsa.export({ type: 'spki', format: 'pem' }) as string;
  const sec1 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });

  it.each([
    ['PKCS#1', pkcs1],
    ['SEC 1', sec1 as string],
  ])('fires on %s', async (_what, pem) => {
    expect(await fires('key/pem-legacy', { key: pem })).toMatchObject({ severity: 'low', path: '/key' });
    await quiet('key/pem-damaged', { key: pem });
  });

  it.each([
    ['line breaks as text', spki.replaceAll('\n', '\\n'), 'confirmed'],
    ['no footer', spki.split('-----END')[0]!, 'confirmed'],
    ['encryption', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', 'confirmed'],
    ['nonsense', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'confirmed'],
    ['an unusual label', '-----BEGIN X-----\nAAAA\n-----END X-----', 'confirmed'],
    ['a certificate', EC_CERTIFICATE, 'possible'],
  ])('fires on %s', async (_what, pem, confidence) => {
    expect(await fires('key/pem-damaged', { verifier: { keys: [EC, pem] } })).toMatchObject({
      severity: 'medium',
      confidence,
      path: '/verifier/keys/1',
    });
    await quiet('key/pem-legacy', { key: pem });
  });

  it('says what is wrong', async () => {
    const pems = [spki.replaceAll('\n', '\\n'), spki.split('-----END')[0]!, EC_CERTIFICATE];
    const findings = await findingsOf('key/pem-damaged', { verifier: { keys: pems } });
    expect(new Set(findings.map(({ message }) => message)).size).toBe(3);
  });

  it('are quiet on SPKI and on keys that are no PEM', async () => {
    for (const id of ['key/pem-legacy', 'key/pem-damaged']) {
      await quiet(id, { key: spki });
      await quiet(id, { key: EC });
      await quiet(id, { jwks: { keys: [EC] } });
      await quiet(id, { verifier: { keys: [EC, spki] } });
    }
  });
});
