// What single kinds of tokens ask for, and how kinds are told apart.

import { sameMediaType } from '../../jwt/media-type.js';
import { idToken, logoutToken, type Profile } from '../../jwt/profiles.js';
import { own, type TokenFacts } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import type { Confidence } from '../finding.js';
import type { FindingDraft, Rule } from '../rule.js';
import { meet } from './meet.js';

/** What a token breaks of its profile's rules; an absent claim is missing in the claims as a whole. */
function broken({ claims, path }: TokenFacts, { rules }: Profile, audience?: readonly string[]): FindingDraft[] {
  return rules
    .filter((rule) => !rule.accepts(claims!, audience))
    .map(({ claim, expected }) => ({
      path: own(claims, claim) === undefined ? `${path}/claims` : `${path}/claims/${claim}`,
      message: `${claim} should be ${expected}`,
    }));
}

function sameType(a: VerifierFacts, b: VerifierFacts): boolean {
  return !a.checksType || !b.checksType || sameMediaType(a.type ?? 'JWT', b.type ?? 'JWT');
}

/** How sure it is that two verifiers have a key in common; `undefined` when they have none. */
function sharedKey(a: VerifierFacts, b: VerifierFacts): Confidence | undefined {
  if (!meet(a.algorithms, b.algorithms)) return undefined;
  if (a.jwksUrl !== undefined && a.jwksUrl === b.jwksUrl) return 'confirmed';
  const [mine, others] = [a, b].map(({ keys }) => keys?.map(({ thumbprint }) => thumbprint));
  // Secrets and keys that cannot be read have no thumbprint; those of a URL are not known.
  const isKnown = (prints: (string | undefined)[] | undefined) => !!prints?.length && !prints.includes(undefined);
  if (mine?.some((print) => print !== undefined && others?.includes(print))) return 'confirmed';
  return isKnown(mine) && isKnown(others) ? undefined : 'possible';
}

/** Whether both could take one token, and how sure that is. */
function confusable(a: VerifierFacts, b: VerifierFacts): Confidence | undefined {
  return sameType(a, b) && meet(a.issuers, b.issuers) && meet(a.audiences, b.audiences) ? sharedKey(a, b) : undefined;
}

/** The rules about single kinds. */
export const claimsKindRules: readonly Rule[] = [
  {
    id: 'claims/id-token-profile',
    title: 'The ID token lacks the nonce that was sent',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Copy the nonce; with several audiences set azp.',
    references: ['OIDC Core §3.1.3.7', 'ASVS V10.5.1'],
    applies: ({ token }) => token?.kind === 'id' && token.claims !== undefined,
    check({ token, verifiers }, { context }) {
      const aud = own(token!.claims, 'aud');
      // With one audience another azp is an extension's: Google's is the app that asked for a token of its server.
      const audiences =
        Array.isArray(aud) && aud.length > 1 ? verifiers.flatMap((verifier) => verifier.audiences ?? []) : [];
      const lacksNonce = context.nonceSent && own(token!.claims, 'nonce') === undefined;
      return [
        ...(lacksNonce ? [{ path: '/token/claims' }] : []),
        ...broken(token!, idToken, audiences.length > 0 ? audiences : undefined),
      ];
    },
  },
  {
    id: 'claims/logout-token-profile',
    title: 'typ of the logout token is not logout+jwt',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Set typ logout+jwt, events, and sub or sid; no nonce.',
    references: ['OIDC Back-Channel Logout §2.4', 'ASVS V10.5.5'],
    applies: ({ token }) => token?.kind === 'logout' && token.claims !== undefined,
    check: ({ token }) => [
      // An absent typ is header/typ-missing.
      ...(token!.typ && token!.typ !== logoutToken.type ? [{ path: '/token/header/typ' }] : []),
      ...broken(token!, logoutToken),
    ],
  },
  {
    id: 'claims/kind-confusable',
    title: 'Two verifiers accept the same token',
    severity: 'high',
    needs: ['verifier'],
    remediation: 'Give each kind a typ, audience or key of its own.',
    references: ['RFC 8725 §3.12', 'ASVS V9.2.2'],
    // Where one kind only is issued, there is none to be confused with.
    applies: ({ verifiers, issuance }) =>
      verifiers.length > 1 && !(issuance?.kinds && new Set(issuance.kinds).size < 2),
    check: ({ verifiers }) =>
      verifiers.flatMap((verifier, i) =>
        verifiers.slice(0, i).flatMap((other) => {
          const confidence = confusable(verifier, other);
          return confidence ? [{ path: verifier.path, confidence }] : [];
        }),
      ),
  },
];
