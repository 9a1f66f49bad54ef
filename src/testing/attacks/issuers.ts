// iss: other issuers, and values that a loose comparison takes for the right one.

import { type AttackRow, attackRows } from '../attack.js';
import { ATTACKER, type AttackContext } from '../attack-context.js';

type Claimed = readonly [id: string, description: string, value: (issuer: string) => unknown, reference?: string];

/** Attacks on the comparison of issuers. */
export function issuers(): AttackRow[] {
  const shared = {
    class: 'policy',
    severity: 'high',
    reference: 'RFC 7519 §4.1.1, RFC 8725 §3.8',
  } as const;
  const rows = (code: AttackRow['code'], table: readonly Claimed[]): AttackRow[] =>
    attackRows(
      { ...shared, code },
      table.map(([id, description, value, reference]) => ({
        id,
        description,
        ...(reference && { reference }),
        // A name without letters has no capitals: what is the right name is no attack.
        fits: (c: AttackContext) => value(c.issuer) !== c.issuer,
        make: (c: AttackContext) => c.issued({ iss: value(c.issuer) }),
      })),
    );
  return [
    ...rows('ERR_JWT_ISSUER', [
      ['iss-other', 'another issuer', () => ATTACKER],
      ['iss-prefix', "the beginning of the issuer's name", (iss) => iss.slice(0, -1), 'CVE-2024-53861'],
      ['iss-substring', "a piece from the middle of the issuer's name", (iss) => iss.slice(2, -2), 'CVE-2024-53861'],
      ['iss-letter', "one letter of the issuer's name", (iss) => iss.slice(3, 4), 'CVE-2024-53861'],
      ['iss-extended', "the issuer's name and a domain of the attacker's", (iss) => `${iss}.attacker.example`],
      ['iss-user-info', "the issuer's name before an @", (iss) => `${iss}@attacker.example`],
      ['iss-path', 'a path on the issuer', (iss) => `${iss}/tenants/attacker`],
      ['iss-inside', "the attacker's name with the issuer's inside", (iss) => `${ATTACKER}/?${iss}`],
      ['iss-upper-case', "the issuer's name in capitals", (iss) => iss.toUpperCase()],
      ['iss-trailing-slash', "the issuer's name and a slash", (iss) => `${iss}/`],
      ['iss-blank', "the issuer's name after a blank", (iss) => ` ${iss}`],
      ['iss-line-break', "the issuer's name and a line break", (iss) => `${iss}\n`],
      ['iss-nul', "the issuer's name, a NUL and more", (iss) => `${iss}\u0000.attacker.example`],
      ['iss-compatibility', "the issuer's name with a full-width letter", fullWidth],
      [
        'iss-zero-width',
        "the issuer's name with an invisible character",
        (iss) => `${iss.slice(0, 4)}\u200b${iss.slice(4)}`,
      ],
    ]),
    ...rows('ERR_JWT_CLAIM_MISSING', [['iss-missing', 'no issuer', () => undefined]]),
    ...rows('ERR_JWT_CLAIM_INVALID', [
      ['iss-null', 'iss null', () => null],
      ['iss-empty', 'iss empty', () => ''],
      ['iss-zero', 'iss 0', () => 0],
      ['iss-true', 'iss true', () => true],
      ['iss-list', 'the issuer in a list', (iss) => [iss], 'CVE-2025-30144'],
      [
        'iss-list-with-attacker',
        "the attacker's name and the issuer's in a list",
        (iss) => [ATTACKER, iss],
        'CVE-2025-30144',
      ],
      ['iss-object', 'the issuer as a name in an object', (iss) => ({ [iss]: true })],
    ]),
  ];
}

/** The text with its last ASCII letter in full width, which NFKC turns back. */
export function fullWidth(text: string): string {
  return text.replace(/[a-z](?=[^a-z]*$)/i, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}
