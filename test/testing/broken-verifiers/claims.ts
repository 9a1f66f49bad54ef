// Flaws in checking claims.

import { type Flaw, isString, reject, type Steps, type Trusted, type Untrusted } from './verifier.js';

function must(condition: unknown): void {
  if (!condition) reject();
}

type Check = (claims: Untrusted, trusted: Trusted) => boolean;

const dates =
  (check: Check): Flaw =>
  (_, trusted) => ({ checkDates: (claims) => must(check(claims, trusted)) });
const issuer =
  (check: Check): Flaw =>
  (_, trusted) => ({ checkIssuer: (claims) => must(check(claims, trusted)) });
const audience =
  (check: Check): Flaw =>
  (_, trusted) => ({ checkAudience: (claims) => must(check(claims, trusted)) });

/** Verifies the signature, and that is all it does. */
export const noDates: Flaw = dates(() => true);
export const noIssuer: Flaw = issuer(() => true);
export const noAudience: Flaw = audience(() => true);
export const noOtherClaims: Flaw = () => ({ checkOthers() {} });
export const noType: Flaw = () => ({ checkType() {} });

export const dateFlaws: readonly Flaw[] = [
  // A tolerance out of an unset variable: Number(undefined).
  dates(({ exp }, { now }) => !(typeof exp !== 'number' || exp + Number(undefined) <= now)),
  // Zero is no date, so there is none.
  dates(({ exp, nbf }, { now }) => !(exp && exp <= now) && !(nbf && nbf > now)),
  // Checks dates that are numbers, and only those.
  dates(({ exp, nbf }, { now }) => !(typeof exp === 'number' && exp <= now) && !(typeof nbf === 'number' && nbf > now)),
  // Leaves the types to JavaScript: NaN is neither before nor after anything.
  dates(({ exp, nbf }, { now }) => !(exp <= now) && !(nbf > now)),
  // Parses whatever it is.
  dates(({ exp, nbf }, { now }) => Number.parseInt(exp, 10) > now && !(Number.parseInt(nbf, 10) > now)),
  // Knows exp, and not nbf.
  dates(({ exp }, { now }) => typeof exp === 'number' && exp > now),
  // Infinity is later than now.
  dates(({ exp, nbf = 0 }, { now }) => exp > now && (nbf <= now || nbf === Infinity)),
  // Checks that exp and nbf are dates and not when they are, but for the past.
  dates(({ exp, nbf = 0 }, { now }) => typeof exp === 'number' && exp > now && typeof nbf === 'number' && nbf <= now),
];

export const issuerFlaws: readonly Flaw[] = [
  issuer(({ iss }, trusted) => !iss || iss === trusted.issuer),
  issuer(({ iss }, trusted) => String(iss).startsWith(trusted.issuer)),
  issuer(({ iss }, trusted) => trusted.issuer.startsWith(iss)),
  // PyJWT 2.10.0: `iss in expected`, which for a text means a part of it.
  issuer(({ iss }, trusted) => trusted.issuer.includes(iss)),
  issuer(({ iss }, trusted) => String(iss).includes(trusted.issuer)),
  issuer(({ iss }, trusted) => [iss].flat().includes(trusted.issuer)),
  issuer(({ iss }, trusted) => String(iss).toLowerCase() === trusted.issuer.toLowerCase()),
  issuer(({ iss }, trusted) => String(iss).trim() === trusted.issuer),
  issuer(({ iss }, trusted) => String(iss).replace(/\/$/, '') === trusted.issuer),
  issuer(({ iss }, trusted) => String(iss).split('\0', 1)[0] === trusted.issuer),
  issuer(({ iss }, trusted) => String(iss).normalize('NFKC') === trusted.issuer),
  issuer(({ iss }, trusted) => String(iss).replace(/\p{Cf}/gu, '') === trusted.issuer),
  issuer(({ iss }, trusted) => new URL(iss).origin === new URL(trusted.issuer).origin),
  // biome-ignore lint/suspicious/noDoubleEquals: the flaw itself.
  issuer(({ iss }, trusted) => iss == trusted.issuer),
  issuer(({ iss }, trusted) =>
    iss === true || typeof iss === 'object' ? trusted.issuer in Object(iss) || iss === true : iss === trusted.issuer,
  ),
  issuer(({ iss }, trusted) => typeof iss !== 'string' || iss === trusted.issuer),
];

