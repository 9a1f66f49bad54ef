import { encodeBase64url } from '../encoding/base64url.js';

/** SHA-256 in Base64url, 43 characters. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
