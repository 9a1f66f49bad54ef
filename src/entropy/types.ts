import type { HmacAlgorithm } from '../keys/algorithms.js';

/** How the secret is written. `text` is no canonical encoding of bytes; `colon-hex` is hexadecimal in equal groups. */
export type SecretEncoding =
  | 'empty'
  | 'text'
  | 'bytes'
  | 'hex'
  | 'colon-hex'
  | 'base32'
  | 'base64'
  | 'base64url'
  | 'uuid'
  | 'jwk'
  | 'pem';

/** What a piece of a secret was recognised as. */
export type PatternKind =
  | 'word'
  | 'letters'
  | 'digits'
  | 'symbol'
  | 'sequence'
  | 'keyboard'
  | 'repeat'
  | 'counter'
  | 'date'
  | 'label'
  | 'uuid'
  | 'random'
  | 'few-characters'
  | 'prose'
  | 'known-secret'
  | 'leaked-secret'
  | 'hashed-password'
  | 'public-key';

/** A piece of the secret: where it is and what it adds, never what it says. */
export interface EntropyPattern {
  readonly kind: PatternKind;
  /** First character (UTF-16 code unit; byte, for bytes that are no text) of the secret as given. */
  readonly start: number;
  /** One past the last. */
  readonly end: number;
  /** Bits this piece adds. */
  readonly bits: number;
  /** What it is, in words for a user. */
  readonly description: string;
}

/** Average time one attacker needs to find the secret. */
export interface CrackTime {
  readonly attacker: string;
  /** Guesses a second at HS256, the fastest to attack. */
  readonly guessesPerSecond: number;
  /** Where the rate comes from. */
  readonly source: string;
  /** Average seconds until it is found, 2^(bits − 1) ÷ rate. */
  readonly seconds: Readonly<Record<HmacAlgorithm, number>>;
  /** The HS256 time in words, such as `3 days`. */
  readonly duration: string;
}

/** What {@link estimateEntropy} says of a secret. Nothing in it reveals the secret. */
export interface EntropyEstimate {
  /** log₂ of the guesses an attacker needs who knows how people and programs make secrets. */
  readonly bits: number;
  readonly encoding: SecretEncoding;
  /** How many bytes the secret decodes to, where it is an encoding of bytes. */
  readonly decodedBytes?: number;
  /** What it is made of, in order. */
  readonly patterns: readonly EntropyPattern[];
  /** HMAC algorithms whose key size (RFC 7518 §3.2) the entropy reaches. */
  readonly sufficientFor: readonly HmacAlgorithm[];
  /** The other, weaker test: RFC 7518 §3.2 asks for bytes, whatever they are. */
  readonly keyLength: {
    /** Bytes of the key when the secret is used as it is given (text as UTF-8). */
    readonly bytes: number;
    /** HMAC algorithms for which that many bytes are enough. */
    readonly sufficientFor: readonly HmacAlgorithm[];
  };
  readonly crackTimes: readonly CrackTime[];
  /** Whether the large word lists and the leaked secrets were loaded. */
  readonly dictionaries: boolean;
  /** What no estimator can see. */
  readonly caveat: string;
}
