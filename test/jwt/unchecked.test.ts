import { expect, it } from 'vitest';
import { unchecked } from '../../src/index.js';

it('is a symbol that every copy of the package shares, and no text is', () => {
  expect(unchecked).toBeTypeOf('symbol');
  expect(unchecked).toBe(Symbol.for('jwtight.unchecked'));
  expect(unchecked).not.toBe(Symbol('jwtight.unchecked'));
  expect(JSON.parse(JSON.stringify({ unchecked: 1, audience: unchecked }))).toEqual({ unchecked: 1 });
});
