// What a key says of itself, and what it is used for.

import { ALGORITHMS, isAlgorithm } from '../../keys/algorithms.js';
import { type AlgorithmFamily, algorithmFamily } from '../facts/algorithm.js';
import { type Facts, keysOf } from '../facts/facts.js';
import type { KeyFacts } from '../facts/key.js';
import { own } from '../facts/token.js';
import type { FindingDraft, Rule } from '../rule.js';
import { KEY_INPUTS } from './key-rsa.js';

const SIGNING = ['sign', 'verify'];
const ENCRYPTING = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'deriveKey', 'deriveBits'];
const TYPES: Readonly<Partial<Record<AlgorithmFamily, string>>> = {
  hmac: 'oct',
  rsa: 'RSA',
  ec: 'EC',
  eddsa: 'OKP',
  'ml-dsa': 'AKP',
};

/** The curve that an algorithm needs; EdDSA leaves it open (RFC 8037 §3.1). */
function curvesOf(alg: string | undefined): readonly string[] {
  if (alg === 'EdDSA') return ['Ed25519', 'Ed448'];
  if (alg === 'ES256K') return ['secp256k1'];
  if (alg === 'Ed448') return ['Ed448'];
  const curve = isAlgorithm(alg) ? ALGORITHMS[alg].curve : undefined;
  return curve === undefined ? [] : [curve];
}

/** Whether the key is of the algorithm's type and not of its curve. */
function isOnOtherCurve({ type, curve }: KeyFacts, alg: string | undefined): boolean {
  const curves = curvesOf(alg);
  return curve !== undefined && curves.length > 0 && TYPES[algorithmFamily(alg)] === type && !curves.includes(curve);
}

/** Keys used by a verifier: its own, or else the one of the subject. */
function verifierKeys({ verifiers, key }: Facts): { key: KeyFacts; algorithms: readonly string[] }[] {
  return verifiers.flatMap(({ keys, jwksUrl, algorithms = [] }) =>
    (keys ?? (key && jwksUrl === undefined ? [key] : [])).map((one) => ({ key: one, algorithms })),
  );
}

function curveMismatches(facts: Facts): Set<string> {
  const named = keysOf(facts).filter((key) => isOnOtherCurve(key, key.alg));
  if (facts.key && isOnOtherCurve(facts.key, facts.algorithm)) named.push(facts.key);
  const unusable = verifierKeys(facts)
    .filter(({ key, algorithms }) => {
      const ofType = algorithms.filter((alg) => TYPES[algorithmFamily(alg)] === key.type);
      return ofType.length > 0 && ofType.every((alg) => isOnOtherCurve(key, alg));
    })
    .map(({ key }) => key);
  return new Set([...named, ...unusable].map(({ path }) => path));
}

/** Whether keys of the type are used with the algorithm; of an unknown one, nobody knows. */
function isOfType(type: string, alg: string): boolean {
  const family = algorithmFamily(alg);
  if (family === 'encryption') {
    const types = alg.startsWith('RSA') ? ['RSA'] : alg.startsWith('ECDH') ? ['EC', 'OKP'] : ['oct'];
    return types.includes(type);
  }
  return (TYPES[family] ?? type) === type;
}

/** Whether kty, crv, alg, use and key_ops of a key contradict each other. */
function contradicts({ type, curve = '', alg, jwk }: KeyFacts): boolean {
  if (type === undefined) return false;
  if ((type === 'EC' && /^(Ed|X)/.test(curve)) || (type === 'OKP' && /^(P-|secp)/.test(curve))) return true;
  if (alg !== undefined && !isOfType(type, alg)) return true;
  const use = own(jwk, 'use');
  const ops = own(jwk, 'key_ops');
  const has = (names: readonly string[]) => Array.isArray(ops) && ops.some((name) => names.includes(name));
  const family = algorithmFamily(alg);
  const encrypts = family === 'encryption';
  const signs = TYPES[family] !== undefined;
  return (
    ((use === 'sig' || signs) && (encrypts || has(ENCRYPTING))) ||
    ((use === 'enc' || encrypts) && (signs || has(SIGNING)))
  );
}

