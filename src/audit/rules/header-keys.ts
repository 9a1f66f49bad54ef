// Keys in the header, and where to fetch them: none of them proves anything (RFC 8725 §3.10).

import { isObject } from '../../encoding/json.js';
import { dpopProof } from '../../jwt/profiles.js';
import { type Facts, tokensOf } from '../facts/facts.js';
import { PRIVATE_MEMBERS } from '../facts/key.js';
import { own, type TokenFacts } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import { pointer } from '../pointer.js';
import type { FindingDraft, Rule } from '../rule.js';
import { isInsecureUrl, isOddUrl } from './header-url.js';

/** Tokens and drafts whose header can be read. */
export function headersOf(facts: Facts): TokenFacts[] {
  return tokensOf(facts).filter(({ header }) => header !== undefined);
}

export function hasHeader(facts: Facts): boolean {
  return headersOf(facts).length > 0;
}

/** The path of a parameter; of the header, where it is not there. */
export function at({ header, path }: TokenFacts, name: string): string {
  return own(header, name) === undefined ? `${path}/header` : pointer(`${path}/header`, name);
}

/** Parameters that are there, of these. */
function present(token: TokenFacts, names: readonly string[]): string[] {
  return names.filter((name) => own(token.header, name) !== undefined);
}

/** Where a verifier says that it takes keys from headers. */
function trustIn({ path }: VerifierFacts): string {
  return `${path}/trustsHeaderKeys`;
}

/** The rules about keys in headers. */
export const headerKeyRules: readonly Rule[] = [
  {
    id: 'header/jku-untrusted',
    title: 'The header says where to fetch the key from',
    severity: 'medium',
    needs: [['token', 'draft', 'verifier']],
    remediation: 'Fetch keys from configured URLs only.',
    references: ['RFC 8725 §3.10', 'ASVS V9.1.3', 'CWE-918'],
    rootCause: 'header-key',
    applies: (facts) => hasHeader(facts) || facts.verifiers.length > 0,
    check(facts) {
      const trusting = facts.verifiers.filter(({ trustsAnyHeaderKey }) => trustsAnyHeaderKey);
      const severity = trusting.length > 0 ? 'critical' : 'medium';
      const places = headersOf(facts).flatMap((token) => present(token, ['jku', 'x5u']).map((name) => at(token, name)));
      return [...places, ...trusting.map(trustIn)].map((path) => ({ path, severity }));
    },
  },
  {
    id: 'header/jku-insecure-url',
    title: 'The URL of a key is not https or leads into a private network',
    severity: 'high',
    needs: [['token', 'draft', 'jwks', 'verifier']],
    remediation: 'Use an https URL with a public host name.',
    references: ['RFC 8725 §3.10', 'RFC 7515 §4.1.2', 'CWE-918'],
    rootCause: 'header-key',
    applies: (facts) => hasHeader(facts) || facts.jwks !== undefined || facts.verifiers.length > 0,
    check: (facts) => [
      ...headersOf(facts).flatMap((token) =>
        present(token, ['jku', 'x5u']).flatMap((name) =>
          isInsecureUrl(own(token.header, name)) ? [{ path: at(token, name) }] : [],
        ),
      ),
      ...(facts.jwks?.keys ?? []).flatMap(({ jwk, path }) => {
        const url = own(jwk, 'x5u');
        return url !== undefined && isInsecureUrl(url) ? [{ path: `${path}/x5u` }] : [];
      }),
      // Whoever configures a URL may mean a private host; http is jwks/insecure-url.
      ...facts.verifiers.flatMap(({ jwksUrl, path }) =>
        jwksUrl && /^https:/i.test(jwksUrl) && isOddUrl(jwksUrl) ? [{ path: `${path}/jwksUrl` }] : [],
      ),
    ],
  },
  {
    id: 'header/embedded-jwk',
    title: 'The header brings the key that verifies the token',
    severity: 'medium',
    needs: [['token', 'verifier']],
    remediation: 'Verify with configured keys only.',
    references: ['RFC 8725 §3.10', 'ASVS V9.1.3', 'CWE-347', 'CVE-2018-0114'],
    rootCause: 'header-key',
    applies: (facts) => hasHeader(facts) || facts.verifiers.length > 0,
    check({ token, verifiers }, { context }) {
      const trusts = (name: 'jwk' | 'x5c') =>
        verifiers.filter(({ headerKeys, type }) => {
          const isExpected = name === 'jwk' ? type === dpopProof.type : context.x5cAnchored;
          return headerKeys.includes(name) && !isExpected;
        });
      return (['jwk', 'x5c'] as const).flatMap((name): FindingDraft[] => {
        const trusting = trusts(name);
        const found = trusting.map((verifier): FindingDraft => ({ path: trustIn(verifier), severity: 'critical' }));
        if (!token || own(token.header, name) === undefined) return found;
        const isExpected = name === 'jwk' ? token.typ === dpopProof.type : context.x5cAnchored;
        const severity = isExpected ? 'info' : trusting.length > 0 ? 'critical' : 'medium';
        return [...found, { path: at(token, name), severity }];
      });
    },
  },
  {
    id: 'header/embedded-private-key',
    title: 'The header holds a private key',
    severity: 'critical',
    needs: [['token', 'draft']],
    remediation: 'Revoke the key; publish public members only.',
    references: ['RFC 7517 §9.2', 'CWE-522'],
    rootCause: 'private-published',
    applies: hasHeader,
    check: (facts) =>
      headersOf(facts)
        .filter(({ header }) => {
          const jwk = own(header, 'jwk');
          return isObject(jwk) && [...PRIVATE_MEMBERS, 'k'].some((name) => Object.hasOwn(jwk, name));
        })
        .map((token) => ({ path: at(token, 'jwk') })),
  },
];
