// What is done well. A trait needs evidence in the inputs, and nothing in them that contradicts it.

import { isObject } from '../encoding/json.js';
import { sameMediaType } from '../jwt/media-type.js';
import { algorithmFamily, isAsymmetric } from './facts/algorithm.js';
import { type Facts, keysOf, tokensOf } from './facts/facts.js';
import { lifetimeOf, own, type TokenFacts } from './facts/token.js';
import type { Trait } from './rating.js';
import type { RuleContext } from './rule.js';

type Evidence = (facts: Facts, context: RuleContext) => boolean;

/** Whether there is at least one item and all of them pass. */
function all<T>(items: readonly T[], passes: (item: T) => boolean): boolean {
  return items.length > 0 && items.every(passes);
}

/** Tokens whose claims can be seen and that are access tokens, or may be. */
function accessTokens(facts: Facts): TokenFacts[] {
  return tokensOf(facts).filter(
    ({ kind, claims }) => (kind === 'access' || kind === 'unknown') && claims !== undefined,
  );
}

/** RFC 7800 §3.1: cnf is an object and names a key. */
function isBound({ claims }: TokenFacts): boolean {
  const confirmation = own(claims, 'cnf');
  return isObject(confirmation) && Object.keys(confirmation).length > 0;
}

const TRAITS: Readonly<Record<Trait, Evidence>> = {
  asymmetric(facts) {
    const names = [
      ...facts.verifiers.flatMap(({ algorithms }) => algorithms ?? []),
      ...tokensOf(facts).flatMap(({ alg }) => alg ?? []),
    ];
    return (
      facts.secrets.length === 0 &&
      keysOf(facts).every(({ type }) => type !== 'oct') &&
      all(names, (name) => isAsymmetric(algorithmFamily(name)))
    );
  },
  'explicit-typ'(facts) {
    const types = [
      ...facts.verifiers.map(({ type }) => type),
      ...tokensOf(facts).flatMap(({ header, typ }) => (header ? [typ] : [])),
    ];
    return all(types, (type) => type !== undefined && !sameMediaType(type, 'JWT'));
  },
  'short-access-life'(facts, { thresholds }) {
    const lives = [
      ...(facts.issuance?.accessTokenLifetime === undefined ? [] : [facts.issuance.accessTokenLifetime]),
      ...accessTokens(facts).flatMap((token) =>
        // Without exp it lives for ever; without iat nobody knows.
        own(token.claims, 'exp') === undefined ? Number.POSITIVE_INFINITY : (lifetimeOf(token) ?? []),
      ),
    ];
    return all(lives, (life) => life <= thresholds.shortLife);
  },
  rotation({ issuance, jwks }, { now, thresholds }) {
    const rotation = issuance?.keyRotation;
    if (!rotation || rotation.every === undefined || rotation.every > thresholds.rotation.low) return false;
    // A date that is overdue, or yet to come, is evidence against it, whatever the set holds.
    if (rotation.lastRotated === undefined) return (jwks?.keys.length ?? 0) > 1;
    return rotation.lastRotated <= now && now - rotation.lastRotated <= rotation.every;
  },
  revocation({ verifiers, issuance }) {
    const means = [
      ...verifiers.map((verifier) => verifier.revocation),
      ...(issuance?.revocation === undefined ? [] : [issuance.revocation]),
    ];
    return all(means, (by) => by === 'jti' || by === 'status-list');
  },
  'sender-constrained'(facts) {
    const said = facts.issuance?.senderConstrained;
    return all([...(said === undefined ? [] : [said]), ...accessTokens(facts).map(isBound)], Boolean);
  },
};

/** The traits of a subject, in alphabetical order. */
export function traitsOf(facts: Facts, context: RuleContext): Trait[] {
  return (Object.keys(TRAITS) as Trait[]).filter((trait) => TRAITS[trait](facts, context)).sort();
}
