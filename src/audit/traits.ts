// What is done well. A trait needs evidence in the inputs, and nothing in them that contradicts it.

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

function isAccess({ kind }: TokenFacts): boolean {
  return kind === 'access' || kind === 'unknown';
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
    return all(types, (type) => type !== undefined && type.toLowerCase() !== 'jwt');
  },
  'short-access-life'(facts, { thresholds }) {
    const lives = [
      ...(facts.issuance?.accessTokenLifetime === undefined ? [] : [facts.issuance.accessTokenLifetime]),
      ...tokensOf(facts)
        .filter(isAccess)
        .flatMap((token) => lifetimeOf(token) ?? []),
    ];
    return all(lives, (life) => life <= thresholds.shortLife);
  },
  rotation({ issuance, jwks }, { now, thresholds }) {
    const rotation = issuance?.keyRotation;
    if (!rotation || rotation.every === undefined || rotation.every > thresholds.rotation.low) return false;
    const onTime = rotation.lastRotated !== undefined && now - rotation.lastRotated <= rotation.every;
    // A date that is overdue is evidence against it, whatever the set holds.
    return onTime || (rotation.lastRotated === undefined && (jwks?.keys.length ?? 0) > 1);
  },
  revocation({ verifiers, issuance }) {
    const isSound = (means: string | undefined) => means === 'jti' || means === 'status-list';
    return all(verifiers, ({ revocation }) => isSound(revocation)) || isSound(issuance?.revocation);
  },
  'sender-constrained'(facts) {
    const constrained = tokensOf(facts)
      .filter(isAccess)
      .map(({ claims }) => own(claims, 'cnf') !== undefined);
    return facts.issuance?.senderConstrained ?? all(constrained, Boolean);
  },
};

/** The traits of a subject, in alphabetical order. */
export function traitsOf(facts: Facts, context: RuleContext): Trait[] {
  return (Object.keys(TRAITS) as Trait[]).filter((trait) => TRAITS[trait](facts, context)).sort();
}
