import { accessTokenWith, goodClaims, NOW_SECONDS, rawToken } from '../support.js';
import type { RuleExamples } from './example.js';

const idToken = (life: number) =>
  rawToken({ alg: 'ES256', typ: 'JWT' }, goodClaims({ nonce: 'n-0S6_WzA2Mj', exp: NOW_SECONDS + life }));
const refreshToken = { absoluteLifetime: '30d', rotation: true, stateful: true, publicClient: true } as const;

export const lifetimeExamples: RuleExamples = {
  'lifetime/access-long': {
    reason: 'A stolen access token works until it expires.',
    failing: { subject: { token: accessTokenWith({ exp: NOW_SECONDS + 86_400 }) } },
    mended: { subject: { token: accessTokenWith({ exp: NOW_SECONDS + 900 }) } },
  },
  'lifetime/id-token-long': {
    reason: 'An ID token says that somebody has just logged in: it is of use for minutes.',
    failing: { subject: { token: idToken(7200) } },
    mended: { subject: { token: idToken(300) } },
  },
  'lifetime/refresh-unbounded': {
    reason: 'A stolen refresh token that is used often enough never dies.',
    failing: { subject: { issuance: { refreshToken: { ...refreshToken, absoluteLifetime: false } } } },
    mended: { subject: { issuance: { refreshToken } } },
  },
  'lifetime/refresh-not-rotated': {
    reason: 'A public client has no secret of its own: only rotation or a bound key shows a theft.',
    failing: { subject: { issuance: { refreshToken: { ...refreshToken, rotation: false } } } },
    mended: { subject: { issuance: { refreshToken } } },
  },
  'lifetime/refresh-not-revocable': {
    reason: 'Without a record on the server nobody can end the session.',
    failing: { subject: { issuance: { refreshToken: { ...refreshToken, stateful: false } } } },
    mended: { subject: { issuance: { refreshToken } } },
  },
  'lifetime/key-rotation': {
    reason: 'The longer a key is used, the more a theft that nobody noticed is worth.',
    failing: { subject: { issuance: { keyRotation: false } } },
    mended: { subject: { issuance: { keyRotation: { every: '90d' } } } },
  },
  'lifetime/overlap-too-short': {
    reason: 'Tokens that are still valid are refused when their key is gone from the set.',
    failing: { subject: { issuance: { accessTokenLifetime: '1h', keyRotation: { every: '90d', overlap: '10m' } } } },
    mended: { subject: { issuance: { accessTokenLifetime: '1h', keyRotation: { every: '90d', overlap: '2h' } } } },
  },
  'lifetime/denylist-by-token-hash': {
    reason: 'ECDSA signatures and lenient Base64 let one token be written in other ways that are in no list.',
    failing: { subject: { issuance: { revocation: 'token-hash' } } },
    mended: { subject: { issuance: { revocation: 'jti' } } },
  },
  'lifetime/not-sender-constrained': {
    reason: 'FAPI 2.0 wants access tokens that are of no use without the key of the client.',
    failing: { subject: { token: accessTokenWith() }, options: { profile: 'fapi2' } },
    mended: {
      subject: { token: accessTokenWith({ cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }) },
      options: { profile: 'fapi2' },
    },
  },
};
