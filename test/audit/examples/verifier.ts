import type { VerifierDescription } from 'jwtight/audit';
import type { RuleExamples } from './example.js';

/** A description that no rule of the group has anything to say about. */
const GOOD: VerifierDescription = {
  algorithms: ['ES256'],
  jwksUrl: 'https://auth.example.com/jwks',
  issuer: 'https://auth.example.com',
  audience: 'https://api.example.com',
  type: 'at+jwt',
  clockTolerance: 30,
  maxTokenAge: '15m',
  maxTokenLength: 8192,
  requiredClaims: ['exp'],
  revocation: 'jti',
};

function without(...names: (keyof VerifierDescription)[]): VerifierDescription {
  return Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name as keyof typeof GOOD)));
}

const mended = { subject: { verifier: GOOD } };

export const verifierExamples: RuleExamples = {
  'verifier/signature-disabled': {
    reason: 'Anybody can write a token that is only decoded.',
    failing: { subject: { verifier: { ...GOOD, verifySignature: false } } },
    mended,
  },
  'verifier/exp-ignored': {
    reason: 'A stolen token works for ever.',
    failing: { subject: { verifier: { ...GOOD, ignoreExpiration: true } } },
    mended,
  },
  'verifier/exp-not-required': {
    reason: 'Most libraries skip the check of exp where the claim is absent.',
    failing: { subject: { verifier: { ...GOOD, requiredClaims: ['sub'] } } },
    mended,
  },
  'verifier/aud-unchecked': {
    reason: 'A token that another service was given is accepted here too.',
    failing: { subject: { verifier: without('audience') } },
    mended,
  },
  'verifier/iss-unchecked': {
    reason: 'Without iss nothing says whose token it is when keys are shared or change hands.',
    failing: { subject: { verifier: without('issuer') } },
    mended,
  },
  'verifier/issuer-not-bound-to-key': {
    reason: 'Each issuer can sign tokens in the name of the others.',
    failing: { subject: { verifier: { ...GOOD, issuer: ['https://a.example.com', 'https://b.example.com'] } } },
    mended: {
      subject: {
        verifier: [
          { ...GOOD, issuer: 'https://a.example.com', jwksUrl: 'https://a.example.com/jwks' },
          { ...GOOD, issuer: 'https://b.example.com', jwksUrl: 'https://b.example.com/jwks' },
        ],
      },
    },
  },
  'verifier/typ-unchecked': {
    reason: 'An ID token or a refresh token passes for an access token.',
    failing: { subject: { verifier: without('type'), issuance: { kinds: ['access', 'id'] } } },
    mended: { subject: { verifier: GOOD, issuance: { kinds: ['access', 'id'] } } },
  },
  'verifier/loose-match': {
    reason: 'A pattern without both anchors accepts a value that only contains the right one.',
    failing: {
      subject: { verifier: { ...GOOD, patterns: [/auth\.example\.com/] } },
      shown: '`{ "verifier": { "issuer": /auth\\.example\\.com/ } }`',
    },
    mended: {
      subject: { verifier: { ...GOOD, patterns: [/^https:\/\/auth\.example\.com$/] } },
      shown: '`{ "verifier": { "issuer": "https://auth.example.com" } }`',
    },
  },
  'verifier/clock-tolerance': {
    reason: 'Every second of tolerance lengthens the life of every token.',
    failing: { subject: { verifier: { ...GOOD, clockTolerance: '5m' } } },
    mended,
  },
  'verifier/no-max-age': {
    reason: 'A limit on age also stops tokens whose issuer gave them too long a life.',
    failing: { subject: { verifier: without('maxTokenAge') } },
    mended,
  },
  'verifier/no-size-limit': {
    reason: 'Reading a huge token costs memory and time before its signature is looked at.',
    failing: { subject: { verifier: without('maxTokenLength') } },
    mended,
  },
  'verifier/jwe-as-jws': {
    reason: 'Whoever knows a public key can encrypt for it: that proves nothing about the sender.',
    failing: { subject: { verifier: { ...GOOD, permits: ['unsigned-jwe'] } } },
    mended,
  },
  'verifier/format-confusion': {
    reason: 'What is read may then not be what was signed.',
    failing: { subject: { verifier: { ...GOOD, permits: ['json-serialization'] } } },
    mended,
  },
  'verifier/legacy-escape-hatch': {
    reason: 'These options bring back the attacks against which the checks were added.',
    failing: { subject: { verifier: { ...GOOD, permits: ['weak-keys'] } } },
    mended,
  },
  'verifier/no-revocation-check': {
    reason: 'After a theft or a logout the token goes on working until it expires.',
    failing: {
      subject: { verifier: without('revocation', 'maxTokenAge'), issuance: { accessTokenLifetime: '1h' } },
    },
    mended: { subject: { verifier: GOOD, issuance: { accessTokenLifetime: '1h' } } },
  },
};
