// Where a client keeps a token and how it sends it.

import { parseDuration } from '../../encoding/duration.js';
import type { Facts } from '../facts/facts.js';
import { lifetimeOf, own } from '../facts/token.js';
import type { FindingDraft, Rule, RuleContext } from '../rule.js';
import type { AuditInput, StorageChoice } from '../subject.js';

type Cookie = NonNullable<StorageChoice['cookie']>;
type Judgement = Partial<FindingDraft> | false | undefined;

const DAY = 86_400;
/** RFC 6265bis §5.6: browsers ignore cookies whose name and value are longer. */
const LONGEST_COOKIE = 4096;

/** A rule about a member of the storage choice, asked where it is said. */
function about<K extends keyof StorageChoice>(
  member: K,
  judge: (value: NonNullable<StorageChoice[K]>, facts: Facts, context: RuleContext) => Judgement,
): Pick<Rule, 'needs' | 'applies' | 'check'> {
  return {
    needs: ['storage'],
    applies: ({ storage }) => storage?.[member] !== undefined,
    check(facts, context) {
      const found = judge(facts.storage![member]!, facts, context);
      return found ? [{ path: `/storage/${member}`, ...found }] : [];
    },
  };
}

/** A rule about a cookie that is described: what is left out there is not set. */
function aboutCookie(
  judge: (cookie: Cookie, facts: Facts, context: RuleContext) => Judgement,
  ...more: readonly AuditInput[]
): Pick<Rule, 'needs' | 'applies' | 'check'> {
  const rule = about('cookie', judge);
  return {
    ...rule,
    needs: [...rule.needs, ...more],
    applies: (facts, context) => {
      const { where = 'cookie' } = facts.storage!;
      return where === 'cookie' && rule.applies!(facts, context);
    },
  };
}

/** How long the cookie's token lives; what is left of it where nothing says when it began. */
function tokenLife({ token }: Facts, now: number): number | undefined {
  const exp = own(token?.claims, 'exp');
  return token && (lifetimeOf(token) ?? (typeof exp === 'number' ? exp - now : undefined));
}

/** Whether a page's scripts can read the token. */
function isScriptReadable({ where, cookie }: StorageChoice): boolean {
  return where === 'localStorage' || where === 'sessionStorage' || (cookie !== undefined && !cookie.httpOnly);
}

/** Whether policies let inline scripts run, or say nothing about scripts at all. Where there are several, all must. */
function allowsInline(policies: string): boolean {
  return policies.toLowerCase().split(',').every(isOpen);
}

