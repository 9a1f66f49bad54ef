import type { AuditSubject } from 'jwtight/audit';
import { accessTokenWith, goodClaims } from '../support.js';
import type { RuleExamples } from './example.js';

const withAlg = (alg: string): { subject: AuditSubject } => ({ subject: { token: accessTokenWith({}, { alg }) } });
const GOOD = withAlg('ES256');
const verifier = (algorithms: string[]): { subject: AuditSubject } => ({ subject: { verifier: { algorithms } } });
const PEM =
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n';

export const algorithmExamples: RuleExamples = {
  'algorithm/none': {
    reason: 'Anybody can write a token that nobody has signed.',
    failing: withAlg('none'),
    mended: GOOD,
  },
  'algorithm/none-case-variant': {
    reason: 'Only somebody who wants to get past a filter for "none" writes it so.',
    failing: withAlg('NoNe'),
    mended: GOOD,
  },
  'algorithm/not-pinned': {
    reason: "Without a list the token's author chooses how it is verified.",
    failing: { subject: { verifier: { issuer: 'https://auth.example.com' } } },
    mended: { subject: { verifier: { issuer: 'https://auth.example.com', algorithms: ['ES256'] } } },
  },
  'algorithm/mixed-families': {
    reason: 'An attacker signs with HMAC and takes the public key, which everybody knows, for the secret.',
    failing: verifier(['HS256', 'RS256']),
    mended: verifier(['ES256']),
  },
  'algorithm/public-key-as-hmac-secret': {
    reason: 'A public key is no secret, so anybody can sign with it.',
    failing: { subject: { key: PEM, algorithm: 'HS256' }, shown: 'the text of a public key as secret for HS256' },
    mended: { subject: { key: PEM, algorithm: 'Ed25519' }, shown: 'the same public key for Ed25519' },
  },
  'algorithm/not-in-allowlist': {
    reason: 'The verifier refuses the token, or does not keep to its list.',
    failing: { subject: { ...withAlg('RS256').subject, ...verifier(['ES256']).subject } },
    mended: { subject: { ...GOOD.subject, ...verifier(['ES256']).subject } },
  },
  'algorithm/unknown': {
    reason: 'An algorithm without a specification has no review, and other libraries do not know it.',
    failing: withAlg('ES257'),
    mended: GOOD,
  },
  'algorithm/deprecated': {
    reason: 'SHA-1 and MD5 have collisions, and RSA1_5 lets attackers decrypt by asking.',
    failing: withAlg('RS1'),
    mended: GOOD,
  },
  'algorithm/rsa-pkcs1v15': {
    reason: 'The old padding has no proof of security and a long history of flawed verifiers.',
    failing: withAlg('RS256'),
    mended: withAlg('PS256'),
  },
  'algorithm/polymorphic-eddsa': {
    reason: 'EdDSA may be Ed25519 or Ed448: a list of algorithms that has it does not say which.',
    failing: withAlg('EdDSA'),
    mended: withAlg('Ed25519'),
  },
  'algorithm/hmac-multi-party': {
    reason: 'Whoever can verify an HMAC can also make one, so each verifier can pose as the issuer to the others.',
    failing: { subject: { draft: { header: { alg: 'HS256' }, claims: goodClaims({ aud: ['orders', 'billing'] }) } } },
    mended: { subject: { draft: { header: { alg: 'ES256' }, claims: goodClaims({ aud: ['orders', 'billing'] }) } } },
  },
  'algorithm/symmetric-in-browser': {
    reason: 'What a page knows every visitor knows.',
    failing: { subject: { ...verifier(['HS256']).subject, environment: { browser: true } } },
    mended: { subject: { ...verifier(['ES256']).subject, environment: { browser: true } } },
  },
};
