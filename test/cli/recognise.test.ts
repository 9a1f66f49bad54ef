import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReference, isSecretName, looksLikeToken, subjectByForm } from '../../src/cli/recognise.js';

const PEM = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';

describe('a secret by its name', () => {
  it.each([
    'JWT_SECRET',
    'jwt_secret',
    'JWT_SECRET_KEY',
    'JWT_KEY',
    'JWT_PASSWORD',
    'JWT_SIGNING_KEY',
    'JWT_ACCESS_SECRET',
    'ACCESS_TOKEN_SECRET',
    'REFRESH_TOKEN_SECRET',
    'TOKEN_SECRET',
    'AUTH_SECRET',
    'NEXTAUTH_SECRET',
    'SESSION_SECRET',
    'SIGNING_KEY',
    'SIGNING_SECRET',
    'SECRET_KEY',
    'SECRET',
    'APP_SECRET',
    'JWT_SECRET_PROD',
    'JWT_SECRET_2',
    'JWT_SECRET_OLD',
    'NEXT_PUBLIC_JWT_SECRET',
    'jwtSecret',
    'spring.security.jwt-secret',
    'HMAC_KEY',
    'HS256_SECRET',
    'MY_APP_JWT_SECRET',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'JWT_SECRET_FILE',
    'JWT_KEY_ID',
    'JWT_KID',
    'JWT_PUBLIC_KEY',
    'JWT_PRIVATE_KEY',
    'JWT_PUBLIC_KEY_PATH',
    'JWT_ISSUER',
    'JWT_EXPIRES_IN',
    'JWT_ALGORITHM',
    'OAUTH_CLIENT_SECRET',
    'CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_KEY',
    'API_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'DATABASE_PASSWORD',
    'TOKEN',
    'ACCESS_TOKEN',
    'APP_KEY',
    'PROD',
    '_',
    '2',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('a value', () => {
  it.each([
    '$JWT_SECRET',
    '$' + '{JWT_SECRET}',
    '$' + '{{ secrets.JWT }}',
    '$(cat secret)',
    '{{ secret }}',
    '<your secret>',
  ])('%s stands for another', (value) => {
    expect(isReference(value)).toBe(true);
  });

  it.each(['secret', '$ecret!', 'a$b', '<a', '{a}', '$' + '{JWT_SECRET:-changeme}'])('%s is itself', (value) => {
    expect(isReference(value)).toBe(false);
  });
});

describe('a text by its form', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA';
  it.each<[string, string, unknown]>([
    ['a token', token, { token }],
    ['a token with space around it', ` ${token}\n`, { token }],
    ['an unsigned token', 'eyJhbGciOiJub25lIn0.e30.', { token: 'eyJhbGciOiJub25lIn0.e30.' }],
    ['an encrypted token', 'eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA', { token: 'eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA' }],
    ['a PEM', PEM, { key: PEM }],
    ['a PEM in Base64', Buffer.from(PEM).toString('base64'), { key: PEM }],
    ['a JWK', '{"kty":"EC"}', { key: { kty: 'EC' } }],
    ['a JWK Set', '{"keys":[]}', { jwks: { keys: [] } }],
    ['another object', '{"a":1}', undefined],
    ['a JWK whose kty is no text', '{"kty":1}', undefined],
    ['JSON with a name twice', '{"kty":"EC","kty":"EC"}', undefined],
    ['Base64 that is cut short', 'LS0tLS1CRUdJTi!', undefined],
    [
      'a Base64 PEM that is no text',
      `${Buffer.concat([Buffer.from('-----BEGIN '), Buffer.from([0xff])]).toString('base64')}`,
      undefined,
    ],
    ['a domain', 'eyJ.example.com/', undefined],
    ['four segments', 'eyJhbGciOiJIUzI1NiJ9.a.b.c', undefined],
    ['nothing', '', undefined],
  ])('%s', (_what, text, expected) => {
    expect(subjectByForm(text)).toEqual(expected);
  });

  it('may be anything', () => {
    fc.assert(fc.property(fc.string(), (text) => void subjectByForm(text)));
    const start = performance.now();
    looksLikeToken(`eyJ${'a.'.repeat(200_000)}!`);
    isReference(`\${{${'}}'.repeat(100_000)}`);
    isSecretName('a_'.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
