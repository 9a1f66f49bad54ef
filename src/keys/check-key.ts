import { isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type Algorithm, type AlgorithmRow, isAlgorithm } from './algorithms.js';
import { OPERATIONS } from './jwk.js';
import type { AnyKey, KeyRole, SigningKey, VerificationKey } from './key.js';
import type { PlatformCryptoKey } from './platform.js';

/** What WebCrypto says of a key, over all key types (Web Cryptography §20–§29). */
interface CryptoKeyFacts {
  readonly name?: string;
  readonly hash?: { readonly name?: string };
  readonly namedCurve?: string;
  readonly length?: number;
  readonly modulusLength?: number;
  readonly publicExponent?: Uint8Array;
}

/**
 * Checks that a CryptoKey is of the algorithm and role it is declared for, and strong enough.
 *
 * @throws JwtConfigError saying what the algorithm needs.
 */
export function checkCryptoKey(algorithm: Algorithm, role: KeyRole, key: unknown): asserts key is PlatformCryptoKey {
  const facts = isObject(key) && isObject(key.algorithm) ? (key.algorithm as CryptoKeyFacts) : undefined;
  if (!isObject(key) || !facts) throw new JwtConfigError('the key must hold a CryptoKey');
  if (key.type !== role) throw new JwtConfigError(`a ${role} key is needed here, not another kind`);
  const row = ALGORITHMS[algorithm];
  if (!fitsRow(facts, row)) throw new JwtConfigError(`the CryptoKey is not one for ${algorithm}`);
  if ((facts.length ?? facts.modulusLength ?? Infinity) < (row.minimumBits ?? 0)) throw tooShort(algorithm);
  if (facts.publicExponent && !isSoundExponent(facts.publicExponent))
    throw new JwtConfigError('the public exponent must be odd and greater than 1');
  const usages = key.usages;
  if (!Array.isArray(usages) || !OPERATIONS[role].some((usage) => usages.includes(usage)))
    throw new JwtConfigError(`the CryptoKey must allow '${OPERATIONS[role][0]}'`);
}

/** e = 1 makes every message its own signature; an even e has no inverse (FIPS 186-5 §5.1). */
function isSoundExponent(bytes: Uint8Array): boolean {
  const last = bytes.length - 1;
  return bytes[last]! % 2 === 1 && bytes.some((byte, i) => byte !== (i === last ? 1 : 0));
}

function fitsRow(facts: CryptoKeyFacts, { keyType, curve, parameters }: AlgorithmRow): boolean {
  if (facts.name !== parameters.name) return false;
  if (keyType === 'EC') return facts.namedCurve === curve;
  return (keyType !== 'oct' && keyType !== 'RSA') || facts.hash?.name === parameters.hash;
}

/** The error for a key below the least size of its algorithm. */
export function tooShort(algorithm: Algorithm): JwtConfigError {
  const { keyType, minimumBits } = ALGORITHMS[algorithm];
  return new JwtConfigError(
    keyType === 'oct'
      ? `an ${algorithm} secret needs at least ${minimumBits! / 8} bytes (RFC 7518 §3.2): make one with key('${algorithm}').generate()`
      : `an ${algorithm} key needs a modulus of at least ${minimumBits} bits (RFC 7518 §3.3)`,
  );
}

/** Keys found fit already, by operation. Only frozen ones: nothing can be swapped behind the check. */
const fit: Readonly<Record<'sign' | 'verify', WeakSet<object>>> = {
  sign: /* @__PURE__ */ new WeakSet(),
  verify: /* @__PURE__ */ new WeakSet(),
};

/**
 * Checks at run time what the types say: a key of ours, of full strength, fit for the operation if one is named.
 *
 * @throws JwtConfigError when it is anything else.
 */
export function assertKey(key: unknown, operation: 'sign'): asserts key is SigningKey;
export function assertKey(key: unknown, operation: 'verify'): asserts key is VerificationKey;
export function assertKey(key: unknown): asserts key is AnyKey;
export function assertKey(key: unknown, operation?: 'sign' | 'verify'): void {
  if (operation && fit[operation].has(key as object)) return;
  const { algorithm, role, id, cryptoKey } = (isObject(key) ? key : {}) as unknown as AnyKey;
  if (
    !isAlgorithm(algorithm) ||
    typeof role !== 'string' ||
    !Object.hasOwn(OPERATIONS, role) ||
    (ALGORITHMS[algorithm].keyType === 'oct') !== (role === 'secret') ||
    !(id === undefined || typeof id === 'string')
  )
    throw new JwtConfigError("pass a key made with key('…')");
  checkCryptoKey(algorithm, role, cryptoKey);
  if (!operation) return;
  if (!OPERATIONS[role].includes(operation))
    throw new JwtConfigError(`a ${role} key cannot ${operation}: pass the other half`);
  if (!cryptoKey.usages.includes(operation)) throw new JwtConfigError(`the CryptoKey must allow '${operation}'`);
  if (Object.isFrozen(key)) fit[operation].add(key as object);
}
