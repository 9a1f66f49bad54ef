// Keys whose private half is published: given as such, in a token's header, or named by its kid.

import { type Facts, keysOf } from '../facts/facts.js';
import { type KeyFacts, readJwk } from '../facts/key.js';
import { own } from '../facts/token.js';
import type { FindingDraft, Rule } from '../rule.js';

/** Characters of a thumbprint that the data has: 96 bits. */
const PREFIX = 16;

let loaded: Promise<typeof import('../key-health/known-keys.data.js')> | undefined;

/** Keys with a thumbprint, the token's own among them. */
async function withThumbprint(facts: Facts): Promise<KeyFacts[]> {
  const jwk = own(facts.token?.header, 'jwk');
  const embedded = jwk === undefined ? [] : [await readJwk(jwk, '/token/header/jwk')];
  return [...keysOf(facts), ...embedded].filter(({ thumbprint }) => thumbprint !== undefined);
}

/** The token's kid, where it can be a thumbprint. */
function thumbprintKid({ token }: Facts): string | undefined {
  const kid = own(token?.header, 'kid');
  return typeof kid === 'string' && kid.length === 43 ? kid : undefined;
}

/** The rule about published keys in the group `key/`. */
export const knownKeyRules: readonly Rule[] = [
  {
    id: 'key/known',
    title: 'The private half of the key is published',
    severity: 'critical',
    needs: [['key', 'jwks', 'verifier', 'token']],
    remediation: 'Generate a key of your own.',
    references: ['CWE-321', 'CWE-1392'],
    rootCause: 'key-strength',
    applies: (facts) =>
      keysOf(facts).some(({ thumbprint }) => thumbprint !== undefined) ||
      own(facts.token?.header, 'jwk') !== undefined ||
      thumbprintKid(facts) !== undefined,
    async check(facts) {
      loaded ??= import('../key-health/known-keys.data.js');
      const { KNOWN_KEYS } = await loaded;
      const isKnown = (thumbprint: string) => KNOWN_KEYS.includes(thumbprint.slice(0, PREFIX));
      const found: FindingDraft[] = (await withThumbprint(facts))
        .filter(({ thumbprint }) => isKnown(thumbprint!))
        .map(({ path }) => ({ path }));
      // A thumbprint as kid names the key without showing it.
      if (isKnown(thumbprintKid(facts) ?? '')) found.push({ path: '/token/header/kid', confidence: 'likely' });
      return found;
    },
  },
];
