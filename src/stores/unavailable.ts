import { JwtError } from '../errors.js';

/** A store that cannot say what is revoked or spent. Whoever asked must refuse. */
export function unavailable(reason: string): JwtError {
  return new JwtError('ERR_JWT_REVOCATION_UNAVAILABLE', `the store is unavailable: ${reason}`);
}
