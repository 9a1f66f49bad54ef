export type { HeaderBuilder, JwsHeader } from './header.js';
export type { KeySource, VerificationKeys } from './key-source.js';
export { signCompact } from './sign.js';
export { type VerifiedJws, verifyCompact } from './verify.js';
