import { describe, expect, it } from 'vitest';
import { isText, malformedClaim, missingClaim, REGISTERED_CLAIMS } from '../../src/jwt/registered-claims.js';

it('knows the seven claims of RFC 7519 §4.1', () => {
  expect(Object.keys(REGISTERED_CLAIMS).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub']);
});

const texts = ['iss', 'sub', 'jti'];
const dates = ['exp', 'nbf', 'iat'];

describe('malformedClaim', () => {
  it.each([
    ...[...texts, 'aud'].flatMap((claim) => ['a', ' ', 'https://example.com/ü'].map((value) => [claim, value])),
    ...dates.flatMap((claim) => [0, -0, 1.5, 1_800_000_000, 8.64e12].map((value) => [claim, value])),
    ['aud', ['a']],
    ['aud', ['a', 'b', 'a']],
    ['other', null],
    ['EXP', 'x'],
    ['toString', null],
  ] as [string, unknown][])('%s may be %j', (claim, value) => {
    expect(malformedClaim({ [claim]: value })).toBeUndefined();
  });

  it.each([
    ...texts.flatMap((claim) => ['', 5, null, true, undefined, ['a'], {}].map((value) => [claim, value])),
    ...dates.flatMap((claim) =>
      [
        -1,
        -Number.MIN_VALUE,
        8.64e12 + 1,
        1e17,
        Infinity,
        -Infinity,
        Number.NaN,
        '5',
        null,
        true,
        undefined,
        [5],
        {},
      ].map((value) => [claim, value]),
    ),
    ...['', 5, null, true, undefined, [], [''], ['a', ''], ['a', 5], [['a']], {}].map((value) => ['aud', value]),
  ] as [string, unknown][])('%s may not be %j', (claim, value) => {
    expect(malformedClaim({ other: 1, [claim]: value })).toEqual({
      claim,
      expected: REGISTERED_CLAIMS[claim]!.expected,
    });
  });

  it('names the first of several, and says what it should be without a value', () => {
    expect(malformedClaim({ exp: 'canary', iss: 5 })).toEqual({ claim: 'iss', expected: 'a non-empty string' });
    expect(malformedClaim({ exp: 'canary' })?.expected).toMatch(/^a NumericDate/);
    expect(malformedClaim({ aud: 5 })?.expected).toMatch(/list/);
  });

  it('looks at own members only', () => {
    expect(malformedClaim(Object.create({ iss: 5 }))).toBeUndefined();
  });
});

describe('missingClaim', () => {
  it('names the first that is not there', () => {
    expect(missingClaim({ a: 1, b: '' }, [])).toBeUndefined();
    expect(missingClaim({ a: 1, b: '', c: false }, ['a', 'b', 'c'])).toBeUndefined();
    expect(missingClaim({ a: 1 }, ['a', 'b', 'c'])).toBe('b');
  });
  it('counts null and inherited members as lacking', () => {
    expect(missingClaim({ a: null }, ['a'])).toBe('a');
    expect(missingClaim({}, ['constructor'])).toBe('constructor');
  });
});

it('isText: non-empty strings', () => {
  expect(['a', ' '].every(isText)).toBe(true);
  expect(['', 5, null, undefined, ['a'], new String('a')].some(isText)).toBe(false);
});
