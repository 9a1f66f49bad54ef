// Forgeries shown after a genuine token, to verifiers that remember too little of what they verified.

import { type AttackRow, attackRows } from '../attack.js';
import { encodeSegment } from '../raw-token.js';

const JUNK = /* @__PURE__ */ 'QUFB'.repeat(16);

/** Attacks on caches of verified tokens. */
export function caches(): AttackRow[] {
  const shared = {
    class: 'forgery',
    severity: 'critical',
    code: 'ERR_JWT_SIGNATURE',
    reference: 'CVE-2026-35039; CWE-345',
    before: ({ token }: { token: string }) => [token],
  } as const;
  return attackRows(shared, [
    {
      id: 'cache-by-signature',
      description: "forged claims under a remembered token's signature",
      make: (c) => `${c.forgedInput({})}.${c.segments.signature}`,
    },
    {
      id: 'cache-by-content',
      description: 'a remembered header and payload with a signature of junk',
      severity: 'high',
      make: (c) => `${c.segments.header}.${c.segments.payload}.${JUNK}`,
    },
    {
      id: 'cache-by-payload',
      description: 'a remembered payload under another header, with a signature of junk',
      severity: 'high',
      make: (c) => `${encodeSegment({ ...c.header, cty: 'JWT' })}.${c.segments.payload}.${JUNK}`,
    },
    {
      id: 'cache-by-prefix',
      description: 'a token that begins like a remembered one',
      make: (c) => `${c.segments.header}.${encodeSegment({ ...c.claims, admin: true })}.${JUNK}`,
    },
    {
      id: 'cache-by-id',
      description: "forged claims with a remembered token's jti",
      make: (c) =>
        `${encodeSegment({ ...c.header, cty: 'JWT' })}.${encodeSegment({ jti: c.claims.jti, ...c.forged })}.${JUNK}`,
    },
    {
      id: 'cache-by-subject',
      description: "other claims about a remembered token's subject",
      make: (c) =>
        `${encodeSegment({ ...c.header, cty: 'JWT' })}.${encodeSegment({ ...c.forged, jti: 'forged', sub: c.claims.sub })}.${JUNK}`,
    },
  ]);
}
