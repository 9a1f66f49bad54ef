// RSA keys: sizes, exponents, and moduli that can be factored.

import { decodeBase64url } from '../../encoding/base64url.js';
import { isRoca } from '../../keys/roca.js';
import { type Facts, keysOf } from '../facts/facts.js';
import type { KeyFacts } from '../facts/key.js';
import type { Severity } from '../finding.js';
import { hasCloseFactors, hasSmallFactor, withSharedFactors } from '../key-health/rsa.js';
import type { FindingDraft, Rule } from '../rule.js';

/** Where keys come from. */
export const KEY_INPUTS: Rule['needs'] = [['key', 'jwks', 'verifier']];

type RsaKey = KeyFacts & { readonly modulus: bigint };

function rsaKeys(facts: Facts): KeyFacts[] {
  return keysOf(facts).filter(({ type }) => type === 'RSA');
}

function hasModulus(key: KeyFacts): key is RsaKey {
  return key.modulus !== undefined;
}

/** A check of each RSA key whose modulus can be read. */
function each(judge: (key: RsaKey) => Partial<FindingDraft> | false): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: KEY_INPUTS,
    applies: (facts) => rsaKeys(facts).some(hasModulus),
    check: (facts) =>
      rsaKeys(facts)
        .filter(hasModulus)
        .flatMap((key) => {
          const found = judge(key);
          return found ? [{ path: key.path, ...found }] : [];
        }),
  };
}

/** A check of each size, which is known of keys that cannot be exported too. */
function ofSize(judge: (bits: number) => Partial<FindingDraft> | false): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: KEY_INPUTS,
    applies: (facts) => rsaKeys(facts).some(({ bits }) => bits !== undefined),
    check: (facts) =>
      rsaKeys(facts).flatMap(({ path, bits }) => {
        const found = bits !== undefined && judge(bits);
        return found ? [{ path, message: `The RSA modulus has ${bits} bits`, ...found }] : [];
      }),
  };
}

function judgeExponent({ exponent, modulus }: KeyFacts): Severity | undefined {
  if (exponent === undefined || exponent === 65537n) return undefined;
  const isBroken = exponent === 1n || exponent % 2n === 0n || (modulus !== undefined && exponent >= modulus);
  return isBroken ? 'critical' : exponent === 3n ? 'low' : 'info';
}

/** The rules about RSA in the group `key/`. */
export const rsaRules: readonly Rule[] = [
  {
    id: 'key/rsa-too-small',
    title: 'The RSA key is too small',
    severity: 'high',
    remediation: 'Generate a key of 3072 bits.',
    references: ['RFC 7518 §3.3', 'CWE-326'],
    rootCause: 'key-strength',
    ...ofSize((bits) => bits < 2048 && { severity: bits < 1024 ? 'critical' : 'high' }),
  },
  {
    id: 'key/rsa-112-bit',
    title: 'The RSA key has less than 128 bits of security',
    severity: 'info',
    severityIn: { 'asvs-l2': 'medium' },
    remediation: 'Use 3072 bits for the next key.',
    references: ['ASVS V11.2.3'],
    rootCause: 'key-strength',
    ...ofSize((bits) => bits >= 2048 && bits < 3072 && {}),
  },
  {
    id: 'key/rsa-exponent',
    title: 'The RSA exponent is not 65537',
    severity: 'critical',
    needs: KEY_INPUTS,
    remediation: 'Generate a key with exponent 65537.',
    references: ['FIPS 186-5 §A.1.1'],
    rootCause: 'key-strength',
    applies: (facts) => rsaKeys(facts).some(({ exponent }) => exponent !== undefined),
    check: (facts) =>
      rsaKeys(facts).flatMap((key) => {
        const severity = judgeExponent(key);
        return severity ? [{ path: key.path, severity }] : [];
      }),
  },
  {
    id: 'key/rsa-roca',
    title: 'The RSA key comes from a faulty generator (ROCA)',
    severity: 'critical',
    basis: 'advisory',
    remediation: 'Replace the key at once.',
    references: ['CVE-2017-15361'],
    rootCause: 'key-strength',
    ...each(({ jwk }) => isRoca(decodeBase64url(jwk.n as string)!) && {}),
  },
  {
    id: 'key/rsa-close-primes',
    title: 'The RSA key has primes close to each other',
    severity: 'critical',
    remediation: 'Replace the key at once.',
    references: ['ASVS V11.6.1', 'CVE-2022-26320'],
    rootCause: 'key-strength',
    ...each(({ modulus }) => hasCloseFactors(modulus) && {}),
  },
  {
    id: 'key/rsa-small-factor',
    title: 'The RSA modulus has a small factor',
    severity: 'critical',
    remediation: 'Replace the key at once.',
    references: ['CWE-326'],
    rootCause: 'key-strength',
    ...each(({ modulus }) => hasSmallFactor(modulus) && {}),
  },
  {
    id: 'key/rsa-shared-prime',
    title: 'Two RSA keys share a prime',
    severity: 'critical',
    needs: KEY_INPUTS,
    remediation: 'Replace both keys at once.',
    references: ['CWE-331'],
    rootCause: 'key-strength',
    applies: (facts) => new Set(rsaKeys(facts).flatMap(({ modulus }) => modulus ?? [])).size > 1,
    check(facts) {
      const keys = rsaKeys(facts).filter(hasModulus);
      const { shared, all } = withSharedFactors(keys.map(({ modulus }) => modulus));
      const found = keys.filter(({ modulus }) => shared.has(modulus)).map(({ path }) => ({ path }));
      return all || found.length > 0 ? found : undefined;
    },
  },
];
