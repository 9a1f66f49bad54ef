// Base64url, UTF-8 and JSON as they must not be: genuinely signed, so that only strict reading refuses them.

import { encodeUtf8 } from '../../encoding/utf8.js';
import { appendSignature } from '../../jws/signature.js';
import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';
import { encodeSegment } from '../raw-token.js';
import { signUntil } from '../signature-arithmetic.js';

/** Attacks on decoders. */
export function encodings(): AttackRow[] {
  return [...signatureSegment(), ...signedSegments(), ...characters(), ...json()];
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const standard = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');
const padded = (text: string): string => text + '='.repeat(-text.length & 3 || 4);

/** The segment with its unused last bits set. Only where the bytes leave some unused. */
function withTrailingBits(segment: string): string {
  return segment.slice(0, -1) + ALPHABET[ALPHABET.indexOf(segment.at(-1)!) + 1]!;
}

/** One text for another: the same signature, so a second text of a valid token. */
function signatureSegment(): AttackRow[] {
  const written = (id: string, description: string, write: (signature: string) => string, more = {}) => ({
    id,
    description,
    make: ({ segments: { header, payload, signature } }: AttackContext) => `${header}.${payload}.${write(signature)}`,
    ...more,
  });
  const shared = {
    class: 'robustness',
    severity: 'low',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'RFC 7515 §2, §5.2',
  } as const;
  return attackRows(shared, [
    written('signature-padding', 'a genuine signature with padding', padded),
    {
      id: 'signature-standard-alphabet',
      description: 'a genuine signature in standard Base64',
      make: async (c) => {
        const { input, signature } = await signUntil(c, (_, text) => /[-_]/.test(text));
        return `${input}.${standard(encodeSegment(signature))}`;
      },
    },
    written(
      'signature-line-break',
      'a line break inside a genuine signature',
      (text) => `${text.slice(0, 20)}\n${text.slice(20)}`,
    ),
    written(
      'signature-blank',
      'a blank inside a genuine signature',
      (text) => `${text.slice(0, 20)} ${text.slice(20)}`,
    ),
    written(
      'signature-foreign',
      'a character of no alphabet inside a genuine signature',
      (text) => `${text.slice(0, 20)}!${text.slice(20)}`,
    ),
    written(
      'signature-alias',
      'a letter of another script whose low byte is the right one',
      (text) => String.fromCharCode(text.charCodeAt(0) + 0x100) + text.slice(1),
    ),
    written('signature-trailing-bits', 'unused bits set in a genuine signature', withTrailingBits, {
      class: 'strictness',
      reference: 'RFC 4648 §3.5',
      fits: ({ signature }: AttackContext) => signature.length % 3 !== 0,
    }),
  ]);
}

/** The issuer itself wrote the segment so. */
function signedSegments(): AttackRow[] {
  const payload = (id: string, description: string, write: (segment: string) => string, more = {}) => ({
    id: `payload-${id}`,
    description: `a signed payload ${description}`,
    make: (c: AttackContext) => appendSignature(`${c.segments.header}.${write(payloadWithRest(c))}`, c.keys.signing),
    ...more,
  });
  const header = (id: string, description: string, write: (segment: string) => string) => ({
    id: `header-${id}`,
    description: `a signed header ${description}`,
    make: (c: AttackContext) =>
      appendSignature(`${write(encodeSegment(headerWithRest(c)))}.${c.segments.payload}`, c.keys.signing),
  });
  const breaking = (text: string) => `${text.slice(0, 8)}\n${text.slice(8)}`;
  const shared = {
    class: 'robustness',
    severity: 'low',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7515 §2, §5.2',
  } as const;
  return attackRows(shared, [
    payload('padding', 'with padding', padded),
    payload('standard-alphabet', 'in standard Base64', standard),
    payload('line-break', 'with a line break', breaking),
    payload('foreign', 'with a character of no alphabet', (text) => `${text.slice(0, 8)}!${text.slice(8)}`),
    payload('trailing-bits', 'with unused bits set', withTrailingBits, {
      class: 'strictness',
      reference: 'RFC 4648 §3.5',
    }),
    header('padding', 'with padding', padded),
    header('line-break', 'with a line break', breaking),
  ]);
}

/** Claims whose Base64url has letters of its own alphabet, and leaves bits unused. */
function payloadWithRest(c: AttackContext): string {
  const text = JSON.stringify({ ...c.claims, note: '???>>>~~~' });
  return encodeSegment(text + ' '.repeat(text.length % 3 === 0 ? 1 : 0));
}

function headerWithRest({ header }: AttackContext): string {
  const text = JSON.stringify(header);
  return text + ' '.repeat(text.length % 3 === 0 ? 1 : 0);
}

/** The bytes of a text, with `@` replaced by others. */
function withBytes(text: string, bytes: readonly number[]): Uint8Array {
  return Uint8Array.from([...encodeUtf8(text)!].flatMap((byte) => (byte === 0x40 ? bytes : [byte])));
}

function characters(): AttackRow[] {
  const note = (id: string, description: string, bytes: readonly number[]) => ({
    id,
    description,
    make: (c: AttackContext) => c.issuedRaw(c.header, withBytes(JSON.stringify({ ...c.claims, note: '@' }), bytes)),
  });
  const shared = {
    class: 'robustness',
    severity: 'low',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7515 §5.2, RFC 7519 §7.2',
  } as const;
  // RFC 8259 §8.1: parsers may ignore the mark.
  const mark = { class: 'strictness', reference: 'RFC 8259 §8.1' } as const;
  return attackRows(shared, [
    note('utf8-invalid', 'a byte that UTF-8 does not have', [0xff]),
    note('utf8-overlong', 'a letter in two bytes instead of one', [0xc1, 0x81]),
    note('utf8-surrogate', 'half of a surrogate pair', [0xed, 0xa0, 0x80]),
    note('utf8-cut', 'a character cut short', [0xe2, 0x82]),
    {
      ...mark,
      id: 'payload-bom',
      description: 'the payload begins with a byte order mark',
      make: (c) => c.issuedRaw(c.header, `\ufeff${JSON.stringify(c.claims)}`),
    },
    {
      ...mark,
      id: 'header-bom',
      description: 'the header begins with a byte order mark',
      make: (c) => c.issuedRaw(`\ufeff${JSON.stringify(c.header)}`, c.claims),
    },
    {
      id: 'header-utf8-invalid',
      description: 'a byte in the header that UTF-8 does not have',
      make: (c) => c.issuedRaw(withBytes(JSON.stringify({ ...c.header, note: '@' }), [0xff]), c.claims),
    },
  ]);
}

function json(): AttackRow[] {
  const text = (id: string, description: string, write: (json: string) => string) => ({
    id: `json-${id}`,
    description: `the payload ${description}`,
    make: (c: AttackContext) => c.issuedRaw(c.header, write(JSON.stringify(c.claims))),
  });
  const shared = {
    class: 'robustness',
    severity: 'low',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7519 §7.2, RFC 8259 §2',
  } as const;
  return attackRows(shared, [
    text('comment', 'has a comment', (json) => `/* claims */${json}`),
    text('trailing-comma', 'has a comma before its last brace', (json) => `${json.slice(0, -1)},}`),
    text('single-quotes', 'is written with single quotes', (json) => json.replaceAll('"', "'")),
    text('unquoted-name', 'has a name without quotes', (json) => json.replace('"sub"', 'sub')),
    text('nan', 'has NaN for exp', (json) => json.replace(/"exp":\d+/, '"exp":NaN')),
    text('expression', 'is a JavaScript expression', (json) => `Object.assign({},${json})`),
    text('text-after', 'has text after it', (json) => `${json}}`),
    text('object-after', 'has a second object after it', (json) => `${json}{"admin":true}`),
    text('nul-after', 'has a NUL after it', (json) => `${json}\u0000`),
  ]);
}
