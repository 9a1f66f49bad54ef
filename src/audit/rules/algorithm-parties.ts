// Whether more than one party has to know the secret of HS*.

import { algorithmFamily } from '../facts/algorithm.js';
import type { Facts } from '../facts/facts.js';
import { own } from '../facts/token.js';
import type { Confidence } from '../finding.js';
import { meet } from './meet.js';

/** The host of a value that is an https URL. */
function hostOf(name: unknown): string | undefined {
  return typeof name === 'string' && /^https:/i.test(name) && URL.canParse(name) ? new URL(name).host : undefined;
}

/** Whether issuer and audience are both URLs, of different hosts. */
function areApart(issuers: readonly unknown[], audiences: readonly unknown[]): boolean {
  return issuers.some((issuer) => {
    const host = hostOf(issuer);
    return host !== undefined && audiences.some((audience) => ![undefined, host].includes(hostOf(audience)));
  });
}

/** `confirmed` when several parties are named, `likely` when names only suggest it. */
export function severalParties({ draft, issuance, ...facts }: Facts): Confidence | undefined {
  const verifiers = facts.verifiers.filter(
    ({ algorithms }) => !algorithms || algorithms.some((name) => algorithmFamily(name) === 'hmac'),
  );
  const aud = own(draft?.claims, 'aud');
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (new Set(audiences).size > 1 || new Set(issuance?.audiences).size > 1 || (issuance?.verifiers ?? 0) > 1)
    return 'confirmed';
  const apart =
    areApart([own(draft?.claims, 'iss')], audiences) ||
    verifiers.some((verifier) => !verifier.ours && areApart(verifier.issuers ?? [], verifier.audiences ?? []));
  // Verifiers of one service have its name in common, and those of different issuers no secret.
  const disjoint = verifiers.some((one) =>
    verifiers.some((other) => meet(one.issuers, other.issuers) && !meet(one.audiences, other.audiences)),
  );
  return apart || disjoint ? 'likely' : undefined;
}
