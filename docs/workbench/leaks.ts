// What a token tells whoever gets hold of it, in sentences.

import { lengthText, relativeText } from './time-text.js';

type Members = Readonly<Record<string, unknown>>;

/** Claims that are about a person wherever they occur (OIDC Core §5.1). */
const PERSONAL = [
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'email',
  'phone_number',
  'birthdate',
  'address',
  'picture',
  'gender',
  'locale',
];

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** What an attacker learns from header and claims, at a time in seconds. */
export function leaksOf(header: Members, claims: Members, now: number): string[] {
  const { alg, kid } = header;
  const { exp, iat, sub, aud, scope } = claims;
  const personal = PERSONAL.filter((name) => Object.hasOwn(claims, name));
  return [
    ...expirySentence(exp, now),
    ...(isNumber(exp) && isNumber(iat) && exp > iat ? [`Tokens of this kind live ${lengthText(exp - iat)}.`] : []),
    typeof alg === 'string' && alg.startsWith('HS')
      ? `${alg} can be guessed offline: with this token alone, secrets can be tried by the billion.`
      : 'The signature gives nothing to guess at: forging one needs the private key.',
    ...(kid === undefined ? [] : ['kid tells tokens of one key from those of another, and when keys rotate.']),
    ...(sub === undefined ? [] : ['sub follows one user through every log this token ends up in.']),
    ...(aud === undefined ? ['There is no aud: it may be accepted by any service of this issuer.'] : []),
    ...(scope === undefined ? [] : ['scope says what it is good for, so which tokens are worth stealing.']),
    ...(personal.length > 0 ? [`Readable by anybody: ${personal.join(', ')}.`] : []),
  ];
}

function expirySentence(exp: unknown, now: number): string[] {
  if (exp === undefined) return ['There is no exp: stolen once, it is good for ever.'];
  if (!isNumber(exp)) return ['exp is no number: what a verifier makes of it is anybody’s guess.'];
  if (exp <= now) return [`It expired ${relativeText(exp, now)}: useless where expiry is checked.`];
  return [`Stolen now, it is good for another ${lengthText(exp - now)}.`];
}
