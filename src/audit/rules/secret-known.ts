// Published secrets: looked up by fingerprint, and tried on the token.

import { encodeUtf8 } from '../../encoding/utf8.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import { algorithmFamily } from '../facts/algorithm.js';
import type { TokenFacts } from '../facts/token.js';
import type { Rule, RuleContext } from '../rule.js';

/** Secrets tried at the same time: between batches the caller can stop it. */
const BATCH = 64;

/** Whether a secret of the list signs what the token says. */
async function signs(secret: string, { alg, text, signature }: TokenFacts): Promise<boolean> {
  const bytes = encodeUtf8(secret);
  // No lone surrogate was ever a key.
  if (!bytes) return false;
  const { parameters } = ALGORITHMS[alg as HmacAlgorithm];
  // HMAC pads keys with zeros, so that a zero byte is the empty key, which WebCrypto refuses (RFC 2104 §2).
  const key = await crypto.subtle.importKey(
    'raw',
    bytes.length === 0 ? new Uint8Array(1) : bytes,
    parameters as HmacImportParams,
    false,
    ['verify'],
  );
  const signed = encodeUtf8(text.slice(0, text.lastIndexOf('.')))!;
  return crypto.subtle.verify('HMAC', key, Uint8Array.from(signature!), signed);
}

/** Whether any secret of the list signs the token; `false` when it was stopped before. */
async function anySigns(
  secrets: readonly string[],
  token: TokenFacts,
  signal: RuleContext['signal'],
): Promise<boolean> {
  for (let i = 0; i < secrets.length && !signal?.aborted; i += BATCH) {
    const tried = await Promise.all(secrets.slice(i, i + BATCH).map((secret) => signs(secret, token)));
    if (tried.includes(true)) return true;
  }
  return false;
}

/** The rules about published secrets in the group `secret/`. */
export const knownSecretRules: readonly Rule[] = [
  {
    id: 'secret/known',
    title: 'The secret is published',
    severity: 'critical',
    needs: ['secret'],
    remediation: 'Generate a secret of your own.',
    references: ['CVE-2023-51442', 'CWE-798', 'CWE-1392'],
    rootCause: 'secret-strength',
    async check({ secret }) {
      const { path, given, text = '' } = secret!;
      const [{ loadLeakedSecrets }, { CANDIDATES }] = await Promise.all([
        import('../../entropy/index.js'),
        import('./secret-candidates.data.js'),
      ]);
      const trimmed = text.trim();
      const isKnown =
        // Django's own generator marks what it does not want in production.
        trimmed.startsWith('django-insecure-') ||
        (trimmed !== '' && CANDIDATES.includes(trimmed)) ||
        (await loadLeakedSecrets()).find(given) !== undefined;
      return isKnown ? [{ path }] : [];
    },
  },
  {
    id: 'secret/signs-with-known',
    title: 'The token is signed with a published secret',
    severity: 'critical',
    needs: ['token'],
    remediation: 'Generate a secret of your own; replace all tokens.',
    references: ['CVE-2023-51442', 'CWE-798', 'CWE-1392'],
    rootCause: 'secret-strength',
    applies: ({ token }) =>
      token?.form === 'jws' &&
      algorithmFamily(token.alg) === 'hmac' &&
      token.alg !== 'HS1' &&
      !!token.signature?.length,
    async check({ token }, { wordlist, signal }) {
      const { CANDIDATES } = await import('./secret-candidates.data.js');
      const found = await anySigns([...CANDIDATES, ...wordlist], token!, signal);
      return found ? [{ path: '/token/signature' }] : [];
    },
  },
];
