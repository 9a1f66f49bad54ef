import { createHash } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { key } from '../../src/keys/builder.js';
import { exportJwk, thumbprint } from '../../src/keys/export-key.js';
import { jwkThumbprint } from '../../src/keys/thumbprint.js';
import { ASYMMETRIC, material, toPem } from './fixtures.js';

// RFC 7638 §3.1
const RFC_7638 = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
};

describe('thumbprints', () => {
  it('RFC 7638 §3.1', async () => {
    const expected = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
    expect(await jwkThumbprint(RFC_7638)).toBe(expected);
    expect((await key('RS256').id().public({ jwk: RFC_7638 })).id).toBe(expected);
    const publicKey = await key('RS256').public({ jwk: RFC_7638 });
    expect(publicKey.id).toBe('2011-04-29');
    expect(await thumbprint(publicKey)).toBe(expected);
  });

  it('RFC 8037 A.3', async () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const expected = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
    expect(await jwkThumbprint(jwk)).toBe(expected);
    expect((await key('EdDSA').id().public({ jwk })).id).toBe(expected);
    expect(await thumbprint(await key('Ed25519').public({ jwk }))).toBe(expected);
  });

  // RFC 9964 appendix A: the key of the seed of zeros, here as the PKCS#8 that holds the seed alone (RFC 9881 §6).
  it('RFC 9964 appendix A, ML-DSA-44', async () => {
    const der = Buffer.concat([
      Buffer.from('3034020100300b0609608648016503040311042280' + '20', 'hex'),
      Buffer.alloc(32),
    ]);
    const privateKey = await key('ML-DSA-44')
      .id()
      .extractable()
      .private({ pem: toPem('PRIVATE KEY', der) });
    expect(privateKey.id).toBe('T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o');
    expect((await exportJwk(privateKey)).priv).toBe('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  });

  it.each(ASYMMETRIC)('agree with jose: %s', async (algorithm) => {
    const { publicJwk, privateJwk, publicPem, publicCryptoKey } = await material(algorithm);
    const expected = await calculateJwkThumbprint(publicJwk as Parameters<typeof calculateJwkThumbprint>[0]);
    expect(await jwkThumbprint(publicJwk)).toBe(expected);
    expect(await jwkThumbprint(privateJwk)).toBe(expected);
    expect((await key(algorithm).id().public({ pem: publicPem })).id).toBe(expected);
    expect((await key(algorithm).id().public({ cryptoKey: publicCryptoKey })).id).toBe(expected);
    expect(await thumbprint(await key(algorithm).public({ jwk: publicJwk }))).toBe(expected);
    expect(await thumbprint(await key(algorithm).extractable().private({ jwk: privateJwk }))).toBe(expected);
  });

  it('of a secret is a hash of the secret', async () => {
    const k = Buffer.alloc(32, 7).toString('base64url');
    const expected = createHash('sha256').update(`{"k":"${k}","kty":"oct"}`).digest('base64url');
    expect(await jwkThumbprint({ kty: 'oct', k })).toBe(expected);
    const secret = await key('HS256').id().extractable().secret({ base64url: k });
    expect(secret.id).toBe(expected);
    expect(await thumbprint(secret)).toBe(expected);
    expect(await calculateJwkThumbprint({ kty: 'oct', k })).toBe(expected);
  });

  it('do not depend on order or other members', async () => {
    const { kty, n, e } = RFC_7638;
    const expected = await jwkThumbprint(RFC_7638);
    expect(await jwkThumbprint({ e, n, kty })).toBe(expected);
    expect(await jwkThumbprint({ use: 'sig', n, kid: 'x', kty, e, crv: undefined as never })).toBe(expected);
    expect(await jwkThumbprint({ kty, n, e: 'Aw' })).not.toBe(expected);
  });

  // A kid made from the JWK and one made from the imported key must be the same.
  it('are the same before and after import', async () => {
    const made = await key('RS256').id().public({ jwk: RFC_7638 });
    expect(made.id).toBe(await thumbprint(made));
  });
});
