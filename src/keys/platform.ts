// The platform's CryptoKey under any `lib` setting: the DOM's, Node's, or the members we rely on.

/** What jwtight relies on in a WebCrypto key, for projects that have neither DOM nor Node types. */
export interface StructuralCryptoKey {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/** The `CryptoKey` of the types in use: the DOM's or Node's, else a structural stand-in. */
export type PlatformCryptoKey = typeof globalThis extends { CryptoKey: { prototype: infer Key } }
  ? Key
  : StructuralCryptoKey;
