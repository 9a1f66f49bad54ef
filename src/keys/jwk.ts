// JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037, RFC 9964): their members, checked before WebCrypto sees them.

import { decodeBase64url } from '../encoding/base64url.js';
import { isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { ALGORITHMS, type Algorithm, type AlgorithmRow } from './algorithms.js';
import { isPublicPoint } from './curve-point.js';
import type { KeyRole } from './key.js';
import { isRoca } from './roca.js';

/** A JSON Web Key (RFC 7517 §4, RFC 7518 §6). */
export interface Jwk {
  kty?: string;
  alg?: string;
  kid?: string;
  use?: string;
  key_ops?: readonly string[];
  ext?: boolean;
  crv?: string;
  x?: string;
  y?: string;
  d?: string;
  n?: string;
  e?: string;
  p?: string;
  q?: string;
  dp?: string;
  dq?: string;
  qi?: string;
  k?: string;
  pub?: string;
  priv?: string;
}

type Member = 'x' | 'y' | 'd' | 'n' | 'e' | 'p' | 'q' | 'dp' | 'dq' | 'qi' | 'k' | 'pub' | 'priv';

/** The Base64url members by key type. The public ones, with kty and crv, are also what a thumbprint hashes. */
export const JWK_MEMBERS: Readonly<
  Record<AlgorithmRow['keyType'], { readonly public: readonly Member[]; readonly private: readonly Member[] }>
> = {
  oct: { public: [], private: ['k'] },
  RSA: { public: ['n', 'e'], private: ['d', 'p', 'q', 'dp', 'dq', 'qi'] },
  EC: { public: ['x', 'y'], private: ['d'] },
  OKP: { public: ['x'], private: ['d'] },
  AKP: { public: ['pub'], private: ['priv'] },
};

/** The members that make a JWK more than a public key, of whatever type (RFC 7518 §6, RFC 9964). */
export const PRIVATE_MEMBERS: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** What a role may do with its key, as `key_ops` and WebCrypto call it. */
export const OPERATIONS: Readonly<Record<KeyRole, readonly ('sign' | 'verify')[]>> = {
  secret: ['sign', 'verify'],
  private: ['sign'],
  public: ['verify'],
};

/** A JWK fit for an algorithm and a role, reduced to its key material. */
export interface CheckedJwk {
  readonly material: Jwk;
  readonly usages: readonly ('sign' | 'verify')[];
  readonly kid?: string;
}

/**
 * Checks a JWK against an algorithm and a role, and keeps only its key material.
 *
 * @throws JwtConfigError when kty, crv, alg, use or key_ops contradict them, when a private half
 * stands where a public one belongs or is missing, or when a member is not canonical Base64url.
 */
export function checkJwk(algorithm: Algorithm, role: KeyRole, value: unknown): CheckedJwk {
  const row = ALGORITHMS[algorithm];
  const fail = (problem: string) => new JwtConfigError(`the JWK ${problem}`);
  if (!isObject(value)) throw fail('must be an object: parse JSON text first');
  const { kty, crv, alg, use, kid } = value;
  if (kty !== row.keyType) throw fail(`must have kty '${row.keyType}' for ${algorithm}`);
  if (crv !== row.curve) throw fail(row.curve ? `must have crv '${row.curve}' for ${algorithm}` : 'must not have crv');
  if (alg !== undefined && alg !== algorithm)
    throw fail(`has another alg than ${algorithm}: declare the one it is for`);
  if (use !== undefined && use !== 'sig') throw fail("has another use than 'sig'");
  if (kid !== undefined && (typeof kid !== 'string' || kid === '')) throw fail('must have a non-empty string as kid');
  const usages = checkOperations(value.key_ops, role, fail);

  const members = JWK_MEMBERS[row.keyType];
  if (role === 'public') {
    if (PRIVATE_MEMBERS.some((name) => value[name] !== undefined))
      throw fail('holds a private key: pass the public half');
  } else if (value.oth !== undefined) {
    throw fail('has more than two primes, which WebCrypto cannot import');
  } else if (value[members.private[0]!] === undefined) {
    throw fail(`has no private half ('${members.private[0]}')`);
  }
  const names = role === 'public' ? members.public : [...members.public, ...members.private];
  const material: Jwk = { kty: row.keyType };
  if (row.curve) material.crv = row.curve;
  if (row.keyType === 'AKP') material.alg = algorithm;
  for (const name of names) material[name] = checkMember(value[name], name, row, fail);
  checkStrength(material, fail);
  return typeof kid === 'string' ? { material, usages, kid } : { material, usages };
}

function checkOperations(ops: unknown, role: KeyRole, fail: (problem: string) => JwtConfigError): CheckedJwk['usages'] {
  const possible = OPERATIONS[role];
  if (ops === undefined) return possible;
  const known = Array.isArray(ops) && ops.every((op) => op === 'sign' || op === 'verify');
  const usages = possible.filter((op) => known && ops.includes(op));
  if (usages.length === 0) throw fail(`must have key_ops of 'sign' and 'verify' only, with '${possible[0]}'`);
  return usages;
}

/** What makes a well-formed key worthless: a point that is none, a modulus that can be factored. */
function checkStrength({ crv, x, y, n, e }: Jwk, fail: (problem: string) => JwtConfigError): void {
  const bytes = (member: string | undefined) => (member === undefined ? undefined : decodeBase64url(member)!);
  if (crv !== undefined && !isPublicPoint(crv, bytes(x)!, bytes(y))) throw fail(`has a point no ${crv} key can have`);
  if (n === undefined) return;
  // RFC 7518 §2: a Base64urlUInt has no leading zeros; a thumbprint relies on it.
  if (bytes(n)![0] === 0 || bytes(e)![0] === 0) throw fail("must have 'n' and 'e' without leading zeros");
  if (isRoca(bytes(n)!)) throw fail('can be broken (ROCA, CVE-2017-15361): replace the key');
}

function checkMember(
  text: unknown,
  name: string,
  row: AlgorithmRow,
  fail: (problem: string) => JwtConfigError,
): string {
  const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined;
  if (!bytes?.length) throw fail(`must have '${name}' as canonical Base64url`);
  // RFC 7518 §6.2.1.2 and RFC 8037 §2: coordinates have the full length of the curve, half a signature.
  if (row.curve && bytes.length * 2 !== row.signatureBytes) throw fail(`has '${name}' of a wrong length for its curve`);
  return text as string;
}
