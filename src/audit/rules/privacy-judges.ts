// How privacy rules judge a member of the claims. Loaded when a token is audited, as it is the heavier half.

import { isObject } from '../../encoding/json.js';
import { PRIVATE_MEMBERS } from '../facts/key.js';
import { own } from '../facts/token.js';
import type { Severity } from '../finding.js';
import type { FindingDraft } from '../rule.js';
import { isToken } from './nested-token.js';
import { type Member, textOf } from './privacy-members.js';
import { isCardNumber, isGovernmentId } from './privacy-numbers.js';

/** The rules that are judged here, without their group. */
export type JudgeName =
  | 'password-claim'
  | 'credential-value'
  | 'payment-data'
  | 'government-id'
  | 'health-data'
  | `pii-${'email' | 'phone' | 'name' | 'address' | 'birthdate'}`;

type Judge = (member: Member) => Partial<FindingDraft> | boolean;

/** Also of `sub`. */
export const EMAIL: RegExp = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

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

/** A judge of personal data: the name and the format of the value must both fit. */
function personal(name: RegExp, format: RegExp, onlyOfPeople: RegExp = /^$/): Judge {
  return (member) =>
    name.test(member.name) &&
    format.test(textOf(member.value)) &&
    (!onlyOfPeople.test(member.name) || PERSON.test(member.parent)) && { severity: severityOf(member) };
}

/** The judges by the name of their rule. */
export const JUDGES: Readonly<Record<JudgeName, Judge>> = {
  'password-claim': ({ name, value }) => {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text.length < 1024 && PASSWORD_HASH.test(text)) return true;
    if (text === '' || ABOUT_PASSWORD.test(name) || NO_PASSWORD.test(text)) return false;
    return PASSWORD_NAME.test(name) || (SECRET_NAME.test(name) && { confidence: 'likely' });
  },
  'credential-value': ({ value }) => {
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
  'payment-data': ({ name, value }) => {
    const text = textOf(value);
    if (/^(card)?(cvv2?|cvc2?)$/.test(name)) return /^\d{3,4}$/.test(text) && { confidence: 'confirmed' };
    if (!isCardNumber(text)) return false;
    if (CARD_NAME.test(name)) return { confidence: 'confirmed' };
    return !ID_NAME.test(name) || /\D/.test(text);
  },
  'government-id': ({ name, value }) => isGovernmentId(name, textOf(value)),
  'health-data': ({ name, value }) =>
    /^(diagnos[ie]s|icd(9|10|11)?(codes?)?|mrn|medicalrecord(number)?|medicalhistory|medications?|prescriptions?|allerg(y|ies)|bloodtype|healthconditions?)$/.test(
      name,
    ) &&
    (textOf(value) !== '' || (isObject(value) && Object.keys(value).length > 0)),
  'pii-email': personal(/(mail|mailaddress|upn|username|uniquename)$/, EMAIL),
  'pii-phone': personal(
    /^(.*phone(number)?|mobile(number)?|msisdn|tel|cell)$/,
    /^\+?(?=(\D*\d){7,15}\D*$)[\d\s()./-]{7,24}$/,
  ),
  'pii-name': personal(
    /^(given|family|first|middle|last|full|legal|sur)name$|^name$/,
    /^\p{L}[\p{L}\p{M}'’.-]*( \p{L}[\p{L}\p{M}'’.-]*)*$/u,
    /^name$/,
  ),
  'pii-address': personal(
    /^(street|streetaddress|addressline\d?|formatted|(home|postal|billing|shipping|mailing)?address)$/,
    /^(?=.*\p{L})(?=.*\d)(?=.*\s)(?!.*(@|:\/\/))/su,
    /^(address|formatted|street)$/,
  ),
  'pii-birthdate': personal(/^(birth(date|day)|dateofbirth|dob)$/, /^(\d{4}(-\d\d-\d\d)?|\d\d?[./-]\d\d?[./-]\d{4})$/),
};
