// The compact serialisation (RFC 7515 §7.1): text to parts and back, without any cryptography.

import { decodeBase64url, decodedLength, decodeInto, encodeBase64url } from '../encoding/base64url.js';
import { deepFreeze } from '../encoding/freeze.js';
import { type JsonObject, parseJsonObject } from '../encoding/json.js';
import { decodeUtf8, scratchBytes, utf8Scratch } from '../encoding/utf8.js';
import { JwtError } from '../errors.js';
import type { JwsHeader } from './header.js';

/** Longest token read by default, in characters: 16 KiB. */
export const MAX_TOKEN_LENGTH = 16_384;

/** The parts of a token whose header has been read and whose payload and signature have not. */
export interface CompactJws {
  readonly header: JwsHeader;
  /** Header and payload segments with their dot: what was signed (RFC 7515 §5.2). */
  readonly signingInput: string;
  readonly payload: string;
  readonly signature: string;
}

/**
 * Splits a token and reads its header.
 *
 * @throws JwtError `ERR_JWT_TOO_LARGE`, `ERR_JWT_MALFORMED`, `ERR_JWT_ALGORITHM` (alg is not a string) or
 * `ERR_JWT_CRITICAL`.
 */
export function parseCompact(token: unknown, maxTokenLength: number): CompactJws {
  if (typeof token !== 'string') throw malformed('a token is a string in compact serialisation');
  checkLength(token, maxTokenLength);
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (second < 0 || token.includes('.', second + 1))
    throw malformed('a signed token has three segments: header.payload.signature');
  return {
    header: readHeader(token.slice(0, first)),
    signingInput: token.slice(0, second),
    payload: token.slice(first + 1, second),
    signature: token.slice(second + 1),
  };
}

/** @throws JwtError `ERR_JWT_TOO_LARGE` */
export function checkLength(token: string, maxTokenLength: number): void {
  if (token.length > maxTokenLength)
    throw new JwtError('ERR_JWT_TOO_LARGE', `the token is longer than ${maxTokenLength} characters`);
}

/** Reads a segment that holds a JSON object. */
export function parseJsonSegment(segment: string, name: string): JsonObject {
  const length = decodedLength(segment);
  const bytes = scratchBytes(length);
  if (!decodeInto(segment, bytes)) throw notBase64url(name);
  const text = decodeUtf8(bytes.subarray(0, length));
  const value = text === undefined ? undefined : parseJsonObject(text);
  if (!value)
    throw malformed(`the ${name} must be a JSON object in UTF-8, without duplicate names, at most 32 levels deep`);
  return value;
}

/** The segment of a JSON object. JSON.stringify leaves no lone surrogate: it escapes them. */
export function encodeJsonSegment(value: object): string {
  return encodeBase64url(utf8Scratch(JSON.stringify(value)));
}

/** Decodes a segment to bytes. */
export function decodeSegment(segment: string, name: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64url(segment);
  if (!bytes) throw notBase64url(name);
  return bytes;
}

function notBase64url(name: string): JwtError {
  return malformed(`the ${name} must be canonical Base64url without padding`);
}

/** Headers by their text: the tokens of one key all have the same. Few, short and frozen, so that it costs nothing. */
const knownHeaders: Map<string, JwsHeader> = /* @__PURE__ */ new Map();
const MAX_KNOWN_HEADERS = 32;
const MAX_KNOWN_LENGTH = 512;

function readHeader(segment: string): JwsHeader {
  const known = knownHeaders.get(segment);
  if (known) return known;
  const header = parseHeader(segment);
  if (segment.length <= MAX_KNOWN_LENGTH) {
    if (knownHeaders.size >= MAX_KNOWN_HEADERS) knownHeaders.clear();
    knownHeaders.set(segment, header);
  }
  return header;
}

function parseHeader(segment: string): JwsHeader {
  const header = parseJsonSegment(segment, 'header');
  const { alg, kid, typ, cty } = header;
  if (typeof alg !== 'string')
    throw new JwtError('ERR_JWT_ALGORITHM', 'the header must name its algorithm as a string');
  // No extension is understood here, and b64 and zip change what the payload is (RFC 7515 §4.1.11, RFC 7797 §6).
  for (const name of ['crit', 'b64', 'zip'])
    if (name in header) throw new JwtError('ERR_JWT_CRITICAL', `the header parameter ${name} is not supported`);
  for (const [name, value] of Object.entries({ kid, typ, cty }))
    if (value !== undefined && typeof value !== 'string')
      throw malformed(`the header parameter ${name} must be a string`);
  return deepFreeze(header) as JwsHeader;
}

function malformed(message: string): JwtError {
  return new JwtError('ERR_JWT_MALFORMED', message);
}
