// How long tokens and keys live. The numbers are policy and stand in the thresholds of a profile.

import { type Facts, tokensOf } from '../facts/facts.js';
import type { IssuanceFacts } from '../facts/issuance.js';
import { lifetimeOf, own, type TokenFacts } from '../facts/token.js';
import type { Severity } from '../finding.js';
import type { FindingDraft, Rule, RuleContext } from '../rule.js';
import type { TokenKind } from '../subject.js';

/** Above this exp is in milliseconds, which has a rule of its own. */
const MOST_SECONDS = 1e11;
const MILDER: Readonly<Partial<Record<Severity, Severity>>> = { critical: 'high', high: 'medium', medium: 'low' };

/** A life in seconds, and where it is written. */
interface Life {
  readonly path: string;
  readonly seconds: number;
  readonly kind: TokenKind;
}

/** What is left of a token's life where nothing says when it began: its life is longer still. */
function lifeOf(token: TokenFacts, now: number): number | undefined {
  const exp = own(token.claims, 'exp');
  if (typeof exp !== 'number' || exp > MOST_SECONDS) return undefined;
  return lifetimeOf(token) ?? exp - now;
}

/** The lives of tokens of these kinds, and the one that the policy gives the first. */
function livesOf(facts: Facts, now: number, kinds: readonly TokenKind[]): Life[] {
  const lives = tokensOf(facts).flatMap((token): Life[] => {
    const seconds = kinds.includes(token.kind) ? lifeOf(token, now) : undefined;
    return seconds === undefined ? [] : [{ path: `${token.path}/claims/exp`, seconds, kind: token.kind }];
  });
  const member = kinds[0] === 'id' ? 'idTokenLifetime' : 'accessTokenLifetime';
  const seconds = facts.issuance?.[member];
  if (seconds !== undefined) lives.push({ path: `/issuance/${member}`, seconds, kind: kinds[0]! });
  return lives;
}

const ACCESS: readonly TokenKind[] = ['access', 'unknown'];
const ID: readonly TokenKind[] = ['id'];

function judgeAccess({ path, seconds, kind }: Life, { thresholds }: RuleContext): FindingDraft[] {
  const { medium, high, highRisk, critical } = thresholds.accessLife;
  if (!(seconds > medium)) return [];
  const severity = seconds > critical ? 'critical' : seconds > high ? 'high' : 'medium';
  const message = `${seconds > highRisk ? 'High risk: an' : 'An'} access token lives ${Math.round(seconds)} s`;
  // It may be no access token at all.
  return kind === 'unknown'
    ? [{ path, message, severity: MILDER[severity]!, confidence: 'likely' }]
    : [{ path, message, severity }];
}

/** Seconds between rotations: as planned, or since the last one where that is longer. */
function rotationAge({ keyRotation }: IssuanceFacts, now: number): number | undefined {
  if (!keyRotation) return undefined;
  const { every, lastRotated } = keyRotation;
  const age = lastRotated === undefined ? undefined : now - lastRotated;
  return every === undefined ? age : Math.max(every, age ?? 0);
}

/** The longest life of anything that a retired key has signed. */
function longestLife(facts: Facts, now: number): number | undefined {
  const { refreshToken } = facts.issuance!;
  const lives = [...livesOf(facts, now, ACCESS), ...livesOf(facts, now, ID)].map(({ seconds }) => seconds);
  const refresh = refreshToken?.stateful === false ? refreshToken.absoluteLifetime : undefined;
  return lives.length === 0 && refresh === undefined ? undefined : Math.max(...lives, refresh ?? 0);
}

/** Findings about the refresh tokens of the policy. */
function ofRefreshTokens(
  judge: (token: NonNullable<IssuanceFacts['refreshToken']>, issuance: IssuanceFacts) => boolean | undefined,
): Pick<Rule, 'applies' | 'check'> {
  return {
    applies: ({ issuance }) => issuance?.refreshToken !== undefined,
    check: ({ issuance }) => (judge(issuance!.refreshToken!, issuance!) ? [{ path: '/issuance/refreshToken' }] : []),
  };
}

/** Access tokens that can be looked into. */
function readable(facts: Facts): TokenFacts[] {
  return tokensOf(facts).filter(({ kind, claims }) => ACCESS.includes(kind) && claims !== undefined);
}