/** CSP Level 3 §6.7.3.2, for script elements and for attributes. */
function isOpen(policy: string): boolean {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const sourcesOf = (...names: readonly string[]) =>
    names.map((name) => directives.find(([first]) => first === name)).find((sources) => sources !== undefined);
  return ['script-src-elem', 'script-src-attr'].some((name) => {
    const sources = sourcesOf(name, 'script-src', 'default-src');
    // Nonces, hashes and 'strict-dynamic' switch 'unsafe-inline' off; it is there for old browsers then.
    return (
      !sources ||
      (sources.includes("'unsafe-inline'") &&
        !sources.some((source) => /^'(nonce|sha\d+)-/.test(source) || source === "'strict-dynamic'"))
    );
  });
}

/** An http origin other than a developer's own machine. */
function isPlainHttp(origin: string): boolean {
  const host = /^http:\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(origin.trim())?.[1];
  return host !== undefined && !/^(([^/]+\.)?localhost|127(\.\d+){3}|\[::1\])$/i.test(host);
}

/** The rules of the group `storage/`. */
export const storageRules: readonly Rule[] = [
  {
    id: 'storage/localstorage',
    title: 'The token is kept where every script of the page can read it',
    severity: 'medium',
    remediation: 'Keep it in an HttpOnly cookie or in memory.',
    references: ['CWE-922'],
    ...about('where', (where, { token }) =>
      where === 'localStorage'
        ? { severity: token?.kind === 'refresh' ? 'high' : 'medium' }
        : where === 'sessionStorage' && { severity: 'low' },
    ),
  },
  {
    id: 'storage/cookie-no-httponly',
    title: 'Scripts can read the cookie',
    severity: 'high',
    remediation: 'Set HttpOnly.',
    references: ['ASVS V3.3.4', 'CWE-1004'],
    ...aboutCookie(({ httpOnly }) => !httpOnly && {}),
  },
  {
    id: 'storage/cookie-no-secure',
    title: 'The cookie is sent over plain HTTP',
    severity: 'high',
    remediation: 'Set Secure.',
    references: ['ASVS V3.3.1', 'CWE-614'],
    ...aboutCookie(({ secure }) => !secure && {}),
  },
  {
    id: 'storage/cookie-samesite',
    title: 'Other sites can have the cookie sent',
    severity: 'medium',
    remediation: 'Set SameSite to Lax or Strict.',
    references: ['ASVS V3.3.2', 'CWE-1275'],
    ...aboutCookie(({ sameSite }, { storage }) => {
      if (sameSite === undefined) return { message: 'The cookie has no SameSite' };
      if (sameSite.toLowerCase() !== 'none' || storage!.csrfDefence) return false;
      return { severity: 'high', confidence: storage!.csrfDefence === false ? 'confirmed' : 'likely' };
    }),
  },
  {
    id: 'storage/cookie-prefix',
    title: 'The name of the cookie has no __Host- or __Secure- prefix',
    severity: 'low',
    remediation: 'Name it __Host-….',
    references: ['ASVS V3.3.3'],
    ...aboutCookie(({ name }) => name !== undefined && !/^__(Host|Secure)-/.test(name) && {}),
  },
  {
    id: 'storage/cookie-too-large',
    title: 'The cookie is too long for browsers',
    severity: 'medium',
    remediation: 'Keep name and token below 4096 bytes together.',
    references: ['ASVS V3.3.5'],
    ...aboutCookie(
      ({ name = '' }, { token }) => token !== undefined && name.length + token.length > LONGEST_COOKIE && {},
      'token',
    ),
  },
  {
    id: 'storage/cookie-broad-domain',
    title: 'The cookie is sent to every host of a domain',
    severity: 'low',
    remediation: 'Leave out Domain.',
    references: ['ASVS V3.3.3'],
    ...aboutCookie(({ domain }) => domain !== undefined && {}),
  },
  {
    id: 'storage/cookie-outlives-token',
    title: 'The cookie lives more than a day longer than its token',
    severity: 'info',
    basis: 'policy',
    remediation: "Set Max-Age to the token's life.",
    references: [],
    ...aboutCookie(({ maxAge }, facts, { now }) => {
      const life = tokenLife(facts, now);
      return maxAge !== undefined && life !== undefined && parseDuration(maxAge, 'maxAge') > life + DAY && {};
    }, 'token'),
  },
  {
    id: 'storage/url-transport',
    title: 'The token is sent in a URL',
    severity: 'high',
    remediation: 'Send it in the Authorization header.',
    references: ['ASVS V14.2.1', 'CWE-598', 'RFC 9700 §4.3.2'],
    ...about('where', (where) => where === 'url' && {}),
  },
  {
    id: 'storage/plain-http',
    title: 'The token is sent over plain HTTP',
    severity: 'high',
    remediation: 'Use https.',
    references: ['ASVS V12.2.1', 'CWE-319'],
    ...about('origin', (origin) => isPlainHttp(origin) && {}),
  },
  {
    id: 'storage/no-csp',
    title: 'Nothing keeps foreign scripts from the token',
    severity: 'medium',
    needs: ['storage'],
    remediation: 'Set a Content-Security-Policy without unsafe-inline.',
    references: ['ASVS V3.4.3', 'CWE-79'],
    applies: ({ storage }) => storage?.contentSecurityPolicy !== undefined && isScriptReadable(storage),
    check({ storage }) {
      const policy = storage!.contentSecurityPolicy as string | false;
      return policy === false || allowsInline(policy) ? [{ path: '/storage/contentSecurityPolicy' }] : [];
    },
  },
  {
    id: 'storage/logged',
    title: 'Tokens are written to logs',
    severity: 'high',
    remediation: 'Redact tokens before logging.',
    references: ['ASVS V16.2.5', 'CWE-532'],
    ...about('logged', (logged) => logged && {}),
  },
  {
    id: 'storage/cached',
    title: 'Responses with tokens may be cached',
    severity: 'low',
    remediation: 'Send Cache-Control: no-store.',
    references: ['ASVS V14.3.2', 'CWE-525'],
    ...about('cacheControl', (value) => !/(^|[\s,])no-store([\s,;]|$)/i.test(value) && {}),
  },
];
