import { JwtConfigError } from '../errors.js';
import type { Clock } from '../jwt/clock.js';
import type { AuditContext } from './context.js';
import { AUDIT_PROFILES, type AuditProfile } from './profile.js';
import { defineRule, type Rule } from './rule.js';
import { flag, isDate, listOf, members, oneOf, type Shape, text, texts } from './shape.js';
import { TOKEN_KINDS, type TokenKind } from './subject.js';

/** A finding that has been looked at and accepted for a time. It stays in the report and marks the grade. */
export interface Suppression {
  readonly ruleId: string;
  /** Only findings at this path or below it; all of the rule without it. */
  readonly path?: string;
  /** Why. It is repeated in the report. */
  readonly reason: string;
  /** The last day it holds, `2027-03-31` (UTC). */
  readonly expires: string;
}

/** How to audit. */
export interface AuditOptions {
  /** What to measure against; `default` without it. */
  readonly profile?: AuditProfile;
  /** The time to judge by: milliseconds since 1970, a Date or a clock; `Date.now` by default. */
  readonly now?: number | Date | Clock;
  /** The kind of the token and the draft, where it is known. */
  readonly kind?: TokenKind;
  /** Further secrets to try on the token. */
  readonly wordlist?: readonly string[];
  /** Instead of the catalogue: `[...rules, mine]` adds to it. */
  readonly rules?: readonly Rule[];
  readonly suppressions?: readonly Suppression[];
  readonly context?: AuditContext;
  /** Stops the trying of secrets: an `AbortSignal`. */
  readonly signal?: { readonly aborted: boolean };
}

const day: Shape = (value, name) => {
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) : Number.NaN;
  // 2027-02-30 is read as a day of March by some runtimes.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value)
    throw new JwtConfigError(`${name} must be a day such as '2027-03-31'`);
  return value;
};
const instant: Shape = (value, name) => {
  const isInstant = typeof value === 'function' || isDate(value) || typeof value === 'number';
  if (!isInstant) throw new JwtConfigError(`${name} must be milliseconds since 1970, a Date or a clock`);
  return value;
};
const anySignal: Shape = (value, name) => {
  if (typeof (value as AuditOptions['signal'] | null)?.aborted !== 'boolean')
    throw new JwtConfigError(`${name} must be an AbortSignal`);
  return value;
};
const ruleList: Shape = (value, name) => {
  const list = listOf((rule) => defineRule(rule as Rule))(value, name) as Rule[];
  if (new Set(list.map(({ id }) => id)).size !== list.length) throw new JwtConfigError('two rules have the same id');
  return list;
};

const optionsShape = /* @__PURE__ */ members({
  profile: /* @__PURE__ */ oneOf(...AUDIT_PROFILES),
  now: instant,
  kind: /* @__PURE__ */ oneOf(...TOKEN_KINDS),
  wordlist: texts,
  rules: ruleList,
  suppressions: /* @__PURE__ */ listOf((value, name) => {
    const own = members({ ruleId: text, path: text, reason: text, expires: day })(value, name);
    const { ruleId, reason, expires } = own as Partial<Suppression>;
    if (!ruleId || !reason || !expires) throw new JwtConfigError(`${name} needs ruleId, reason and expires`);
    return own;
  }),
  context: /* @__PURE__ */ members({
    singleAudience: flag,
    externalVerifier: flag,
    nonceSent: flag,
    x5cAnchored: flag,
  }),
  signal: anySignal,
});

/**
 * Checks audit's options.
 *
 * @returns a copy whose members are its own.
 * @throws JwtConfigError naming the option that is unknown, `undefined` or not what it should be.
 */
export function checkAuditOptions(options: unknown): AuditOptions {
  return optionsShape(options, 'options') as AuditOptions;
}

/** Later times have no ISO 8601 text of four-digit years. */
const YEAR_10000 = 253_402_300_800;

/** The time to judge by, in whole seconds. */
export function nowInSeconds(now: AuditOptions['now']): number {
  const milliseconds = typeof now === 'function' ? now() : isDate(now) ? now.getTime() : (now ?? Date.now());
  const seconds = Math.floor(milliseconds / 1000);
  if (!(seconds >= 0 && seconds < YEAR_10000)) throw new JwtConfigError('now must be milliseconds since 1970');
  return seconds;
}