/** The rules of the group `lifetime/`. */
export const lifetimeRules: readonly Rule[] = [
  {
    id: 'lifetime/access-long',
    title: 'The access token lives long',
    severity: 'medium',
    basis: 'policy',
    needs: [['token', 'draft', 'issuance']],
    remediation: 'Let access tokens live minutes, and refresh them.',
    references: ['RFC 6750 §5.3', 'ASVS V7.3.2', 'CWE-613'],
    rootCause: 'long-life',
    applies: (facts, { now }) => livesOf(facts, now, ACCESS).length > 0,
    check: (facts, context) => livesOf(facts, context.now, ACCESS).flatMap((life) => judgeAccess(life, context)),
  },
  {
    id: 'lifetime/id-token-long',
    title: 'The ID token lives long',
    severity: 'low',
    basis: 'policy',
    needs: [['token', 'draft', 'issuance']],
    remediation: 'Let ID tokens live minutes.',
    references: ['CWE-613'],
    applies: (facts, { now }) => livesOf(facts, now, ID).length > 0,
    check: (facts, { now, thresholds: { idLife } }) =>
      livesOf(facts, now, ID)
        .filter(({ seconds }) => seconds > idLife.low)
        .map(({ path, seconds }) => ({ path, severity: seconds > idLife.medium ? 'medium' : 'low' })),
  },
  {
    id: 'lifetime/refresh-unbounded',
    title: 'Refresh tokens never expire',
    severity: 'high',
    needs: ['issuance'],
    remediation: 'Set an absolute lifetime.',
    references: ['ASVS V10.4.8', 'CWE-613'],
    ...ofRefreshTokens(({ absoluteLifetime }) => absoluteLifetime === undefined),
  },
  {
    id: 'lifetime/refresh-not-rotated',
    title: "A public client's refresh tokens can be replayed",
    severity: 'high',
    needs: ['issuance'],
    remediation: 'Rotate refresh tokens, or bind them to the client.',
    references: ['RFC 9700 §4.14.2', 'ASVS V10.4.5'],
    ...ofRefreshTokens(
      ({ publicClient, rotation }, { senderConstrained }) => publicClient && !rotation && !senderConstrained,
    ),
  },
  {
    id: 'lifetime/refresh-not-revocable',
    title: 'Refresh tokens cannot be revoked',
    severity: 'high',
    needs: ['issuance'],
    remediation: 'Keep refresh tokens in a store.',
    references: ['ASVS V10.4.9'],
    // A list of revoked ids is state too.
    ...ofRefreshTokens(
      ({ stateful }, { revocation }) => stateful === false && revocation !== 'jti' && revocation !== 'status-list',
    ),
  },
  {
    id: 'lifetime/key-rotation',
    title: 'Keys are rotated seldom or never',
    severity: 'medium',
    basis: 'policy',
    needs: ['issuance'],
    remediation: 'Rotate signing keys every 30 to 90 days.',
    references: ['ASVS V13.3.4'],
    applies: ({ issuance }, { now }) =>
      issuance?.keyRotation === false || (issuance !== undefined && rotationAge(issuance, now) !== undefined),
    check({ issuance }, { now, thresholds: { rotation } }) {
      const path = '/issuance/keyRotation';
      const age = rotationAge(issuance!, now);
      if (age === undefined) return [{ path }];
      const severity = age > rotation.high ? 'high' : age > rotation.medium ? 'medium' : 'low';
      return age > rotation.low ? [{ path, severity }] : [];
    },
  },
  {
    id: 'lifetime/overlap-too-short',
    title: 'Keys are retired before the tokens they signed',
    severity: 'high',
    needs: ['issuance'],
    remediation: 'Keep keys for the longest life plus cache time.',
    references: ['ASVS V11.1.1'],
    applies: (facts, { now }) =>
      facts.issuance !== undefined &&
      facts.issuance.keyRotation !== false &&
      facts.issuance.keyRotation?.overlap !== undefined &&
      longestLife(facts, now) !== undefined,
    check(facts, { now }) {
      const { keyRotation } = facts.issuance!;
      const cached = facts.verifiers.map(({ jwksCache }) => jwksCache?.maxAge ?? 0);
      const needed = longestLife(facts, now)! + Math.max(0, ...cached);
      return keyRotation && keyRotation.overlap! < needed ? [{ path: '/issuance/keyRotation/overlap' }] : [];
    },
  },
  {
    id: 'lifetime/denylist-by-token-hash',
    title: 'Revocation goes by the text of the token',
    severity: 'high',
    needs: [['issuance', 'verifier']],
    remediation: 'Revoke by iss and jti.',
    references: ['OWASP JWT Cheat Sheet', 'CWE-180'],
    applies: ({ issuance, verifiers }) => issuance?.revocation !== undefined || verifiers.length > 0,
    check: ({ issuance, verifiers }) =>
      [...(issuance ? [issuance] : []), ...verifiers]
        .filter(({ revocation }) => revocation === 'token-hash')
        .map(({ path }) => ({ path: `${path}/revocation` })),
  },
  {
    id: 'lifetime/not-sender-constrained',
    title: 'The access token works for whoever has it',
    severity: 'medium',
    needs: [['token', 'draft', 'issuance']],
    remediation: 'Bind tokens with DPoP or mutual TLS (cnf).',
    references: ['FAPI 2.0 §5.3.2.1', 'ASVS V10.3.5', 'RFC 7800 §3.1'],
    applies: (facts, { profile }) =>
      profile === 'fapi2' && (readable(facts).length > 0 || facts.issuance?.senderConstrained !== undefined),
    check: (facts) => [
      ...readable(facts)
        .filter(({ claims }) => own(claims, 'cnf') === undefined)
        .map(
          ({ path, kind }): FindingDraft => ({
            path: `${path}/claims`,
            confidence: kind === 'access' ? 'confirmed' : 'possible',
          }),
        ),
      ...(facts.issuance?.senderConstrained === false ? [{ path: '/issuance/senderConstrained' }] : []),
    ],
  },
];
