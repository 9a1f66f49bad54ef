// Which of the keys the header of a token chooses.

import type { JwtError, JwtErrorCode } from '../../errors.js';
import type { JwsHeader } from '../../jws/header.js';
import { findKey } from '../../jws/key-source.js';
import type { ResolvedPolicy } from '../../jwt/policy.js';
import { own, type TokenFacts } from '../facts/token.js';
import { type Candidate, fromOurs } from './candidates.js';

/** The keys for a token: those that its header chooses, and the rest. */
export interface KeyChoice {
  readonly chosen: readonly Candidate[];
  readonly others: readonly Candidate[];
  /** What the keys are for. */
  readonly algorithms: readonly string[];
  /** Why none is chosen, as the verifier would say. */
  readonly failure?: JwtErrorCode | undefined;
}

/** The verifier's own choice of a key, and whatever else is there to try. */
export async function chooseByVerifier(
  policy: ResolvedPolicy,
  { header, alg }: TokenFacts,
  candidates: readonly Candidate[],
): Promise<KeyChoice> {
  const find = async (header: JwsHeader, name: string): Promise<Candidate> =>
    fromOurs(name, await findKey(policy.keys, header));
  const { algorithms } = policy;
  const kid = keyId(header);
  // Without a kid a source names its only key, if it has one.
  const unnamed = await Promise.allSettled(algorithms.map((alg) => find({ alg }, `the ${alg} key of the verifier`)));
  const others = unnamed.flatMap((settled) => (settled.status === 'fulfilled' ? [settled.value] : []));
  try {
    const chosen = await find({ ...header, kid, alg } as JwsHeader, 'the key of the verifier');
    return { chosen: [chosen], others: [...others.filter(({ key }) => key !== chosen.key), ...candidates], algorithms };
  } catch (error) {
    return { chosen: [], others: [...others, ...candidates], algorithms, failure: (error as JwtError).code };
  }
}

/** The keys that alg and kid allow, among those given. */
export function chooseAmong(candidates: readonly Candidate[], { header, alg }: TokenFacts): KeyChoice {
  const kid = keyId(header);
  const keys = candidates.flatMap(({ key }) => key ?? []);
  const algorithms = [...new Set(keys.map(({ algorithm }) => algorithm))];
  const isChosen = ({ key }: Candidate) =>
    key?.algorithm === alg && (kid === undefined || key?.id === undefined || key.id === kid);
  const chosen = candidates.filter(isChosen);
  const choice = { chosen, others: candidates.filter((candidate) => !isChosen(candidate)), algorithms };
  // Keys that cannot be used say so themselves.
  if (chosen.length > 0 || (keys.length === 0 && candidates.some(({ problem }) => problem !== undefined)))
    return choice;
  const isMissing = candidates.length === 0 || keys.some(({ algorithm }) => algorithm === alg);
  return { ...choice, failure: isMissing ? 'ERR_JWT_KEY_NOT_FOUND' : 'ERR_JWT_ALGORITHM' };
}

function keyId(header: TokenFacts['header']): string | undefined {
  const kid = own(header, 'kid');
  return typeof kid === 'string' ? kid : undefined;
}
