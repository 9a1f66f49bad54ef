// HMACs under secrets anybody knows: empty ones, what JavaScript makes of a missing one, and those of tutorials.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { appendHmac } from '../raw-token.js';

/** The HMAC an attacker would use: the verifier's own where it has a secret. */
export function hmacOf({ row, algorithm }: AttackContext): { alg: string; bits: number } {
  return row.keyType === 'oct' ? { alg: algorithm, bits: Number(algorithm.slice(2)) } : { alg: 'HS256', bits: 256 };
}

/** Secrets that everybody has: id, description, reference, secret. */
const SECRETS: readonly (readonly [string, string, string, (c: AttackContext) => string])[] = [
  ['empty', 'an empty secret', 'CVE-2019-20933, CVE-2026-44351, CVE-2026-45363', () => ''],
  ['undefined', 'the word undefined, as an unset variable turns into text', 'CWE-1188', () => 'undefined'],
  ['null', 'the word null', 'CWE-1188', () => 'null'],
  ['object', 'the text [object Object], as a key object turns into text', 'CWE-704', () => '[object Object]'],
  ['crypto-key', 'the text [object CryptoKey]', 'CWE-704', () => '[object CryptoKey]'],
  ['word', 'the word secret', 'RFC 8725 §2.2; CWE-521', () => 'secret'],
  ['tutorial', "the secret of jwt.io's example", 'RFC 8725 §2.2; CWE-1392', () => 'your-256-bit-secret'],
  ['key-id', 'the kid itself', 'CWE-1391', ({ keys }) => keys.signing.id!],
  ['issuer', 'the name of the issuer', 'CWE-1391', ({ issuer }) => issuer],
];

/** Attacks that know the secret. */
export function knownSecrets(): AttackRow[] {
  return attackRows(
    {
      class: 'forgery',
      severity: 'critical',
      code: ({ row }) => (row.keyType === 'oct' ? 'ERR_JWT_SIGNATURE' : 'ERR_JWT_ALGORITHM'),
    },
    SECRETS.map(([name, what, reference, secret]) => ({
      id: `known-secret-${name}`,
      description: `an HMAC under ${what}`,
      reference,
      make: (c: AttackContext) => {
        const { alg, bits } = hmacOf(c);
        return appendHmac(c.forgedInput({ alg }), secret(c), bits);
      },
    })),
  );
}
