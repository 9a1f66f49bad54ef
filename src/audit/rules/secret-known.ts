// Published secrets: looked up by fingerprint, and tried on the token.

import { encodeUtf8 } from '../../encoding/utf8.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import { algorithmFamily } from '../facts/algorithm.js';
import type { TokenFacts } from '../facts/token.js';
import type { Rule, RuleContext } from '../rule.js';

/** Secrets tried at the same time: between batches the caller can stop it. */
const BATCH = 64;

/** The list as keys, for each hash: made once, as this takes as long as trying them. */
const candidates = new Map<string, Promise<(CryptoKey | undefined)[]>>();

function candidateKeys(alg: HmacAlgorithm): Promise<(CryptoKey | undefined)[]> {
  let keys = candidates.get(alg);
  if (!keys) {
    keys = import('./secret-candidates.data.js').then(({ CANDIDATES }) => importAll(CANDIDATES, alg));
    candidates.set(alg, keys);
  }
  return keys;
}

function importAll(secrets: readonly string[], alg: HmacAlgorithm): Promise<(CryptoKey | undefined)[]> {
  const parameters = ALGORITHMS[alg].parameters as HmacImportParams;
  return Promise.all(
    secrets.map((secret) => {
      const bytes = encodeUtf8(secret);
      // No lone surrogate was ever a key. HMAC pads keys with zeros, so that a zero byte is the empty key, which
      // WebCrypto refuses (RFC 2104 §2).
      return (
        bytes && crypto.subtle.importKey('raw', bytes.length ? bytes : new Uint8Array(1), parameters, false, ['verify'])
      );
    }),
  );
}

/** Whether any of the keys signs what the token says; `false` when it was stopped before. */
async function anySigns(
  keys: readonly (CryptoKey | undefined)[],
  { text, signature }: TokenFacts,
  signal: RuleContext['signal'],
): Promise<boolean> {
  const signed = encodeUtf8(text.slice(0, text.lastIndexOf('.')))!;
  const tag = Uint8Array.from(signature!);
  for (let i = 0; i < keys.length && !signal?.aborted; i += BATCH) {
    const tried = keys.slice(i, i + BATCH).map((key) => key && crypto.subtle.verify('HMAC', key, tag, signed));
    if ((await Promise.all(tried)).includes(true)) return true;
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
      const alg = token!.alg as HmacAlgorithm;
      let found = await anySigns(await candidateKeys(alg), token!, signal);
      // A list of the caller's may be too long to be keys all at once.
      for (let i = 0; i < wordlist.length && !found && !signal?.aborted; i += BATCH) {
        found = await anySigns(await importAll(wordlist.slice(i, i + BATCH), alg), token!, signal);
      }
      return found ? [{ path: '/token/signature' }] : [];
    },
  },
];
