import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpiringMap } from '../../src/stores/expiring-map.js';

describe('ExpiringMap', () => {
  it('keeps a value until its second has come', () => {
    const map = new ExpiringMap<string>(10);
    expect(map.set('a', 'value', 100, 0)).toBe(true);
    expect(map.get('a', 99)).toEqual({ value: 'value', until: 100 });
    expect(map.get('a', 100)).toBeUndefined();
    expect(map.get('b', 0)).toBeUndefined();
  });

  it('refuses new keys when full, replaces old ones, and drops nothing that is good', () => {
    const map = new ExpiringMap<number>(2);
    expect([map.set('a', 1, 100, 0), map.set('b', 2, 200, 0), map.set('c', 3, 300, 0)]).toEqual([true, true, false]);
    expect(map.set('a', 4, 150, 0)).toBe(true);
    expect([map.get('a', 50)?.value, map.get('b', 50)?.value, map.get('c', 50)]).toEqual([4, 2, undefined]);
  });

  it('makes room by dropping what has expired, at its very second', () => {
    const map = new ExpiringMap<number>(2);
    map.set('a', 1, 100, 0);
    map.set('b', 2, 200, 0);
    expect(map.set('c', 3, 300, 99)).toBe(false);
    expect(map.set('c', 3, 300, 100)).toBe(true);
    expect(map.size).toBe(2);
    expect(map.get('b', 100)?.value).toBe(2);
  });

  it('looks for expired entries once a second at most', () => {
    const map = new ExpiringMap<number>(1);
    map.set('a', 1, Number.POSITIVE_INFINITY, 5);
    expect(map.set('b', 1, 100, 5)).toBe(false);
    map.set('a', 1, 5, 5);
    expect(map.set('b', 1, 100, 5)).toBe(false);
    expect(map.set('b', 1, 100, 6)).toBe(true);
  });

  it('drops expired entries long before it is full', () => {
    const map = new ExpiringMap<number>(1_000_000);
    for (let i = 0; i < 50_000; i++) map.set(`${i}`, i, i + 10, i);
    expect(map.size).toBeLessThanOrEqual(1024);
    expect(map.get('49999', 49_999)?.value).toBe(49_999);
  });

  it('lets its bound grow with what is good', () => {
    const map = new ExpiringMap<number>(10_000);
    for (let i = 0; i < 3000; i++) map.set(`${i}`, i, 1e6, i);
    for (let i = 0; i < 3000; i++) map.set(`x${i}`, i, 3001, 3000);
    expect(map.size).toBe(6000);
    for (let i = 0; i < 3000; i++) map.set(`y${i}`, i, 1e6, 4000 + i);
    expect(map.size).toBe(6000);
  });

  it('is a map with expiry, whatever is done to it', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      life: fc.integer({ min: 0, max: 5 }),
      wait: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, maxEntries) => {
        const map = new ExpiringMap<number>(maxEntries);
        const model = new Map<string, { value: number; until: number }>();
        let now = 0;
        steps.forEach(({ key, life, wait }, value) => {
          now += wait;
          if (map.set(key, value, now + life, now)) model.set(key, { value, until: now + life });
          for (const [name, entry] of model) expect(map.get(name, now)).toEqual(now < entry.until ? entry : undefined);
          expect(map.size).toBeLessThanOrEqual(maxEntries);
        });
      }),
    );
  });
});
