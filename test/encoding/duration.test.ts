import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SECONDS, parseDuration } from '../../src/encoding/duration.js';
import { JwtConfigError } from '../../src/errors.js';

describe('parseDuration', () => {
  it.each([
    [0, 0],
    [1, 1],
    [0.5, 0.5],
    [90, 90],
    [MAX_SECONDS, 8_640_000_000_000],
    ['0s', 0],
    ['90s', 90],
    ['15m', 900],
    ['1h', 3600],
    ['30d', 2_592_000],
    ['007m', 420],
    ['8640000000000s', MAX_SECONDS],
    ['144000000000m', MAX_SECONDS],
    ['2400000000h', MAX_SECONDS],
    ['100000000d', MAX_SECONDS],
  ])('reads %j as %d seconds', (value, seconds) => {
    expect(parseDuration(value, 'maxTokenAge')).toBe(seconds);
  });

  it.each([
    ['no duration', [undefined, null, '', true, false]],
    ['numbers that are none', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['negative lengths', [-1, -0.001, '-1s', '-15m']],
    ['lengths beyond the range of Date', [MAX_SECONDS + 1, 1e300, '8640000000001s', '100000001d', '9999999999999d']],
    ['more digits than any length needs', ['00000000000001s']],
    ['text without a unit', ['15', '60', '0', '1e3']],
    ['a unit without a number', ['s', 'm', 'd']],
    ['other units', ['15M', '15S', '1H', '1D', '1w', '1y', '5ms', '15min', '1 hour', '1.']],
    ['white space', [' 15m', '15m ', '15 m', '15m\n', '\t15m', '\n15m']],
    ['other ways to write a number', ['1.5h', '+1h', '1e3s', '0x1fs', '1_000s', 'NaNs', 'Infinitys', '\u0661\u0665m']],
    ['several durations', ['1h30m', '15m15m', '15m,1h']],
    ['other types', [15n, ['15m'], [15], { seconds: 15 }, new Date(0), new String('15m'), () => 15, Symbol('15m')]],
  ])('refuses %s', (_what, values) => {
    for (const value of values) expect(() => parseDuration(value, 'maxTokenAge')).toThrow(JwtConfigError);
  });

  it('names the option and not the value', () => {
    expect.assertions(2);
    try {
      parseDuration('4711 fortnights', 'clockTolerance');
    } catch (error) {
      expect((error as Error).message).toContain('clockTolerance');
      expect((error as Error).message).not.toContain('4711');
    }
  });

  it('reads any whole number of any unit within the range', () => {
    const units = { s: 1, m: 60, h: 3600, d: 86_400 };
    fc.assert(
      fc.property(fc.nat(99_999_999), fc.constantFrom('s', 'm', 'h', 'd'), (count, unit) => {
        expect(parseDuration(`${count}${unit}`, 'maxTokenAge')).toBe(count * units[unit]);
      }),
    );
  });

  it('takes a text or refuses it with JwtConfigError, never anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789smhd.-e ') })), (text) => {
        if (/^[0-9]{1,13}[smhd]$/.test(text) && Number.parseInt(text, 10) <= 100_000_000)
          expect(parseDuration(text, 'maxTokenAge')).toBeGreaterThanOrEqual(0);
        else if (!/^[0-9]{1,13}[smhd]$/.test(text))
          expect(() => parseDuration(text, 'maxTokenAge')).toThrow(JwtConfigError);
      }),
    );
  });
});
