// A token or a draft, read once: every rule about tokens starts from these facts.

import { isObject, type JsonObject } from '../../encoding/json.js';
import type { AuditDraft, TokenKind } from '../subject.js';
import { type JsonFacts, type JsonProblem, readJson, readSegment, type SegmentFacts } from './segment.js';
import { inferKind } from './token-kind.js';

/** What stood around a token that should stand alone. */
export interface Wrapping {
  /** Bearer or another scheme of Authorization. */
  readonly bearer: boolean;
  readonly quotes: boolean;
  /** White space or line breaks at an end. */
  readonly space: boolean;
}

/** A token as far as it can be read, or a draft, which has header and claims only. */
export interface TokenFacts {
  /** Where findings about it point. */
  readonly path: '/token' | '/draft';
  /** `too-large` is not read at all; `other` has neither three nor five segments. */
  readonly form: 'jws' | 'jwe' | 'json' | 'other' | 'too-large' | 'draft';
  /** Length in characters as given; 0 for a draft. */
  readonly length: number;
  readonly wrapping: Wrapping;
  /** The compact text without its wrapping; '' for a draft. Never goes into a report. */
  readonly text: string;
  readonly segments: readonly SegmentFacts[];
  /** As far as it can be read; a draft's as given. */
  readonly header: JsonObject | undefined;
  readonly headerProblems: readonly JsonProblem[];
  /** Undefined for a JWE, whose payload cannot be seen. */
  readonly claims: JsonObject | undefined;
  readonly claimsProblems: readonly JsonProblem[];
  /** The decoded payload as text, where it is text: a nested token shows here. */
  readonly payloadText: string | undefined;
  /** The header's alg where it is a string. */
  readonly alg: string | undefined;
  /** The header's typ in lower case without `application/`, where it is a string. */
  readonly typ: string | undefined;
  /** Of a JWS, as far as it can be decoded. */
  readonly signature: Uint8Array | undefined;
  /** As the caller says, or as typ and claims show. */
  readonly kind: TokenKind;
}

/** Longest text that is read, in characters: 16 times what a verifier accepts. */
const LONGEST = 262_144;

const NOTHING: JsonFacts = { problems: [], text: undefined, object: undefined };

/** Reads a token's text. Whatever it holds, nothing is thrown. */
export function readToken(given: string, kind: TokenKind | undefined): TokenFacts {
  const tooLarge = given.length > LONGEST;
  const { text, wrapping } = unwrap(tooLarge ? '' : given);
  const isJson = text.startsWith('{');
  const segments = isJson || tooLarge ? [] : text.split('.', 16).map(readSegment);
  const form = tooLarge
    ? 'too-large'
    : isJson
      ? 'json'
      : segments.length === 3
        ? 'jws'
        : segments.length === 5
          ? 'jwe'
          : 'other';
  const header = readJson(segments[0]?.bytes);
  // A JWT that lost its signature still shows its claims; a JWE's second segment is a key.
  const payload = form === 'jwe' ? NOTHING : readJson(segments[1]?.bytes);
  return {
    path: '/token',
    form,
    length: given.length,
    wrapping,
    text,
    segments,
    payloadText: payload.text,
    signature: form === 'jws' ? segments[2]?.bytes : undefined,
    ...contents(header, payload, kind),
  };
}

/** Reads header and claims that have not been signed yet. */
export function readDraft({ header, claims }: AuditDraft, kind: TokenKind | undefined): TokenFacts {
  return {
    path: '/draft',
    form: 'draft',
    length: 0,
    wrapping: { bearer: false, quotes: false, space: false },
    text: '',
    segments: [],
    payloadText: undefined,
    signature: undefined,
    // Without a header nothing is known of it: that is not the same as a header that lacks everything.
    ...contents({ ...NOTHING, object: header }, { ...NOTHING, object: claims }, kind),
  };
}

type Contents = Pick<TokenFacts, 'header' | 'headerProblems' | 'claims' | 'claimsProblems' | 'alg' | 'typ' | 'kind'>;

function contents(header: JsonFacts, payload: JsonFacts, kind: TokenKind | undefined): Contents {
  const alg = own(header.object, 'alg');
  const typ = mediaType(own(header.object, 'typ'));
  return {
    header: header.object,
    headerProblems: header.problems,
    claims: payload.object,
    claimsProblems: payload.problems,
    alg: typeof alg === 'string' ? alg : undefined,
    typ,
    kind: kind ?? inferKind(typ, payload.object ?? {}),
  };
}

/** A member of a JSON object that is its own, `undefined` otherwise. */
export function own(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

function mediaType(typ: unknown): string | undefined {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\/(?=[^/]*$)/, '') : undefined;
}

/** Most layers around a token that are taken off: `Bearer "Bearer …"` happens. */
const MOST_LAYERS = 4;

function unwrap(given: string): { text: string; wrapping: Wrapping } {
  let text = given.trim();
  const wrapping = { bearer: false, quotes: false, space: text !== given };
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const unquoted = text.replace(/^(["'`])(.*)\1$/s, '$2').trim();
    const bare = unquoted.replace(/^(Authorization:\s*)?(Bearer|DPoP|JWT|Token)(:?\s+|$)/i, '');
    if (bare === text) break;
    wrapping.quotes ||= unquoted !== text;
    wrapping.bearer ||= bare !== unquoted;
    text = bare;
  }
  return { text, wrapping };
}

/** Seconds from iat, or else nbf, to exp, where both are numbers. */
export function lifetimeOf({ claims }: TokenFacts): number | undefined {
  const exp = own(claims, 'exp');
  const start = own(claims, 'iat') ?? own(claims, 'nbf');
  const life = typeof exp === 'number' && typeof start === 'number' ? exp - start : Number.NaN;
  return Number.isFinite(life) ? life : undefined;
}
