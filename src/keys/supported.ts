import { ALGORITHMS, type Algorithm } from './algorithms.js';

/**
 * The algorithms this runtime can sign and verify with; ML-DSA is not everywhere yet.
 *
 * @example
 * ```ts
 * import { supportedAlgorithms } from 'jwtight';
 *
 * console.log((await supportedAlgorithms()).includes('ES256')); // true
 * ```
 */
export async function supportedAlgorithms(): Promise<Algorithm[]> {
  const names = Object.keys(ALGORITHMS) as Algorithm[];
  const supported = await Promise.all(names.map(isSupported));
  return names.filter((_, i) => supported[i]);
}

/** A runtime names an unknown algorithm before it looks at the key: an empty JWK asks for no more. */
async function isSupported(algorithm: Algorithm): Promise<boolean> {
  try {
    await crypto.subtle.importKey('jwk', {}, ALGORITHMS[algorithm].parameters, false, ['verify']);
    return true;
  } catch (error) {
    return (error as { name?: string }).name !== 'NotSupportedError';
  }
}
