import { isObject, type JsonObject, parseJsonObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { type Fetched, fetchJson, isSafeUrl, type PlatformAbortSignal } from './fetch-json.js';
import type { JwkSet } from './jwk-set.js';
import { keepKeys, type RemoteKeySource } from './kept-keys.js';
import { checkRemoteOptions, type RemoteOptions } from './remote-options.js';
import { unavailable } from './unavailable.js';

/** Brings a key set from elsewhere: a vault, a file, a service binding. A JWK Set, or its JSON text. */
export type KeySetLoader = (signal: PlatformAbortSignal) => JwkSet | string | Promise<JwkSet | string>;

/**
 * The keys of a JWK Set at a URL, or that a function brings: fetched when first needed, and again when they are old
 * or a token names an unknown one.
 *
 * However many verifications wait, there is one request; while the source fails, what was loaded stays in use for
 * `staleIfError`. A key that leaves the set stops verifying.
 *
 * @param source - an https URL, or a function.
 * @throws JwtConfigError for another URL or a wrong option; its `find` a JwtError `ERR_JWT_KEYS_UNAVAILABLE`.
 * @example
 * ```ts
 * import { createVerifier } from 'jwtight';
 * import { remoteJwks } from 'jwtight/jwks';
 *
 * const verify = createVerifier({
 *   keys: remoteJwks('https://auth.example.com/.well-known/jwks.json', { algorithms: ['ES256'] }),
 *   issuer: 'https://auth.example.com',
 *   audience: 'billing-api',
 * });
 * console.log(verify.policy.algorithms); // [ 'ES256' ]
 * ```
 */
export function remoteJwks(
  source: string | { readonly href: string } | KeySetLoader,
  options: RemoteOptions,
): RemoteKeySource {
  if (typeof source === 'function') {
    const checked = checkRemoteOptions(options, 'remoteJwks', {});
    if (checked.cache || checked.fetch)
      throw new JwtConfigError('cache and fetch need a URL: a function can do its own caching and fetching');
    return keepKeys('', (signal) => callLoader(source, signal, checked.settings.maxBytes), checked);
  }
  const href: unknown = isObject(source) ? source.href : source;
  const url = typeof href === 'string' && URL.canParse(href) ? new URL(href) : undefined;
  const checked = checkRemoteOptions(options, 'remoteJwks', url ? { url: url.origin + url.pathname } : {});
  const { settings, fetch } = checked;
  if (!url || !isSafeUrl(url, settings.allowLocalhost))
    throw new JwtConfigError(
      'the key set must have an https URL without credentials; see allowLocalhost for development',
    );
  return keepKeys(
    `jwtight:jwks:${url.href}`,
    (signal) => fetchJson(url.href, fetch, settings.maxBytes, signal),
    checked,
  );
}

async function callLoader(load: KeySetLoader, signal: PlatformAbortSignal, maxBytes: number): Promise<Fetched> {
  const loaded: unknown = await load(signal);
  if (typeof loaded === 'string' && loaded.length > maxBytes)
    throw unavailable(`the key set is larger than ${maxBytes} bytes`);
  const document: JsonObject | undefined =
    typeof loaded === 'string' ? parseJsonObject(loaded) : isObject(loaded) ? loaded : undefined;
  if (!document)
    throw unavailable('the function must bring a JWK Set: an object, or its JSON text without duplicate names');
  return { document, maxAge: undefined };
}
