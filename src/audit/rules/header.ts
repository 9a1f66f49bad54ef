// What stands in the header of a token or draft (RFC 7515 §4.1, RFC 7516 §4.1).

import type { Facts } from '../facts/facts.js';
import type { KeyFacts } from '../facts/key.js';
import { own, type TokenFacts } from '../facts/token.js';
import type { FindingDraft, Rule } from '../rule.js';
import { isInjection } from './header-injection.js';
import { at, hasHeader, headerKeyRules, headersOf } from './header-keys.js';

const T_D = [['token', 'draft']] as const;
const T_V = [['token', 'verifier']] as const;

/** The kinds whose `typ` is defined: at+jwt, logout+jwt, dpop+jwt. */
const KINDS_WITH_TYPE: readonly string[] = ['access', 'logout', 'dpop'];

/** The key id, where it is usable; of a draft, the one that its key will bring. */
function kidOf(token: TokenFacts, { key }: Facts): string | undefined {
  const kid = own(token.header, 'kid') ?? (token.form === 'draft' ? key?.kid : undefined);
  return typeof kid === 'string' && kid !== '' ? kid : undefined;
}

/** The keys of the set with the token's key id. */
function keysOfKid(facts: Facts): KeyFacts[] {
  const kid = kidOf(facts.token!, facts);
  return facts.jwks!.keys.filter((key) => key.kid === kid);
}

function hasKidAndSet(facts: Facts): boolean {
  const { token, jwks } = facts;
  return token !== undefined && kidOf(token, facts) !== undefined && jwks?.problem === undefined;
}

