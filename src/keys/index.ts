export type {
  Algorithm,
  AsymmetricAlgorithm,
  EcAlgorithm,
  EdAlgorithm,
  HmacAlgorithm,
  MlDsaAlgorithm,
  RsaAlgorithm,
} from './algorithms.js';
export { type KeyBuilder, type KeyPairBuilder, key, type RsaKeyBuilder, type SecretKeyBuilder } from './builder.js';
export { exportJwk, exportPem, thumbprint } from './export-key.js';
export type { KeyMaterial } from './import-key.js';
export type { SecretMaterial } from './import-secret.js';
export type { Jwk } from './jwk.js';
export type {
  AnyKey,
  KeyRole,
  PrivateKey,
  PublicKey,
  SecretKey,
  SigningKey,
  VerificationKey,
} from './key.js';
export type { PlatformCryptoKey, StructuralCryptoKey } from './platform.js';
export { supportedAlgorithms } from './supported.js';
