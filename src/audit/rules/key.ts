// Keys: curves, and the texts they are kept in.

import { keysOf } from '../facts/facts.js';
import type { KeyFacts } from '../facts/key.js';
import { isBadPoint } from '../key-health/point.js';
import type { FindingDraft, Rule } from '../rule.js';
import { metadataRules } from './key-metadata.js';
import { KEY_INPUTS, rsaRules } from './key-rsa.js';

/** Curves with less than 128 bits of security, by the names that are in use for them. */
const WEAK_CURVE = /^(P-(192|224)|secp(1\d\d|2[0-4]\d)[rk]\d|prime(192|239)v\d|brainpoolP(160|192|224)[rt]1)$/;

/** A check of each key by itself. */
function each(
  isConcerned: (key: KeyFacts) => boolean,
  judge: (key: KeyFacts) => Partial<FindingDraft> | false | undefined,
): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: KEY_INPUTS,
    applies: (facts) => keysOf(facts).some(isConcerned),
    check: (facts) =>
      keysOf(facts)
        .filter(isConcerned)
        .flatMap((key) => {
          const found = judge(key);
          return found ? [{ path: key.path, ...found }] : [];
        }),
  };
}

const isCurved = ({ curve }: KeyFacts): boolean => curve !== undefined;
const isPem = ({ pem }: KeyFacts): boolean => pem !== undefined;

const DAMAGE = {
  'escaped-line-breaks': 'The line breaks of the PEM are written as \\n',
  'no-footer': 'The PEM has no END line',
  encrypted: 'The PEM is encrypted',
  unreadable: 'The PEM cannot be read',
} as const;

/** The rules of the group `key/` that need a key. */
export const keyRules: readonly Rule[] = [
  ...rsaRules,
  {
    id: 'key/point-invalid',
    title: 'The public key is not a point of its curve',
    severity: 'critical',
    remediation: 'Export the public key again.',
    references: ['RFC 7518 §6.2.1', 'RFC 8725 §3.4'],
    rootCause: 'key-strength',
    ...each(isCurved, (key) => isBadPoint(key) && {}),
  },
  {
    id: 'key/weak-curve',
    title: 'The curve is weak',
    severity: 'high',
    remediation: 'Use P-256, Ed25519 or stronger.',
    references: ['ASVS V11.2.3', 'RFC 8812 §3.1'],
    rootCause: 'key-strength',
    ...each(isCurved, ({ curve }) =>
      curve === 'secp256k1'
        ? { severity: 'info', message: 'The curve secp256k1 is not a NIST curve' }
        : WEAK_CURVE.test(curve!) && {},
    ),
  },
  ...metadataRules,
  {
    id: 'key/pem-legacy',
    title: 'The PEM is PKCS#1 or SEC 1',
    severity: 'low',
    remediation: 'Convert it: openssl pkcs8 -topk8 -nocrypt.',
    references: ['RFC 5958', 'RFC 7468 §10'],
    ...each(isPem, ({ pem }) => /^(RSA|EC) /.test(pem!.label ?? '') && {}),
  },
  {
    id: 'key/pem-damaged',
    title: 'The PEM cannot be used as it is',
    severity: 'medium',
    remediation: 'Pass the whole text of an unencrypted key.',
    references: ['RFC 7468 §2'],
    ...each(isPem, ({ pem }) => {
      if (pem!.problem) return { message: DAMAGE[pem!.problem] };
      return (
        pem!.label === 'CERTIFICATE' && {
          message: 'The PEM is a certificate, not a key',
          confidence: 'possible',
        }
      );
    }),
  },
];
