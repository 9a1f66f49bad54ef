// crit, b64, zip, typ and cty: header parameters that change what a token means.

import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';

type Header = Readonly<Record<string, unknown>>;

const withHeader = (id: string, description: string, header: Header, more: Partial<AttackRow> = {}) => ({
  id,
  description,
  // A header that says so already is no attack.
  fits: (c: AttackContext) => Object.entries(header).some(([name, value]) => c.header[name] !== value),
  make: (c: AttackContext) => c.issued({}, { ...header }),
  ...more,
});

/** Attacks on the reading of the header. */
export function headerParameters(): AttackRow[] {
  return [...critical(), ...changing(), ...types()];
}

function critical(): AttackRow[] {
  const unknown = {
    class: 'policy',
    severity: 'high',
    code: 'ERR_JWT_CRITICAL',
    reference: 'RFC 7515 §4.1.11; CVE-2025-59420, CVE-2026-32597, CVE-2026-35042',
  } as const;
  // "Recipients MAY consider the JWS to be invalid": RFC 7515 §4.1.11 leaves these open.
  const misused = { ...unknown, class: 'strictness', severity: 'low', reference: 'RFC 7515 §4.1.11' } as const;
  return [
    ...attackRows(unknown, [
      withHeader('crit-unknown', 'an extension nobody knows is critical', { crit: ['x-policy'], 'x-policy': 'mfa' }),
      withHeader('crit-unknown-second', 'the second of two critical extensions is unknown', {
        crit: ['b64', 'x-policy'],
        b64: true,
        'x-policy': 'mfa',
      }),
      withHeader('crit-absent', 'an unknown critical extension that is not even there', { crit: ['x-policy'] }),
      withHeader('crit-inherited', 'a critical extension named like something every table inherits', {
        crit: ['toString'],
        toString: 1,
      }),
      withHeader('crit-claim', 'a claim is critical in the header', { crit: ['exp'], exp: 4_102_444_800 }),
      withHeader(
        'crit-b64',
        'an unencoded payload, which JWTs must not have',
        { crit: ['b64'], b64: false },
        { reference: 'RFC 7797 §6, §7' },
      ),
    ]),
    ...attackRows(misused, [
      withHeader('crit-empty', 'crit is an empty list', { crit: [] }),
      withHeader('crit-text', 'crit is a text', { crit: 'x-policy' }),
      withHeader('crit-null', 'crit is null', { crit: null }),
      withHeader('crit-object', 'crit is an object', { crit: {} }),
      withHeader('crit-number', 'crit lists a number', { crit: [1] }),
      withHeader('crit-registered', 'crit lists alg', { crit: ['alg'] }),
    ]),
  ];
}

function changing(): AttackRow[] {
  return attackRows({ class: 'strictness', severity: 'low', code: 'ERR_JWT_CRITICAL', reference: 'RFC 7797 §6' }, [
    withHeader('b64-without-crit', 'b64 false without crit', { b64: false }),
    withHeader('zip', 'zip, which only encrypted tokens have', { zip: 'DEF' }, { reference: 'RFC 7516 §4.1.3' }),
  ]);
}

/** typ tells kinds of token apart only where a verifier looks: RFC 8725 §3.11 recommends it, RFC 7515 §4.1.9 does not. */
function types(): AttackRow[] {
  const shared = {
    class: 'strictness',
    severity: 'medium',
    code: 'ERR_JWT_TYPE',
    reference: 'RFC 8725 §2.8, §3.11',
  } as const;
  const odd = { code: 'ERR_JWT_MALFORMED', severity: 'low', reference: 'RFC 7515 §4.1.9' } as const;
  return attackRows(shared, [
    withHeader('typ-access-token', 'an access token', { typ: 'at+jwt' }),
    withHeader('typ-logout-token', 'a logout token', { typ: 'logout+jwt' }),
    withHeader('typ-dpop-proof', 'a DPoP proof', { typ: 'dpop+jwt' }),
    withHeader('typ-other', 'another media type', { typ: 'JOSE' }),
    withHeader('typ-empty', 'typ is empty', { typ: '' }),
    withHeader('typ-number', 'typ is a number', { typ: 1 }, odd),
    withHeader('typ-null', 'typ is null', { typ: null }, odd),
    withHeader('typ-list', 'typ is a list', { typ: ['JWT'] }, odd),
    withHeader('cty-number', 'cty is a number', { cty: 1 }, { ...odd, reference: 'RFC 7515 §4.1.10' }),
  ]);
}
