// Profiles: one object each, read alike by the claims builder, the verifier and the audit.

import { isObject } from '../encoding/json.js';
import type { JwtClaims } from './claims.js';
import { isText } from './registered-claims.js';

/** A condition on the claims that goes beyond "is there". */
export interface ClaimRule {
  /** The claim it is about. */
  readonly claim: string;
  /** What is expected, without any value. */
  readonly expected: string;
  /** Whether the claims meet it; `audience` is what the verifier answers to, where that is known. */
  accepts(claims: JwtClaims, audience?: readonly string[]): boolean;
}

/** A kind of token: what its specification requires of header and claims. */
export interface Profile<R extends string = string> {
  /** What messages call it. */
  readonly name: string;
  /** The media type for `typ`, without `application/`; where absent, `JWT` or no typ at all. */
  readonly type?: string;
  /** The claims that must be there. */
  readonly requiredClaims: readonly R[];
  /** Whether tokens of this kind carry `exp`. */
  readonly expires: boolean;
  /** Longest life in seconds, from `iat` to `exp`. */
  readonly maxLifetime?: number;
  /** Longest age in seconds, from `iat` to now, where a verifier sets none. */
  readonly maxTokenAge?: number;
  /** What else the claims must meet. */
  readonly rules: readonly ClaimRule[];
}

const text = (claim: string): ClaimRule => ({
  claim,
  expected: 'a non-empty string',
  accepts: (claims) => !Object.hasOwn(claims, claim) || isText(claims[claim]),
});

const objectWith = (claim: string, member: string): ClaimRule => ({
  claim,
  expected: `an object with the member ${member}`,
  accepts: ({ [claim]: value }) => isObject(value) && isObject(value[member]),
});

/**
 * OAuth 2.0 access tokens (RFC 9068 §2.2). Live at most 24 hours.
 *
 * @example
 * ```ts
 * import { accessToken, claims } from 'jwtight';
 *
 * claims(accessToken).issuer('https://auth.example.com').audience('billing-api').subject('user-42')
 *   .id().set('client_id', 'web-shop').expiresIn('15m');
 * ```
 */
export const accessToken: Profile<'iss' | 'exp' | 'aud' | 'sub' | 'client_id' | 'iat' | 'jti'> = {
  name: 'access token',
  type: 'at+jwt',
  requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
  expires: true,
  maxLifetime: 86_400,
  rules: [/* @__PURE__ */ text('client_id'), /* @__PURE__ */ text('scope')],
};

/**
 * OpenID Connect ID tokens (OIDC Core §2, §3.1.3.7). Live at most 24 hours.
 *
 * The nonce belongs to one login, not to a verifier: compare it after verifying.
 *
 * @example
 * ```ts
 * import { createVerifier, idToken, key } from 'jwtight';
 *
 * const { publicKey } = await key('ES256').generate();
 * createVerifier({ keys: publicKey, issuer: 'https://auth.example.com', audience: 'web-shop', profile: idToken });
 * ```
 */
export const idToken: Profile<'iss' | 'sub' | 'aud' | 'exp' | 'iat'> = {
  name: 'ID token',
  requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
  expires: true,
  maxLifetime: 86_400,
  rules: [
    /* @__PURE__ */ text('nonce'),
    {
      claim: 'azp',
      expected: 'the client itself, and there whenever the token has several audiences',
      accepts: ({ azp, aud }, audience) =>
        azp === undefined ? !Array.isArray(aud) || aud.length === 1 : isText(azp) && (audience?.includes(azp) ?? true),
    },
  ],
};

/**
 * JWTs by which an OAuth client authenticates (RFC 7523 §3). Live at most 10 minutes.
 *
 * @example
 * ```ts
 * import { claims, clientAssertion } from 'jwtight';
 *
 * claims(clientAssertion).issuer('web-shop').subject('web-shop')
 *   .audience('https://auth.example.com').id().expiresIn('60s');
 * ```
 */
export const clientAssertion: Profile<'iss' | 'sub' | 'aud' | 'exp' | 'jti'> = {
  name: 'client assertion',
  requiredClaims: ['iss', 'sub', 'aud', 'exp', 'jti'],
  expires: true,
  maxLifetime: 600,
  rules: [{ claim: 'sub', expected: 'the same client as iss', accepts: ({ iss, sub }) => iss === sub }],
};

/**
 * OpenID Connect back-channel logout tokens (OIDC Back-Channel Logout §2.4). Live at most 10 minutes.
 *
 * @example
 * ```ts
 * import { claims, logoutToken } from 'jwtight';
 *
 * claims(logoutToken).issuer('https://auth.example.com').audience('web-shop').subject('user-42')
 *   .id().set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} }).expiresIn('2m');
 * ```
 */
export const logoutToken: Profile<'iss' | 'aud' | 'iat' | 'exp' | 'jti' | 'events'> = {
  name: 'logout token',
  type: 'logout+jwt',
  requiredClaims: ['iss', 'aud', 'iat', 'exp', 'jti', 'events'],
  expires: true,
  maxLifetime: 600,
  rules: [
    /* @__PURE__ */ objectWith('events', 'http://schemas.openid.net/event/backchannel-logout'),
    {
      claim: 'sid',
      expected: 'there, or sub',
      accepts: ({ sid, sub }) => (sid === undefined ? sub !== undefined : isText(sid)),
    },
    // Keeps a logout token from passing for an ID token.
    { claim: 'nonce', expected: 'absent', accepts: (claims) => !Object.hasOwn(claims, 'nonce') },
  ],
};

/**
 * DPoP proofs (RFC 9449 §4.2). They have no exp: a proof is good for 60 seconds from iat.
 *
 * The proof's key is never taken from its header: check its thumbprint against the access token's
 * `cnf.jkt` first, then import it. Compare `htm`, `htu` and `ath` with the request after verifying.
 *
 * @example
 * ```ts
 * import { claims, dpopProof } from 'jwtight';
 *
 * claims(dpopProof).id().set('htm', 'POST').set('htu', 'https://api.example.com/pay');
 * ```
 */
export const dpopProof: Profile<'jti' | 'htm' | 'htu' | 'iat'> = {
  name: 'DPoP proof',
  type: 'dpop+jwt',
  requiredClaims: ['jti', 'htm', 'htu', 'iat'],
  expires: false,
  maxTokenAge: 60,
  rules: [
    /* @__PURE__ */ text('htm'),
    /* @__PURE__ */ text('htu'),
    /* @__PURE__ */ text('ath'),
    /* @__PURE__ */ text('nonce'),
  ],
};

/** Whether a value is a profile, as far as one can tell. */
export function isProfile(value: unknown): value is Profile {
  return isObject(value) && Array.isArray(value.requiredClaims) && Array.isArray(value.rules);
}

/** The first rule of a profile that the claims break. */
export function brokenRule(profile: Profile, claims: JwtClaims, audience?: readonly string[]): ClaimRule | undefined {
  return profile.rules.find((rule) => !rule.accepts(claims, audience));
}

/** Whether the claims live longer than their profile allows; `now` stands in for a missing iat. */
export function livesTooLong({ maxLifetime = Infinity }: Profile, { iat, exp }: JwtClaims, now: number): boolean {
  return exp !== undefined && exp - (iat ?? now) > maxLifetime;
}
