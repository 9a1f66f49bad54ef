import type { AuditSubject } from 'jwtight/audit';
import { accessTokenWith } from '../support.js';
import type { Example, RuleExamples } from './example.js';

const withClaims = (changes: Record<string, unknown>): { subject: AuditSubject } => ({
  subject: { token: accessTokenWith(changes) },
});
/** A failing example with these claims, and the good token without them. */
const added = (claims: Record<string, unknown>, shown?: string): { failing: Example; mended: Example } => ({
  failing: { ...withClaims(claims), ...(shown && { shown }) },
  mended: withClaims({}),
});

export const privacyExamples: RuleExamples = {
  'privacy/password-claim': {
    reason: 'A signed token is not encrypted: whoever sees it reads the password.',
    ...added({ password: 'correct horse battery staple' }, '`"password": "…"` among the claims'),
  },
  'privacy/credential-value': {
    reason: 'Whoever sees the token can use the key.',
    ...added({ signing_key: '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----' }, 'a PEM among the claims'),
  },
  'privacy/payment-data': {
    reason: 'Card numbers must not be stored or sent where they can be read.',
    ...added({ card: '4111 1111 1111 1111' }),
  },
  'privacy/government-id': {
    reason: 'The number identifies a person for life and opens accounts in their name.',
    ...added({ ssn: '078-05-1120' }),
  },
  'privacy/health-data': {
    reason: 'Every log and browser that the token passes then holds health data.',
    ...added({ diagnosis: 'J45.909' }),
  },
  'privacy/pii-email': {
    reason: 'An API seldom needs it, and each log then has it.',
    ...added({ email: 'ada@example.com' }),
  },
  'privacy/pii-phone': {
    reason: 'An API seldom needs it, and each log then has it.',
    ...added({ phone_number: '+44 20 7946 0958' }),
  },
  'privacy/pii-name': {
    reason: 'An API seldom needs it, and each log then has it.',
    ...added({ name: 'Ada Lovelace' }),
  },
  'privacy/pii-address': {
    reason: 'An API seldom needs it, and each log then has it.',
    ...added({ address: { street_address: '12 High Street' } }),
  },
  'privacy/pii-birthdate': {
    reason: 'An API seldom needs it, and each log then has it.',
    ...added({ birthdate: '1815-12-10' }),
  },
  'privacy/sub-is-email': {
    reason: 'Addresses change hands: the next owner inherits the account.',
    ...added({ sub: 'ada@example.com' }),
  },
  'privacy/oversize': {
    reason: 'Tokens travel with every request, and servers limit the size of headers.',
    ...added(
      { permissions: Array.from({ length: 200 }, (_, i) => `orders:${i}:read`) },
      '200 permissions in one claim',
    ),
  },
};
