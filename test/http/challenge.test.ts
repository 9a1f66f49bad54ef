import { createVerifier, JwtConfigError, JwtError, type JwtErrorCode, key } from 'jwtight';
import { challenge, readBearer, readTokenCookie } from 'jwtight/http';
import { describe, expect, it } from 'vitest';
import { expectConfigError } from '../support/errors.js';

function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

const bearer = (parameters: string, status = 401) => ({
  status,
  headers: { 'WWW-Authenticate': `Bearer ${parameters}` },
});

describe('challenge', () => {
  it('says nothing about errors where there was no token', () => {
    expect(challenge()).toEqual(bearer('realm="api"'));
    expect(challenge(undefined, { realm: 'Billing API', scope: 'read write' })).toEqual(
      bearer('realm="Billing API", scope="read write"'),
    );
  });

  it.each<JwtErrorCode>([
    'ERR_JWT_MALFORMED',
    'ERR_JWT_TOO_LARGE',
    'ERR_JWT_ALGORITHM',
    'ERR_JWT_KEY_NOT_FOUND',
    'ERR_JWT_SIGNATURE',
    'ERR_JWT_CRITICAL',
    'ERR_JWT_TYPE',
    'ERR_JWT_EXPIRED',
    'ERR_JWT_NOT_ACTIVE',
    'ERR_JWT_TOO_OLD',
    'ERR_JWT_ISSUER',
    'ERR_JWT_AUDIENCE',
    'ERR_JWT_SUBJECT',
    'ERR_JWT_CLAIM_MISSING',
    'ERR_JWT_CLAIM_INVALID',
    'ERR_JWT_REVOKED',
  ])('answers %s like every other token that is not right', (code) => {
    expect(challenge(new JwtError(code, 'reason', { claim: 'exp' }))).toEqual(
      bearer('realm="api", error="invalid_token"'),
    );
  });

  it.each<JwtErrorCode>(['ERR_JWT_KEYS_UNAVAILABLE', 'ERR_JWT_REVOCATION_UNAVAILABLE'])(
    'answers %s with 503',
    (code) => {
      const error = new JwtError(code, 'reason');
      expect(challenge(error)).toEqual({ status: 503, headers: { 'Retry-After': '5' } });
      expect(challenge(error, { retryAfter: '2m' }).headers).toEqual({ 'Retry-After': '120' });
      expect(challenge(error, { retryAfter: 0.2 }).headers).toEqual({ 'Retry-After': '1' });
    },
  );

  it('answers a malformed request with 400', () => {
    const expected = bearer('realm="api", scope="a", error="invalid_request"', 400);
    const headers = new Headers({ authorization: 'Bearer a b', cookie: '__Host-token=' });
    expect(
      challenge(
        caught(() => readBearer(headers)),
        { scope: 'a' },
      ),
    ).toEqual(expected);
    expect(
      challenge(
        caught(() => readTokenCookie(headers)),
        { scope: 'a' },
      ),
    ).toEqual(expected);
  });

  it('answers a malformed token in a good header with 401', async () => {
    const { publicKey } = await key('ES256').generate();
    const verify = createVerifier({ keys: publicKey, issuer: 'https://a', audience: 'b' });
    const result = await verify.safe(readBearer(new Headers({ authorization: 'Bearer abc' }))!);
    expect(challenge(result.ok ? undefined : result.error)).toEqual(bearer('realm="api", error="invalid_token"'));
  });

  it('knows a JwtError of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { name: 'JwtError', code: 'ERR_JWT_REVOCATION_UNAVAILABLE' });
    expect(challenge(foreign).status).toBe(503);
  });

  it.each([[new Error('bug')], [new JwtConfigError('bug')], ['bug'], [null], [0], [{ code: 'ERR_JWT_EXPIRED' }]])(
    'throws %o on: it is no fault of the client',
    (error) => {
      expect(caught(() => challenge(error))).toBe(error);
    },
  );

  it('makes headers that a Response takes', () => {
    const response = new Response(null, challenge());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api"');
  });

  it.each([
    [{ realm: '' }],
    [{ realm: 'a"b' }],
    [{ realm: 'a\\b' }],
    [{ realm: 'a\r\nSet-Cookie: b' }],
    [{ realm: 'ä' }],
    [{ realm: ' a' }],
    [{ realm: 'a ' }],
    [{ realm: undefined }],
    [{ realm: 5 }],
    [{ scope: 'a  b' }],
    [{ scope: 'a\nb' }],
    [{ scope: '' }],
    [{ retryAfter: 'soon' }],
    [{ retryAfter: -1 }],
    [{ error: 'x' }],
    [null],
  ])('refuses the options %o', async (options) => {
    await expectConfigError(() => challenge(undefined, options as never));
  });
});
