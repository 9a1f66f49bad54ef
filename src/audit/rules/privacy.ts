// What everybody can read who gets hold of a signed token: Base64url hides nothing.

import { encodeUtf8 } from '../../encoding/utf8.js';
import type { Facts } from '../facts/facts.js';
import { own } from '../facts/token.js';
import type { FindingDraft, Rule } from '../rule.js';
import { claimSetsOf, hasClaims, T_D } from './claims-time.js';
import type { JudgeName } from './privacy-judges.js';
import { membersOf, textOf } from './privacy-members.js';

type Judges = Pick<typeof import('./privacy-judges.js'), 'JUDGES' | 'EMAIL'>;

let loaded: Judges | undefined;

/** Passes the judges on: at once, when they have been loaded before. */
function withJudges(use: (judges: Judges) => FindingDraft[]): FindingDraft[] | Promise<FindingDraft[]> {
  if (loaded) return use(loaded);
  return import('./privacy-judges.js').then(({ JUDGES, EMAIL }) => {
    loaded = { JUDGES, EMAIL };
    return use(loaded);
  });
}

/** A rule about every member of the claims, at any depth. */
function about(name: JudgeName, rule: Omit<Rule, 'id' | 'needs' | 'applies' | 'check'>): Rule {
  return {
    ...rule,
    id: `privacy/${name}`,
    needs: T_D,
    applies: hasClaims,
    check: (facts: Facts) =>
      withJudges(({ JUDGES }) =>
        membersOf(facts).flatMap((member) => {
          const verdict = JUDGES[name](member);
          return verdict ? [{ path: member.path, ...(verdict === true ? {} : verdict) }] : [];
        }),
      ),
  };
}

/** A rule about personal data. */
function personal(name: 'email' | 'phone' | 'name' | 'address' | 'birthdate', what: string): Rule {
  return about(`pii-${name}`, {
    title: `The token shows ${what}`,
    severity: 'medium',
    confidence: 'likely',
    remediation: 'Leave it out, or serve it from userinfo.',
    references: ['ASVS V14.2.6', 'CWE-359'],
  });
}

function bytesOf(text: string): number {
  return encodeUtf8(text)?.length ?? text.length * 3;
}

/** Whether a text has more bytes; no code unit has more than three. */
function isOver(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && bytesOf(text) > bytes;
}

/** The size of a payload in bytes; of a draft as JSON, where it can be written. */
function sizeOf(claims: unknown): number {
  try {
    return bytesOf(JSON.stringify(claims));
  } catch {
    return 0;
  }
}

/** The rules of the group `privacy/`. */
export const privacyRules: readonly Rule[] = [
  about('password-claim', {
    title: 'A claim holds a password or the hash of one',
    severity: 'critical',
    remediation: 'Remove the claim; change the password.',
    references: ['ASVS V14.1.1', 'CWE-522'],
  }),
  about('credential-value', {
    title: 'A claim holds a private key or an API key',
    severity: 'critical',
    remediation: 'Remove the claim; revoke the credential.',
    references: ['CWE-522'],
  }),
  about('payment-data', {
    title: 'A claim holds the number of a payment card',
    severity: 'critical',
    confidence: 'likely',
    remediation: 'Remove the claim; use a reference.',
    references: ['PCI DSS 4.0.1 §3.3', 'CWE-359'],
  }),
  about('government-id', {
    title: 'A claim holds an official number of a person',
    severity: 'high',
    remediation: 'Remove the claim; use an id of your own.',
    references: ['ASVS V14.2.6', 'CWE-359'],
  }),
  about('health-data', {
    title: 'A claim is about the health of a person',
    severity: 'medium',
    severityIn: { hipaa: 'high' },
    confidence: 'likely',
    remediation: 'Remove the claim, or encrypt the token.',
    references: ['45 CFR 164.312(a)(2)(iv)', 'CWE-359'],
  }),
  personal('email', 'an e-mail address'),
  personal('phone', 'a telephone number'),
  personal('name', "a person's name"),
  personal('address', 'a postal address'),
  personal('birthdate', 'a date of birth'),
  {
    id: 'privacy/sub-is-email',
    title: 'sub is an e-mail address, which can pass to somebody else',
    severity: 'medium',
    needs: T_D,
    remediation: 'Use an id that never changes.',
    references: ['ASVS V10.3.3', 'RFC 7519 §4.1.2'],
    applies: hasClaims,
    check: (facts) =>
      withJudges(({ EMAIL }) =>
        claimSetsOf(facts)
          .filter(({ claims }) => EMAIL.test(textOf(own(claims, 'sub'))))
          .map(({ path }) => ({ path: `${path}/claims/sub` })),
      ),
  },
  {
    id: 'privacy/oversize',
    title: 'The payload is large',
    severity: 'low',
    basis: 'policy',
    needs: T_D,
    remediation: 'Keep data behind an id.',
    references: ['ASVS V14.2.6'],
    applies: hasClaims,
    check: (facts, { thresholds }) => [
      ...claimSetsOf(facts)
        .filter(({ segments, claims }) => (segments[1]?.bytes?.length ?? sizeOf(claims)) > thresholds.payloadBytes)
        .map(({ path }) => ({ path: `${path}/claims` })),
      ...membersOf(facts)
        .filter(({ value }) => typeof value === 'string' && isOver(value, thresholds.stringBytes))
        .map(({ path }) => ({ path, message: 'A claim is long' })),
    ],
  },
];
