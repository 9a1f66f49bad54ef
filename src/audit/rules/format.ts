// The outer form of a token (RFC 7515 §7.1, RFC 7516 §7.1).

import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';
import { algorithmFamily } from '../facts/algorithm.js';
import { derNumbers } from '../facts/der-signature.js';
import type { Facts } from '../facts/facts.js';
import { own } from '../facts/token.js';
import { pointer } from '../pointer.js';
import type { Rule } from '../rule.js';
import { isToken } from './nested-token.js';

function isJws({ token }: Facts): boolean {
  return token?.form === 'jws';
}

function isSigned({ token }: Facts): boolean {
  return token?.signature !== undefined && token.signature.length > 0;
}

/** RFC 8032 §5.2: a signature by Ed448, which EdDSA may mean as well (RFC 8037 §3.1). */
const ED448_BYTES = 114;

/** The lengths in bytes that a signature may have, both included; `undefined` when they are not known. */
function lengthOf({ token, key }: Facts): readonly [least: number, most: number] | undefined {
  const alg = token?.alg;
  if (!isAlgorithm(alg)) return undefined;
  const { signatureBytes, minimumBits = 0, keyType } = ALGORITHMS[alg];
  const isEd448 = key?.curve === undefined ? token?.signature?.length === ED448_BYTES : key.curve === 'Ed448';
  if (alg === 'EdDSA' && isEd448) return [ED448_BYTES, ED448_BYTES];
  if (signatureBytes !== undefined) return [signatureBytes, signatureBytes];
  const modulus = key?.type === keyType && key.bits !== undefined ? Math.ceil(key.bits / 8) : undefined;
  return [modulus ?? minimumBits / 8, modulus ?? Infinity];
}

/** The rules of the group `format/`. */
export const formatRules: readonly Rule[] = [
  {
    id: 'format/part-count',
    title: 'The token has neither three nor five parts',
    severity: 'high',
    needs: ['token'],
    remediation: 'Use the compact serialisation, whole.',
    references: ['RFC 7515 §7.1', 'RFC 7516 §7.1', 'RFC 7519 §3'],
    applies: ({ token }) => token?.form !== 'too-large',
    check: ({ token }) => (token!.form === 'other' || token!.form === 'json' ? [{ path: '/token' }] : []),
  },
  {
    id: 'format/signature-empty',
    title: 'The signature is empty',
    severity: 'critical',
    needs: ['token'],
    remediation: 'Refuse the token: nothing signs it.',
    references: ['RFC 7515 §5.2', 'CWE-347', 'CVE-2020-28042'],
    rootCause: 'alg-none',
    applies: isJws,
    check: ({ token }) =>
      // Nothing but padding is nothing to lenient decoders.
      /^[\s=]*$/.test(token!.segments[2]!.text) && algorithmFamily(token!.alg) !== 'none'
        ? [{ path: '/token/signature' }]
        : [],
  },
  {
    id: 'format/signature-length',
    title: 'The signature has the wrong length for its algorithm or key',
    severity: 'high',
    needs: ['token'],
    remediation: 'Sign with the key and algorithm that the header names.',
    references: ['RFC 7518 §3'],
    // A signature in DER has the wrong length, too.
    rootCause: 'encoding/ecdsa-der',
    applies: (facts) => isSigned(facts) && lengthOf(facts) !== undefined,
    check(facts) {
      const [least, most] = lengthOf(facts)!;
      const { length } = facts.token!.signature!;
      return length < least || length > most ? [{ path: '/token/signature' }] : [];
    },
  },
  {
    id: 'format/ecdsa-zero',
    title: 'The ECDSA signature has a zero for r or s',
    severity: 'critical',
    needs: ['token'],
    remediation: 'Refuse the token: flawed verifiers accept it for any content.',
    references: ['CVE-2022-21449', 'CWE-347'],
    applies: (facts) => isSigned(facts) && /^ES\d/.test(facts.token!.alg ?? ''),
    check({ token }) {
      const signature = token!.signature!;
      const half = signature.length >> 1;
      const parts = derNumbers(signature) ?? [signature.subarray(0, half), signature.subarray(half)];
      return parts.some((part) => part.every((byte) => byte === 0)) ? [{ path: '/token/signature' }] : [];
    },
  },
  {
    id: 'format/duplicate-member',
    title: 'A name occurs twice',
    severity: 'high',
    needs: ['token'],
    remediation: 'Write each name once.',
    references: ['RFC 7515 §4', 'RFC 7519 §4'],
    applies: ({ token }) => token?.header !== undefined || token?.claims !== undefined,
    check: ({ token }) =>
      [token!.headerProblems, token!.claimsProblems].flatMap((problems, i) =>
        problems.includes('duplicate-member') ? [{ path: pointer('/token', ['header', 'claims'][i]!) }] : [],
      ),
  },
  {
    id: 'format/bearer-prefix',
    title: 'Something stands around the token',
    severity: 'info',
    needs: ['token'],
    remediation: 'Pass the token alone, without Bearer, quotes or line breaks.',
    references: ['RFC 6750 §2.1'],
    check: ({ token }) => (Object.values(token!.wrapping).includes(true) ? [{ path: '/token' }] : []),
  },
  {
    id: 'format/nested-without-cty',
    title: 'The payload is a token, and cty does not say so',
    severity: 'low',
    needs: ['token'],
    remediation: 'Set cty to JWT.',
    references: ['RFC 7519 §5.2'],
    applies: ({ token }) => token?.payloadText !== undefined && token.header !== undefined,
    check: ({ token }) =>
      isToken(token!.payloadText!) && own(token!.header, 'cty') === undefined ? [{ path: '/token/header' }] : [],
  },
];
