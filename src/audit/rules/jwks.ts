// Published key sets, and how verifiers fetch them.

import type { Facts } from '../facts/facts.js';
import { type KeyFacts, PRIVATE_MEMBERS } from '../facts/key.js';
import { own } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import { pointer } from '../pointer.js';
import type { FindingDraft, Rule } from '../rule.js';

const hasKeys = ({ jwks }: Facts): boolean => jwks !== undefined && jwks.keys.length > 0;

/** A check of each key of the set by itself. */
function eachKey(isBad: (key: KeyFacts, count: number) => boolean): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: ['jwks'],
    applies: hasKeys,
    check: ({ jwks }) => jwks!.keys.filter((key) => isBad(key, jwks!.keys.length)).map(({ path }) => ({ path })),
  };
}

/** Whether both are one key; of what cannot be read, nobody knows. */
function isSameKey(a: KeyFacts, b: KeyFacts): boolean {
  if (a.type === 'oct' && b.type === 'oct') return own(a.jwk, 'k') === own(b.jwk, 'k');
  return a.thumbprint !== undefined && a.thumbprint === b.thumbprint;
}

/** What is wrong about a key whose kid an earlier one has. */
function judgeRepeated(key: KeyFacts, earlier: readonly KeyFacts[]): FindingDraft[] {
  const others = earlier.filter((other) => other.kid === key.kid && !isSameKey(other, key));
  if (key.kid === undefined || others.length === 0) return [];
  // RFC 7517 §4.5 lets keys of different types share a kid where either will do.
  const mayBeMeant = others.every(({ type }) => type !== key.type);
  return [{ path: key.path, severity: mayBeMeant ? 'low' : 'high', confidence: mayBeMeant ? 'possible' : 'confirmed' }];
}

function lacksMetadata({ jwk, kid, alg }: KeyFacts, count: number): boolean {
  const isUsed = own(jwk, 'use') !== undefined || own(jwk, 'key_ops') !== undefined;
  // A single key is found without a kid.
  return alg === undefined || !isUsed || (kid === undefined && count > 1);
}

function hostOf(url: string): string | undefined {
  return /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]?.toLowerCase();
}

/** What is wrong with where a verifier fetches its keys. */
function judgeUrl({ path, jwksUrl, jwksCache, issuers }: VerifierFacts): FindingDraft[] {
  if (jwksUrl === undefined) return [];
  const found: FindingDraft[] = [];
  const url = pointer(path, 'jwksUrl');
  if (!/^https:\/\//i.test(jwksUrl)) found.push({ path: url });
  if (jwksCache?.followsRedirects) {
    found.push({ path: pointer(path, 'jwksCache', 'followsRedirects'), message: 'Redirects of the JWKS are followed' });
  }
  const hosts = (issuers ?? []).flatMap((issuer) => hostOf(issuer) ?? []);
  // Some providers do publish their keys on another host than their issuer's.
  if (found.length === 0 && hosts.length > 0 && !hosts.includes(hostOf(jwksUrl)!)) {
    const message = "The JWKS is on another host than the issuer's";
    found.push({ path: url, message, severity: 'low', confidence: 'possible' });
  }
  return found;
}

/** The rules of the group `jwks/`. */
export const jwksRules: readonly Rule[] = [
  {
    id: 'jwks/private-material',
    title: 'A private key is published',
    severity: 'critical',
    remediation: 'Replace the key and publish public members only.',
    references: ['RFC 7517 §9.2', 'CWE-200'],
    rootCause: 'private-published',
    ...eachKey(({ type, jwk }) => type !== 'oct' && PRIVATE_MEMBERS.some((name) => own(jwk, name) !== undefined)),
  },
  {
    id: 'jwks/symmetric-key',
    title: 'A shared secret is published',
    severity: 'critical',
    remediation: 'Replace the secret; publish public keys only.',
    references: ['RFC 7517 §9.2', 'CWE-200'],
    rootCause: 'private-published',
    ...eachKey(({ type }) => type === 'oct'),
  },
  {
    id: 'jwks/duplicate-kid',
    title: 'Different keys have the same kid',
    severity: 'high',
    needs: ['jwks'],
    remediation: 'Give each key its own kid.',
    references: ['RFC 7517 §4.5'],
    applies: hasKeys,
    check: ({ jwks }) => jwks!.keys.flatMap((key, i) => judgeRepeated(key, jwks!.keys.slice(0, i))),
  },
  {
    id: 'jwks/missing-metadata',
    title: 'A key lacks kid, use or alg',
    severity: 'low',
    remediation: 'Publish kid, use and alg with each key.',
    references: ['RFC 8725 §3.1', 'RFC 7517 §4'],
    ...eachKey(lacksMetadata),
  },
  {
    id: 'jwks/single-key-rotation',
    title: 'Keys are rotated without overlap',
    severity: 'low',
    needs: ['jwks', 'issuance'],
    remediation: 'Publish the next key before it signs.',
    references: [],
    basis: 'policy',
    applies: (facts) => hasKeys(facts) && Boolean(facts.issuance?.keyRotation),
    check: ({ jwks, issuance }) =>
      jwks!.keys.length === 1 && !(issuance!.keyRotation as { overlap?: number }).overlap ? [{ path: jwks!.path }] : [],
  },
  {
    id: 'jwks/insecure-url',
    title: 'The JWKS is not fetched over https',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Fetch https://… of the issuer, without redirects.',
    references: ['ASVS V9.1.3', 'CWE-319'],
    applies: ({ verifiers }) => verifiers.some(({ jwksUrl }) => jwksUrl !== undefined),
    check: ({ verifiers }) => verifiers.flatMap(judgeUrl),
  },
  {
    id: 'jwks/cache-policy',
    title: 'The JWKS is kept too long, or fetched too often',
    severity: 'medium',
    basis: 'policy',
    needs: ['verifier'],
    remediation: 'Keep it a day at most, with a cooldown.',
    references: ['CWE-400'],
    applies: ({ verifiers }) => verifiers.some(({ jwksCache }) => jwksCache !== undefined),
    check: ({ verifiers }, { thresholds }) =>
      verifiers.flatMap(({ path, jwksCache }) =>
        jwksCache && (!jwksCache.cooldown || !((jwksCache.maxAge ?? Number.NaN) <= thresholds.jwksAge))
          ? [{ path: pointer(path, 'jwksCache') }]
          : [],
      ),
  },
];
