// Algorithm names as they turn up in the wild. The table of keys/algorithms.ts says what we know how to do;
// this adds the names registered with IANA that we do not, and the family each belongs to.

import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';

/** What an algorithm does, and with what kind of key. */
export type AlgorithmFamily = 'none' | 'hmac' | 'rsa' | 'ec' | 'eddsa' | 'ml-dsa' | 'encryption' | 'unknown';

const FAMILY_OF_KEY_TYPE = { oct: 'hmac', RSA: 'rsa', EC: 'ec', OKP: 'eddsa', AKP: 'ml-dsa' } as const;

/** Registered signature algorithms that the table does not have (IANA JOSE registry), with deprecated ones. */
const OTHER_SIGNATURES: Readonly<Record<string, AlgorithmFamily>> = {
  ES256K: 'ec',
  Ed448: 'eddsa',
  HS1: 'hmac',
  RS1: 'rsa',
};

/** Registered algorithms of JWE for keys and content (RFC 7518 §4.1, §5.1), with those of WebCrypto. */
const ENCRYPTION =
  /^(RSA1_5|RSA-OAEP(-256|-384|-512)?|A(128|192|256)(KW|GCMKW|GCM|CBC|CTR)|A(128CBC-HS256|192CBC-HS384|256CBC-HS512)|dir|ECDH-ES(\+A(128|192|256)KW)?|PBES2-HS(256\+A128|384\+A192|512\+A256)KW)$/;

/** The family of an algorithm by its exact name; `none` in any case and with white space around it. */
export function algorithmFamily(name: unknown): AlgorithmFamily {
  if (typeof name !== 'string') return 'unknown';
  if (isAlgorithm(name)) return FAMILY_OF_KEY_TYPE[ALGORITHMS[name].keyType];
  if (Object.hasOwn(OTHER_SIGNATURES, name)) return OTHER_SIGNATURES[name]!;
  if (ENCRYPTION.test(name)) return 'encryption';
  return name.trim().toLowerCase() === 'none' ? 'none' : 'unknown';
}

/** The algorithm's name where it is a known one: only those may stand in a report. */
export function reportableAlgorithm(name: unknown): string | undefined {
  const family = algorithmFamily(name);
  if (family === 'unknown') return undefined;
  return family === 'none' ? 'none' : (name as string);
}

/** Whether the family has a public and a private half. */
export function isAsymmetric(family: AlgorithmFamily): boolean {
  return family === 'rsa' || family === 'ec' || family === 'eddsa' || family === 'ml-dsa';
}
