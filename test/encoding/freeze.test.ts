import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../src/encoding/freeze.js';

describe('deepFreeze', () => {
  it('freezes a value and everything in it, and returns it', () => {
    const value = { a: { b: [{ c: 1 }, []] }, d: null };
    expect(deepFreeze(value)).toBe(value);
    const parts = [value, value.a, value.a.b, ...value.a.b];
    expect(parts.map(Object.isFrozen)).toEqual([true, true, true, true, true]);
  });

  it('freezes an own __proto__, and not the prototype', () => {
    const value = JSON.parse('{"__proto__":{"a":1}}');
    deepFreeze(value);
    expect(Object.isFrozen(Object.getOwnPropertyDescriptor(value, '__proto__')?.value)).toBe(true);
    expect(Object.isFrozen(Object.prototype)).toBe(false);
  });

  it.each([null, undefined, 'text', '', 1, Number.NaN, true])('returns %o as it is', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });
});
