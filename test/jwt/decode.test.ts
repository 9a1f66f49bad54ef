import { describe, expect, it } from 'vitest';
import { decodeUnverified, JwtError } from '../../src/index.js';
import { readClaims } from '../../src/jwt/decode.js';
import { b64, CLAIMS, token } from './support.js';

describe('decodeUnverified', () => {
  it('shows header and claims of any well-formed token, whoever signed it', () => {
    const header = { alg: 'RS256', kid: 'k', typ: 'at+jwt' };
    expect(decodeUnverified(token(CLAIMS, header))).toEqual({ header, claims: CLAIMS });
    expect(decodeUnverified(`${b64('{"alg":"none"}')}.${b64('{}')}.`)).toEqual({ header: { alg: 'none' }, claims: {} });
  });

  it('judges no claim', () => {
    const claims = { iss: ['x'], aud: [], sub: null, exp: 'soon', nbf: 1e17, iat: -5, jti: 5 };
    expect(decodeUnverified(token(claims)).claims).toEqual(claims);
  });

  const [head, body, signature] = token().split('.') as [string, string, string];
  it.each([
    ['with a trailing space', `${signature} `],
    ['with a trailing line break', `${signature}\n`],
    ['with padding', `${signature}=`],
    ['of an impossible length', `${signature}AA`],
    ['with a foreign letter', `${signature.slice(0, -1)}Á`],
    ['in standard Base64', '+/+/'],
    ['that is not Base64 at all', '!'],
  ])('refuses a signature %s', (_, bad) => {
    expect(() => decodeUnverified(`${head}.${body}.${bad}`)).toThrow(JwtError);
    expect(() => decodeUnverified(`${head}.${body}.${bad}`)).toThrow(
      expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }),
    );
  });
});

it('readClaims reads a payload segment', () => {
  expect(readClaims(b64('{"a":1}'))).toEqual({ a: 1 });
  for (const bad of ['', b64('[]'), b64('{"a":1,"a":1}'), `${b64('{}')}=`])
    expect(() => readClaims(bad)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }));
});
