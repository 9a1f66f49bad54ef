import type { JsonObject } from '../encoding/json.js';
import { fetchJson, isSafeUrl } from '../jwks/fetch-json.js';
import { localJwks } from '../jwks/local.js';
import { remoteJwks } from '../jwks/remote.js';
import type { KeySource } from '../jws/key-source.js';
import type { Algorithm, AsymmetricAlgorithm } from '../keys/algorithms.js';
import type { OptionTable } from './arguments.js';
import { usage } from './exit.js';
import type { Io } from './io.js';
import { blaming } from './key-input.js';
import { type TextReader, toJsonObject } from './read-text.js';

/** Where a key set comes from. */
export const JWKS_OPTIONS: OptionTable = {
  jwks: { value: 'FILE|URL', help: 'read a JWK Set from a file, or fetch it: https, or http from localhost' },
};

/** Whether a source is a URL rather than a file. */
export function isUrl(source: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(source);
}

/** A JWK Set as a document, for what looks at all of it. */
export async function keySetDocument(source: string, reader: TextReader, io: Io): Promise<JsonObject> {
  if (!isUrl(source)) return toJsonObject(await reader.file(source, '--jwks'), '--jwks');
  const url = URL.canParse(source) ? new URL(source) : undefined;
  // Whoever types http://localhost means it.
  if (!url || !isSafeUrl(url, true)) throw usage('--jwks takes an https URL without credentials, or http://localhost');
  // The limits that remoteJwks has by default.
  return (await fetchJson(url.href, io.fetch, 262_144, AbortSignal.timeout(5000))).document;
}

/** A JWK Set as a source of keys for the declared algorithms. */
export async function keySetSource(
  source: string,
  declared: readonly Algorithm[],
  reader: TextReader,
  io: Io,
): Promise<KeySource> {
  if (declared.length === 0)
    throw usage('say what the tokens are signed with: --algorithm ES256; the set never chooses');
  const algorithms = declared as readonly AsymmetricAlgorithm[];
  if (!isUrl(source)) {
    const text = await reader.file(source, '--jwks');
    return blaming('--jwks', () => localJwks(text, { algorithms }));
  }
  const options = { algorithms, allowLocalhost: true, clock: io.clock, ...(io.fetch && { fetch: io.fetch }) };
  return blaming('--jwks', () => remoteJwks(source, options));
}
