/**
 * Says, visibly, that a check is not wanted: `audience: unchecked`, `issuer: unchecked`, `requireExpiry: unchecked`.
 *
 * A symbol, so that no string from a configuration can ever switch a check off.
 *
 * @example
 * ```ts
 * import { createVerifier, key, unchecked } from 'jwtight';
 *
 * const keys = await key('HS256').generate();
 * createVerifier({ keys, issuer: 'https://auth.example.com', audience: unchecked });
 * ```
 */
export const unchecked: unique symbol = /* @__PURE__ */ Symbol.for('jwtight.unchecked') as never;

/** The type of {@link unchecked}. */
export type Unchecked = typeof unchecked;
