import type { AuditOptions, AuditSubject } from 'jwtight/audit';
import { accessTokenWith, NOW_SECONDS, rawToken } from '../support.js';
import type { Example, RuleExamples } from './example.js';

const withClaims = (changes: Record<string, unknown>): { subject: AuditSubject } => ({
  subject: { token: accessTokenWith(changes) },
});
const GOOD = withClaims({});
/** A failing example that leaves a claim out, and the good token. */
const without = (claim: string): { failing: Example; mended: Example } => ({
  failing: withClaims({ [claim]: undefined }),
  mended: GOOD,
});
const changed = (changes: Record<string, unknown>): { failing: Example; mended: Example } => ({
  failing: withClaims(changes),
  mended: GOOD,
});
const ID: AuditOptions = { kind: 'id' };
const logout = (claims: object): { subject: AuditSubject } => ({
  subject: {
    token: rawToken(
      { alg: 'ES256', typ: 'logout+jwt', kid: '2026-11' },
      { sub: '5f1b8a9e-user', events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, ...claims },
    ),
  },
});
const verifier = { issuer: 'https://auth.example.com', audience: 'api', jwksUrl: 'https://auth.example.com/jwks' };

export const claimsExamples: RuleExamples = {
  'claims/exp-missing': { reason: 'A token that leaks once is good for ever.', ...without('exp') },
  'claims/iat-missing': { reason: 'Without it the age of a token cannot be limited or logged.', ...without('iat') },
  'claims/iss-missing': { reason: 'Verifiers cannot tell whose key must have signed it.', ...without('iss') },
  'claims/sub-missing': { reason: 'Nobody can tell who acted, nor withdraw the rights of one.', ...without('sub') },
  'claims/aud-missing': { reason: 'Each service that gets it can use it at every other.', ...without('aud') },
  'claims/jti-missing': { reason: 'A single token cannot be revoked, nor its replay be seen.', ...without('jti') },
  'claims/jti-predictable': {
    reason: 'Ids that can be guessed are met twice, and tell how many tokens are issued.',
    ...changed({ jti: '1042' }),
  },
  'claims/numericdate-milliseconds': {
    reason: 'Read as seconds, the date lies tens of thousands of years ahead: the token never expires.',
    ...changed({ exp: (NOW_SECONDS + 900) * 1000 }),
  },
  'claims/numericdate-type': {
    reason: 'Some libraries refuse such dates, others skip the check.',
    ...changed({ exp: String(NOW_SECONDS + 900) }),
  },
  'claims/time-inconsistent': {
    reason: 'There is no time at which the token is valid.',
    ...changed({ exp: NOW_SECONDS - 60 }),
  },
  'claims/issued-in-future': {
    reason: 'Verifiers with a right clock refuse the token.',
    ...changed({ iat: NOW_SECONDS + 300, exp: NOW_SECONDS + 1200 }),
  },
  'claims/expired': {
    reason: 'It is worth knowing of a sample, and no fault.',
    ...changed({ iat: NOW_SECONDS - 1000, exp: NOW_SECONDS - 100 }),
  },
  'claims/aud-wildcard': { reason: 'An audience that fits all protects none.', ...changed({ aud: '*' }) },
  'claims/iss-not-url': {
    reason: 'OAuth and OpenID Connect find the keys of an issuer under its URL.',
    ...changed({ iss: 'auth-service' }),
  },
  'claims/id-token-profile': {
    reason: 'The nonce ties an ID token to a login, azp to a client: without them it can be replayed elsewhere.',
    failing: { ...withClaims({ aud: ['web-shop', 'admin-shop'] }), options: ID },
    mended: { ...withClaims({ aud: ['web-shop', 'admin-shop'], azp: 'web-shop' }), options: ID },
  },
  'claims/logout-token-profile': {
    reason: 'A logout token and an ID token must not pass for each other.',
    failing: logout({ nonce: 'n-0S6_WzA2Mj' }),
    mended: logout({}),
  },
  'claims/kind-confusable': {
    reason: 'A token that was issued for one purpose works for another.',
    failing: { subject: { verifier: [verifier, verifier] } },
    mended: {
      subject: {
        verifier: [
          { ...verifier, type: 'at+jwt' },
          { ...verifier, type: 'logout+jwt' },
        ],
      },
    },
  },
  'claims/privileged-unconstrained': {
    reason: 'The more a token may do, the less time should a thief have.',
    failing: withClaims({ role: 'admin', exp: NOW_SECONDS + 3600 }),
    mended: withClaims({ role: 'admin' }),
  },
};
