import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/encoding/options.js';
import { JwtConfigError } from '../../src/errors.js';

const KNOWN = ['issuer', 'audience'];

function messageOf(options: unknown): string {
  try {
    checkOptions(options as object, KNOWN, 'createVerifier');
  } catch (error) {
    expect(error).toBeInstanceOf(JwtConfigError);
    return (error as JwtConfigError).message;
  }
  throw new Error('checkOptions accepted them');
}

describe('checkOptions', () => {
  it.each<[string, unknown]>([
    ['none', {}],
    ['one', { issuer: 'a' }],
    ['all', { issuer: 'a', audience: 'b' }],
    ['values it has no opinion of', { issuer: null, audience: Number.NaN }],
    ['an object without a prototype', Object.assign(Object.create(null), { issuer: 'a' })],
    ['an object of another realm', runInNewContext('({ issuer: "a" })')],
  ])('accepts %s', (_what, options) => {
    expect(checkOptions(options as object, KNOWN, 'createVerifier')).toEqual(options);
    // What Object.prototype may have been given is not among the options.
    expect(Object.getPrototypeOf(checkOptions(options as object, KNOWN, 'createVerifier'))).toBe(null);
  });

  it.each([undefined, null, true, 0, 'issuer', Symbol('issuer'), [], [{ issuer: 'a' }], () => ({})])(
    'refuses what is no object: %o',
    (options) => {
      expect(messageOf(options)).toBe('createVerifier takes an object of options');
    },
  );

  it.each<[string, unknown]>([
    ['a misspelt name', { isuer: 'a' }],
    ['another case', { Issuer: 'a' }],
    ['an unknown name beside a known one', { issuer: 'a', algorithms: ['none'] }],
    ['an unknown name that is undefined', { algorithms: undefined }],
    ['an empty name', { '': 'a' }],
    ['constructor', { constructor: 'a' }],
    ['an own __proto__', JSON.parse('{"__proto__":"a"}')],
    ['an unknown name from another realm', runInNewContext('({ isuer: "a" })')],
  ])('refuses %s and says what is known', (_what, options) => {
    expect(messageOf(options)).toBe('unknown option for createVerifier: it knows issuer, audience');
  });

  it.each(KNOWN)('refuses an undefined %s and names it', (name) => {
    expect(messageOf({ issuer: 'a', audience: 'b', [name]: undefined })).toContain(`${name} is undefined`);
  });

  it('never repeats a name or value that it was given', () => {
    expect(messageOf({ 'hunter2-name': 'hunter2-value' })).not.toContain('hunter2');
  });
});
