import type { AuditSubject } from 'jwtight/audit';
import { accessTokenWith, base64url, goodHeader } from '../support.js';
import type { RuleExamples } from './example.js';

const withHeader = (changes: Record<string, unknown>): { subject: AuditSubject } => ({
  subject: { token: accessTokenWith({}, changes) },
});
const GOOD = withHeader({});
const EC = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
const jwe = (header: object): string =>
  `${base64url(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header }))}..AAAA.AAAA.AAAA`;
const withKeys = (header: Record<string, unknown>, ...ids: (string | undefined)[]): { subject: AuditSubject } => ({
  subject: { ...withHeader(header).subject, jwks: { keys: ids.map((kid) => (kid ? { ...EC, kid } : EC)) } },
});
const KID = goodHeader().kid as string;
const PBES2 = 'PBES2-HS256+A128KW';

export const headerExamples: RuleExamples = {
  'header/alg-missing': {
    reason: 'Without alg verifiers refuse the token, or guess.',
    failing: withHeader({ alg: undefined }),
    mended: GOOD,
  },
  'header/typ-missing': {
    reason: 'A token of one kind then passes for one of another.',
    failing: withHeader({ typ: undefined }),
    mended: GOOD,
  },
  'header/typ-generic': {
    reason: 'JWT says nothing: an ID token then passes for an access token.',
    failing: { subject: { ...withHeader({ typ: 'JWT' }).subject, issuance: { kinds: ['access', 'id'] } } },
    mended: { subject: { ...GOOD.subject, issuance: { kinds: ['access', 'id'] } } },
  },
  'header/kid-missing': {
    reason: 'With several keys a verifier must try all of them, and rotation breaks tokens.',
    failing: withKeys({ kid: undefined }, '2026-10', KID),
    mended: withKeys({}, '2026-10', KID),
  },
  'header/kid-unresolved': {
    reason: 'Nobody can verify the token, and every such token makes verifiers fetch the set again.',
    failing: withKeys({}, '2026-10'),
    mended: withKeys({}, '2026-10', KID),
  },
  'header/kid-ambiguous': {
    reason: 'Which key verifies the token then depends on the library.',
    failing: withKeys({}, KID, KID),
    mended: withKeys({}, '2026-10', KID),
  },
  'header/kid-injection': {
    reason: 'A key id in a path or a query lets the author of a token choose the key.',
    failing: withHeader({ kid: '../../../dev/null' }),
    mended: GOOD,
  },
  'header/jku-untrusted': {
    reason: 'Whoever follows the URL verifies forged tokens with the keys of whoever forged them.',
    failing: withHeader({ jku: 'https://keys.example.net/jwks' }),
    mended: GOOD,
  },
  'header/jku-insecure-url': {
    reason: 'Keys can be swapped on the way, and the request reaches hosts that only the verifier can reach.',
    failing: withHeader({ jku: 'http://169.254.169.254/latest' }),
    mended: withHeader({ jku: 'https://auth.example.com/jwks' }),
  },
  'header/embedded-jwk': {
    reason: 'A token that brings its own key proves nothing.',
    failing: withHeader({ jwk: EC }),
    mended: GOOD,
  },
  'header/embedded-private-key': {
    reason: 'Everybody who sees the token can sign as its issuer.',
    failing: withHeader({ typ: 'dpop+jwt', jwk: { ...EC, d: 'AA' } }),
    mended: withHeader({ typ: 'dpop+jwt', jwk: EC }),
  },
  'header/crit-invalid': {
    reason: 'Verifiers must refuse a token with an extension that they do not understand.',
    failing: withHeader({ crit: ['exp'] }),
    mended: GOOD,
  },
  'header/b64-in-jwt': {
    reason: 'The payload of a JWT is always encoded; without crit two verifiers read two payloads.',
    failing: withHeader({ b64: false }),
    mended: GOOD,
  },
  'header/zip-present': {
    reason: 'The length of compressed claims betrays what is in them, and a small token can fill the memory.',
    failing: { subject: { token: jwe({ zip: 'DEF' }) }, shown: 'a JWE with `"zip": "DEF"` in its header' },
    mended: { subject: { token: jwe({}) }, shown: 'a JWE without `zip`' },
  },
  'header/pbes2-iterations': {
    reason:
      'The token decides how long its recipient calculates: too many rounds stop it, too few let a password be guessed.',
    failing: {
      subject: { token: jwe({ alg: PBES2, p2c: 2_000_000_000 }) },
      shown: 'a JWE with `"p2c": 2000000000` in its header',
    },
    mended: {
      subject: { token: jwe({ alg: PBES2, p2c: 600_000 }) },
      shown: 'a JWE with `"p2c": 600000` in its header',
    },
  },
};
