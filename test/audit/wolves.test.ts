// Ten ways to cry wolf. Each stays quiet beside a neighbour about which something must be said.

import { accessToken, createVerifier, dpopProof, key, unchecked } from 'jwtight';
import { type AuditOptions, type AuditSubject, audit } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { accessTokenWith, base64url, goodClaims, NOW, NOW_SECONDS, rawToken } from './support.js';

const ID_HEADER = { alg: 'ES256', typ: 'JWT', kid: '2026-11' };
const idClaims = goodClaims({ client_id: undefined, jti: undefined, nonce: 'n-0S6_WzA2Mj' });
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: base64url(new Uint8Array(32).fill(1)),
  y: base64url(new Uint8Array(32).fill(2)),
};
const proof = { jti: 'e1j3V_bKic8-LAEB', htm: 'POST', htu: 'https://api.example.com/pay', iat: NOW_SECONDS };
/** A verifier of another library about which there is nothing to say. */
const sound = {
  algorithms: ['ES256'],
  issuer: 'https://auth.example.com',
  audience: 'https://api.example.com',
  type: 'at+jwt',
  requiredClaims: ['exp'],
  maxTokenLength: 8192,
};

/** The worst that is found below a path, as severity and rule; `undefined` when there is nothing but low and info. */
async function worst(subject: AuditSubject, options: AuditOptions = {}): Promise<string | undefined> {
  const { findings } = await audit(subject, { now: NOW, ...options });
  const [first] = findings;
  return first && !['low', 'info'].includes(first.severity) ? `${first.severity} ${first.ruleId}` : undefined;
}

async function severityOf(id: string, subject: AuditSubject, options: AuditOptions = {}): Promise<string | undefined> {
  const { findings } = await audit(subject, { now: NOW, ...options });
  return findings.find(({ ruleId }) => ruleId === id)?.severity;
}

