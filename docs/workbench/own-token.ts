// Whether a token says that it is of a key: by alg, and by kid where it has one.

import type { VerificationKey } from 'jwtight';
import { claimsOf } from './token-claims.js';

export function isOfKey(token: string, { algorithm, id }: VerificationKey): boolean {
  // Read as any object, so that a header with crit or an odd typ still tells its key.
  const { alg, kid } = claimsOf(token.split('.', 1)[0] ?? '');
  return alg === algorithm && (kid === undefined || kid === id);
}
