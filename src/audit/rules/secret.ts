// Shared secrets: the secret itself, and where it comes from.

import { algorithmFamily } from '../facts/algorithm.js';
import type { Facts } from '../facts/facts.js';
import type { FindingDraft, Rule } from '../rule.js';
import type { SecretEnvironment } from '../subject.js';
import { strengthRules } from './secret-strength.js';

/** Prefixes of variables that build tools copy into what browsers load. */
const CLIENT_PREFIX = /^(NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_)/;

/** A rule about a member of the environment, asked where it is said. */
function about<K extends keyof SecretEnvironment>(
  member: K,
  judge: (value: NonNullable<SecretEnvironment[K]>, facts: Facts) => Partial<FindingDraft> | false,
): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: ['environment'],
    applies: ({ environment }) => environment?.[member] !== undefined,
    check: (facts) => {
      const found = judge(facts.environment![member]!, facts);
      return found ? [{ path: `/environment/${member}`, ...found }] : [];
    },
  };
}

/** Whether all that the subject has is a public key, which nobody needs to hide. */
function hasPublicKeyOnly({ key, secrets }: Facts): boolean {
  return key !== undefined && !key.isPrivate && secrets.length === 0;
}

/** The rules of the group `secret/` that need a secret or where it comes from. */
export const secretRules: readonly Rule[] = [
  ...strengthRules,
  {
    id: 'secret/hardcoded',
    title: 'The secret stands in source code or configuration',
    severity: 'high',
    remediation: 'Replace it, and read it from a vault.',
    references: ['ASVS V13.3.1', 'CWE-798'],
    ...about(
      'secretSource',
      (source, { environment }) =>
        (source === 'code' || source === 'config') && { severity: environment!.production ? 'critical' : 'high' },
    ),
  },
  {
    id: 'secret/fallback-default',
    title: 'A literal stands in for an unset variable',
    severity: 'high',
    remediation: 'Fail at start when the variable is unset.',
    references: ['CWE-1188'],
    ...about('fallback', (fallback) => fallback !== false && {}),
  },
  {
    id: 'secret/client-exposed',
    title: 'The secret is sent to browsers',
    severity: 'critical',
    needs: ['environment'],
    remediation: 'Keep it on the server; verify with a public key.',
    references: ['CWE-200'],
    applies: (facts) =>
      (facts.environment?.variable !== undefined || facts.environment?.browser !== undefined) &&
      !hasPublicKeyOnly(facts),
    check({ environment, secrets, key, algorithm }) {
      const { variable = '', browser } = environment!;
      if (CLIENT_PREFIX.test(variable)) return [{ path: '/environment/variable' }];
      const isSecret = secrets.length > 0 || key?.isPrivate || algorithmFamily(algorithm) === 'hmac';
      return browser && isSecret ? [{ path: '/environment/browser' }] : [];
    },
  },
  {
    id: 'secret/shared',
    title: 'One secret serves several environments or purposes',
    severity: 'high',
    remediation: 'Give each environment and purpose its own secret.',
    references: ['ASVS V11.1.1'],
    // A key that is shared has a rule of its own.
    ...about('sharedAcross', (names, { key, secrets }) => names.length > 1 && (secrets.length > 0 || !key) && {}),
  },
];
