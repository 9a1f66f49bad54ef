import { decodeBase64url } from '../../encoding/base64url.js';
import { parseJsonObject } from '../../encoding/json.js';
import { decodeUtf8 } from '../../encoding/utf8.js';
import { own } from '../facts/token.js';

/** Whether a text is a token: three or five parts, of which the first is a header. */
export function isToken(text: string): boolean {
  const first = /^([\w-]+)(\.[\w-]*){2}((\.[\w-]*){2})?$/.exec(text)?.[1];
  const bytes = first === undefined ? undefined : decodeBase64url(first);
  const header = bytes && decodeUtf8(bytes);
  // Most texts end here: parsing them would throw, which takes time.
  return header !== undefined && typeof own(parseJsonObject(header), 'alg') === 'string';
}
