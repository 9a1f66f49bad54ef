import type { RuleExamples } from './example.js';

// The published key of RFC 7517 appendix A.1 with its metadata: an example among examples.
const PUBLIC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  kid: '2026-11',
  use: 'sig',
  alg: 'ES256',
};
const NEXT = {
  ...PUBLIC,
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  kid: '2027-02',
};
const GOOD = { subject: { jwks: { keys: [PUBLIC, NEXT] } } };
const verifier = { jwksUrl: 'https://auth.example.com/jwks', jwksCache: { maxAge: '10m', cooldown: '30s' } } as const;

export const jwksExamples: RuleExamples = {
  'jwks/private-material': {
    reason: 'Whoever fetches the set can sign tokens.',
    failing: { subject: { jwks: { keys: [{ ...PUBLIC, d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' }, NEXT] } } },
    mended: GOOD,
  },
  'jwks/symmetric-key': {
    reason: 'Whoever fetches the set can sign tokens.',
    failing: { subject: { jwks: { keys: [{ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMko', alg: 'HS256' }] } } },
    mended: GOOD,
  },
  'jwks/duplicate-kid': {
    reason: 'A verifier cannot tell which of the keys a token means.',
    failing: { subject: { jwks: { keys: [PUBLIC, { ...NEXT, kid: PUBLIC.kid }] } } },
    mended: GOOD,
  },
  'jwks/missing-metadata': {
    reason: 'Without it a verifier has to guess what a key is for.',
    failing: { subject: { jwks: { keys: [{ kty: PUBLIC.kty, crv: PUBLIC.crv, x: PUBLIC.x, y: PUBLIC.y }] } } },
    mended: GOOD,
  },
  'jwks/single-key-rotation': {
    reason: 'At each rotation verifiers with the old set refuse every token until they fetch the new one.',
    failing: { subject: { jwks: { keys: [PUBLIC] }, issuance: { keyRotation: { every: '90d' } } } },
    mended: { subject: { jwks: { keys: [PUBLIC, NEXT] }, issuance: { keyRotation: { every: '90d' } } } },
  },
  'jwks/insecure-url': {
    reason: 'Whoever is on the way, or can redirect the request, puts keys of his own into the set.',
    failing: { subject: { verifier: { ...verifier, jwksUrl: 'http://auth.example.com/jwks' } } },
    mended: { subject: { verifier } },
  },
  'jwks/cache-policy': {
    reason: 'A set kept for long trusts keys that were withdrawn; without a cooldown any stranger makes you fetch it.',
    failing: { subject: { verifier: { ...verifier, jwksCache: { maxAge: '30d' } } } },
    mended: { subject: { verifier } },
  },
};
