export { readBearer } from './bearer.js';
export { type Challenge, type ChallengeOptions, challenge } from './challenge.js';
export {
  type CookieName,
  type CookieOptions,
  type CookieScope,
  clearTokenCookie,
  readTokenCookie,
  tokenCookie,
} from './cookie.js';
export type { HeaderReader } from './headers.js';
