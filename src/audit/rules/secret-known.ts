// Published secrets: looked up by fingerprint, and tried on the token.

import { decodeBase64url, encodeBase64url } from '../../encoding/base64url.js';
import { encodeUtf8 } from '../../encoding/utf8.js';
import { ALGORITHMS, type HmacAlgorithm } from '../../keys/algorithms.js';
import { algorithmFamily } from '../facts/algorithm.js';
import { isReadable, type ReadableSecret, secretText } from '../facts/secret.js';
import type { TokenFacts } from '../facts/token.js';
import type { Rule, RuleContext } from '../rule.js';

/**
 * Secrets tried at the same time: between batches the caller can stop it. Each batch waits for another thread, which
 * costs more than the hashes: all published secrets in one take half the time of batches of 64.
 */
const BATCH = 256;

/** The list as keys, for each hash: made once, as this takes as long as trying them. */
const candidates = new Map<string, Promise<CryptoKey[]>>();

function candidateKeys(alg: HmacAlgorithm): Promise<CryptoKey[]> {
  let keys = candidates.get(alg);
  if (!keys) {
    keys = import('./secret-candidates.data.js').then(({ CANDIDATES, PUBLISHED_KEYS }) =>
      importAll(
        [...CANDIDATES.map((text) => encodeUtf8(text)!), ...PUBLISHED_KEYS.map((k) => decodeBase64url(k)!)],
        alg,
      ),
    );
    candidates.set(alg, keys);
  }
  return keys;
}

function importAll(secrets: readonly Uint8Array<ArrayBuffer>[], alg: HmacAlgorithm): Promise<CryptoKey[]> {
  const parameters = ALGORITHMS[alg].parameters as HmacImportParams;
  // HMAC pads keys with zeros, so that a zero byte is the empty key, which WebCrypto refuses (RFC 2104 §2).
  return Promise.all(
    secrets.map((bytes) =>
      crypto.subtle.importKey('raw', bytes.length ? bytes : new Uint8Array(1), parameters, false, ['verify']),
    ),
  );
}

/** Whether any of the keys signs what the token says; `false` when it was stopped before. */
async function anySigns(
  keys: readonly CryptoKey[],
  { text, signature }: TokenFacts,
  signal: RuleContext['signal'],
): Promise<boolean> {
  const signed = encodeUtf8(text.slice(0, text.lastIndexOf('.')))!;
  const tag = Uint8Array.from(signature!);
  for (let i = 0; i < keys.length && !signal?.aborted; i += BATCH) {
    const tried = keys.slice(i, i + BATCH).map((key) => crypto.subtle.verify('HMAC', key, tag, signed));
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
    async check({ secrets }) {
      const readable = secrets.filter(isReadable);
      if (readable.length === 0) return undefined;
      const [{ loadLeakedSecrets }, { CANDIDATES, PUBLISHED_KEYS }] = await Promise.all([
        import('../../entropy/index.js'),
        import('./secret-candidates.data.js'),
      ]);
      const leaked = await loadLeakedSecrets();
      const isKnown = (secret: ReadableSecret): boolean => {
        const text = secretText(secret);
        const trimmed = text?.trim() ?? '';
        return (
          // Django's own generator marks what it does not want in production.
          trimmed.startsWith('django-insecure-') ||
          (trimmed !== '' && (CANDIDATES.includes(trimmed) || PUBLISHED_KEYS.includes(trimmed))) ||
          PUBLISHED_KEYS.includes(encodeBase64url(secret.bytes)) ||
          leaked.find(text ?? secret.bytes) !== undefined
        );
      };
      return readable.filter(isKnown).map(({ path }) => ({ path }));
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
    async check({ token }, { wordlist, maxCandidates, signal }) {
      const alg = token!.alg as HmacAlgorithm;
      const words = wordlist.slice(0, maxCandidates);
      let found = false;
      // A list of the caller's may be too long to be keys all at once. No lone surrogate was ever a key.
      for (let i = 0; i < words.length && !found && !signal?.aborted; i += BATCH) {
        const secrets = words.slice(i, i + BATCH).flatMap((word) => encodeUtf8(word) ?? []);
        found = await anySigns(await importAll(secrets, alg), token!, signal);
      }
      if (!found && words.length < maxCandidates)
        found = await anySigns((await candidateKeys(alg)).slice(0, maxCandidates - words.length), token!, signal);
      if (found) return [{ path: '/token/signature' }];
      // What was not tried, or not to the end, has not been found to be good.
      return maxCandidates === 0 || signal?.aborted ? undefined : [];
    },
  },
];
