import { isObject, type JsonObject } from '../../encoding/json.js';
import { accessToken, dpopProof, logoutToken } from '../../jwt/profiles.js';
import type { TokenKind } from '../subject.js';

/** The kinds that a media type names, without `application/`. */
const KIND_OF_TYPE: Readonly<Record<string, TokenKind>> = {
  [accessToken.type!]: 'access',
  [logoutToken.type!]: 'logout',
  [dpopProof.type!]: 'dpop',
  // RFC 8417 §2.3
  'secevent+jwt': 'set',
  // draft-ietf-oauth-rfc7523bis
  'client-authentication+jwt': 'client-assertion',
};

/** What Keycloak writes into `typ` and Cognito into `token_use`, in lower case. */
const KIND_OF_CLAIM: Readonly<Record<string, TokenKind>> = {
  access: 'access',
  bearer: 'access',
  id: 'id',
  refresh: 'refresh',
  offline: 'refresh',
  logout: 'logout',
};

/** Claims that tell a kind, in the order in which they decide. */
const MARKS: readonly (readonly [TokenKind, readonly string[]])[] = [
  ['id', ['nonce', 'at_hash', 'c_hash', 's_hash']],
  ['access', ['scope', 'scp', 'client_id', 'cid']],
  // RFC 9068 §2.2.1 allows these in access tokens too.
  ['id', ['azp', 'auth_time', 'amr']],
];

/** The kind of a token by its `typ` (lower case, without `application/`) and its claims. */
export function inferKind(typ: string | undefined, claims: JsonObject): TokenKind {
  if (typ !== undefined && Object.hasOwn(KIND_OF_TYPE, typ)) return KIND_OF_TYPE[typ]!;
  const has = (name: string) => Object.hasOwn(claims, name);
  for (const name of ['token_use', 'typ']) {
    const value = has(name) ? String(typeof claims[name] === 'string' ? claims[name] : '').toLowerCase() : '';
    if (Object.hasOwn(KIND_OF_CLAIM, value)) return KIND_OF_CLAIM[value]!;
  }
  if (has('events') && isObject(claims.events)) {
    return Object.keys(claims.events).some((uri) => uri.endsWith('/backchannel-logout')) ? 'logout' : 'set';
  }
  if (has('htm') && has('htu')) return 'dpop';
  // RFC 7523 §3: issuer and subject are both the client.
  if (has('iss') && has('aud') && has('jti') && claims.iss === claims.sub && !has('scope')) {
    return 'client-assertion';
  }
  return MARKS.find(([, names]) => names.some(has))?.[0] ?? 'unknown';
}
