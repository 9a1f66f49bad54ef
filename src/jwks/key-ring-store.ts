import { JwtConfigError } from '../errors.js';

/** The state of a key ring as a store has it. */
export interface StoredKeyRing {
  /** JSON text with private keys: encrypt it wherever it rests. */
  readonly state: string;
  /** Counts the changes, from 1. */
  readonly version: number;
}

/**
 * Where the processes that share a key ring keep its state.
 *
 * Only `compareAndSet` needs care: of several calls with one version exactly one may return `true`.
 */
export interface KeyRingStore {
  /** What is stored; `undefined` or `null` when nothing is. */
  read(): StoredKeyRing | null | undefined | Promise<StoredKeyRing | null | undefined>;
  /**
   * Stores a state under `version + 1` if what is stored has this version (0: if nothing is stored).
   *
   * @returns whether it did.
   */
  compareAndSet(version: number, state: string): boolean | Promise<boolean>;
}

/**
 * Keeps a key ring in memory, beginning with an exported state or with nothing: for one process, which exports the
 * state before it ends and puts it in here at the next start.
 *
 * @throws JwtConfigError when the state is not a non-empty text.
 * @example
 * ```ts
 * import { createKeyRing, memoryKeyRingStore } from 'jwtight/jwks';
 *
 * const ring = createKeyRing({ algorithm: 'ES256', tokenLifetime: '15m' });
 * const saved = await ring.exportState();
 * const store = memoryKeyRingStore(saved);
 * const restored = createKeyRing({ algorithm: 'ES256', tokenLifetime: '15m', store });
 * console.log((await restored.signingKey()).id === (await ring.signingKey()).id); // true
 * ```
 */
export function memoryKeyRingStore(...seed: [state?: string]): KeyRingStore {
  const [state] = seed;
  // A state that was given but is undefined was not found: it must not turn into new keys.
  if (seed.length > 0 && (typeof state !== 'string' || state === ''))
    throw new JwtConfigError('pass the text that exportState() gave, or nothing');
  let stored: StoredKeyRing | undefined = state === undefined ? undefined : { state, version: 1 };
  return {
    read: () => stored,
    compareAndSet(version, next) {
      if (version !== (stored?.version ?? 0)) return false;
      stored = { state: next, version: version + 1 };
      return true;
    },
  };
}
