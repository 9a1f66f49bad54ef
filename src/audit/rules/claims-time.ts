// NumericDates (RFC 7519 §4.1.4–4.1.6).

import { type Facts, tokensOf } from '../facts/facts.js';
import { own, type TokenFacts } from '../facts/token.js';
import type { Rule } from '../rule.js';

/** Tokens and drafts whose claims can be read. */
export function claimSetsOf(facts: Facts): TokenFacts[] {
  return tokensOf(facts).filter(({ claims }) => claims !== undefined);
}

export function hasClaims(facts: Facts): boolean {
  return claimSetsOf(facts).length > 0;
}

export const T_D: readonly ['token', 'draft'][] = [['token', 'draft']];

const DATES = ['exp', 'nbf', 'iat'];

/** Later than the year 5138: milliseconds taken for seconds. */
export const MILLISECONDS = 1e11;

function dateOf(token: TokenFacts, name: string): number {
  const value = own(token.claims, name);
  return typeof value === 'number' ? value : Number.NaN;
}

/** A date in seconds where it was meant so: milliseconds have a rule of their own. */
function meantDateOf(token: TokenFacts, name: string): number {
  const date = dateOf(token, name);
  return date > MILLISECONDS ? date / 1000 : date;
}

/** The claims among the three dates that a test picks, as paths. */
function datesWhere(facts: Facts, test: (value: unknown, name: string) => boolean): { path: string; name: string }[] {
  return claimSetsOf(facts).flatMap((token) =>
    DATES.filter((name) => test(own(token.claims, name), name)).map((name) => ({
      path: `${token.path}/claims/${name}`,
      name,
    })),
  );
}

/** The rules about exp, nbf and iat. */
export const claimsTimeRules: readonly Rule[] = [
  {
    id: 'claims/numericdate-milliseconds',
    title: 'A date is given in milliseconds',
    severity: 'high',
    needs: T_D,
    remediation: 'Write seconds since 1970.',
    references: ['RFC 7519 §2', 'CWE-613'],
    applies: hasClaims,
    check: (facts) =>
      datesWhere(facts, (value) => typeof value === 'number' && value > MILLISECONDS && value < Infinity).map(
        ({ path }) => ({ path }),
      ),
  },
  {
    id: 'claims/numericdate-type',
    title: 'A date is no number of seconds',
    severity: 'medium',
    needs: T_D,
    remediation: 'Write dates as JSON numbers, in seconds since 1970.',
    references: ['RFC 7519 §2', 'RFC 7519 §4.1.4'],
    applies: hasClaims,
    check: (facts) =>
      // null is as good as absent.
      datesWhere(
        facts,
        (value) => value !== undefined && value !== null && !(Number.isFinite(value) && Number(value) >= 0),
      ).map(({ path, name }) => ({ path, severity: name === 'exp' ? 'high' : 'medium' })),
  },
  {
    id: 'claims/time-inconsistent',
    title: 'The token expires before it is valid',
    severity: 'medium',
    needs: T_D,
    remediation: 'Set exp later than iat and nbf.',
    references: ['RFC 7519 §4.1.4', 'RFC 7519 §4.1.5'],
    applies: hasClaims,
    check: (facts) =>
      claimSetsOf(facts)
        .filter((token) => {
          const exp = meantDateOf(token, 'exp');
          return exp <= meantDateOf(token, 'iat') || exp <= meantDateOf(token, 'nbf');
        })
        .map(({ path }) => ({ path: `${path}/claims/exp` })),
  },
  {
    id: 'claims/issued-in-future',
    title: 'iat or nbf lies in the future',
    severity: 'low',
    needs: ['token'],
    remediation: "Synchronise the issuer's clock.",
    references: ['RFC 7519 §4.1.5', 'ASVS V9.2.1'],
    applies: ({ token }) => token?.claims !== undefined,
    check: ({ token }, { now, thresholds }) =>
      ['nbf', 'iat'].flatMap((name) => {
        const date = dateOf(token!, name);
        return date > now + thresholds.clockSkew && date <= MILLISECONDS ? [{ path: `/token/claims/${name}` }] : [];
      }),
  },
  {
    id: 'claims/expired',
    title: 'The token has expired',
    severity: 'info',
    needs: ['token'],
    remediation: 'Nothing to do for a sample.',
    references: ['RFC 7519 §4.1.4'],
    applies: ({ token }) => token?.claims !== undefined,
    check: ({ token }, { now }) => (dateOf(token!, 'exp') < now ? [{ path: '/token/claims/exp' }] : []),
  },
];
