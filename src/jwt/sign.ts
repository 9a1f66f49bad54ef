import { assertJson, isObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import { encodeJsonSegment } from '../jws/compact.js';
import type { HeaderBuilder } from '../jws/header.js';
import { encodeHeader } from '../jws/sign.js';
import { appendSignature } from '../jws/signature.js';
import { assertKey } from '../keys/check-key.js';
import type { SigningKey } from '../keys/key.js';
import type { JwtClaims, RegisteredClaims } from './claims.js';
import { type ClaimsBuilder, checkClaims } from './claims-builder.js';
import { type Clock, secondsNow } from './clock.js';
import { sameMediaType } from './media-type.js';
import { brokenRule, livesTooLong, type Profile } from './profiles.js';
import { missingClaim } from './registered-claims.js';

/** How a token is signed. */
export interface SignOptions {
  /** Further header parameters; `typ` is the profile's, or `JWT`, unless set here. */
  readonly header?: HeaderBuilder;
  /** Tells the time in milliseconds; `Date.now` by default. */
  readonly clock?: Clock;
}

/** Claims as a plain object: exactly these are signed, so they must have an expiry. */
export type PlainClaims = RegisteredClaims & { readonly exp: number };

/**
 * Signs a JWT (RFC 7519 §7.1) with the key's algorithm and `kid`.
 *
 * @param claims - a builder, or a plain object with `exp`.
 * @throws JwtConfigError when a claim is missing, malformed or not JSON, or the key cannot sign.
 * @example
 * ```ts
 * import { claims, key, sign } from 'jwtight';
 *
 * const { privateKey } = await key('ES256').id().generate();
 * const token = await sign(claims().issuer('https://auth.example.com').expiresIn('15m'), privateKey);
 * console.log(token.split('.').length); // 3
 * ```
 */
export async function sign<T extends ClaimsBuilder<object, never> | PlainClaims>(
  claims: T,
  key: SigningKey,
  options: SignOptions = {},
): Promise<string> {
  assertKey(key, 'sign');
  const { header, clock = Date.now } = checkOptions(options, ['header', 'clock'], 'sign');
  const now = secondsNow(clock);
  const profile = isBuilder(claims) ? claims.profile : undefined;
  const payload = toPayload(claims, now);
  const typ = headerType(profile, header);
  if (profile) checkProfile(profile, payload, now);
  return appendSignature(`${encodeHeader(key, header, typ)}.${encodeJsonSegment(payload)}`, key);
}

function isBuilder(claims: unknown): claims is ClaimsBuilder<object, never> {
  return isObject(claims) && typeof claims.resolve === 'function' && Array.isArray(claims.missing);
}

function toPayload(claims: unknown, now: number): JwtClaims {
  const required = isBuilder(claims) ? claims.missing : ['exp'];
  const payload: unknown = isBuilder(claims) ? claims.resolve(now) : claims;
  checkClaims(payload);
  const missing = missingClaim(payload, required);
  if (missing)
    throw new JwtConfigError(
      missing === 'exp' ? "the token has no expiry: add .expiresIn('15m')" : `the token has no ${missing} yet`,
    );
  assertJson(payload, 'claims');
  return payload;
}

function headerType(profile: Profile | undefined, header: HeaderBuilder | undefined): string {
  const type = profile?.type ?? 'JWT';
  const typ = isObject(header?.parameters) ? header.parameters.typ : undefined;
  if (profile && typ !== undefined && !sameMediaType(String(typ), type))
    throw new JwtConfigError(`the header's typ contradicts the profile: leave it out, or set '${type}'`);
  return type;
}

function checkProfile(profile: Profile, payload: JwtClaims, now: number): void {
  const rule = brokenRule(profile, payload);
  if (rule) throw new JwtConfigError(`${rule.claim} must be ${rule.expected}`);
  if (livesTooLong(profile, payload, now))
    throw new JwtConfigError(`exp is too far off: this kind of token lives at most ${profile.maxLifetime} seconds`);
}
