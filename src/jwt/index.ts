export type { JwtClaims, ProfileClaims, RegisteredClaims } from './claims.js';
export { type ClaimsBuilder, claims } from './claims-builder.js';
export type { Clock } from './clock.js';
export { type DecodedJwt, decodeUnverified } from './decode.js';
export type { ResolvedPolicy, VerifierPolicy } from './policy.js';
export {
  accessToken,
  type ClaimRule,
  clientAssertion,
  dpopProof,
  idToken,
  logoutToken,
  type Profile,
} from './profiles.js';
export type { RevocationStore } from './revocation-store.js';
export { type PlainClaims, type SignOptions, sign } from './sign.js';
export type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.js';
export { type Unchecked, unchecked } from './unchecked.js';
export { createVerifier, type SafeResult, type VerifiedJwt, type Verifier } from './verifier.js';
