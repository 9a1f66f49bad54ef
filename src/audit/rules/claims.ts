// What a token or draft says, and what it leaves out (RFC 7519 §4.1).

import { accessToken, clientAssertion, dpopProof, idToken, logoutToken } from '../../jwt/profiles.js';
import type { Facts } from '../facts/facts.js';
import { lifetimeOf, own, type TokenFacts } from '../facts/token.js';
import type { VerifierFacts } from '../facts/verifier.js';
import { pointer } from '../pointer.js';
import type { FindingDraft, Rule, RuleContext } from '../rule.js';
import type { TokenKind } from '../subject.js';
import { isPredictable } from './claims-jti.js';
import { claimsKindRules } from './claims-kind.js';
import { claimSetsOf, claimsTimeRules, hasClaims, MILLISECONDS, T_D } from './claims-time.js';

/** What a kind requires, where it is certain that the token is of it. */
function requiredOf({ kind, typ }: TokenFacts): readonly string[] {
  const required: Readonly<Partial<Record<TokenKind, readonly string[]>>> = {
    // Access tokens without the typ of RFC 9068 are free to leave claims out.
    access: typ === accessToken.type ? accessToken.requiredClaims : [],
    id: idToken.requiredClaims,
    'client-assertion': clientAssertion.requiredClaims,
    logout: logoutToken.requiredClaims,
    dpop: dpopProof.requiredClaims,
    // RFC 8417 §2.2
    set: ['iss', 'iat', 'jti'],
  };
  return required[kind] ?? [];
}

function isAbsent({ claims }: TokenFacts, name: string): boolean {
  const value = own(claims, name);
  // An empty aud is claims/aud-wildcard.
  return value === undefined || value === null || (value === '' && name !== 'aud');
}

/** Findings about the tokens that lack a claim. */
function lacking(
  facts: Facts,
  name: string,
  judge: (token: TokenFacts) => Partial<FindingDraft> | undefined,
): FindingDraft[] {
  return claimSetsOf(facts)
    .filter((token) => isAbsent(token, name))
    .flatMap((token) => {
      const verdict = judge(token);
      return verdict ? [{ path: `${token.path}/claims`, ...verdict }] : [];
    });
}

/** The rule about iss, sub or aud: a step worse where somebody counts on the claim. */
function missing(
  name: 'iss' | 'sub' | 'aud',
  title: string,
  references: readonly string[],
  free: readonly TokenKind[],
  checked: (verifier: VerifierFacts) => boolean,
  isNeedless: (context: RuleContext) => boolean | undefined = () => false,
): Rule {
  return {
    id: `claims/${name}-missing`,
    title,
    severity: 'medium',
    needs: T_D,
    remediation: `Set ${name}.`,
    references,
    applies: hasClaims,
    check: (facts, context) =>
      lacking(facts, name, (token) => {
        if (free.includes(token.kind)) return undefined;
        const isDemanded = facts.verifiers.some(
          (verifier) => checked(verifier) || verifier.requiredClaims.includes(name),
        );
        if (isDemanded || requiredOf(token).includes(name)) return { severity: 'high' };
        return isNeedless(context) ? undefined : {};
      }),
  };
}

/** `*` alone or as a part, nothing at all, or a scheme without a host. */
function isWildcard(audience: unknown): boolean {
  return typeof audience === 'string' && /^$|^\s+$|(^|[./:])\*($|[./:])|^[a-z][a-z\d+.-]*:\/{0,3}$/i.test(audience);
}

/** The audiences of a list that could be anybody's, as paths. */
function wildcards(audience: unknown, path: string): FindingDraft[] {
  if (!Array.isArray(audience)) return isWildcard(audience) ? [{ path }] : [];
  if (audience.length === 0) return [{ path }];
  return audience.flatMap((name, i) => (isWildcard(name) ? [{ path: `${path}/${i}` }] : []));
}

/** The words of a claim that is a list or a text with spaces. */
function wordsOf(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => (typeof item === 'string' ? item.split(' ') : []));
}

const ROLES = ['role', 'roles', 'scope', 'scp', 'scopes', 'groups', 'permissions'];

/** The claims that give every right. */
function privileges({ claims }: TokenFacts): string[] {
  return [
    ...['admin', 'isAdmin', 'is_admin', 'superuser', 'root'].filter((name) => own(claims, name) === true),
    ...ROLES.filter((name) =>
      wordsOf(own(claims, name)).some((word) =>
        /^(\*|\*[:.]\*|(super)?admin(istrator)?|superuser|root)$/i.test(`${word}`),
      ),
    ),
  ];
}

