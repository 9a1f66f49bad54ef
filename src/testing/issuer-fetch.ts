// The test issuer's own corner of the web: its discovery documents and key set, and the attacker's host.

import type { JsonObject } from '../encoding/json.js';
import { ATTACKER, ATTACKER_SECRET } from './attack-context.js';
import { publicKeyTexts } from './public-key-texts.js';
import { publicJwks, type TestKeys } from './test-keys.js';

/** What jwtight relies on in a Response, for projects that have neither DOM nor Node types. */
export interface StructuralResponse {
  readonly status: number;
  readonly headers: {
    /** A header's value. */
    get(name: string): string | null;
  };
}

/** The `Response` of the types in use: the DOM's or Node's, else a structural stand-in. */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer R } } ? R : StructuralResponse;

/** A `fetch` that answers for the test issuer alone. Pass it wherever a library takes one. */
export type TestFetch = (
  input: string | { readonly href: string } | { readonly url: string },
  init?: unknown,
) => Promise<PlatformResponse>;

/** What the host serves. */
export interface IssuerSite {
  readonly issuer: string;
  readonly jwksUri: string;
  keys(): Promise<TestKeys>;
  attackerKeys(): Promise<TestKeys>;
}

/** The metadata of an issuer (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
export function discoveryDocument(issuer: string, jwksUri: string, algorithm: string): JsonObject {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: jwksUri,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
  };
}

/** Makes the `fetch` of a site. Anything it does not serve is 404. */
export function siteFetch(site: IssuerSite): TestFetch {
  return async (input) => {
    const url = new URL(typeof input === 'string' ? input : 'href' in input ? input.href : input.url);
    const isAttacker = url.host === 'attacker.example' || url.host.endsWith('.attacker.example');
    const body = isAttacker ? await attackerPage(url, site) : await issuerPage(url, site);
    if (body === undefined) return new Response('', { status: 404 });
    return typeof body === 'string'
      ? new Response(body, { headers: { 'content-type': 'text/plain' } })
      : new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  };
}

async function issuerPage(url: URL, { issuer, jwksUri, keys }: IssuerSite): Promise<unknown> {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  if (url.href === jwksUri) return publicJwks(await keys());
  const documents = [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
  return documents.includes(url.href)
    ? discoveryDocument(issuer, jwksUri, (await keys()).signing.algorithm)
    : undefined;
}

/** The attacker publishes everything a careless verifier may ask for, secrets too. */
async function attackerPage({ pathname }: URL, { attackerKeys }: IssuerSite): Promise<unknown> {
  const { jwk, verification, signing } = await attackerKeys();
  switch (pathname) {
    case '/jwks.json':
      return { keys: [jwk] };
    case '/secret':
      return ATTACKER_SECRET;
    case '/certificate.pem':
      return verification.role === 'public'
        ? (await publicKeyTexts(verification, jwk, signing)).certificatePem
        : undefined;
    case '/.well-known/openid-configuration':
      return discoveryDocument(ATTACKER, `${ATTACKER}/jwks.json`, signing.algorithm);
    default:
      return undefined;
  }
}
