// Which algorithms tokens, drafts, sets and verifiers name, and whether anything pins them (RFC 8725 §3.1).

import { looksLikeKeyMaterial } from '../../encoding/key-material.js';
import { encodeUtf8 } from '../../encoding/utf8.js';
import { type AlgorithmFamily, algorithmFamily, isAsymmetric } from '../facts/algorithm.js';
import { type Facts, tokensOf } from '../facts/facts.js';
import type { KeyFacts } from '../facts/key.js';
import type { TokenFacts } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import type { FindingDraft, Rule } from '../rule.js';
import { severalParties } from './algorithm-parties.js';

interface Use {
  readonly name: string;
  readonly path: string;
}

function usesOfToken({ alg, path }: TokenFacts): Use[] {
  return alg === undefined ? [] : [{ name: alg, path: `${path}/header/alg` }];
}

function usesOfVerifier({ algorithms, path }: VerifierFacts): Use[] {
  return (algorithms ?? []).map((name, i) => ({ name, path: `${path}/algorithms/${i}` }));
}

/** Every place that names an algorithm. */
function usesOf(facts: Facts): Use[] {
  return [
    ...tokensOf(facts).flatMap(usesOfToken),
    ...facts.verifiers.flatMap(usesOfVerifier),
    ...(facts.jwks?.keys ?? []).flatMap(({ alg, path }) =>
      alg === undefined ? [] : [{ name: alg, path: `${path}/alg` }],
    ),
  ];
}

/** A rule about every name that the test picks, wherever it stands. */
function named(
  rule: Omit<Rule, 'needs' | 'applies' | 'check'>,
  test: (name: string) => Partial<FindingDraft> | boolean,
): Rule {
  return {
    ...rule,
    needs: [['token', 'draft', 'verifier', 'jwks']],
    applies: (facts) => usesOf(facts).length > 0,
    check: (facts) =>
      usesOf(facts).flatMap(({ name, path }) => {
        const found = test(name);
        return found ? [{ path, ...(found === true ? {} : found) }] : [];
      }),
  };
}

function isNone(name: string): boolean {
  return name.replace(/\s+/g, '').toLowerCase() === 'none';
}

function isHmac(name: string | undefined): boolean {
  return algorithmFamily(name) === 'hmac';
}

/** Whether the key says for what it is: a JWK or a key of ours, not a PEM or plain text. */
function isTyped({ source }: KeyFacts): boolean {
  return source === 'jwk' || source === 'ours';
}

/** How far a key fixes the algorithm: wholly, its family, or not at all. */
function pins(key: KeyFacts): 'algorithm' | 'family' | 'nothing' {
  if (!isTyped(key)) return 'nothing';
  if (key.alg !== undefined || key.type === 'EC' || key.type === 'OKP') return 'algorithm';
  return key.type === undefined ? 'nothing' : 'family';
}

function families({ algorithms }: VerifierFacts): AlgorithmFamily[] {
  return (algorithms ?? []).map(algorithmFamily);
}

/** Whether what is used as a secret is a key itself. */
function hidesKey({ secret }: KeyFacts): boolean {
  const bytes = typeof secret === 'string' ? encodeUtf8(secret) : secret;
  return bytes !== undefined && looksLikeKeyMaterial(bytes);
}

/** Whether what HS* alone is used with is a PEM, or a JWK of another type. */
function isPairKey({ source, type, alg }: KeyFacts): boolean {
  if (alg !== undefined && !isHmac(alg)) return false;
  return source === 'pem' || (source === 'jwk' && type !== undefined && type !== 'oct');
}

/** Where HS* is used, or its secret stands. */
function hmacPlaces(facts: Facts): string[] {
  return [
    ...tokensOf(facts).flatMap(usesOfToken),
    ...facts.verifiers.flatMap(usesOfVerifier),
    ...(isHmac(facts.algorithm) || !facts.algorithm ? [facts.secret].flatMap((secret) => secret ?? []) : []).map(
      ({ path }) => ({ name: 'HS256', path }),
    ),
  ].flatMap(({ name, path }) => (isHmac(name) ? [path] : []));
}

const CHOICE = 'algorithm-choice';