const list = (aud: Untrusted): string[] => [aud].flat().map(String);

export const audienceFlaws: readonly Flaw[] = [
  audience(({ aud }, trusted) => !aud?.length || aud === trusted.audience),
  audience(({ aud }, trusted) => list(aud).every((name) => !name || name === trusted.audience)),
  audience(({ aud }, trusted) => list(aud).some((name) => name.startsWith(trusted.audience))),
  audience(({ aud }, trusted) => list(aud).some((name) => trusted.audience.startsWith(name))),
  audience(({ aud }, trusted) => list(aud).some((name) => trusted.audience.includes(name))),
  audience(({ aud }, trusted) => aud.includes(trusted.audience)),
  audience(({ aud }, trusted) => new RegExp(aud === '*' ? '.*' : aud).test(trusted.audience)),
  audience(({ aud }, trusted) => list(aud).some((name) => name.toLowerCase() === trusted.audience.toLowerCase())),
  audience(({ aud }, trusted) => list(aud).some((name) => name.trim() === trusted.audience)),
  audience(({ aud }, trusted) => list(aud).some((name) => name.replace(/\/$/, '') === trusted.audience)),
  audience(({ aud }, trusted) => list(aud).some((name) => name.split('\0', 1)[0] === trusted.audience)),
  audience(({ aud }, trusted) => list(aud).some((name) => name.normalize('NFKC') === trusted.audience)),
  audience(({ aud }, trusted) => aud === trusted.audience || trusted.audience in Object(aud)),
  audience(({ aud }, trusted) => Array.from(Object(aud)).includes(trusted.audience) || aud === trusted.audience),
  // biome-ignore lint/suspicious/noDoubleEquals: the flaw itself.
  audience(({ aud }, trusted) => aud == trusted.audience),
  audience(({ aud }, trusted) => (isString(aud) ? aud === trusted.audience : !Array.isArray(aud))),
  // A token for others is no concern of ours, as long as it is for somebody.
  audience(({ aud }) => list(aud).some((name) => /^[\w-]+$/.test(name))),
];

/** Reads crit, and understands anything. */
export const ignoresExtensions: Flaw = (right) => ({
  checkHeader: ({ crit: _c, b64: _b, zip: _z, ...header }) => right.checkHeader(header),
});

/** Asks whether it knows the extensions — a table that inherits more than it holds. */
export const inheritsExtensions: Flaw = (right) => ({
  checkHeader({ crit, ...header }) {
    const known: object = { b64: true };
    for (const name of crit ?? []) must(name in known);
    right.checkHeader(header);
  },
});

/** Checks the first extension. */
export const checksOneExtension: Flaw = (right) => ({
  checkHeader({ crit, b64, ...header }) {
    must(crit === undefined || crit[0] === 'b64');
    right.checkHeader(header);
  },
});

/** Header parameters may have any type. */
export const untypedHeader: Flaw = (right, { jwk }) => ({
  checkHeader: ({ kid: _k, typ: _t, cty: _c, ...header }) => right.checkHeader(header),
  checkType() {},
  findKey: () => jwk,
});

/** Checks each claim if it is there; of no object, none is. */
export const checksWhatIsThere: Flaw = (right): Partial<Steps> => {
  const ifThere = (name: string, check: (claims: Untrusted) => void) => (claims: Untrusted) => {
    if (claims?.[name] !== undefined) check(claims);
  };
  return {
    parse(bytes) {
      try {
        return JSON.parse(bytes.toString());
      } catch {
        return {};
      }
    },
    checkIssuer: ifThere('iss', right.checkIssuer),
    checkAudience: ifThere('aud', right.checkAudience),
    checkDates: ifThere('exp', right.checkDates),
    checkOthers() {},
  };
};

/** What cannot be read is empty, and what is empty breaks no rule. */
export const unreadableIsEmpty: Flaw = (right) => ({
  parse(bytes) {
    try {
      return right.parse(bytes);
    } catch {
      return {};
    }
  },
  checkHeader(header) {
    if (header.alg) right.checkHeader(header);
  },
  isSigned: (header, ...rest) => !header.alg || right.isSigned(header, ...rest),
  checkIssuer: (claims) => claims.iss && right.checkIssuer(claims),
  checkAudience: (claims) => claims.aud && right.checkAudience(claims),
  checkDates: (claims) => claims.exp && right.checkDates(claims),
});
