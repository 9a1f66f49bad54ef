import type { Algorithm, AsymmetricAlgorithm, HmacAlgorithm } from './algorithms.js';
import type { PlatformCryptoKey } from './platform.js';

interface KeyOf<A extends Algorithm, R extends string> {
  /** The one algorithm this key is good for. */
  readonly algorithm: A;
  /** The key id, `kid` (RFC 7517 §4.5). */
  readonly id?: string;
  /** Declared when the key is made, never guessed from its text. */
  readonly role: R;
  readonly cryptoKey: PlatformCryptoKey;
}

/** An HMAC secret: signs and verifies. */
export interface SecretKey<A extends HmacAlgorithm = HmacAlgorithm> extends KeyOf<A, 'secret'> {}

/** The private half of a pair: signs. */
export interface PrivateKey<A extends AsymmetricAlgorithm = AsymmetricAlgorithm> extends KeyOf<A, 'private'> {}

/** The public half of a pair: verifies. */
export interface PublicKey<A extends AsymmetricAlgorithm = AsymmetricAlgorithm> extends KeyOf<A, 'public'> {}

/** A key that can sign with algorithm `A`. */
export type SigningKey<A extends Algorithm = Algorithm> =
  | SecretKey<Extract<A, HmacAlgorithm>>
  | PrivateKey<Extract<A, AsymmetricAlgorithm>>;

/** A key that can verify algorithm `A`. */
export type VerificationKey<A extends Algorithm = Algorithm> =
  | SecretKey<Extract<A, HmacAlgorithm>>
  | PublicKey<Extract<A, AsymmetricAlgorithm>>;

/** Any key jwtight makes. */
export type AnyKey = SecretKey | PrivateKey | PublicKey;

/** What a key is for. */
export type KeyRole = AnyKey['role'];
