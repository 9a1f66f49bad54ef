import { JwtConfigError, JwtError } from '../errors.js';
import { type Algorithm, isAlgorithm } from '../keys/algorithms.js';
import { assertKey } from '../keys/check-key.js';
import type { VerificationKey } from '../keys/key.js';
import type { JwsHeader } from './header.js';

/**
 * Where a verifier finds its keys. A key or a list of keys becomes one; remote key sets implement it.
 */
export interface KeySource {
  /** The only algorithms this source returns keys for. Declared, never taken from a key set. */
  readonly algorithms: readonly Algorithm[];
  /**
   * The key for a header, or `undefined` when there is none.
   *
   * Called with an `alg` of {@link KeySource.algorithms} only. May throw a JwtError of its own, such as
   * `ERR_JWT_KEYS_UNAVAILABLE`, which is also what any other error becomes.
   */
  find(header: JwsHeader): VerificationKey | undefined | Promise<VerificationKey | undefined>;
  /** Whether a key found earlier is still good. Asked whenever a cached token is used again. */
  trusts(key: VerificationKey): boolean;
}

/** A verification key, several of them, or a source that finds them. */
export type VerificationKeys = VerificationKey | readonly VerificationKey[] | KeySource;

/**
 * Makes a source of what a caller passed as keys.
 *
 * @throws JwtConfigError when a key cannot verify, or two keys could not be told apart by `kid`.
 */
export function toKeySource(keys: VerificationKeys): KeySource {
  if (isKeySource(keys)) return keys;
  const list: readonly unknown[] = Array.isArray(keys) ? keys : [keys];
  if (list.length === 0) throw new JwtConfigError('keys must not be empty');

  const byAlgorithm = new Map<string, KeysOfAlgorithm>();
  for (const key of list) {
    assertKey(key, 'verify');
    const same = byAlgorithm.get(key.algorithm) ?? { byId: new Map(), only: key };
    if (same.byId.has(key.id))
      throw new JwtConfigError(`two ${key.algorithm} keys have the same id or none: give each its own with .id('…')`);
    same.byId.set(key.id, key);
    if (same.byId.size > 1) same.only = undefined;
    byAlgorithm.set(key.algorithm, same);
  }
  return Object.freeze({
    algorithms: Object.freeze([...byAlgorithm.keys()] as Algorithm[]),
    // A key without an id serves every kid; a token without a kid is served where only one key can be meant.
    find({ alg, kid }: JwsHeader) {
      const { byId, only } = byAlgorithm.get(alg)!;
      return byId.get(kid) ?? byId.get(undefined) ?? (kid === undefined ? only : undefined);
    },
    trusts: () => true,
  });
}

interface KeysOfAlgorithm {
  readonly byId: Map<string | undefined, VerificationKey>;
  /** The key, where the algorithm has one only. */
  only: VerificationKey | undefined;
}

function isKeySource(keys: unknown): keys is KeySource {
  if (typeof keys !== 'object' || keys === null || !('find' in keys) || Array.isArray(keys)) return false;
  const { algorithms, find, trusts } = keys as KeySource;
  if (
    !Array.isArray(algorithms) ||
    algorithms.length === 0 ||
    !algorithms.every(isAlgorithm) ||
    typeof find !== 'function' ||
    typeof trusts !== 'function'
  )
    throw new JwtConfigError('a key source needs algorithms, find() and trusts()');
  return true;
}

/**
 * The key for a header, pinned by algorithm. Without a promise where the source needs none.
 *
 * @throws JwtError `ERR_JWT_ALGORITHM` when no key is for this algorithm, `ERR_JWT_KEY_NOT_FOUND` when none has
 * this kid, `ERR_JWT_KEYS_UNAVAILABLE` when the source fails.
 */
export function findKey(source: KeySource, header: JwsHeader): VerificationKey | Promise<VerificationKey> {
  if (!(source.algorithms as readonly string[]).includes(header.alg))
    throw new JwtError('ERR_JWT_ALGORITHM', `the token must be signed with ${source.algorithms.join(' or ')}`);
  try {
    const found = source.find(header);
    return isPromise(found) ? pinnedLater(found, header) : pinned(found, header);
  } catch (error) {
    throw unavailable(error);
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Promise<T> | undefined)?.then === 'function';
}

async function pinnedLater(found: Promise<VerificationKey | undefined>, header: JwsHeader): Promise<VerificationKey> {
  let key: VerificationKey | undefined;
  try {
    key = await found;
  } catch (error) {
    throw unavailable(error);
  }
  return pinned(key, header);
}

function pinned(key: VerificationKey | undefined, { alg }: JwsHeader): VerificationKey {
  if (key === undefined)
    throw new JwtError('ERR_JWT_KEY_NOT_FOUND', 'no key of this verifier is named by the kid of the token');
  try {
    assertKey(key, 'verify');
  } catch (error) {
    throw unavailable(error);
  }
  if (key.algorithm !== alg)
    throw new JwtError('ERR_JWT_KEYS_UNAVAILABLE', 'the key source returned a key for another algorithm');
  return key;
}

function unavailable(cause: unknown): JwtError {
  return cause instanceof JwtError
    ? cause
    : new JwtError('ERR_JWT_KEYS_UNAVAILABLE', 'the key source failed', { cause });
}
