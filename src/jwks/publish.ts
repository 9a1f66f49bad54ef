import { type Duration, parseDuration } from '../encoding/duration.js';
import { JwtConfigError } from '../errors.js';
import type { AlgorithmRow } from '../keys/algorithms.js';
import { exportJwk, thumbprint } from '../keys/export-key.js';
import { JWK_MEMBERS, type Jwk } from '../keys/jwk.js';
import type { PrivateKey, PublicKey } from '../keys/key.js';
import type { JwkSet } from './jwk-set.js';

/**
 * The JWK Set of your keys: public halves only, each with `kid`, `use` and `alg` (RFC 7517 §5).
 *
 * A key without an id is published under its thumbprint; better name it with `.id()`, so that its tokens do too.
 *
 * @throws JwtConfigError for a secret, a private key that was not made with `.extractable()`, or the same id twice.
 * @example
 * ```ts
 * import { key } from 'jwtight';
 * import { jwksHeaders, publishJwks } from 'jwtight/jwks';
 *
 * const { publicKey } = await key('ES256').id().generate();
 * const response = new Response(JSON.stringify(await publishJwks([publicKey])), { headers: jwksHeaders() });
 * console.log(response.headers.get('cache-control')); // public, max-age=600
 * ```
 */
export async function publishJwks(keys: readonly (PublicKey | PrivateKey)[]): Promise<JwkSet> {
  if (!Array.isArray(keys) || keys.length === 0) throw new JwtConfigError('pass a non-empty list of keys');
  const published = await Promise.all((keys as readonly (PublicKey | PrivateKey)[]).map(publicJwk));
  if (new Set(published.map(({ kid }) => kid)).size < published.length)
    throw new JwtConfigError("two keys have the same id: give each its own with .id('…')");
  return { keys: published };
}

async function publicJwk(key: PublicKey | PrivateKey): Promise<Jwk> {
  // Asked before anything is exported: a secret has no public half.
  if ((key as { role?: unknown } | undefined)?.role === 'secret')
    throw new JwtConfigError('a secret must not be published');
  const jwk = publicHalf(await exportJwk(key));
  return { ...jwk, kid: jwk.kid ?? (await thumbprint(key)) };
}

/** The public half of a JWK. Its members are named one by one: what is not public by RFC 7518 §6 cannot slip through. */
export function publicHalf(jwk: Jwk): Jwk {
  const names = JWK_MEMBERS[jwk.kty as AlgorithmRow['keyType']].public;
  return Object.fromEntries(
    ['kty', 'crv', ...names, 'alg', 'use', 'kid'].flatMap((name) => entry(jwk, name as keyof Jwk)),
  );
}

function entry(jwk: Jwk, name: keyof Jwk): [string, unknown][] {
  return jwk[name] === undefined ? [] : [[name, jwk[name]]];
}

/**
 * Suggested headers for a published key set.
 *
 * @param maxAge - how long verifiers and caches between may keep it: the `maxAge` of your key ring; 10 minutes by default.
 * @throws JwtConfigError when maxAge is no duration of at least one second.
 * @example
 * ```ts
 * import { jwksHeaders } from 'jwtight/jwks';
 *
 * console.log(jwksHeaders('5m')['cache-control']); // public, max-age=300
 * ```
 */
export function jwksHeaders(maxAge: Duration = 600): { 'content-type': string; 'cache-control': string } {
  const seconds = Math.floor(parseDuration(maxAge, 'maxAge'));
  if (seconds < 1) throw new JwtConfigError('maxAge must be at least one second');
  return { 'content-type': 'application/jwk-set+json', 'cache-control': `public, max-age=${seconds}` };
}
