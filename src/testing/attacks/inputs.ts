// What is no text at all: what a parsed body or a missing header hands to a verifier.

import { encodeUtf8 } from '../../encoding/utf8.js';
import { type AttackRow, attackRows } from '../attack.js';
import type { AttackContext } from '../attack-context.js';

/** Attacks with something else than a token. */
export function inputs(): AttackRow[] {
  const input = (id: string, description: string, make: (c: AttackContext) => unknown, more = {}) => ({
    id: `input-${id}`,
    description,
    make,
    ...more,
  });
  const shared = {
    class: 'robustness',
    severity: 'medium',
    code: 'ERR_JWT_MALFORMED',
    reference: 'RFC 7519 §7.2; CWE-20',
  } as const;
  // What a library makes of types is its own affair: no RFC is broken by taking a token that is one, in the end.
  const asText = { class: 'strictness', severity: 'low', reference: 'RFC 7515 §7.1' } as const;
  return attackRows(shared, [
    input('undefined', 'undefined, as for a missing header', () => undefined),
    input('null', 'null', () => null),
    input('number', 'a number', () => 42),
    input('true', 'true', () => true),
    input('object', 'an object', () => ({})),
    input('list', 'an empty list', () => []),
    input('list-of-token', 'a genuine token in a list, as repeated parameters arrive', (c) => [c.token], asText),
    input('text-object', 'a genuine token as a String object', (c) => Object(c.token), asText),
    input(
      'object-as-text',
      'an object that turns into a genuine token as text',
      (c) => ({ toString: () => c.token }),
      asText,
    ),
    input('bytes', 'a genuine token as bytes', (c) => encodeUtf8(c.token), asText),
    input('function', 'a function', () => () => 'token'),
    input('symbol', 'a symbol', () => Symbol('token')),
    input('bigint', 'a BigInt', () => 42n),
    input('empty', 'an empty text', () => ''),
    input('dots', 'two dots and nothing else', () => '..'),
  ]);
}
