/**
 * Values by token text, at most `maxEntries` of them: two generations, of which the older is dropped whole.
 *
 * Cheaper than a least-recently-used list: a hit moves nothing while its entry is young.
 */
export class TokenCache<V> {
  readonly #generation: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(maxEntries: number) {
    this.#generation = Math.floor(maxEntries / 2);
  }

  get(token: string): V | undefined {
    const young = this.#young.get(token);
    if (young !== undefined) return young;
    const old = this.#old.get(token);
    if (old !== undefined) this.set(token, old);
    return old;
  }

  set(token: string, value: V): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(token, value);
  }
}
