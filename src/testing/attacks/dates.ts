// exp, nbf and iat: passed, to come, missing, and not a date at all.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';

type Dated = readonly [id: string, description: string, value: (now: number) => unknown, more?: Partial<AttackRow>];

const DAY = 86_400;
const TYPE = 'RFC 7519 §2, §4.1.4; CVE-2026-25537, CVE-2026-44459';

const rows = (claim: string, shared: Partial<AttackRow>, table: readonly Dated[]): AttackRow[] =>
  attackRows(
    shared,
    table.map(([id, description, value, more]) => ({
      id,
      description,
      make: (c: AttackContext) => c.issued({ [claim]: value(c.now) }),
      ...more,
    })),
  );

/** A claim as JSON text, for values that JSON.stringify would change. */
const withText =
  (claim: string, text: string) =>
  (c: AttackContext): Promise<string> =>
    c.issuedRaw(c.header, JSON.stringify({ ...c.claims, [claim]: '@' }).replace('"@"', text));

/** Attacks on the times of a token. */
export function dates(): AttackRow[] {
  return [...expiry(), ...notBefore(), ...issuedAt()];
}

function expiry(): AttackRow[] {
  const passed = {
    class: 'policy',
    severity: 'high',
    code: 'ERR_JWT_EXPIRED',
    reference: 'RFC 7519 §4.1.4',
  } as const;
  const noDate = { ...passed, code: 'ERR_JWT_CLAIM_INVALID', reference: TYPE } as const;
  const open = { class: 'strictness', severity: 'low' } as const;
  return [
    ...rows('exp', passed, [
      ['expired-five-minutes', 'expired five minutes ago, beyond any fair tolerance', (now) => now - 300],
      ['expired-a-day', 'expired a day ago', (now) => now - DAY],
      ['expired-years', 'expired in 2001, for tolerances that are not numbers', () => 1_000_000_000],
      [
        'exp-zero',
        'exp 0, for checks that take 0 for missing',
        () => 0,
        { reference: `${passed.reference}; CVE-2026-44459` },
      ],
    ]),
    ...rows('exp', noDate, [
      ['exp-negative', 'exp −1', () => -1],
      ['exp-text-past', 'a passed exp as text', (now) => `${now - DAY}`],
      ['exp-text-future', 'a future exp as text', (now) => `${now + DAY}`],
      ['exp-word', 'exp is the word never', () => 'never'],
      ['exp-empty-text', 'exp is an empty text', () => ''],
      ['exp-date-text', 'exp is a date as text', () => '2999-12-31T23:59:59Z'],
      ['exp-null', 'exp null', () => null],
      ['exp-true', 'exp true', () => true],
      ['exp-false', 'exp false', () => false],
      ['exp-list-past', 'a passed exp in a list', (now) => [now - DAY]],
      ['exp-list-future', 'a future exp in a list', (now) => [now + DAY]],
      ['exp-object', 'exp is an object', () => ({})],
    ]),
    ...rows('exp', { ...open, code: 'ERR_JWT_CLAIM_INVALID', reference: 'RFC 7519 §2' }, [
      ['exp-beyond-dates', 'exp 1e17, a number no calendar has', () => 1e17],
      ['exp-infinite', 'exp 1e400, which JSON.parse turns into Infinity', () => 0, { make: withText('exp', '1e400') }],
    ]),
    ...rows('exp', { ...open, code: 'ERR_JWT_CLAIM_MISSING', reference: 'RFC 7519 §4.1.4 (exp is optional)' }, [
      ['exp-missing', 'no exp: good for ever', () => undefined, { severity: 'medium' }],
    ]),
  ];
}

function notBefore(): AttackRow[] {
  const ahead = {
    class: 'policy',
    severity: 'medium',
    code: 'ERR_JWT_NOT_ACTIVE',
    reference: 'RFC 7519 §4.1.5',
  } as const;
  const noDate = { ...ahead, code: 'ERR_JWT_CLAIM_INVALID', reference: TYPE } as const;
  return [
    ...rows('nbf', ahead, [
      ['nbf-five-minutes', 'good in five minutes', (now) => now + 300],
      ['nbf-a-day', 'good tomorrow', (now) => now + DAY],
    ]),
    ...rows('nbf', noDate, [
      ['nbf-text', 'a future nbf as text', (now) => `${now + DAY}`],
      ['nbf-word', 'nbf is a word', () => 'tomorrow'],
      ['nbf-null', 'nbf null', () => null],
      ['nbf-list', 'a future nbf in a list', (now) => [now + DAY]],
      ['nbf-object', 'nbf is an object', () => ({})],
      ['nbf-infinite', 'nbf 1e400, which JSON.parse turns into Infinity', () => 0, { make: withText('nbf', '1e400') }],
    ]),
  ];
}

/** RFC 7519 §4.1.6 asks for a number and for nothing else: what a verifier does with iat is left to it. */
function issuedAt(): AttackRow[] {
  const open = { class: 'strictness', severity: 'low', reference: 'RFC 7519 §4.1.6' } as const;
  return [
    ...rows('iat', { ...open, code: 'ERR_JWT_NOT_ACTIVE' }, [['iat-future', 'issued tomorrow', (now) => now + DAY]]),
    ...rows('iat', { ...open, code: 'ERR_JWT_CLAIM_INVALID' }, [
      ['iat-text', 'iat as text', (now) => `${now}`],
      ['iat-null', 'iat null', () => null],
      ['iat-negative', 'iat −1', () => -1],
      ['iat-object', 'iat is an object', () => ({})],
    ]),
  ];
}