describe('nothing to cry about', () => {
  it('1. an expired sample', async () => {
    const token = accessTokenWith({ iat: NOW_SECONDS - 1000, exp: NOW_SECONDS - 100 });
    expect(await worst({ token })).toBeUndefined();
    expect(await severityOf('claims/expired', { token })).toBe('info');
    expect(await severityOf('claims/expired', { token }, { now: NOW - 200_000 })).toBeUndefined();
    expect(await worst({ token: accessTokenWith({ exp: NOW_SECONDS - 100 }) })).toBe('medium claims/time-inconsistent');
  });

  it('2. e-mail and name in an ID token', async () => {
    const pii = { email: 'jane@example.com', name: 'Jane Doe' };
    expect(await worst({ token: rawToken(ID_HEADER, { ...idClaims, ...pii }) })).toBeUndefined();
    expect(await worst({ token: accessTokenWith(pii) })).toBe('medium privacy/pii-email');
    expect(await worst({ token: rawToken(ID_HEADER, { ...idClaims, ...pii, password: 'hunter2' }) })).toBe(
      'critical privacy/password-claim',
    );
  });

  it('3. jwk in a DPoP proof', async () => {
    const dpop = (header: object) => rawToken({ alg: 'ES256', typ: 'dpop+jwt', jwk: EC, ...header }, proof);
    expect(await worst({ token: dpop({}) })).toBeUndefined();
    expect(await severityOf('header/embedded-jwk', { token: dpop({}) })).toBe('info');
    expect(await worst({ token: accessTokenWith({}, { jwk: EC }) })).toBe('medium header/embedded-jwk');
    expect(await worst({ token: dpop({ jwk: { ...EC, d: 'AA' } }) })).toBe('critical header/embedded-private-key');
  });

  it('4. no exp in a SET; no iss, sub or aud in a DPoP proof', async () => {
    const event = {
      iss: 'https://auth.example.com',
      aud: 'rp',
      iat: NOW_SECONDS,
      jti: proof.jti,
      events: { 'urn:x': {} },
    };
    const set = (claims: object) => rawToken({ ...ID_HEADER, typ: 'secevent+jwt' }, { ...event, ...claims });
    expect(await worst({ token: set({}) })).toBeUndefined();
    expect(await worst({ token: set({ iss: undefined }) })).toBe('high claims/iss-missing');
    expect(await worst({ token: rawToken({ alg: 'ES256', typ: 'dpop+jwt', jwk: EC }, proof) })).toBeUndefined();
    expect(await worst({ token: accessTokenWith({ exp: undefined }) })).toBe('high claims/exp-missing');
    const { publicKey } = await key('ES256').id('a').generate();
    const common = { keys: publicKey, issuer: unchecked, audience: unchecked } as const;
    expect(await worst({ verifier: createVerifier({ ...common, profile: dpopProof }).policy })).toBeUndefined();
    expect(await worst({ verifier: createVerifier({ ...common, profile: accessToken }).policy })).toBe(
      'high verifier/aud-unchecked',
    );
  });

  it('5. claims read before verifying in order to choose the issuer', async () => {
    const keys = async (id: string) => (await key('ES256').id(id).generate()).publicKey;
    const { policy } = createVerifier([
      { keys: await keys('a'), issuer: 'https://a.example', audience: 'api' },
      { keys: await keys('b'), issuer: 'https://b.example', audience: 'api' },
    ]);
    expect(await worst({ verifier: policy })).toBeUndefined();
    expect(await worst({ verifier: { ...sound, permits: ['claims-before-verifying'] } })).toBe(
      'high verifier/format-confusion',
    );
    expect(await worst({ verifier: { ...sound, issuer: ['https://a.example', 'https://b.example'] } })).toBe(
      'critical verifier/issuer-not-bound-to-key',
    );
  });

  it('6. 32 raw bytes, or 43 characters of Base64url, for HS256', async () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 251) & 255);
    for (const secret of [bytes, base64url(bytes)]) expect(await worst({ secret, algorithm: 'HS256' })).toBeUndefined();
    expect(await worst({ secret: bytes, algorithm: 'HS512' })).toBe('medium secret/too-short');
    expect(await worst({ secret: bytes.subarray(1), algorithm: 'HS256' })).toBe('high secret/too-short');
  });

  it('7. RS256, EdDSA, no kid with one key, typ JWT with one kind', async () => {
    for (const alg of ['RS256', 'EdDSA']) {
      const token = rawToken({ ...ID_HEADER, alg }, idClaims, new Uint8Array(alg === 'RS256' ? 256 : 64).fill(1));
      expect(await worst({ token, issuance: { kinds: ['id'] } })).toBeUndefined();
    }
    const unnamed = accessTokenWith({}, { kid: undefined });
    const one = { ...EC, kid: 'a', use: 'sig', alg: 'ES256' };
    expect(await severityOf('header/kid-missing', { token: unnamed, jwks: { keys: [one] } })).toBe('info');
    expect(
      await severityOf('header/kid-missing', { token: unnamed, jwks: { keys: [one, { ...one, kid: 'b' }] } }),
    ).toBe('medium');
    expect(
      await severityOf('header/typ-generic', { token: rawToken(ID_HEADER, idClaims), issuance: { kinds: ['id'] } }),
    ).toBeUndefined();
    expect(
      await severityOf('header/typ-generic', {
        token: rawToken(ID_HEADER, idClaims),
        issuance: { kinds: ['id', 'access'] },
      }),
    ).toBe('low');
    const rs1 = rawToken({ ...ID_HEADER, alg: 'RS1' }, idClaims, new Uint8Array(256).fill(1));
    expect(await worst({ token: rs1 })).toBe('high algorithm/deprecated');
  });

  it('8. no aud on a service whose key serves one audience', async () => {
    const { publicKey } = await key('ES256').id('a').generate();
    const { policy } = createVerifier({ keys: publicKey, issuer: 'https://auth.example.com', audience: unchecked });
    const context = { singleAudience: true };
    const token = rawToken(ID_HEADER, goodClaims({ aud: undefined, client_id: undefined }));
    expect(await worst({ verifier: policy, token }, { context })).toBeUndefined();
    expect(await worst({ verifier: policy, token })).toBe('high verifier/aud-unchecked');
    expect(await worst({ token })).toBe('medium claims/aud-missing');
  });

  it('9. SameSite=None across sites with a defence against CSRF', async () => {
    const cookie = { name: '__Host-token', httpOnly: true, secure: true, sameSite: 'None' } as const;
    expect(await worst({ storage: { where: 'cookie', cookie, csrfDefence: true } })).toBeUndefined();
    expect(await worst({ storage: { where: 'cookie', cookie, csrfDefence: false } })).toBe(
      'high storage/cookie-samesite',
    );
    expect(await worst({ storage: { where: 'cookie', cookie } })).toBe('high storage/cookie-samesite');
  });

  it('10. numbers that pass Luhn by accident, and fields of products', async () => {
    // Passes Luhn, but no brand of cards begins with 9.
    const luhn = { order: '9999999999999995', pin: 'pin-header-2x20', address: '0x00', name: 'USB hub' };
    expect(await worst({ token: accessTokenWith(luhn) }, { kind: 'unknown' })).toBeUndefined();
    expect(await worst({ token: accessTokenWith({ order: '4111111111111111' }) }, { kind: 'unknown' })).toBe(
      'critical privacy/payment-data',
    );
    expect(await worst({ token: accessTokenWith({ order: '4111111111111112' }) }, { kind: 'unknown' })).toBeUndefined();
  });
});
