import { JwtConfigError } from '../errors.js';
import {
  ALGORITHMS,
  type Algorithm,
  type AsymmetricAlgorithm,
  type HmacAlgorithm,
  isAlgorithm,
  type RsaAlgorithm,
} from './algorithms.js';
import {
  exportMaterial,
  importJwk,
  importKey,
  type KeyMaterial,
  type KeySettings,
  makeKey,
  refusing,
} from './import-key.js';
import { importSecret, type SecretMaterial } from './import-secret.js';
import type { KeyRole, PrivateKey, PublicKey, SecretKey } from './key.js';

interface CommonBuilder {
  /**
   * Names the key: the `kid` of its tokens. Without an argument the name is the key's thumbprint (RFC 7638);
   * without this call it is the `kid` of the JWK the key comes from, if there is one.
   */
  id(kid?: string): this;
  /** Lets the private or secret key be exported. Public keys always can. */
  extractable(): this;
}

/** Builds an HMAC secret. */
export interface SecretKeyBuilder<A extends HmacAlgorithm> extends CommonBuilder {
  /** A new random secret as long as the hash. */
  generate(): Promise<SecretKey<A>>;
  /** A secret you have: at least as long as the hash (RFC 7518 §3.2), and not the text of another key. */
  secret(source: SecretMaterial): Promise<SecretKey<A>>;
}

/** Builds a key pair, or one half of it. */
export interface KeyPairBuilder<A extends AsymmetricAlgorithm> extends CommonBuilder {
  /** A new pair. */
  generate(): Promise<{ privateKey: PrivateKey<A>; publicKey: PublicKey<A> }>;
  /** A private key you have. */
  private(source: KeyMaterial): Promise<PrivateKey<A>>;
  /** A public key or certificate you have. Of a certificate only the key is read. */
  public(source: KeyMaterial): Promise<PublicKey<A>>;
}

/** Builds an RSA key pair, or one half of it. */
export interface RsaKeyBuilder<A extends RsaAlgorithm> extends KeyPairBuilder<A> {
  /** Size in bits of a generated key: 2048 to 16384, a multiple of 8; 3072 by default. */
  modulusLength(bits: number): this;
}

/** What `key(algorithm)` returns: the terminals the algorithm has, and no others. */
export type KeyBuilder<A extends Algorithm> = A extends HmacAlgorithm
  ? SecretKeyBuilder<A>
  : A extends RsaAlgorithm
    ? RsaKeyBuilder<A>
    : A extends AsymmetricAlgorithm
      ? KeyPairBuilder<A>
      : never;

/**
 * Starts a key. The algorithm is part of it from here on: nothing in a token can change it.
 *
 * The builder is immutable; the last call makes the key: `.generate()`, `.private()`, `.public()` or `.secret()`.
 *
 * @throws JwtConfigError for an unknown algorithm; the builder's methods for anything unusable or too weak.
 * @example
 * ```ts
 * import { key } from 'jwtight';
 *
 * const { privateKey, publicKey } = await key('ES256').id().generate();
 * console.log(privateKey.role, publicKey.algorithm); // private ES256
 * ```
 */
export function key<A extends Algorithm>(algorithm: A): KeyBuilder<A> {
  if (!isAlgorithm(algorithm))
    throw new JwtConfigError(`the algorithm must be one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return builder(algorithm, { extractable: false, modulusLength: 3072 }) as unknown as KeyBuilder<A>;
}

function builder(algorithm: Algorithm, settings: KeySettings) {
  const withSettings = (more: Partial<KeySettings>) => builder(algorithm, { ...settings, ...more });
  const isSecret = ALGORITHMS[algorithm].keyType === 'oct';
  const only = (role: KeyRole) => {
    if ((role === 'secret') !== isSecret)
      throw new JwtConfigError(
        `${algorithm} has ${isSecret ? 'a secret: use .secret()' : 'a key pair: use .private() or .public()'}`,
      );
  };
  return {
    id(...args: [kid?: string]) {
      const [kid] = args;
      // An id that was given but is undefined comes from an unset variable: it must not turn into a thumbprint.
      if (args.length > 0 && (typeof kid !== 'string' || kid === ''))
        throw new JwtConfigError('the key id must be a non-empty string; leave it out for the thumbprint');
      return withSettings({ id: kid ?? true });
    },
    extractable: () => withSettings({ extractable: true }),
    modulusLength(bits: number) {
      if (ALGORITHMS[algorithm].keyType !== 'RSA') throw new JwtConfigError(`${algorithm} has no modulus`);
      if (!Number.isInteger(bits) || bits % 8 !== 0 || bits < 2048 || bits > 16384)
        throw new JwtConfigError('the modulus length must be 2048 to 16384 bits and a multiple of 8');
      return withSettings({ modulusLength: bits });
    },
    generate: () => (isSecret ? generateSecretKey(algorithm, settings) : generatePair(algorithm, settings)),
    async secret(source: SecretMaterial) {
      only('secret');
      return importSecret(algorithm as HmacAlgorithm, source, settings);
    },
    async private(source: KeyMaterial) {
      only('private');
      return importKey(algorithm as AsymmetricAlgorithm, 'private', source, settings);
    },
    async public(source: KeyMaterial) {
      only('public');
      return importKey(algorithm as AsymmetricAlgorithm, 'public', source, settings);
    },
  };
}

async function generateSecretKey(algorithm: Algorithm, settings: KeySettings) {
  const bytes = crypto.getRandomValues(new Uint8Array(ALGORITHMS[algorithm].minimumBits! / 8));
  return importSecret(algorithm as HmacAlgorithm, bytes, settings);
}

async function generatePair(algorithm: Algorithm, settings: KeySettings) {
  const parameters = {
    ...ALGORITHMS[algorithm].parameters,
    modulusLength: settings.modulusLength,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const pair = (await refusing(algorithm, () =>
    crypto.subtle.generateKey(parameters, settings.extractable, ['sign', 'verify']),
  )) as CryptoKeyPair;
  // Imported rather than used as generated: some runtimes verify faster so, and it is the checked way.
  const publicKey = await importJwk(algorithm, 'public', await exportMaterial(algorithm, pair.publicKey), settings);
  return { privateKey: makeKey(algorithm, 'private', pair.privateKey, publicKey.id), publicKey };
}
