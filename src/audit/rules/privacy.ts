// What everybody can read who gets hold of a signed token: Base64url hides nothing.

import { isObject } from '../../encoding/json.js';
import { encodeUtf8 } from '../../encoding/utf8.js';
import { PRIVATE_MEMBERS } from '../facts/key.js';
import { own } from '../facts/token.js';
import type { Severity } from '../finding.js';
import type { FindingDraft, Rule, RuleContext } from '../rule.js';
import { claimSetsOf, hasClaims, T_D } from './claims-time.js';
import { isToken } from './nested-token.js';
import { type Member, membersOf, textOf } from './privacy-members.js';
import { isCardNumber, isGovernmentId } from './privacy-numbers.js';

type Verdict = Partial<FindingDraft> | boolean;

/** A rule about every member of the claims, at any depth. */
function about(
  rule: Omit<Rule, 'needs' | 'applies' | 'check'>,
  judge: (member: Member, context: RuleContext) => Verdict,
): Rule {
  return {
    ...rule,
    needs: T_D,
    applies: hasClaims,
    check: (facts, context) =>
      membersOf(facts).flatMap((member) => {
        const verdict = judge(member, context);
        return verdict ? [{ path: member.path, ...(verdict === true ? {} : verdict) }] : [];
      }),
  };
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Hashes of passwords: bcrypt, the PHC string format, crypt(3), Django, LDAP. */
const PASSWORD_HASH =
  /^(\$(2[abxy]?|argon2(i|d|id)|s?crypt|pbkdf2(-sha\d+)?|[156y])\$[^\s$][^\s]{15,}|pbkdf2_sha\d+\$\d+\$.{16,}|\{S?SHA\d*\}.{16,})$/;
const PASSWORD_NAME = /(password|passwd|passphrase|pwd)$/;
/** Names that a secret or one-time password may have, and other things too. */
const SECRET_NAME = /(secret|passcode|otp|secretkey)$/;
/** `hasPassword`, `mustChangePassword`: what is said of a password is none. */
const ABOUT_PASSWORD = /^(has(?!h)|is(?!s)|needs|must|requires?|no|reset|change|forgot|last)/;
/** Hidden, or said in a word. */
const NO_PASSWORD = /^([*•.x]+|true|false|yes|no|null|none|enabled|disabled|sms|totp|hotp|email)$/i;

/** Keys of well-known services by their fixed prefixes. */
const API_KEY =
  /^(A[KS]IA[A-Z\d]{16}|gh[oprsu]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|[rs]k_(live|test)_\w{16,}|AIza[\w-]{35}|npm_\w{36}|SG\.[\w-]{16,}\.[\w-]{16,}|sk-(ant|proj)-[\w-]{20,}|hv[sb]\.[\w-]{20,})$/;

function isPrivateKey(value: unknown): boolean {
  if (typeof value === 'string') return /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(value);
  const members = own(value, 'kty') === 'oct' ? ['k'] : PRIVATE_MEMBERS;
  return typeof own(value, 'kty') === 'string' && members.some((name) => own(value, name) !== undefined);
}

/** Names that end so are ids: one in ten of them passes Luhn. */
const ID_NAME = /(id|sub|jti|uid|nonce|ref|sid|number|no|code|serial)$/;
const CARD_NAME = /card|^c?pan$|^cc(n|number)?$/;

/** Objects that are people. What has a name elsewhere may be a product. */
const PERSON = /^(|user|userinfo|profile|person(al)?|customer|patient|owner|contact|employee|member|address)$/;

function severityOf({ token }: Member): Severity {
  return token.kind === 'access' ? 'medium' : token.kind === 'id' ? 'info' : 'low';
}

/** A rule about personal data: the name and the format of the value must both fit. */
function personal(id: string, what: string, name: RegExp, format: RegExp, onlyOfPeople: RegExp = /^$/): Rule {
  return about(
    {
      id: `privacy/pii-${id}`,
      title: `The token shows ${what}`,
      severity: 'medium',
      confidence: 'likely',
      remediation: 'Leave it out, or serve it from userinfo.',
      references: ['ASVS V14.2.6', 'CWE-359'],
    },
    (member) =>
      name.test(member.name) &&
      format.test(textOf(member.value)) &&
      (!onlyOfPeople.test(member.name) || PERSON.test(member.parent)) && { severity: severityOf(member) },
  );
}

function bytesOf(text: string): number {
  return encodeUtf8(text)?.length ?? text.length * 3;
}

/** The size of a payload in bytes; of a draft as JSON, where it can be written. */
function sizeOf(claims: unknown): number {
  try {
    return bytesOf(JSON.stringify(claims));
  } catch {
    return 0;
  }
}

/** The rules of the group `privacy/`. */
export const privacyRules: readonly Rule[] = [
  about(
    {
      id: 'privacy/password-claim',
      title: 'A claim holds a password or the hash of one',
      severity: 'critical',
      remediation: 'Remove the claim; change the password.',
      references: ['ASVS V14.1.1', 'CWE-522'],
    },
    ({ name, value }) => {
      const text = typeof value === 'string' ? value.trim() : '';
      if (text.length < 1024 && PASSWORD_HASH.test(text)) return true;
      if (text === '' || ABOUT_PASSWORD.test(name) || NO_PASSWORD.test(text)) return false;
      return PASSWORD_NAME.test(name) || (SECRET_NAME.test(name) && { confidence: 'likely' });
    },
  ),
  about(
    {
      id: 'privacy/credential-value',
      title: 'A claim holds a private key or an API key',
      severity: 'critical',
      remediation: 'Remove the claim; revoke the credential.',
      references: ['CWE-522'],
    },
    ({ value }) => {
      if (isPrivateKey(value) || API_KEY.test(textOf(value))) return true;
      return (
        typeof value === 'string' &&
        isToken(value) && {
          severity: 'medium',
          message: 'A claim holds another token',
          remediation: 'Remove the claim.',
        }
      );
    },
  ),
  about(
    {
      id: 'privacy/payment-data',
      title: 'A claim holds the number of a payment card',
      severity: 'critical',
      confidence: 'likely',
      remediation: 'Remove the claim; use a reference.',
      references: ['PCI DSS 4.0.1 §3.3', 'CWE-359'],
    },
    ({ name, value }) => {
      const text = textOf(value);
      if (/^(card)?(cvv2?|cvc2?)$/.test(name)) return /^\d{3,4}$/.test(text) && { confidence: 'confirmed' };
      if (!isCardNumber(text)) return false;
      if (CARD_NAME.test(name)) return { confidence: 'confirmed' };
      return !ID_NAME.test(name) || /\D/.test(text);
    },
  ),
  about(
    {
      id: 'privacy/government-id',
      title: 'A claim holds an official number of a person',
      severity: 'high',
      remediation: 'Remove the claim; use an id of your own.',
      references: ['ASVS V14.2.6', 'CWE-359'],
    },
    ({ name, value }) => isGovernmentId(name, textOf(value)),
  ),
  about(
    {
      id: 'privacy/health-data',
      title: 'A claim is about the health of a person',
      severity: 'medium',
      severityIn: { hipaa: 'high' },
      confidence: 'likely',
      remediation: 'Remove the claim, or encrypt the token.',
      references: ['45 CFR 164.312(a)(2)(iv)', 'CWE-359'],
    },
    ({ name, value }) =>
      /^(diagnos[ie]s|icd(9|10|11)?(codes?)?|mrn|medicalrecord(number)?|medicalhistory|medications?|prescriptions?|allerg(y|ies)|bloodtype|healthconditions?)$/.test(
        name,
      ) &&
      (textOf(value) !== '' || (isObject(value) && Object.keys(value).length > 0)),
  ),
  personal('email', 'an e-mail address', /(mail|mailaddress|upn|username|uniquename)$/, EMAIL),
  personal(
    'phone',
    'a telephone number',
    /^(.*phone(number)?|mobile(number)?|msisdn|tel|cell)$/,
    /^\+?(?=(\D*\d){7,15}\D*$)[\d\s()./-]{7,24}$/,
  ),
  personal(
    'name',
    "a person's name",
    /^(given|family|first|middle|last|full|legal|sur)name$|^name$/,
    /^\p{L}[\p{L}\p{M}'’.-]*( \p{L}[\p{L}\p{M}'’.-]*)*$/u,
    /^name$/,
  ),
  personal(
    'address',
    'a postal address',
    /^(street|streetaddress|addressline\d?|formatted|(home|postal|billing|shipping|mailing)?address)$/,
    /^(?=.*\p{L})(?=.*\d)(?=.*\s)(?!.*(@|:\/\/))/su,
    /^(address|formatted|street)$/,
  ),
  personal(
    'birthdate',
    'a date of birth',
    /^(birth(date|day)|dateofbirth|dob)$/,
    /^(\d{4}(-\d\d-\d\d)?|\d\d?[./-]\d\d?[./-]\d{4})$/,
  ),
  {
    id: 'privacy/sub-is-email',
    title: 'sub is an e-mail address, which can pass to somebody else',
    severity: 'medium',
    needs: T_D,
    remediation: 'Use an id that never changes.',
    references: ['ASVS V10.3.3', 'RFC 7519 §4.1.2'],
    applies: hasClaims,
    check: (facts) =>
      claimSetsOf(facts)
        .filter(({ claims }) => EMAIL.test(textOf(own(claims, 'sub'))))
        .map(({ path }) => ({ path: `${path}/claims/sub` })),
  },
  {
    id: 'privacy/oversize',
    title: 'The payload is large',
    severity: 'low',
    basis: 'policy',
    needs: T_D,
    remediation: 'Keep data behind an id.',
    references: ['ASVS V14.2.6'],
    applies: hasClaims,
    check: (facts, { thresholds }) => [
      ...claimSetsOf(facts)
        .filter(({ segments, claims }) => (segments[1]?.bytes?.length ?? sizeOf(claims)) > thresholds.payloadBytes)
        .map(({ path }) => ({ path: `${path}/claims` })),
      ...membersOf(facts)
        .filter(({ value }) => typeof value === 'string' && bytesOf(value) > thresholds.stringBytes)
        .map(({ path }) => ({ path, message: 'A claim is long' })),
    ],
  },
];
