// What stands round a secret: quotes, a name and `=`, a prefix, a JWK. And keys that are no secret.
import { SSH_PUBLIC_KEY } from '../encoding/key-material.js';
import { lexicon } from './lexicon.js';
import type { SecretEncoding } from './types.js';

export interface Wrapped {
  readonly inner: string;
  /** Where it begins. */
  readonly start: number;
  /** Bits of what is round it. */
  readonly bits: number;
}

// Each matches what stands before, and then the secret.
const QUOTED = /^(["'`<[]|\$?\{)(.+)["'`>\]}]$/s;
const NAMED =
  /^((?:export )?(?:[a-z]+[_.-])*(?:secret|key|token|password|passwd|pass|pwd|salt|jwt|auth)(?:[_.-][a-z]+)?\s?[=:]\s?)(.+)$/is;
// The search prices any other token after a prefix, but does not know a UUID.
const PREFIXED = /^((?:[a-z]{2,9}\d{0,2}[_.:/-]){1,3})([\da-f]{8}-[\da-f-]{27})$/i;

/** Takes one thing off from round the secret. */
export function unwrap(text: string): Wrapped | undefined {
  const trimmed = text.trim();
  if (trimmed !== text) return { inner: trimmed, start: text.indexOf(trimmed), bits: 3 };
  for (const [form, bits] of [
    [/^(?=\{.*"kty"\s*:\s*"oct")(.*"k"\s*:\s*")([\w-]+)"/s, 1],
    [QUOTED, 3],
    [lexicon().labelled, 4],
    [NAMED, 6],
    [PREFIXED, 24],
  ] as const) {
    const [, before = '', inner] = form.exec(text) ?? [];
    if (inner !== undefined) return { inner, start: before.length, bits };
  }
  return undefined;
}

/** Tells a key anyone may know: a PEM public key or certificate, an SSH public key, a public JWK (RFC 7517). */
export function publicKey(text: string): SecretEncoding | undefined {
  if (/^\s*\{(?!.*"d"\s*:).*"kty"\s*:\s*"(?!oct)/s.test(text)) return 'jwk';
  const pem = /^\s*-----BEGIN (?:[A-Z0-9 ]+ )?(?:PUBLIC KEY|CERTIFICATE)-----/;
  return pem.test(text) || SSH_PUBLIC_KEY.test(text) ? 'pem' : undefined;
}
