// Which controls a topic touches. Ids were looked up in the texts of the frameworks; what could not be confirmed, or
// is about something else than tokens, is left out.

/** A framework whose controls the matrix names. */
export type Framework = 'SOC 2' | 'ISO 27001:2022' | 'HIPAA 164.312' | 'ASVS 5.0' | 'PCI DSS 4.0.1';

/** A row of the matrix before anything has been found. */
export interface Topic {
  readonly topic: string;
  /** Ids of rules; a `*` at the end stands for anything. */
  readonly rules: readonly string[];
  readonly controls: Readonly<Partial<Record<Framework, readonly string[]>>>;
  /** What the evidence cannot show. */
  readonly limitation: string;
}

/** The rows in order. */
export const TOPICS: readonly Topic[] = [
  {
    topic: 'Signature and algorithms',
    rules: ['algorithm/*', 'verifier/signature-disabled', 'format/*'],
    controls: {
      'SOC 2': ['CC6.1'],
      'ISO 27001:2022': ['A.8.24', 'A.8.26'],
      'HIPAA 164.312': ['(c)(1)', '(c)(2)', '(e)(2)(i)'],
      'ASVS 5.0': ['9.1.1', '9.1.2', '11.2.3'],
      'PCI DSS 4.0.1': ['6.2.4', '12.3.3'],
    },
    limitation: 'Covers tokens only, no other use of cryptography.',
  },
  {
    topic: 'Key strength',
    rules: [
      'key/*',
      'secret/empty',
      'secret/known',
      'secret/signs-with-known',
      'secret/too-short',
      'secret/low-entropy',
      'secret/placeholder',
      'secret/repetitive',
      'secret/derived-value',
    ],
    controls: {
      'SOC 2': ['CC6.1'],
      'ISO 27001:2022': ['A.8.24'],
      'HIPAA 164.312': ['(a)(2)(iv)', '(e)(2)(ii)'],
      'ASVS 5.0': ['11.2.3', '11.5.1', '11.6.1'],
      'PCI DSS 4.0.1': ['6.2.4'],
    },
    limitation: 'How a key was generated cannot be seen from the key.',
  },
  {
    topic: 'Access to secrets',
    rules: [
      'secret/hardcoded',
      'secret/fallback-default',
      'secret/client-exposed',
      'secret/shared',
      'key/private-on-verifier',
      'jwks/private-material',
    ],
    controls: {
      'SOC 2': ['CC6.1', 'CC6.3', 'CC8.1'],
      'ISO 27001:2022': ['A.5.17', 'A.8.4', 'A.8.9', 'A.8.24'],
      'HIPAA 164.312': ['(a)(1)', '(d)'],
      'ASVS 5.0': ['13.3.1', '13.3.2'],
    },
    limitation: 'Who has access to a store of secrets is not examined.',
  },
  {
    topic: 'Rotation',
    rules: ['lifetime/key-rotation', 'lifetime/overlap-too-short', 'jwks/*'],
    controls: {
      'SOC 2': ['CC6.1'],
      'ISO 27001:2022': ['A.8.24', 'A.5.17'],
      'HIPAA 164.312': ['(a)(2)(iv)'],
      'ASVS 5.0': ['13.3.4', '11.1.1'],
    },
    limitation: 'That rotation happens regularly takes records over a period.',
  },
  {
    topic: 'Token life',
    rules: [
      'lifetime/access-long',
      'lifetime/refresh-*',
      'claims/exp-missing',
      'verifier/clock-tolerance',
      'verifier/exp-*',
    ],
    controls: {
      'SOC 2': ['CC6.1', 'CC6.3'],
      'ISO 27001:2022': ['A.8.5', 'A.5.15'],
      'HIPAA 164.312': ['(a)(2)(iii)'],
      'ASVS 5.0': ['7.3.2', '9.2.1', '10.4.8'],
      'PCI DSS 4.0.1': ['8.2.8'],
    },
    limitation: 'A token shows its absolute life, never the inactivity of a session.',
  },
  {
    topic: 'Revocation',
    rules: ['claims/jti-missing', 'verifier/no-revocation-check', 'lifetime/denylist-by-token-hash'],
    controls: {
      'SOC 2': ['CC6.2', 'CC6.3'],
      'ISO 27001:2022': ['A.5.16', 'A.5.18'],
      'HIPAA 164.312': ['(a)(1)'],
      'ASVS 5.0': ['7.4.1', '7.4.2', '7.4.5', '10.4.9'],
      'PCI DSS 4.0.1': ['8.2.5'],
    },
    limitation: 'That access is revoked when people leave takes records of it.',
  },
  {
    topic: 'Identity and audience',
    rules: [
      'claims/iss-missing',
      'claims/sub-missing',
      'claims/aud-*',
      'verifier/aud-unchecked',
      'verifier/iss-unchecked',
      'header/typ-*',
    ],
    controls: {
      'SOC 2': ['CC6.1', 'CC6.6'],
      'ISO 27001:2022': ['A.5.15', 'A.5.16', 'A.8.3'],
      'HIPAA 164.312': ['(a)(2)(i)', '(d)'],
      'ASVS 5.0': ['9.2.2', '9.2.3', '9.2.4', '10.3.1', '10.3.2', '10.3.3'],
      'PCI DSS 4.0.1': ['8.2.1'],
    },
    limitation: 'How a subject was authenticated is not in the token.',
  },
  {
    topic: 'Trusted key sources',
    rules: ['header/jku-*', 'header/embedded-jwk', 'jwks/insecure-url'],
    controls: {
      'SOC 2': ['CC6.6'],
      'ISO 27001:2022': ['A.8.26'],
      'HIPAA 164.312': ['(c)(2)'],
      'ASVS 5.0': ['9.1.3'],
      'PCI DSS 4.0.1': ['6.2.4'],
    },
    limitation: 'What a URL answers, and over which connection, is not examined.',
  },
  {
    topic: 'Data minimisation',
    rules: ['privacy/*'],
    controls: {
      'SOC 2': ['CC6.7', 'C1.1'],
      'ISO 27001:2022': ['A.5.34', 'A.8.11', 'A.8.12'],
      'HIPAA 164.312': ['(a)(2)(iv)'],
      'ASVS 5.0': ['14.1.1', '14.2.6'],
      'PCI DSS 4.0.1': ['3.3.1', '3.4.1'],
    },
    limitation: 'One token shows what it holds, not what other tokens hold.',
  },
  {
    topic: 'Storage and transport',
    rules: ['storage/*'],
    controls: {
      'SOC 2': ['CC6.7'],
      'ISO 27001:2022': ['A.5.14', 'A.8.26'],
      'HIPAA 164.312': ['(e)(1)', '(e)(2)(ii)'],
      'ASVS 5.0': ['3.3.1', '3.3.2', '3.3.3', '3.3.4', '3.3.5', '3.4.3', '14.2.1'],
      'PCI DSS 4.0.1': ['4.2.1'],
    },
    limitation: 'What clients really do is not observed.',
  },
  {
    topic: 'Audit trail',
    rules: ['claims/jti-missing', 'claims/sub-missing', 'claims/iat-missing', 'storage/logged'],
    controls: {
      'SOC 2': ['CC7.2'],
      'ISO 27001:2022': ['A.8.15'],
      'HIPAA 164.312': ['(b)'],
      'ASVS 5.0': ['16.2.5', '16.3.1'],
      'PCI DSS 4.0.1': ['10.2'],
    },
    limitation: 'Tokens that can be told apart make a trail possible; the trail itself is not seen.',
  },
];
