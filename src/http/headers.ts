import { isObject } from '../encoding/json.js';
import { JwtConfigError, JwtError } from '../errors.js';

/** The headers of a request: `Headers` of the Fetch API, in any realm, or whatever reads alike. */
export interface HeaderReader {
  /** The value of a header, `null` where there is none; names are case-insensitive. */
  get(name: string): string | null;
}

/** b64token (RFC 6750 §2.1): what a token in a header or cookie is made of; nothing that could end its place there. */
export const TOKEN_TEXT: RegExp = /^[\w.~+/-]+=*$/;

/** A request that is wrong, whatever the token in it: `invalid_request` and not `invalid_token`. */
export class MalformedRequest extends JwtError {
  constructor(message: string) {
    super('ERR_JWT_MALFORMED', message);
  }
}

/** A header's value, or `undefined` where there is none. */
export function readHeader(headers: HeaderReader, name: string): string | undefined {
  if (!isObject(headers) || typeof headers.get !== 'function')
    throw new JwtConfigError('headers must have a method get(name), as Headers of the Fetch API has');
  const value: unknown = headers.get(name);
  if (value === null || value === undefined) return undefined;
  // Some frameworks hand out a list when a header was sent several times.
  if (typeof value === 'string') return value;
  throw new MalformedRequest(`the header ${name} must be there once`);
}
