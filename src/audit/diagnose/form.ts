// How a token is written: what stands around it, its segments, their JSON, its header.

import { MAX_TOKEN_LENGTH } from '../../jws/compact.js';
import { sameMediaType } from '../../jwt/media-type.js';
import type { ResolvedPolicy } from '../../jwt/policy.js';
import { type EncodingProblem, isEncodedAgain, type JsonProblem } from '../facts/segment.js';
import { own, type TokenFacts } from '../facts/token.js';
import { type Cause, type CauseId, cause, together } from './cause.js';

const PARTS = ['header', 'payload', 'signature'];

const ENCODING: Readonly<Record<EncodingProblem, readonly [CauseId, string]>> = {
  alphabet: ['standard-base64', 'written in standard Base64 (with + and /), not in Base64url'],
  padding: ['padding', 'padded with ='],
  'white-space': ['white-space', 'broken by white space or line breaks'],
  length: ['cut-short', 'of a length that no Base64url has: a character is missing or too many'],
  'trailing-bits': ['trailing-bits', 'not canonical Base64url: stray bits follow the last byte'],
  foreign: ['foreign-characters', 'not Base64url: foreign characters are in it'],
};

const JSON_PROBLEMS: Readonly<Record<JsonProblem, readonly [CauseId, string]>> = {
  'not-utf8': ['not-utf8', 'is not UTF-8'],
  'utf-16': ['not-utf8', 'is UTF-16, not UTF-8'],
  bom: ['byte-order-mark', 'begins with a byte order mark'],
  'not-json': ['not-json', 'is not JSON'],
  'not-object': ['not-object', 'is JSON, but not an object'],
  'duplicate-member': ['duplicate-member', 'has a member name twice'],
  'too-deep': ['too-deep', 'nests deeper than 32 levels'],
};

/** What is wrong with the form of a token. */
export function diagnoseForm(given: string, facts: TokenFacts, maxTokenLength: number = MAX_TOKEN_LENGTH): Cause[] {
  const { text, form, wrapping, segments } = facts;
  const causes: Cause[] = [];
  const found = (id: CauseId, message: string) => causes.push(cause(id, 'certain', message));

  if (wrapping.bearer) found('bearer-prefix', 'A scheme such as Bearer stands in front of the token');
  if (wrapping.quotes) found('quotes', 'The token stands in quotes');
  if (wrapping.space) found('surrounding-space', 'White space or a line break stands before or after the token');
  if (given.length > maxTokenLength || form === 'too-large')
    found('too-large', `The token has ${given.length} characters, more than are read`);

  if (form === 'json') found('json-serialization', 'The token is in JSON serialisation, not in the compact one');
  // Five segments are also what is left of a token that was shortened with dots.
  const isEncrypted = form === 'jwe' && (!facts.header || own(facts.header, 'enc') !== undefined);
  if (isEncrypted) found('encrypted', 'The token has five segments: it is encrypted (JWE), not signed');
  else if (form === 'jwe' || form === 'other') {
    if (/%2e/i.test(text)) found('percent-encoded', 'The token is percent-encoded, as in a URL or a form');
    else if (/^(undefined|null|nan|false|true|\[object \w+\])?$/i.test(text))
      found(
        'no-token',
        text === '' ? 'There is no token: the text is empty' : 'The text is what an unset value prints',
      );
    else {
      // More are not read.
      const count = segments.length === 16 ? '16 or more' : segments.length;
      const hint = count === 1 ? ': cut off, or not a JWT' : count === 2 ? ': the signature is missing' : '';
      found('segments', `The token has ${count} of the three segments of a signed token${hint}`);
    }
  }
  if (form !== 'jws') return causes;

  const percent = /%[\da-f]{2}/i.test(text);
  if (percent) found('percent-encoded', 'The token is percent-encoded, as in a URL or a form');
  for (const [problem, [id, words]] of Object.entries(ENCODING)) {
    const parts = PARTS.filter((_, i) => segments[i]!.problems.includes(problem as EncodingProblem));
    if (parts.length > 0 && !(percent && problem === 'foreign'))
      found(id, `The ${together(parts)} of the token ${parts.length > 1 ? 'are' : 'is'} ${words}`);
  }
  for (const [i, problems] of [facts.headerProblems, facts.claimsProblems].entries()) {
    if (isEncodedAgain(segments[i]!.bytes)) found('double-encoded', `The ${PARTS[i]} is encoded twice`);
    else
      for (const problem of problems) found(JSON_PROBLEMS[problem][0], `The ${PARTS[i]} ${JSON_PROBLEMS[problem][1]}`);
  }
  return causes;
}

/** What is wrong with the header of a token, apart from the choice of a key. */
export function diagnoseHeader({ header, signature }: TokenFacts, policy: ResolvedPolicy | undefined): Cause[] {
  const causes: Cause[] = [];
  const found = (id: CauseId, message: string) => causes.push(cause(id, 'certain', message));
  const alg = own(header, 'alg');
  if (typeof alg !== 'string')
    found('algorithm-missing', 'The header names no algorithm: alg is missing or not a string');
  else if (alg.trim().toLowerCase() === 'none') found('unsigned', 'The token is not signed: its alg is none');
  else if (signature?.length === 0) found('unsigned', 'The token is not signed: its signature is empty');

  const critical = ['crit', 'b64', 'zip'].filter((name) => own(header, name) !== undefined);
  if (critical.length > 0)
    found('critical-header', `The header has ${together(critical)}, which changes how it must be read`);
  const malformed = ['kid', 'typ', 'cty'].filter((name) => !['string', 'undefined'].includes(typeof own(header, name)));
  if (malformed.length > 0) found('header-malformed', `In the header ${together(malformed)} must be a string`);

  const typ = own(header, 'typ');
  if (policy && !malformed.includes('typ')) {
    const matches = typ === undefined ? policy.type === undefined : sameMediaType(String(typ), policy.type ?? 'JWT');
    if (!matches)
      found(
        'typ-mismatch',
        `${typ === undefined ? 'typ is missing' : "typ names another kind of token than the verifier's"}${
          policy.type === undefined ? ': the verifier takes JWT or no typ' : ''
        }`,
      );
  }
  return causes;
}
