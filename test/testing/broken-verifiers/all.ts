// Every broken verifier by name.

import * as algorithms from './algorithms.js';
import * as claims from './claims.js';
import * as keys from './keys.js';
import * as readers from './readers.js';
import * as signatures from './signatures.js';
import type { Flaw } from './verifier.js';

/** Flaws by name; lists of them are numbered. The slow ones come late, and last the one that falls for nearly anything. */
export function allFlaws(): ReadonlyMap<string, Flaw> {
  const { decodesOnly, psychicSignatures, ...otherSignatures } = signatures;
  const { kidIsInACommand, ...otherKeys } = keys;
  const groups: Record<string, Flaw | readonly Flaw[]>[] = [
    readers,
    claims,
    algorithms,
    otherKeys,
    otherSignatures,
    { kidIsInACommand, psychicSignatures, decodesOnly },
  ];
  return new Map(
    groups.flatMap((group) =>
      Object.entries(group).flatMap(([name, flaw]): (readonly [string, Flaw])[] =>
        typeof flaw === 'function' ? [[name, flaw]] : flaw.map((each, i) => [`${name} ${i + 1}`, each]),
      ),
    ),
  );
}
