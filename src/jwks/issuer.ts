// Discovery: an issuer's metadata names its key set (OpenID Connect Discovery 1.0 §4, RFC 8414 §3).

import { JwtConfigError } from '../errors.js';
import { isText } from '../jwt/registered-claims.js';
import { fetchJson, isSafeUrl, type PlatformAbortSignal } from './fetch-json.js';
import { keepKeys, type RemoteKeySource } from './kept-keys.js';
import { checkRemoteOptions, type RemoteOptions } from './remote-options.js';
import { unavailable } from './unavailable.js';

/** How an issuer's keys are found, fetched and kept. */
export interface IssuerOptions extends RemoteOptions {
  /** Hosts besides the issuer's own that may serve its keys, such as `www.googleapis.com`; none by default. */
  readonly jwksHosts?: readonly string[];
}

/**
 * The keys of an issuer, found through its metadata: `/.well-known/openid-configuration` (OpenID Connect) or, where
 * that is not served, `/.well-known/oauth-authorization-server` (RFC 8414).
 *
 * The metadata must name exactly this issuer. Fetched, kept and refreshed with the keys as by `remoteJwks`.
 *
 * @param issuer - exactly as it stands in the tokens' `iss`.
 * @throws JwtConfigError for an issuer that is no https URL or a wrong option; its `find` a JwtError
 * `ERR_JWT_KEYS_UNAVAILABLE`.
 * @example
 * ```ts
 * import { createVerifier } from 'jwtight';
 * import { issuerKeys } from 'jwtight/jwks';
 *
 * const issuer = 'https://auth.example.com';
 * const verify = createVerifier({ keys: issuerKeys(issuer, { algorithms: ['RS256'] }), issuer, audience: 'billing-api' });
 * console.log(verify.policy.issuer); // https://auth.example.com
 * ```
 */
export function issuerKeys(issuer: string, options: IssuerOptions): RemoteKeySource {
  const { jwksHosts = [] } = options ?? {};
  if (!Array.isArray(jwksHosts) || !jwksHosts.every(isText) || (jwksHosts.length === 0 && options?.jwksHosts))
    throw new JwtConfigError("jwksHosts must be a non-empty list of host names such as 'www.googleapis.com'");
  const checked = checkRemoteOptions(options, 'issuerKeys', { issuer, jwksHosts }, 'jwksHosts');
  const { settings, fetch } = checked;
  const url = typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : undefined;
  // RFC 8414 §2: no query and no fragment.
  if (!url || !isSafeUrl(url, settings.allowLocalhost) || /[?#]/.test(issuer))
    throw new JwtConfigError('the issuer must be an https URL without credentials, query or fragment');

  const path = url.pathname.replace(/\/$/, '');
  const get = (address: string, signal: PlatformAbortSignal) => fetchJson(address, fetch, settings.maxBytes, signal);

  async function locate(wellKnown: string, signal: PlatformAbortSignal): Promise<string> {
    const { document } = await get(url!.origin + wellKnown, signal);
    const { issuer: named, jwks_uri } = document;
    if (named !== issuer) throw unavailable('the metadata of the issuer must name exactly this issuer');
    const jwksUrl = typeof jwks_uri === 'string' && URL.canParse(jwks_uri) ? new URL(jwks_uri) : undefined;
    if (!jwksUrl || !isSafeUrl(jwksUrl, settings.allowLocalhost)) throw unavailable('jwks_uri must be an https URL');
    if (jwksUrl.origin !== url!.origin && !settings.jwksHosts.includes(jwksUrl.host))
      throw unavailable('jwks_uri lies on another host than the issuer: if that is right, allow it with jwksHosts');
    return jwksUrl.href;
  }

  return keepKeys(
    `jwtight:issuer:${issuer}`,
    async (signal) => {
      const jwksUrl = await locate(`${path}/.well-known/openid-configuration`, signal).catch((error) =>
        // The second form's failure says less: most issuers have the first only.
        locate(`/.well-known/oauth-authorization-server${path}`, signal).catch(() => {
          throw error;
        }),
      );
      return get(jwksUrl, signal);
    },
    checked,
  );
}
