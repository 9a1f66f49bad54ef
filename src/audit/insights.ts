// The facts that a compliance reader copies into a form. No value of the input: names, lengths and classes.

import { ALGORITHMS, type Algorithm } from '../keys/algorithms.js';
import { type AlgorithmFamily, algorithmFamily, reportableAlgorithm } from './facts/algorithm.js';
import { type Facts, tokensOf } from './facts/facts.js';
import type { KeyFacts } from './facts/key.js';
import { lifetimeOf, type TokenFacts } from './facts/token.js';
import { pointer } from './pointer.js';
import type { TokenKind } from './subject.js';

/** Facts about the subject; `null` where the inputs do not show them. */
export interface Insights {
  readonly algorithm: { readonly name: string | null; readonly family: AlgorithmFamily } | null;
  /** Algorithms that the verifiers accept. */
  readonly accepted: readonly string[] | null;
  readonly tokenKind: TokenKind | null;
  /** Seconds from iat, or else nbf, to exp; the policy's for access tokens where there are no claims. */
  readonly tokenLife: number | null;
  /** Length of the token in bytes, and what it would be with the two short signatures. */
  readonly tokenSize: { readonly bytes: number; readonly withES256: number; readonly withEd25519: number } | null;
  /** Names of the claims. */
  readonly claims: readonly string[] | null;
  readonly key: { readonly type: string; readonly bits: number | null; readonly curve: string | null } | null;
  /** Keys in the JWKS. */
  readonly publishedKeys: number | null;
  /** Seconds since the key was last rotated. */
  readonly keyAge: number | null;
  readonly rotation: 'none' | 'overdue' | 'on-schedule' | 'declared' | null;
}

/** Curve names that may stand in a report. */
const CURVES = ['P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448', 'X25519', 'X448', 'secp256k1', 'P-192', 'P-224'];

/** Collects the facts at a time in seconds. */
export function insightsOf(facts: Facts, now: number): Insights {
  const { token, issuance, jwks } = facts;
  const [first] = tokensOf(facts);
  const accepted = facts.verifiers.flatMap(({ algorithms }) => algorithms ?? []);
  const rotation = issuance?.keyRotation;
  const lastRotated = rotation ? rotation.lastRotated : undefined;
  const every = rotation ? rotation.every : undefined;
  return {
    algorithm:
      facts.algorithm === undefined
        ? null
        : { name: reportableAlgorithm(facts.algorithm) ?? null, family: algorithmFamily(facts.algorithm) },
    accepted:
      facts.verifiers.length === 0
        ? null
        : [...new Set(accepted.map((name) => reportableAlgorithm(name) ?? 'unregistered'))].sort(),
    tokenKind: first?.kind ?? null,
    tokenLife: (first?.claims ? lifetimeOf(first) : issuance?.accessTokenLifetime) ?? null,
    tokenSize: token ? sizeOf(token) : null,
    claims: first?.claims ? namesOf(first.claims) : null,
    key: keyOf(facts.key),
    publishedKeys: jwks?.keys.length ?? null,
    keyAge: lastRotated === undefined ? null : now - lastRotated,
    rotation:
      rotation === undefined
        ? null
        : rotation === false
          ? 'none'
          : lastRotated === undefined || every === undefined
            ? 'declared'
            : now - lastRotated > every
              ? 'overdue'
              : 'on-schedule',
  };
}

function namesOf(claims: object): string[] {
  // The same hiding of what is no name as in paths.
  return [...new Set(Object.keys(claims).map((name) => pointer('', name).slice(1)))].sort();
}

function keyOf(key: KeyFacts | undefined): Insights['key'] {
  if (key?.type === undefined) return null;
  const curve = key.curve !== undefined && CURVES.includes(key.curve) ? key.curve : null;
  return { type: key.type, bits: key.bits ?? null, curve };
}

function sizeOf({ form, text, alg, segments }: TokenFacts): Insights['tokenSize'] {
  const header = segments[0]?.bytes;
  if (form !== 'jws' || alg === undefined || !header) return null;
  const encoded = (bytes: number): number => Math.ceil((bytes * 4) / 3);
  const others = text.length - segments[0]!.text.length - segments[2]!.text.length;
  const sizeWith = (name: Algorithm): number =>
    encoded(header.length - alg.length + name.length) + others + encoded(ALGORITHMS[name].signatureBytes!);
  return { bytes: text.length, withES256: sizeWith('ES256'), withEd25519: sizeWith('Ed25519') };
}
