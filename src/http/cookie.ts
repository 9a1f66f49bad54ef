// Tokens in cookies (RFC 6265 and its revision draft-ietf-httpbis-rfc6265bis).

import { type Duration, parseDuration } from '../encoding/duration.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError, JwtError } from '../errors.js';
import { type HeaderReader, MalformedRequest, readHeader, TOKEN_TEXT } from './headers.js';

/** A name whose prefix browsers enforce (RFC 6265bis §4.1.3): no subdomain and no plain HTTP can set the cookie. */
export type CookieName = `__Host-${string}` | `__Secure-${string}`;

/** Where a cookie goes. */
export interface CookieScope {
  /** `__Host-token` by default. With `__Host-`, path is `/` and there is no domain. */
  readonly name?: CookieName;
  /** `/` by default; another one needs a name with `__Secure-`. */
  readonly path?: string;
  /** Sends the cookie to all subdomains too; needs a name with `__Secure-`. */
  readonly domain?: string;
  /**
   * `'Lax'` by default: other sites cannot make requests with the cookie, except to follow a link. `'Strict'` not even
   * that: right for a cookie that only goes to one path, as a refresh token does.
   */
  readonly sameSite?: 'Lax' | 'Strict';
}

/** Where a cookie goes and how long it stays. */
export interface CookieOptions extends CookieScope {
  /** How long the browser keeps it, at most 400 days; until it is closed, by default. */
  readonly maxAge?: Duration;
}

const SCOPE_OPTIONS: readonly string[] = ['name', 'path', 'domain', 'sameSite'];
const DEFAULT_NAME: CookieName = '__Host-token';
/** What a browser stores at the least, name and value and attributes (RFC 6265 §6.1). */
const MAX_BYTES = 4096;
/** What a browser keeps a cookie at the most (RFC 6265bis §5.6.2): 400 days. */
const MAX_AGE = 34_560_000;

/**
 * The value of a `Set-Cookie` header that hands a token to a browser: HttpOnly, Secure, SameSite, and with a prefix.
 *
 * @throws JwtConfigError for an option that is unknown or contradicts the prefix; JwtError `ERR_JWT_MALFORMED` for a
 * text that is no token, `ERR_JWT_TOO_LARGE` when the whole is above 4096 bytes, which browsers drop without a word.
 * @example
 * ```ts
 * import { tokenCookie } from 'jwtight/http';
 *
 * console.log(tokenCookie('eyJhbGciOiJFZERTQSJ9.e30.c2ln', { name: '__Host-session', maxAge: '15m' }));
 * // __Host-session=eyJhbGciOiJFZERTQSJ9.e30.c2ln; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax
 * ```
 */
export function tokenCookie(token: string, options: CookieOptions = {}): string {
  checkOptions(options, [...SCOPE_OPTIONS, 'maxAge'], 'tokenCookie');
  const maxAge = options.maxAge === undefined ? undefined : Math.floor(parseDuration(options.maxAge, 'maxAge'));
  if (maxAge !== undefined && (maxAge < 1 || maxAge > MAX_AGE))
    throw new JwtConfigError('maxAge must be from 1 second to 400 days; clearTokenCookie removes a cookie');
  const attributes = writeScope(options, maxAge);
  if (typeof token !== 'string' || !TOKEN_TEXT.test(token))
    throw new JwtError('ERR_JWT_MALFORMED', 'the token has characters that cannot stand in a cookie');
  const cookie = `${options.name ?? DEFAULT_NAME}=${token}${attributes}`;
  // ASCII throughout: a character is a byte.
  if (cookie.length <= MAX_BYTES) return cookie;
  throw new JwtError('ERR_JWT_TOO_LARGE', 'the cookie is larger than 4096 bytes: put less into the token');
}

/**
 * The value of a `Set-Cookie` header that removes a token's cookie. Name, path and domain must be those it was set with.
 *
 * @throws JwtConfigError for an option that is unknown or contradicts the prefix.
 * @example
 * ```ts
 * import { clearTokenCookie } from 'jwtight/http';
 *
 * console.log(clearTokenCookie({ name: '__Host-session' }));
 * // __Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax
 * ```
 */
export function clearTokenCookie(options: CookieScope = {}): string {
  checkOptions(options, SCOPE_OPTIONS, 'clearTokenCookie');
  const attributes = writeScope(options, 0);
  return `${options.name ?? DEFAULT_NAME}=${attributes}`;
}

/**
 * The token in a cookie of a request.
 *
 * @returns the token as it stands, not verified; `undefined` where there is no such cookie.
 * @throws JwtError `ERR_JWT_MALFORMED` for a value that is no token, and for two cookies of the name: one of them may
 * have been planted; JwtConfigError for a name without a prefix.
 * @example
 * ```ts
 * import { readTokenCookie } from 'jwtight/http';
 *
 * const headers = new Headers({ Cookie: 'theme=dark; __Host-session=eyJhbGciOiJFZERTQSJ9.e30.c2ln' });
 * console.log(readTokenCookie(headers, '__Host-session')); // eyJhbGciOiJFZERTQSJ9.e30.c2ln
 * ```
 */
export function readTokenCookie(headers: HeaderReader, name: CookieName = DEFAULT_NAME): string | undefined {
  checkName(name);
  const values = (readHeader(headers, 'cookie') ?? '')
    // Spaces and no other white space: `\xA0__Host-token` is another name, which anyone can set.
    .split(/; */)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [token, second] = values;
  if (second !== undefined) throw new MalformedRequest('several cookies have the name of the token cookie');
  if (token === undefined || TOKEN_TEXT.test(token)) return token;
  throw new MalformedRequest('the token cookie does not hold a token');
}

function writeScope(options: CookieScope, maxAge: number | undefined): string {
  const { name = DEFAULT_NAME, path = '/', domain, sameSite = 'Lax' } = options;
  checkName(name);
  if (typeof path !== 'string' || !/^\/[!-:<-~]*$/.test(path))
    throw new JwtConfigError('path must begin with / and have neither spaces nor semicolons');
  if (domain !== undefined && (typeof domain !== 'string' || !/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(domain)))
    throw new JwtConfigError('domain must be a host name, without a dot in front');
  if (name.startsWith('__Host-') && (path !== '/' || domain !== undefined))
    throw new JwtConfigError('a __Host- cookie has the path / and no domain: name it __Secure- instead');
  if (sameSite !== 'Lax' && sameSite !== 'Strict') throw new JwtConfigError("sameSite must be 'Lax' or 'Strict'");
  return [
    `; Path=${path}`,
    ...(domain === undefined ? [] : [`; Domain=${domain}`]),
    ...(maxAge === undefined ? [] : [`; Max-Age=${maxAge}`]),
    `; HttpOnly; Secure; SameSite=${sameSite}`,
  ].join('');
}

function checkName(name: unknown): void {
  if (typeof name !== 'string' || !/^__(Host|Secure)-[!#$%&'*+.^`|~\w-]+$/.test(name))
    throw new JwtConfigError("the cookie's name must begin with __Host-, or with __Secure- for a path or a domain");
}