/** The rules of the group `claims/`. */
export const claimsRules: readonly Rule[] = [
  {
    id: 'claims/exp-missing',
    title: 'The token never expires',
    severity: 'high',
    needs: T_D,
    remediation: 'Set exp, minutes after iat.',
    references: ['RFC 7519 §4.1.4', 'ASVS V9.2.1', 'CWE-613'],
    rootCause: 'no-expiry',
    applies: hasClaims,
    check: (facts) =>
      lacking(facts, 'exp', ({ kind }) => {
        if (kind === 'set' || kind === 'dpop') return undefined;
        return { confidence: kind === 'unknown' ? 'likely' : 'confirmed' };
      }),
  },
  {
    id: 'claims/iat-missing',
    title: 'The token does not say when it was issued',
    severity: 'low',
    needs: T_D,
    remediation: 'Set iat.',
    references: ['RFC 7519 §4.1.6', 'RFC 9068 §2.2'],
    applies: hasClaims,
    check: (facts) => lacking(facts, 'iat', ({ kind }) => ({ severity: kind === 'access' ? 'medium' : 'low' })),
  },
  missing(
    'iss',
    'The token does not say who issued it',
    ['RFC 8725 §3.8', 'RFC 9068 §2.2'],
    ['dpop'],
    ({ issuers }) => issuers !== undefined,
  ),
  missing(
    'sub',
    'The token does not say whom it is about',
    ['RFC 7519 §4.1.2', 'RFC 9068 §2.2', 'ASVS V10.3.3'],
    // A SET names its subject in sub_id or events, a logout token perhaps in sid.
    ['dpop', 'set', 'logout'],
    () => false,
  ),
  missing(
    'aud',
    'The token does not say whom it is for',
    ['RFC 8725 §3.9', 'ASVS V9.2.3', 'ASVS V9.2.4'],
    ['dpop'],
    ({ audiences }) => audiences !== undefined,
    ({ context }) => context.singleAudience,
  ),
  {
    id: 'claims/jti-missing',
    title: 'The token has no id',
    severity: 'info',
    needs: T_D,
    remediation: 'Set jti to a random id.',
    references: ['RFC 7519 §4.1.7', 'RFC 9068 §2.2', 'ASVS V7.4.1'],
    rootCause: 'revocation',
    applies: hasClaims,
    check: (facts) => {
      const revoked = [facts.issuance, ...facts.verifiers].some((policy) => policy?.revocation === 'jti');
      return lacking(facts, 'jti', (token) => ({
        severity: revoked || requiredOf(token).includes('jti') ? 'medium' : 'info',
      }));
    },
  },
  {
    id: 'claims/jti-predictable',
    title: 'jti can be guessed',
    severity: 'low',
    confidence: 'likely',
    needs: T_D,
    remediation: 'Use 128 random bits.',
    references: ['RFC 7519 §4.1.7', 'ASVS V11.5.1', 'CWE-340'],
    applies: hasClaims,
    check: (facts) =>
      claimSetsOf(facts)
        .filter(({ claims }) => isPredictable(own(claims, 'jti')))
        .map(({ path }) => ({ path: `${path}/claims/jti` })),
  },
  ...claimsTimeRules,
  {
    id: 'claims/aud-wildcard',
    title: 'aud names nobody in particular',
    severity: 'high',
    needs: [['token', 'draft', 'verifier']],
    remediation: 'Name one audience in full.',
    references: ['RFC 8725 §3.9', 'ASVS V9.2.4'],
    applies: (facts) => hasClaims(facts) || facts.verifiers.length > 0,
    check: (facts, { thresholds }) => [
      ...claimSetsOf(facts).flatMap(({ claims, path }): FindingDraft[] => {
        const audience = own(claims, 'aud');
        const isLong = Array.isArray(audience) && new Set(audience).size > thresholds.audiences;
        return [
          ...wildcards(audience, `${path}/claims/aud`),
          ...(isLong
            ? [
                {
                  path: `${path}/claims/aud`,
                  severity: 'medium' as const,
                  basis: 'policy' as const,
                  message: 'aud names too many',
                },
              ]
            : []),
        ];
      }),
      ...facts.verifiers.flatMap(({ audiences, path }) => wildcards(audiences, `${path}/audience`)),
    ],
  },
  {
    id: 'claims/iss-not-url',
    title: 'iss is no https URL',
    severity: 'low',
    needs: T_D,
    remediation: "Use the issuer's https URL.",
    references: ['RFC 8414 §2', 'OIDC Core §2'],
    applies: hasClaims,
    check: (facts) =>
      claimSetsOf(facts)
        .filter(({ kind, claims }) => {
          const iss = own(claims, 'iss');
          const isUrl = typeof iss === 'string' && URL.canParse(iss) && new URL(iss).protocol === 'https:';
          return iss && !isUrl && ['access', 'id', 'logout'].includes(kind);
        })
        .map(({ path }) => ({ path: `${path}/claims/iss` })),
  },
  ...claimsKindRules,
  {
    id: 'claims/privileged-unconstrained',
    title: 'A token with every right lives for long',
    severity: 'medium',
    basis: 'policy',
    needs: T_D,
    remediation: 'Name single rights; let it live 15 minutes.',
    references: ['ASVS V10.3.2', 'CWE-269'],
    rootCause: 'long-life',
    applies: hasClaims,
    check: (facts, { thresholds }) =>
      claimSetsOf(facts)
        .filter((token) => {
          const life = lifetimeOf(token) ?? 0;
          // A date in milliseconds has a rule of its own.
          return life > thresholds.shortLife && life < MILLISECONDS / 2;
        })
        .flatMap((token) => privileges(token).map((name) => ({ path: pointer(`${token.path}/claims`, name) }))),
  },
];