/** RFC 7515 §4.1, RFC 7516 §4.1 and RFC 7518 §4: what a header's crit must not name. */
const REGISTERED = /^(alg|jku|jwk|kid|x5u|x5c|x5t(#S256)?|typ|cty|crit|enc|zip|epk|apu|apv|iv|tag|p2s|p2c)$/;

function isMalformedCrit(crit: unknown, header: object): boolean {
  return (
    !Array.isArray(crit) ||
    crit.length === 0 ||
    new Set(crit).size < crit.length ||
    crit.some((name) => typeof name !== 'string' || !Object.hasOwn(header, name) || REGISTERED.test(name))
  );
}

const isPbes2 = (alg: string | undefined): boolean => alg?.startsWith('PBES2-') === true;

/** Most iterations that a verifier should let a token ask for, and the least that slow down guessing. */
const MOST_ITERATIONS = 1_200_000;
const LEAST_ITERATIONS = 310_000;

/** The rules of the group `header/`. */
export const headerRules: readonly Rule[] = [
  {
    id: 'header/alg-missing',
    title: 'The header names no algorithm',
    severity: 'high',
    needs: T_D,
    remediation: 'Set alg to the name of the algorithm.',
    references: ['RFC 7515 §4.1.1'],
    applies: hasHeader,
    check: (facts) =>
      headersOf(facts)
        // A draft gets it from its key.
        .filter(
          ({ alg, form, header }) => !alg && !(form === 'draft' && facts.algorithm && own(header, 'alg') === undefined),
        )
        .map((token) => ({ path: at(token, 'alg') })),
  },
  {
    id: 'header/typ-missing',
    title: 'The header does not say what kind of token it is',
    severity: 'low',
    needs: T_D,
    remediation: 'Set typ, such as at+jwt for access tokens.',
    references: ['RFC 8725 §3.11', 'RFC 9068 §2.1', 'ASVS V9.2.2'],
    applies: hasHeader,
    check: (facts) =>
      headersOf(facts)
        .filter(({ typ }) => !typ)
        .map((token) => ({
          path: at(token, 'typ'),
          severity: KINDS_WITH_TYPE.includes(token.kind) ? 'medium' : 'low',
        })),
  },
  {
    id: 'header/typ-generic',
    title: 'typ is JWT although several kinds of token are issued',
    severity: 'low',
    needs: [['token', 'draft'], 'issuance'],
    remediation: 'Give each kind a typ of its own.',
    references: ['RFC 8725 §3.11', 'ASVS V9.2.2'],
    applies: (facts) => facts.issuance?.kinds !== undefined && hasHeader(facts),
    check: (facts) =>
      new Set(facts.issuance!.kinds).size < 2
        ? []
        : headersOf(facts)
            .filter(({ typ }) => typ === 'jwt')
            .map((token) => ({ path: at(token, 'typ') })),
  },
  {
    id: 'header/kid-missing',
    title: 'The header does not say which key signed the token',
    severity: 'medium',
    needs: [
      ['token', 'draft'],
      ['jwks', 'issuance'],
    ],
    remediation: 'Give keys an id and set kid.',
    references: ['RFC 7515 §4.1.4'],
    applies: (facts) => hasHeader(facts) && (!!facts.jwks?.keys.length || !!facts.issuance?.keyRotation),
    check: (facts) => {
      const signing = facts.jwks?.keys.filter(({ jwk }) => own(jwk, 'use') !== 'enc') ?? [];
      const severity = signing.length > 1 || facts.issuance?.keyRotation ? 'medium' : 'info';
      return (
        headersOf(facts)
          // The key of a DPoP proof is in its header.
          .filter((token) => token.kind !== 'dpop' && kidOf(token, facts) === undefined)
          .map((token) => ({ path: at(token, 'kid'), severity }))
      );
    },
  },
  {
    id: 'header/kid-unresolved',
    title: 'No key of the set has the id in the header',
    severity: 'medium',
    needs: ['token', 'jwks'],
    remediation: 'Publish the key before signing with it.',
    references: ['RFC 7515 §4.1.4', 'RFC 7517 §4.5'],
    applies: hasKidAndSet,
    check: (facts) => (keysOfKid(facts).length > 0 ? [] : [{ path: '/token/header/kid' }]),
  },
  {
    id: 'header/kid-ambiguous',
    title: 'Several keys of the set have the id in the header',
    severity: 'high',
    needs: ['token', 'jwks'],
    remediation: 'Give every key an id of its own.',
    references: ['RFC 7517 §4.5'],
    rootCause: 'jwks/duplicate-kid',
    applies: hasKidAndSet,
    check(facts) {
      const uses = keysOfKid(facts).map(({ type, jwk }) => {
        const use = own(jwk, 'use');
        return `${type} ${typeof use === 'string' ? use : ''}`;
      });
      return new Set(uses).size < uses.length ? [{ path: '/token/header/kid' }] : [];
    },
  },
  {
    id: 'header/kid-injection',
    title: 'kid looks like an injection into a path, SQL, shell or LDAP',
    severity: 'high',
    confidence: 'likely',
    needs: ['token'],
    remediation: 'Look kid up in a map of known keys only.',
    references: ['RFC 8725 §3.10', 'CWE-22', 'CWE-78', 'CWE-89', 'CWE-90'],
    applies: ({ token }) => own(token?.header, 'kid') !== undefined,
    check({ token }) {
      const kid = own(token!.header, 'kid');
      return typeof kid === 'string' && isInjection(kid) ? [{ path: '/token/header/kid' }] : [];
    },
  },
  ...headerKeyRules,
  {
    id: 'header/crit-invalid',
    title: 'crit is malformed or names what the verifier does not support',
    severity: 'high',
    needs: T_D,
    remediation: 'Leave out crit.',
    references: ['RFC 7515 §4.1.11'],
    rootCause: 'critical-header',
    applies: hasHeader,
    check: (facts) =>
      headersOf(facts)
        .filter(({ header }) => {
          const crit = own(header, 'crit');
          return crit !== undefined && (facts.verifiers.length > 0 || isMalformedCrit(crit, header!));
        })
        .map((token) => ({ path: at(token, 'crit') })),
  },
  {
    id: 'header/b64-in-jwt',
    title: 'b64 is used in a JWT, or without crit',
    severity: 'high',
    needs: T_D,
    remediation: 'Leave out b64.',
    references: ['RFC 7797 §6', 'RFC 7797 §7'],
    // crit must name b64, which no verifier of JWTs supports.
    rootCause: 'critical-header',
    applies: hasHeader,
    check: (facts) =>
      headersOf(facts)
        .filter(({ header }) => {
          const b64 = own(header, 'b64');
          const crit = own(header, 'crit');
          return b64 === false || (b64 !== undefined && !(Array.isArray(crit) && crit.includes('b64')));
        })
        .map((token) => ({ path: at(token, 'b64') })),
  },
  {
    id: 'header/zip-present',
    title: 'The encrypted payload is compressed',
    severity: 'medium',
    needs: ['token'],
    remediation: 'Do not compress before encrypting.',
    references: ['RFC 8725 §3.6', 'CWE-409'],
    applies: ({ token }) => token?.form === 'jwe' && token.header !== undefined,
    check: ({ token, verifiers }) =>
      own(token!.header, 'zip') === undefined
        ? []
        : [
            {
              path: '/token/header/zip',
              severity: verifiers.some(({ maxTokenLength }) => maxTokenLength === undefined) ? 'high' : 'medium',
            },
          ],
  },
  {
    id: 'header/pbes2-iterations',
    title: 'The token sets how long its decryption takes',
    severity: 'high',
    basis: 'policy',
    needs: T_V,
    remediation: 'Refuse PBES2, or cap p2c at 1200000.',
    references: ['RFC 7518 §4.8.1.2', 'CWE-400'],
    applies: ({ token, verifiers }) =>
      isPbes2(token?.alg) || verifiers.some(({ algorithms }) => algorithms?.some(isPbes2)),
    check({ token, verifiers }) {
      const count = isPbes2(token?.alg) ? own(token!.header, 'p2c') : undefined;
      const found: FindingDraft[] = verifiers.flatMap(({ path, algorithms = [] }) =>
        // A description cannot speak of a cap: what is not configured is not there.
        algorithms.flatMap((name, i) =>
          isPbes2(name) ? [{ path: `${path}/algorithms/${i}`, confidence: 'possible' as const }] : [],
        ),
      );
      if (typeof count !== 'number') return found;
      if (count > MOST_ITERATIONS) found.push({ path: '/token/header/p2c' });
      if (count < LEAST_ITERATIONS)
        found.push({
          path: '/token/header/p2c',
          severity: 'low',
          message: 'The password is stretched too little',
          remediation: 'Set p2c to 310000 or more.',
        });
      return found;
    },
  },
];
