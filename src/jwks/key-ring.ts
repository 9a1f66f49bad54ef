import { JwtError } from '../errors.js';
import type { JwsHeader } from '../jws/header.js';
import type { KeySource } from '../jws/key-source.js';
import { secondsNow } from '../jwt/clock.js';
import type { AsymmetricAlgorithm } from '../keys/algorithms.js';
import { importJwk } from '../keys/import-key.js';
import type { Jwk } from '../keys/jwk.js';
import type { AnyKey, PrivateKey, PublicKey } from '../keys/key.js';
import type { JwkSet } from './jwk-set.js';
import { checkRingOptions, type KeyRingOptions, type KeyRingSettings } from './key-ring-options.js';
import { makeJwk, nextSignsFrom, parseRing, type RingKey, usableUntil, withoutSpent } from './key-ring-state.js';
import { publicHalf, publishJwks } from './publish.js';
import { unavailable } from './unavailable.js';
import { within } from './within.js';

/** A key of the ring as it stands. Times are seconds since 1970. */
export interface RingKeyStatus {
  readonly id: string;
  /** `next` is published and does not sign yet; `retired` verifies and never signs again. */
  readonly state: 'next' | 'signing' | 'retired';
  readonly signsFrom: number;
  /** When it stops verifying; `undefined` while no successor is set. */
  readonly usableUntil: number | undefined;
}

/** Keys that follow one another. A source of keys for verifiers in the same process. */
export interface KeyRing<A extends AsymmetricAlgorithm = AsymmetricAlgorithm> extends KeySource {
  readonly algorithms: readonly [A];
  readonly settings: KeyRingSettings;
  /** The key to sign with now. Ask for every token: the next may be another's turn. */
  signingKey(): Promise<PrivateKey<A>>;
  /** The set to publish. Serve it with `jwksHeaders(ring.settings.maxAge)`. */
  publish(): Promise<JwkSet>;
  /**
   * After a leak: a new key signs at once and every other is dropped, so that all tokens signed so far are refused.
   * Verifiers elsewhere learn it when their `maxAge` ends.
   */
  rotate(): Promise<void>;
  /** The state as JSON text for `memoryKeyRingStore`. Holds private keys: encryption is the vault's business. */
  exportState(): Promise<string>;
  /** The keys as this process last saw them; empty before the first use. */
  status(): readonly RingKeyStatus[];
}

/** Seconds that a store may take, and how often another process may come first. */
const STORE_TIMEOUT = 5;
const MAX_ATTEMPTS = 50;

/** A key of the ring, imported. */
interface LiveKey<A extends AsymmetricAlgorithm> {
  readonly signsFrom: number;
  readonly usableUntil: number;
  readonly publicKey: PublicKey<A>;
  readonly privateKey: PrivateKey<A> | undefined;
}

/** What becomes of a ring: the keys that stay, and when a new one signs, if there is to be one. */
interface RingChange {
  readonly kept: readonly RingKey[];
  readonly signsFrom: number | undefined;
}

/**
 * Makes a ring of signing keys that change on a schedule, without a timer: the next key is published ahead of its
 * time, signs when every verifier can have it, and verifies until the last of its tokens has expired.
 *
 * Processes that share a store agree on the key. A retired key has no private half any more.
 *
 * @throws JwtConfigError for HMAC, a wrong option, or an overlap too short for the tokens; its methods a JwtError
 * `ERR_JWT_KEYS_UNAVAILABLE` when the store fails for longer than the ring can know its keys.
 * @example
 * ```ts
 * import { claims, createVerifier, sign } from 'jwtight';
 * import { createKeyRing } from 'jwtight/jwks';
 *
 * const ring = createKeyRing({ algorithm: 'ES256', tokenLifetime: '15m' });
 * const issuer = 'https://auth.example.com';
 * const token = await sign(claims().issuer(issuer).audience('billing-api').expiresIn('15m'), await ring.signingKey());
 * const verify = createVerifier({ keys: ring, issuer, audience: 'billing-api' });
 * console.log((await verify(token)).claims.iss); // https://auth.example.com
 * ```
 */
