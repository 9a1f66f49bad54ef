export type { Duration } from './encoding/index.js';
export { JwtConfigError, JwtError, type JwtErrorCode } from './errors.js';
export { type HeaderBuilder, header, type JwsHeader } from './jws/header.js';
export type { KeySource, VerificationKeys } from './jws/key-source.js';
export * from './jwt/index.js';
export * from './keys/index.js';
