// One bounded request for a JSON object: https, no redirect, so much time, so many bytes.

import { type JsonObject, parseJsonObject } from '../encoding/json.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { JwtError } from '../errors.js';
import { unavailable } from './unavailable.js';

/** What jwtight relies on in an AbortSignal, for projects that have neither DOM nor Node types. */
export interface StructuralAbortSignal {
  readonly aborted: boolean;
}

/** The `AbortSignal` of the types in use: the DOM's or Node's, else a structural stand-in. */
export type PlatformAbortSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : StructuralAbortSignal;

/** The part of a `Response` that is read. */
export interface FetchedResponse {
  readonly status: number;
  readonly headers: ReadableHeaders;
  readonly body: ReadableBody | null;
}

/** The part of a `Headers` object that is read. */
export interface ReadableHeaders {
  /** A field's value, or null where it is absent. */
  get(name: string): string | null;
}

/** The part of a `ReadableStream` of bytes that is read. */
export interface ReadableBody {
  /** Locks the stream to a reader. */
  getReader(): BodyReader;
}

/** The part of a `ReadableStreamDefaultReader` that is called. */
export interface BodyReader {
  /** The next bytes. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Gives the rest of the stream up. */
  cancel(): Promise<unknown>;
}

/** The platform's `fetch`, or a function of one's own that behaves like it: through a proxy, with a header, in a test. */
export type FetchFunction = (
  url: string,
  init: { headers: Record<string, string>; redirect: 'manual'; signal: PlatformAbortSignal },
) => Promise<FetchedResponse>;

/** A JSON object and how long its server lets it be kept. */
export interface Fetched {
  readonly document: JsonObject;
  /** Seconds; `undefined` when the server does not say. */
  readonly maxAge: number | undefined;
}

/** Whether an address may be asked for keys: https without credentials; http on this machine where that is allowed. */
export function isSafeUrl({ protocol, hostname, username, password }: URL, allowLocalhost: boolean): boolean {
  if (username || password) return false;
  return (
    protocol === 'https:' ||
    (allowLocalhost && protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  );
}

/**
 * Fetches a JSON object.
 *
 * @throws JwtError `ERR_JWT_KEYS_UNAVAILABLE` for any other answer, or none.
 */
export async function fetchJson(
  url: string,
  fetch: FetchFunction | undefined,
  maxBytes: number,
  signal: PlatformAbortSignal,
): Promise<Fetched> {
  try {
    const { status, headers, body } = await (fetch ?? (globalThis.fetch as FetchFunction))(url, {
      headers: { accept: 'application/jwk-set+json, application/json' },
      // Not 'error', which Workers do not know: a redirect is then an answer that is not 200 (in browsers, 0).
      redirect: 'manual',
      signal,
    });
    const bytes = await readBody(body, status === 200 ? maxBytes : 0);
    if (status !== 200) throw unavailable('the key set must be answered with status 200 and without a redirect');
    if (!bytes) throw unavailable(`the key set is larger than ${maxBytes} bytes`);
    const text = isJson(headers.get('content-type')) ? decodeUtf8(bytes) : undefined;
    const document = text === undefined ? undefined : parseJsonObject(text);
    if (document) return { document, maxAge: remainingAge(headers) };
    throw unavailable('the key set must be a JSON object of a JSON media type, in UTF-8, without duplicate names');
  } catch (error) {
    throw error instanceof JwtError ? error : unavailable(`the request for the key set failed${platformCode(error)}`);
  }
}

/** Reads a body; `undefined` at the first chunk that is too much, the rest is not waited for. */
async function readBody(body: FetchedResponse['body'], maxBytes: number): Promise<Uint8Array | undefined> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader!.read()) {
    size += part.value.length;
    if (size > maxBytes) {
      reader!.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  for (const chunk of chunks.reverse()) {
    size -= chunk.length;
    bytes.set(chunk, size);
  }
  return bytes;
}

/** `application/json`, `application/jwk-set+json` (RFC 7517 §8.5) or another type built on JSON (RFC 6839 §3.1). */
function isJson(contentType: string | null): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}

/** What is left of the `max-age` that the server gave (RFC 9111 §5.2.2.1, §5.1); nothing where it forbids keeping. */
function remainingAge(headers: FetchedResponse['headers']): number | undefined {
  const cacheControl = headers.get('cache-control') ?? '';
  if (/(^|[\s,])no-(store|cache)\b/i.test(cacheControl)) return 0;
  const maxAge = /(?:^|[\s,])max-age="?(\d+)/i.exec(cacheControl)?.[1];
  return maxAge === undefined ? undefined : Math.max(0, Number(maxAge) - (Number(headers.get('age')) || 0));
}

/** Why the platform could not connect, where it has a word for it such as ENOTFOUND. Its message may hold the URL. */
function platformCode(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const name = cause?.code ?? code;
  return typeof name === 'string' && /^\w{1,40}$/.test(name) ? ` (${name})` : '';
}
