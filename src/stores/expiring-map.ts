interface Entry<V> {
  readonly value: V;
  /** The second from which on it no longer counts. */
  readonly until: number;
}

/** Size from which on expired entries are looked for, so that a small map is not walked at every write. */
const SWEEP_FROM = 1024;

/**
 * Values that expire, at most `maxEntries` of them. Only what has expired is ever dropped: where there is no room
 * left, a new value is refused, because forgetting an old one would make a revoked token good again.
 *
 * All times are in seconds and passed in.
 */
export class ExpiringMap<V> {
  readonly #maxEntries: number;
  readonly #entries = new Map<string, Entry<V>>();
  #sweepFrom: number;
  #sweptAt: number | undefined;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
    this.#sweepFrom = Math.min(SWEEP_FROM, maxEntries);
  }

  /** Entries held, expired ones included that have not been dropped yet. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: string, now: number): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    return entry && now < entry.until ? entry : undefined;
  }

  /** Stores a value, replacing the key's earlier one. @returns whether there was room for it. */
  set(key: string, value: V, until: number, now: number): boolean {
    if (!this.#entries.has(key)) {
      if (this.#entries.size >= this.#sweepFrom) this.#sweep(now);
      if (this.#entries.size >= this.#maxEntries) return false;
    }
    this.#entries.set(key, { value, until });
    return true;
  }

  /** Drops what has expired; once a second at most, so that a full map refuses cheaply. */
  #sweep(now: number): void {
    if (now === this.#sweptAt) return;
    this.#sweptAt = now;
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key);
    this.#sweepFrom = Math.min(Math.max(2 * this.#entries.size, SWEEP_FROM), this.#maxEntries);
  }
}
