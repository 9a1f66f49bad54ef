// What a text is, for `audit`: declared by its own form, as the guide lists it. Roles of keys are the library's business.

import type { AuditSubject } from '../audit/subject.js';
import { decodeBase64 } from '../encoding/base64.js';
import { parseJsonObject } from '../encoding/json.js';
import { decodeUtf8 } from '../encoding/utf8.js';

/** Three or five segments, the first of them the Base64url of `{"`. */
const TOKEN = /^eyJ[\w-]+(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?$/;
/** Standard Base64 of `-----BEGIN `. */
const ENCODED_PEM = 'LS0tLS1CRUdJTi';

/** Whether a text has the form of a token. */
export function looksLikeToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The subject that a text is by its form: a token, a PEM, a JWK or a JWK Set. */
export function subjectByForm(text: string): AuditSubject | undefined {
  const trimmed = text.trim();
  if (looksLikeToken(trimmed)) return { token: trimmed };
  if (trimmed.startsWith('-----BEGIN ')) return { key: trimmed };
  if (trimmed.startsWith(ENCODED_PEM)) {
    const bytes = decodeBase64(trimmed);
    const pem = bytes && decodeUtf8(bytes);
    return pem === undefined ? undefined : { key: pem };
  }
  const json = trimmed.startsWith('{') ? parseJsonObject(trimmed) : undefined;
  if (!json) return undefined;
  if (Array.isArray(json.keys)) return { jwks: json };
  return typeof json.kty === 'string' ? { key: json } : undefined;
}

/** Words that make a name one of JWTs by itself, and words that do so for a secret. */
const ABOUT_JWT = /^(jwt|jwts|jws|jose|hs256|hs384|hs512|hmac)$/;
const ABOUT_TOKENS = /^(token|tokens|access|refresh|auth|nextauth|session|signing|sign|app)$/;
const OTHERS = /^(client|public|private|aws|oauth|api|stripe|slack|github|webhook|csrf|id|kid|path|file|url|uri)$/;
/** What may stand behind SECRET: which of several it is, or how it is written. */
const SUFFIX = /^(prod|production|dev|development|test|staging|local|old|new|previous|current|next|base64|hex|\d+)$/;

/** Whether a variable is, by its name, a secret that signs tokens: JWT_SECRET, accessTokenSecret, NEXT_PUBLIC_JWT_KEY. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.-]+/);
  while (words.length > 1 && SUFFIX.test(words.at(-1)!)) words.pop();
  const last = words.at(-1)!;
  if (words.some((word) => ABOUT_JWT.test(word))) {
    // NEXT_PUBLIC_ says who sees it, not what it is.
    const own = words[0] === 'next' && words[1] === 'public' ? words.slice(2) : words;
    return /^(secret|key|password|passphrase)$/.test(last) && !own.some((word) => OTHERS.test(word));
  }
  if (last === 'secret')
    return (
      words.length === 1 || (words.some((word) => ABOUT_TOKENS.test(word)) && !words.some((word) => OTHERS.test(word)))
    );
  return (
    last === 'key' && /^(secret|signing|sign)$/.test(words.at(-2) ?? '') && !words.some((word) => OTHERS.test(word))
  );
}

/** Whether a value stands for another one that is put in later. */
export function isReference(value: string): boolean {
  return /^\$(\w+|\{\w+\}|\{\{.*\}\}|\(.*\))$/.test(value) || /^(\{\{.*\}\}|<[^<>]*>)$/.test(value);
}
