import { type HeaderReader, MalformedRequest, readHeader, TOKEN_TEXT } from './headers.js';

/**
 * The token in a request's `Authorization` header (RFC 6750 §2.1). Tokens in a form body or a URL are not read: they
 * end up in logs and histories.
 *
 * @returns the token as it stands, not verified; `undefined` without the header or with another scheme in it.
 * @throws JwtError `ERR_JWT_MALFORMED` for a Bearer scheme with anything but one token after it, as two headers give.
 * @example
 * ```ts
 * import { readBearer } from 'jwtight/http';
 *
 * const headers = new Headers({ Authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.e30.c2ln' });
 * console.log(readBearer(headers)); // eyJhbGciOiJFZERTQSJ9.e30.c2ln
 * ```
 */
export function readBearer(headers: HeaderReader): string | undefined {
  const value = readHeader(headers, 'authorization');
  if (value === undefined) return undefined;
  // RFC 9110 §11.4: the scheme, in any case, then spaces and the credentials. Tabs and commas are not spaces.
  const scheme = /^[!#$%&'*+.^`|~\w-]+(?= |$)/.exec(value)?.[0];
  if (scheme === undefined) throw new MalformedRequest('the Authorization header must begin with a scheme');
  if (scheme.toLowerCase() !== 'bearer') return undefined;
  const token = value.slice(scheme.length).replace(/^ +/, '');
  if (TOKEN_TEXT.test(token)) return token;
  throw new MalformedRequest('the Authorization header must be there once, as Bearer and one token');
}