export function createKeyRing<const A extends AsymmetricAlgorithm>(options: KeyRingOptions<A>): KeyRing<A> {
  const { settings, store, shareRequests, clock } = checkRingOptions(options);
  const { algorithm } = options;
  const { lead, syncEvery } = settings;
  let live: readonly LiveKey<A>[] = [];
  let state = '';
  let syncedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  let looks = 0;
  let adoptedLook = 0;

  const isCurrent = (now: number) => Math.abs(now - triedAt) < syncEvery && isKnown(now);
  // A key that another process has added since signs no sooner than the lead after it was published.
  const isKnown = (now: number) => Math.abs(now - syncedAt) < lead;
  const published = (now: number) => live.filter(({ usableUntil }) => now < usableUntil);

  async function adopt(keys: readonly RingKey[], text: string, look: number, now: number): Promise<void> {
    const imported = await Promise.all(keys.map((entry, i) => importRingKey(entry, usableUntil(keys, i, settings))));
    // A look at the store that began before the latest change says nothing any more.
    if (look < adoptedLook) return;
    adoptedLook = look;
    live = imported;
    state = text;
    syncedAt = now;
  }

  async function importRingKey({ jwk, signsFrom }: RingKey, until: number): Promise<LiveKey<A>> {
    // The same object for the same key: it is what `trusts` compares.
    const known = live.find(({ publicKey }) => publicKey.id === jwk.kid);
    const publicKey = known?.publicKey ?? (await importHalf(algorithm, 'public', publicHalf(jwk)));
    const hasPrivate = 'd' in jwk || 'priv' in jwk;
    const privateKey = hasPrivate ? (known?.privateKey ?? (await importHalf(algorithm, 'private', jwk))) : undefined;
    return {
      signsFrom,
      usableUntil: until,
      publicKey: publicKey as PublicKey<A>,
      privateKey: privateKey as PrivateKey<A> | undefined,
    };
  }

  /** Reads the state, changes it where it must change, and tries again when another process was first. */
  async function update(change: (keys: readonly RingKey[], now: number) => RingChange): Promise<void> {
    // Made once, however often another process comes first: RSA keys take their time.
    let jwk: Jwk | undefined;
    try {
      for (let i = 0; i < MAX_ATTEMPTS; i++) {
        const now = secondsNow(clock);
        let look = ++looks;
        const stored = await within(STORE_TIMEOUT, async () => store.read());
        const before = stored ? parseRing(stored.state) : [];
        const { kept, signsFrom } = change(before, now);
        const added: RingKey[] = [];
        if (signsFrom !== undefined) {
          jwk ??= await makeJwk(algorithm);
          added.push({ jwk, signsFrom });
        }
        const after = withoutSpent([...kept, ...added], now, settings);
        const text = JSON.stringify({ keys: after });
        if (text !== JSON.stringify({ keys: before })) {
          const done = await within(STORE_TIMEOUT, async () => store.compareAndSet(stored?.version ?? 0, text));
          if (done !== true) continue;
          look = ++looks;
        }
        await adopt(after, text, look, now);
        return;
      }
    } catch (error) {
      throw error instanceof JwtError ? error : unavailable('the store of the key ring failed');
    } finally {
      triedAt = secondsNow(clock);
    }
    throw unavailable('the store of the key ring changes too often, or never does');
  }

  /** Looks at the store, together with whoever else wants to. What is known stays good for a while when it fails. */
  async function sync(): Promise<void> {
    let look = pending ?? update((keys, now) => ({ kept: keys, signsFrom: nextSignsFrom(keys, now, settings) }));
    if (shareRequests && !pending) {
      look = look.finally(() => {
        pending = undefined;
      });
      pending = look;
    }
    try {
      await look;
    } catch (error) {
      if (!isKnown(secondsNow(clock))) throw error;
    }
  }

  async function current(): Promise<number> {
    const now = secondsNow(clock);
    if (isCurrent(now)) return now;
    await sync();
    return secondsNow(clock);
  }

  function lookup({ kid }: JwsHeader, now: number): PublicKey | undefined {
    return published(now).find(({ publicKey }) => publicKey.id === kid)?.publicKey;
  }

  return {
    algorithms: Object.freeze([algorithm] as const),
    settings,
    find(header) {
      const now = secondsNow(clock);
      const found = isCurrent(now) ? lookup(header, now) : undefined;
      // An unknown kid may be the new key of another process, looked for once a second at most.
      if (found || (isCurrent(now) && now === triedAt)) return found;
      return sync().then(() => lookup(header, secondsNow(clock)));
    },
    trusts(key) {
      const now = secondsNow(clock);
      return isCurrent(now) && published(now).some(({ publicKey }) => publicKey === key);
    },
    async signingKey() {
      const now = await current();
      const started = live.filter(({ signsFrom }) => signsFrom <= now).length;
      // The newest that has begun. Where another process's clock is ahead, its private half may be gone already:
      // then its successor signs there, and here.
      const signing = live.slice(Math.max(0, started - 1)).find(({ privateKey }) => privateKey);
      if (!signing?.privateKey) throw unavailable('the key ring has no key that may sign');
      return signing.privateKey;
    },
    async publish() {
      const now = await current();
      return publishJwks(published(now).map(({ publicKey }) => publicKey));
    },
    async rotate() {
      await update((_, now) => ({ kept: [], signsFrom: now }));
    },
    async exportState() {
      await current();
      return state;
    },
    status() {
      const now = secondsNow(clock);
      const keys = published(now);
      const signing = keys.findLastIndex(({ signsFrom }) => signsFrom <= now);
      return keys.map(({ publicKey, signsFrom, usableUntil }, i) => ({
        id: publicKey.id!,
        state: i < signing ? 'retired' : i === Math.max(0, signing) ? 'signing' : 'next',
        signsFrom,
        usableUntil: Number.isFinite(usableUntil) ? usableUntil : undefined,
      }));
    },
  };
}

function importHalf(algorithm: AsymmetricAlgorithm, role: 'private' | 'public', jwk: Jwk): Promise<AnyKey> {
  return importJwk(algorithm, role, jwk, { id: true, extractable: false, modulusLength: 0 });
}
