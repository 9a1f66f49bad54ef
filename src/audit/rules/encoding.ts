// How the parts of a token are written (RFC 7515 §2, RFC 4648 §3).

import { derNumbers } from '../facts/der-signature.js';
import type { Facts } from '../facts/facts.js';
import { type EncodingProblem, isEncodedAgain, type JsonProblem } from '../facts/segment.js';
import type { TokenFacts } from '../facts/token.js';
import { pointer } from '../pointer.js';
import type { FindingDraft, Rule } from '../rule.js';

const PARTS = ['header', 'claims', 'signature'];

/** The names of a token's segments in pointers; a JWE's are numbered. */
function partName(token: TokenFacts, index: number): string {
  return (token.form === 'jws' ? PARTS[index] : undefined) ?? `segments/${index}`;
}

/** Segments with any of these problems. */
function badSegments({ token }: Facts, problems: readonly EncodingProblem[]): FindingDraft[] {
  return (token?.segments ?? []).flatMap((segment, i) =>
    segment.problems.some((problem) => problems.includes(problem)) ? [{ path: `/token/${partName(token!, i)}` }] : [],
  );
}

function isReadable({ token }: Facts): boolean {
  return token !== undefined && token.segments.length > 1;
}

const TEXT_PROBLEMS: readonly JsonProblem[] = ['not-utf8', 'bom', 'utf-16'];

/** The rules of the group `encoding/`. */
export const encodingRules: readonly Rule[] = [
  {
    id: 'encoding/base64-not-url',
    title: 'A part of the token is written in standard Base64',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Encode every part as Base64url, with - and _.',
    references: ['RFC 7515 §2', 'RFC 4648 §5'],
    applies: isReadable,
    check: (facts) => badSegments(facts, ['alphabet']),
  },
  {
    id: 'encoding/padding',
    title: 'A part of the token is padded with =',
    severity: 'low',
    needs: ['token'],
    remediation: 'Leave out the = at the end of each part.',
    references: ['RFC 7515 §2'],
    applies: isReadable,
    check: (facts) => {
      const lenient = facts.verifiers.some(({ permits }) => permits.includes('lenient-base64'));
      return badSegments(facts, ['padding']).map((draft) => ({ ...draft, severity: lenient ? 'medium' : 'low' }));
    },
  },
  {
    id: 'encoding/non-canonical',
    title: 'A part of the token is not canonical Base64url',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Encode the parts with a canonical Base64url encoder.',
    references: ['RFC 4648 §3.5', 'CWE-180'],
    applies: isReadable,
    check: (facts) => badSegments(facts, ['white-space', 'length', 'trailing-bits', 'foreign']),
  },
  {
    id: 'encoding/ecdsa-der',
    title: 'The ECDSA signature is a DER sequence',
    severity: 'high',
    needs: ['token'],
    remediation: "Sign in IEEE P1363 format: dsaEncoding 'ieee-p1363' in Node.",
    references: ['RFC 7518 §3.4'],
    applies: ({ token }) => token?.alg?.startsWith('ES') === true && token.signature !== undefined,
    check: ({ token }) => (derNumbers(token!.signature!) ? [{ path: '/token/signature' }] : []),
  },
  {
    id: 'encoding/not-utf8',
    title: 'Header or payload is not plain UTF-8',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Write header and claims in UTF-8 without a byte order mark.',
    references: ['RFC 8725 §3.7', 'RFC 8259 §8.1'],
    applies: isReadable,
    check: ({ token }) =>
      [token!.headerProblems, token!.claimsProblems].flatMap((problems, i) =>
        problems.some((problem) => TEXT_PROBLEMS.includes(problem)) ? [{ path: pointer('/token', PARTS[i]!) }] : [],
      ),
  },
  {
    id: 'encoding/double-encoded',
    title: 'A part of the token is encoded twice',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Encode each part once.',
    references: ['RFC 7515 §7.1'],
    applies: ({ token }) => token?.form === 'jws',
    check: ({ token }) =>
      token!.segments
        .slice(0, 2)
        .flatMap(({ bytes }, i) => (isEncodedAgain(bytes) ? [{ path: pointer('/token', PARTS[i]!) }] : [])),
  },
];
