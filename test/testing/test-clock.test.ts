import { JwtConfigError } from 'jwtight';
import { createTestClock } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';

describe('createTestClock', () => {
  it('stands still at the time of its making', () => {
    const before = Date.now();
    const clock = createTestClock();
    const time = clock();
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
    while (Date.now() === time) {}
    expect(clock()).toBe(time);
  });

  it('keeps up with the clock it is based on', () => {
    let now = 1000;
    const clock = createTestClock(() => now);
    expect(clock()).toBe(1000);
    clock.advance(2);
    now += 5;
    expect(clock()).toBe(3005);
  });

  it('is turned on by durations, one after the other', () => {
    const clock = createTestClock(() => 0);
    clock.advance('5m');
    clock.advance(1.5);
    expect(clock()).toBe(301_500);
  });

  it.each([new Date(86_400_000), 86_400_000])('is set to %o, whatever it was turned to before', (time) => {
    const clock = createTestClock(Date.now);
    clock.advance('1h');
    clock.set(time);
    expect(clock()).toBe(86_400_000);
    clock.advance('1m');
    expect(clock()).toBe(86_460_000);
    clock.set(0);
    expect(clock()).toBe(0);
  });

  it('can be based on another test clock', () => {
    const first = createTestClock(() => 0);
    const second = createTestClock(first);
    first.advance(1);
    second.advance(1);
    expect([first(), second()]).toEqual([1000, 2000]);
  });

  it.each([undefined, null, 'now', Number.NaN, Number.POSITIVE_INFINITY, new Date('x'), {}])(
    'refuses to be set to %o',
    (time) => {
      const clock = createTestClock(() => 0);
      expect(() => clock.set(time as never)).toThrow(JwtConfigError);
      expect(clock()).toBe(0);
    },
  );

  it.each([undefined, -1, '5', 'soon', Number.NaN])('refuses to be turned by %o', (duration) => {
    expect(() => createTestClock().advance(duration as never)).toThrow(JwtConfigError);
  });

  it.each([null, 0, new Date(), 'now'])('refuses to be based on %o', (base) => {
    expect(() => createTestClock(base as never)).toThrow(JwtConfigError);
  });
});
