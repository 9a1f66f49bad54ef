// Tokens that nobody signed: `none` in its spellings, algorithms that are none by accident, signatures left out.

import { type AttackRow, attackRows } from '../attack.js';
import { encodeSegment } from '../raw-token.js';

const JUNK = /* @__PURE__ */ 'QUFB'.repeat(16);

/** Attacks without a signature. */
export function unsecured(): AttackRow[] {
  return [...spelledNone(), ...noAlgorithm(), ...noSignature()];
}

function spelledNone(): AttackRow[] {
  const shared = {
    class: 'forgery',
    severity: 'critical',
    reference: 'RFC 8725 §2.1, §3.2; CVE-2015-2951',
    code: 'ERR_JWT_ALGORITHM',
  } as const;
  const spelled = (id: string, alg: string, description: string) => ({
    id,
    description,
    make: (c: Parameters<AttackRow['make']>[0]) => `${c.forgedInput({ alg })}.`,
  });
  return attackRows(shared, [
    spelled('alg-none', 'none', 'forged claims, alg none, empty signature'),
    spelled('alg-none-title-case', 'None', 'alg None, past a check for "none" alone'),
    spelled('alg-none-upper-case', 'NONE', 'alg NONE, past a check for "none" alone'),
    spelled('alg-none-mixed-case', 'nOnE', 'alg nOnE, past a list of spellings'),
    spelled('alg-none-padded', ' none ', 'alg none between blanks, trimmed after the check'),
    spelled('alg-none-nul', 'none\u0000', 'alg none with a NUL, cut off after the check'),
    {
      id: 'alg-none-with-junk-signature',
      description: 'alg none with a signature, past a check that unsigned tokens have none',
      make: (c) => `${c.forgedInput({ alg: 'none' })}.${JUNK}`,
    },
    {
      id: 'alg-none-with-genuine-signature',
      description: "alg none with another token's signature",
      make: (c) => `${c.forgedInput({ alg: 'none' })}.${c.segments.signature}`,
    },
    {
      id: 'alg-none-two-segments',
      description: 'alg none without the last dot',
      code: 'ERR_JWT_MALFORMED',
      make: (c) => c.forgedInput({ alg: 'none' }),
    },
    {
      id: 'alg-none-second-of-two',
      description: 'two alg members, the last of them none',
      code: 'ERR_JWT_MALFORMED',
      reference: 'RFC 7515 §4, §10.12',
      make: (c) =>
        `${encodeSegment(`{"alg":"${c.algorithm}","alg":"none","kid":"${c.keys.signing.id}"}`)}.${encodeSegment(c.forged)}.`,
    },
    {
      id: 'alg-none-first-of-two',
      description: 'two alg members, the first of them none',
      code: 'ERR_JWT_MALFORMED',
      reference: 'RFC 7515 §4, §10.12',
      make: (c) =>
        `${encodeSegment(`{"alg":"none","alg":"${c.algorithm}","kid":"${c.keys.signing.id}"}`)}.${encodeSegment(c.forged)}.`,
    },
    {
      id: 'alg-none-other-case-name',
      description: 'a second member ALG says none, for parsers that ignore the case of names',
      code: 'ERR_JWT_SIGNATURE',
      reference: 'RFC 7515 §4 (names are case-sensitive)',
      make: (c) => `${c.forgedInput({ ALG: 'none' })}.`,
    },
    {
      id: 'alg-none-from-prototype',
      description: 'alg none inside __proto__, for code that copies the header with Object.assign',
      reference: 'RFC 8725 §3.2; CWE-1321',
      make: (c) => `${encodeSegment('{"__proto__":{"alg":"none"},"typ":"JWT"}')}.${encodeSegment(c.forged)}.`,
    },
  ]);
}

function noAlgorithm(): AttackRow[] {
  const shared = {
    class: 'forgery',
    severity: 'critical',
    reference: 'RFC 7515 §4.1.1, RFC 8725 §3.1',
    code: 'ERR_JWT_ALGORITHM',
  } as const;
  const named = (id: string, alg: unknown, description: string) => ({
    id,
    description,
    make: (c: Parameters<AttackRow['make']>[0]) => `${c.forgedInput({ alg })}.`,
  });
  return attackRows(shared, [
    named('alg-missing', undefined, 'no alg at all'),
    named('alg-null', null, 'alg null'),
    named('alg-empty', '', 'alg empty'),
    named('alg-zero', 0, 'alg 0'),
    named('alg-false', false, 'alg false'),
    named('alg-list-none', ['none'], "alg ['none'], which turns into none as text"),
    named('alg-object', {}, 'alg an object'),
    named('alg-unknown', 'XX999', 'an algorithm nobody knows, for a switch without a default'),
    named('alg-prototype', '__proto__', 'alg __proto__, a name every table inherits'),
    named('alg-constructor', 'constructor', 'alg constructor, a function every table inherits'),
    named('alg-to-string', 'toString', 'alg toString, a function every table inherits'),
    {
      id: 'alg-list-pinned',
      description: 'the right algorithm in a list, which passes for it as text',
      make: (c) => `${c.forgedInput({ alg: [c.algorithm] })}.${JUNK}`,
    },
  ]);
}

function noSignature(): AttackRow[] {
  return attackRows({ class: 'forgery', severity: 'critical', reference: 'RFC 7515 §5.2; CVE-2020-28042' }, [
    {
      id: 'signature-empty',
      description: 'the right algorithm and an empty signature',
      code: 'ERR_JWT_SIGNATURE',
      make: (c) => `${c.forgedInput({})}.`,
    },
    {
      id: 'signature-missing',
      description: 'the right algorithm and no third segment',
      code: 'ERR_JWT_MALFORMED',
      make: (c) => c.forgedInput({}),
    },
  ]);
}
