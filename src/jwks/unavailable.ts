import { JwtError } from '../errors.js';

/** The one error of keys that cannot be had. Without a cause: what a platform says of a request may hold its URL. */
export function unavailable(message: string): JwtError {
  return new JwtError('ERR_JWT_KEYS_UNAVAILABLE', message);
}
