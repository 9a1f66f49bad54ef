// aud: tokens for others, and values that a loose comparison takes for the right one.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { fullWidth } from './issuers.js';

type Claimed = readonly [id: string, description: string, value: (audience: string) => unknown, reference?: string];

/** Attacks on the comparison of audiences. */
export function audiences(): AttackRow[] {
  const shared = {
    class: 'policy',
    severity: 'high',
    reference: 'RFC 7519 §4.1.3, RFC 8725 §3.9; CVE-2025-62610',
  } as const;
  const rows = (more: Partial<AttackRow>, table: readonly Claimed[]): AttackRow[] =>
    attackRows(
      { ...shared, ...more },
      table.map(([id, description, value, reference]) => ({
        id,
        description,
        ...(reference && { reference }),
        // A name without letters has no capitals: what is the right name is no attack.
        fits: (c: AttackContext) => value(c.audience) !== c.audience,
        make: (c: AttackContext) => c.issued({ aud: value(c.audience) }),
      })),
    );
  return [
    ...rows({ code: 'ERR_JWT_AUDIENCE' }, [
      ['aud-other', 'a token for another audience', otherAudience],
      ['aud-others', 'a token for several others', (aud) => [otherAudience(aud), `${aud}-2`]],
      ['aud-prefix', "the beginning of the audience's name", (aud) => aud.slice(0, -1)],
      ['aud-substring', "a piece from the middle of the audience's name", (aud) => aud.slice(1, -1)],
      ['aud-extended', "the audience's name and more", (aud) => `${aud}-staging`],
      ['aud-extended-in-list', "the audience's name and more, in a list", (aud) => [`${aud}-staging`]],
      ['aud-inside', "the audience's name inside another", (aud) => `not-${aud}-at-all`],
      ['aud-blank-separated', 'several names in one text, with blanks', (aud) => `other-api ${aud}`],
      ['aud-comma-separated', 'several names in one text, with commas', (aud) => `other-api,${aud}`],
      ['aud-wildcard', 'a wildcard', () => '*'],
      ['aud-pattern', 'a pattern that matches anything', () => '.*'],
      ['aud-upper-case', "the audience's name in capitals", (aud) => aud.toUpperCase()],
      ['aud-trailing-slash', "the audience's name and a slash", (aud) => `${aud}/`],
      ['aud-blank', "the audience's name after a blank", (aud) => ` ${aud}`],
      ['aud-nul', "the audience's name, a NUL and more", (aud) => `${aud}\u0000-staging`],
      ['aud-compatibility', "the audience's name with a full-width letter", fullWidth],
    ]),
    ...rows({ code: 'ERR_JWT_CLAIM_MISSING' }, [['aud-missing', 'no audience', () => undefined]]),
    ...rows({ code: 'ERR_JWT_CLAIM_INVALID' }, [
      ['aud-null', 'aud null', () => null],
      ['aud-empty', 'aud empty', () => ''],
      ['aud-empty-list', 'aud an empty list', () => [], 'RFC 7519 §4.1.3; CVE-2020-26160'],
      ['aud-list-of-empty', 'aud a list of an empty text', () => [''], 'RFC 7519 §4.1.3; CVE-2020-26160'],
      ['aud-zero', 'aud 0', () => 0],
      ['aud-true', 'aud true', () => true],
      ['aud-object', 'the audience as a name in an object', (aud) => ({ [aud]: true })],
      ['aud-object-like-list', 'an object that looks like a list', (aud) => ({ 0: aud, length: 1 })],
      ['aud-nested-list', 'the audience in a list in a list', (aud) => [[aud]]],
    ]),
    ...rows({ code: 'ERR_JWT_CLAIM_INVALID', class: 'strictness', severity: 'low', reference: 'RFC 7519 §4.1.3' }, [
      ['aud-list-with-number', 'the audience beside a number', (aud) => [aud, 7]],
      ['aud-list-with-null', 'the audience beside null', (aud) => [null, aud]],
    ]),
  ];
}

/** An audience that is not this one. */
export function otherAudience(audience: string): string {
  return audience === 'other-api' ? 'third-api' : 'other-api';
}