/** Whether the draft is to be signed by another algorithm than the key's, or than its type can do. */
function isForOther(key: KeyFacts, alg: string | undefined): boolean {
  const family = algorithmFamily(alg);
  // HMAC with a public key has a rule of its own, and so have unknown names.
  if (alg === undefined || key.type === undefined || TYPES[family] === undefined || family === 'hmac') return false;
  return !isOfType(key.type, alg) || (key.alg !== undefined && key.alg !== alg && algorithmFamily(key.alg) !== 'eddsa');
}

function usesOf({ jwk, alg }: KeyFacts): string[] {
  const use = own(jwk, 'use');
  const ops = own(jwk, 'key_ops');
  if (typeof use === 'string') return [use];
  const family = algorithmFamily(alg);
  const has = (names: readonly string[]) => Array.isArray(ops) && ops.some((name) => names.includes(name));
  return [
    ...(has(SIGNING) || TYPES[family] !== undefined ? ['sig'] : []),
    ...(has(ENCRYPTING) || family === 'encryption' ? ['enc'] : []),
  ];
}

/** Keys that a thumbprint, or what one key says of itself, shows both signing and encrypting. */
function reused(keys: readonly KeyFacts[]): FindingDraft[] {
  return keys.flatMap((key, i) => {
    const same = keys
      .slice(0, i)
      .filter(({ thumbprint }) => key.thumbprint !== undefined && thumbprint === key.thumbprint);
    const uses = new Set([...same, key].flatMap(usesOf));
    return uses.has('sig') && uses.has('enc') ? [{ path: key.path }] : [];
  });
}

/** The rules about a key's metadata and use in the group `key/`. */
export const metadataRules: readonly Rule[] = [
  {
    id: 'key/curve-mismatch',
    title: 'The key is on another curve than the algorithm needs',
    severity: 'high',
    needs: KEY_INPUTS,
    remediation: 'Use ES256 with P-256, and so on.',
    references: ['RFC 7518 §3.4'],
    applies: (facts) => keysOf(facts).some(({ curve }) => curve !== undefined),
    check: (facts) => Array.from(curveMismatches(facts), (path) => ({ path })),
  },
  {
    id: 'key/metadata-conflict',
    title: "The key's kty, alg, use and key_ops contradict each other",
    severity: 'high',
    needs: KEY_INPUTS,
    remediation: 'Give the key one algorithm and one use.',
    references: ['RFC 8725 §3.1', 'RFC 7517 §4.3'],
    applies: (facts) => keysOf(facts).some(({ type }) => type !== undefined),
    check(facts) {
      const { key, draft } = facts;
      const bad = keysOf(facts).filter(contradicts);
      if (key && !bad.includes(key) && isForOther(key, draft?.alg)) bad.push(key);
      return bad.map(({ path }) => ({ path }));
    },
  },
  {
    id: 'key/private-on-verifier',
    title: 'A verifier has a private key',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Give verifiers the public key only.',
    references: ['ASVS V11.1.1', 'CWE-522'],
    applies: (facts) => verifierKeys(facts).length > 0,
    check(facts) {
      const { key, draft, issuance, verifiers } = facts;
      const keys = verifiers.flatMap((verifier) => verifier.keys ?? []);
      // Whoever issues too has the private key for that.
      if (key && !draft && !issuance) keys.push(key);
      return keys
        .filter(({ isPrivate, type }) => isPrivate && type !== 'oct')
        .map((one): FindingDraft => ({ path: one.path, confidence: one === key ? 'possible' : 'confirmed' }));
    },
  },
  {
    id: 'key/reused-purpose',
    title: 'One key is used for several purposes',
    severity: 'medium',
    needs: [['jwks', 'key']],
    remediation: 'Use a key of its own for each purpose.',
    references: ['NIST SP 800-57 Part 1 §5.2', 'ASVS V11.1.1'],
    applies: (facts) => (facts.jwks?.keys.length ?? 0) > 0 || facts.key !== undefined,
    check: ({ jwks, key, secrets, environment }) => [
      ...reused([...(key ? [key] : []), ...(jwks?.keys ?? [])].filter((one) => !contradicts(one))),
      ...(key && secrets.length === 0 && (environment?.sharedAcross?.length ?? 0) > 1
        ? [{ path: '/environment/sharedAcross' }]
        : []),
    ],
  },
];