/** The rules of the group `algorithm/`. */
export const algorithmRules: readonly Rule[] = [
  {
    id: 'algorithm/none',
    title: 'The algorithm is none: nothing is signed',
    severity: 'high',
    needs: [['token', 'draft', 'verifier']],
    remediation: 'Sign tokens, and accept named algorithms only.',
    references: ['RFC 8725 §3.1', 'ASVS V9.1.2', 'CWE-347', 'CVE-2015-9235'],
    rootCause: 'alg-none',
    check(facts) {
      const accepting = facts.verifiers.flatMap(usesOfVerifier).filter(({ name }) => isNone(name));
      const isOpen = facts.verifiers.some(({ ours, algorithms }) => !ours && !algorithms?.length);
      const severity = accepting.length > 0 || isOpen ? 'critical' : 'high';
      return [
        ...tokensOf(facts)
          .flatMap(usesOfToken)
          .filter(({ name }) => name.toLowerCase() === 'none'),
        ...accepting,
      ].map(({ path }) => ({ path, severity }));
    },
  },
  {
    id: 'algorithm/none-case-variant',
    title: 'The algorithm is a disguised none',
    severity: 'critical',
    needs: [['token', 'draft']],
    remediation: 'Refuse the token: it is an attack.',
    references: ['RFC 8725 §2.1', 'CWE-347'],
    rootCause: 'alg-none',
    applies: (facts) => tokensOf(facts).some(({ alg }) => alg !== undefined),
    check: (facts) =>
      tokensOf(facts)
        .flatMap(usesOfToken)
        .filter(({ name }) => name !== 'none' && isNone(name))
        .map(({ path }) => ({ path })),
  },
  {
    id: 'algorithm/not-pinned',
    title: 'Neither a list nor a key fixes the algorithm',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'List the algorithms you accept.',
    references: ['RFC 8725 §3.1', 'ASVS V9.1.2', 'CWE-347'],
    check: ({ verifiers }) =>
      verifiers.flatMap(({ path, algorithms, keys, jwksUrl, verifiesSignature }) => {
        if (algorithms?.length || !verifiesSignature) return [];
        // The keys of a published set have a type at least.
        const pinned = keys?.length ? keys.map(pins) : [jwksUrl === undefined ? 'nothing' : 'family'];
        if (pinned.every((how) => how === 'algorithm')) return [];
        return [{ path, severity: pinned.includes('nothing') ? 'high' : 'medium' }];
      }),
  },
  {
    id: 'algorithm/mixed-families',
    title: 'HMAC is accepted beside public key signatures',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Use one verifier for each family of algorithms.',
    references: ['RFC 8725 §3.1', 'ASVS V9.1.2', 'CWE-347', 'CVE-2022-29217', 'CVE-2023-48223'],
    // Each of our keys goes with one algorithm: there is nothing to confuse.
    check: ({ verifiers }) =>
      verifiers
        .filter((verifier) => {
          const accepted = families(verifier);
          return !verifier.ours && accepted.includes('hmac') && accepted.some(isAsymmetric);
        })
        .map(({ path, keys }) => ({
          path: `${path}/algorithms`,
          severity: keys?.length === 1 && !isTyped(keys[0]!) ? 'critical' : 'high',
        })),
  },
  {
    id: 'algorithm/public-key-as-hmac-secret',
    title: 'A key or certificate is used as HMAC secret',
    severity: 'critical',
    needs: [['secret', 'key', 'verifier']],
    remediation: 'Use random bytes as secret, or a public key algorithm.',
    references: ['RFC 8725 §2.1', 'CWE-347', 'CVE-2015-9235'],
    check({ secret, key, verifiers, algorithm }) {
      const isMaterial = secret && (isHmac(algorithm) || !algorithm) && looksLikeKeyMaterial(secret.bytes);
      const publicKeys = [
        ...(key && (hidesKey(key) || (isPairKey(key) && isHmac(algorithm))) ? [key] : []),
        ...verifiers.flatMap(({ keys = [], algorithms = [] }) => {
          const onlyHmac = algorithms.length > 0 && algorithms.every(isHmac);
          return keys.filter((each) => hidesKey(each) || (isPairKey(each) && onlyHmac));
        }),
      ];
      return [...(isMaterial ? [secret] : []), ...publicKeys].map(({ path }) => ({ path }));
    },
  },
  {
    id: 'algorithm/not-in-allowlist',
    title: "The verifier does not accept the token's algorithm",
    severity: 'high',
    needs: ['token', 'verifier'],
    remediation: 'Sign with an algorithm that the verifier accepts.',
    references: ['RFC 8725 §3.1', 'ASVS V9.1.2'],
    applies: ({ token, verifiers }) =>
      token?.alg !== undefined && verifiers.every(({ algorithms }) => algorithms?.length),
    check: ({ token, verifiers }) =>
      verifiers.some(({ algorithms }) => algorithms?.includes(token!.alg!)) ? [] : [{ path: '/token/header/alg' }],
  },
  named(
    {
      id: 'algorithm/unknown',
      title: 'The algorithm is not registered',
      severity: 'medium',
      remediation: 'Use an algorithm of the IANA JOSE registry.',
      references: ['RFC 7518 §3.1'],
      rootCause: CHOICE,
    },
    (name) => algorithmFamily(name) === 'unknown' && !isNone(name),
  ),
  named(
    {
      id: 'algorithm/deprecated',
      title: 'The algorithm is broken or withdrawn',
      severity: 'high',
      remediation: 'Sign with ES256 or Ed25519; encrypt with ECDH-ES or RSA-OAEP-256.',
      references: ['RFC 8725 §3.2', 'ASVS V11.3.1', 'ASVS V11.4.1', 'CWE-327'],
      rootCause: CHOICE,
    },
    (name) =>
      name === 'RSA1_5'
        ? { severity: 'medium' }
        : /^[a-z]s1$|(^|[^a-z\d])(md[245]|sha-?1)($|[^\d])|(md5|sha1)$/i.test(name),
  ),
  named(
    {
      id: 'algorithm/rsa-pkcs1v15',
      title: 'RSA signatures with PKCS #1 v1.5 padding',
      severity: 'low',
      severityIn: { 'asvs-l2': 'medium', fapi2: 'high' },
      remediation: 'Move to PS256, ES256 or Ed25519.',
      references: ['RFC 8017 §8', 'ASVS V11.6.1', 'FAPI 2.0 Security Profile §5.4'],
      rootCause: CHOICE,
    },
    (name) => /^RS(256|384|512)$/.test(name),
  ),
  named(
    {
      id: 'algorithm/polymorphic-eddsa',
      title: 'EdDSA does not say which curve',
      severity: 'info',
      remediation: 'Name the algorithm Ed25519.',
      references: ['RFC 9864 §2.2'],
    },
    (name) => name === 'EdDSA',
  ),
  {
    id: 'algorithm/hmac-multi-party',
    title: 'Several parties share an HMAC secret: each can forge tokens',
    severity: 'medium',
    needs: [['draft', 'issuance', 'verifier']],
    remediation: 'Sign with a private key; hand out the public one.',
    references: ['ASVS V11.1.1', 'RFC 7515 §10.5'],
    applies: (facts) => hmacPlaces(facts).length > 0,
    check(facts, { context }) {
      const confidence = context.externalVerifier ? 'confirmed' : severalParties(facts);
      if (!confidence) return [];
      return [{ path: hmacPlaces(facts)[0]!, confidence, severity: context.externalVerifier ? 'high' : 'medium' }];
    },
  },
  {
    id: 'algorithm/symmetric-in-browser',
    title: 'A browser has a secret or private key',
    severity: 'critical',
    needs: ['environment', ['verifier', 'draft', 'secret', 'key']],
    remediation: 'Sign on the server; verify with public keys.',
    references: ['CWE-321', 'CWE-200'],
    applies: ({ environment }) => environment?.browser === true,
    check: (facts) =>
      [
        // A token's alg says nothing of who verifies it.
        ...hmacPlaces({ ...facts, token: undefined }),
        ...[facts.key, ...facts.verifiers.flatMap(({ keys }) => keys)].flatMap((key) =>
          key?.isPrivate || key?.type === 'oct' ? [key.path] : [],
        ),
      ].map((path) => ({ path })),
  },
];
