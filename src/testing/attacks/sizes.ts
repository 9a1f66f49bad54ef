// Tokens made to exhaust: long ones, deep ones, many dots.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { encodeSegment } from '../raw-token.js';

const MEGABYTE = 1_000_000;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Attacks on memory and time. None of them needs a signature. */
export function sizes(): AttackRow[] {
  return [...exhausting(), ...merelyLarge()];
}

function exhausting(): AttackRow[] {
  const shared = {
    class: 'robustness',
    severity: 'medium',
    code: 'ERR_JWT_TOO_LARGE',
    reference: 'RFC 8725 §3.6; CVE-2025-30204, CVE-2025-27144; CWE-400',
  } as const;
  const header = (c: AttackContext, member: string) => `${JSON.stringify(c.header).slice(0, -1)},"x":${member}}`;
  return attackRows(shared, [
    {
      id: 'ten-megabytes-of-signature',
      description: 'forged claims and a signature of ten megabytes',
      make: (c) => `${c.forgedInput({})}.${'QUFB'.repeat(2.5 * MEGABYTE)}`,
    },
    {
      id: 'ten-megabytes-of-header',
      description: 'forged claims and a header of ten megabytes',
      make: (c) => `${longHeader(c)}.${encodeSegment(c.forged)}.QUFB`,
    },
    {
      id: 'ten-megabytes-of-blanks',
      description: 'a genuine token after ten megabytes of blanks',
      make: (c) => ' '.repeat(10 * MEGABYTE) + c.token,
    },
    {
      id: 'a-million-dots',
      description: 'a genuine token before a million dots',
      make: (c) => c.token + '.'.repeat(MEGABYTE),
    },
    {
      id: 'header-a-hundred-thousand-deep',
      description: 'forged claims and a header of 100,000 nested lists',
      reference: 'RFC 8259 §9; CWE-674',
      make: (c) => `${encodeSegment(header(c, nested(100_000)))}.${encodeSegment(c.forged)}.QUFB`,
    },
    {
      id: 'header-five-thousand-deep',
      description: 'forged claims and a header of 5,000 nested lists, in less than 16 KiB',
      code: 'ERR_JWT_MALFORMED',
      reference: 'RFC 8259 §9; CWE-674',
      make: (c) => `${encodeSegment(header(c, nested(5000)))}.${encodeSegment(c.forged)}.QUFB`,
    },
  ]);
}

/** A header with a member of 7.5 megabytes: `eHh4` is xxx, and what stands before it fills whole groups of three. */
function longHeader({ header }: AttackContext): string {
  const start = `${JSON.stringify(header).slice(0, -1)},"x":"`;
  return `${encodeSegment(start.padEnd(Math.ceil(start.length / 3) * 3, 'x'))}${'eHh4'.repeat(2.5 * MEGABYTE)}${encodeSegment('"}')}`;
}

/** Signed by the issuer itself: RFC 8259 §9 lets a parser set limits and does not say which. */
function merelyLarge(): AttackRow[] {
  return attackRows({ class: 'strictness', severity: 'low', reference: 'RFC 8259 §9' }, [
    {
      id: 'genuine-but-long',
      description: 'a genuine token of 20 kilobytes',
      code: 'ERR_JWT_TOO_LARGE',
      make: (c) => c.issued({ note: 'x'.repeat(15_000) }),
    },
    {
      id: 'genuine-but-deep',
      description: 'a genuine token with claims nested 1,000 deep',
      code: 'ERR_JWT_MALFORMED',
      make: (c) => c.issuedRaw(c.header, `${JSON.stringify(c.claims).slice(0, -1)},"x":${nested(1000)}}`),
    },
  ]);
}
