import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimTimeText, dateText, lengthText, relativeText } from '../../docs/workbench/time-text.js';

describe('lengthText', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [872, '14 min 32 s'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86_400, '1 day'],
    [180_000, '2 days 2 h'],
    [-61.5, '1 min 1 s'],
  ])('of %d', (seconds, text) => {
    expect(lengthText(seconds)).toBe(text);
  });
});

describe('relativeText', () => {
  it.each([
    [1000, 1000, 'now'],
    [1060, 1000, 'in 1 min'],
    [940, 1000, '1 min ago'],
  ])('of %d at %d', (time, now, text) => {
    expect(relativeText(time, now)).toBe(text);
  });
});

describe('dateText', () => {
  it('is the date in UTC', () => {
    expect(dateText(1_795_679_724)).toBe('2026-11-26 07:55:24 UTC');
    expect(dateText(0.9)).toBe('1970-01-01 00:00:00 UTC');
    expect(dateText(8.64e12)).toBe('+275760-09-13 00:00:00 UTC');
  });

  it('throws for nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const text = dateText(value);
        expect(text === undefined || text.endsWith(' UTC')).toBe(true);
      }),
    );
  });
});

describe('claimTimeText', () => {
  it.each([
    ['exp', 1060, 'expires in 1 min (1970-01-01 00:17:40 UTC)'],
    ['exp', 940, 'expired 1 min ago (1970-01-01 00:15:40 UTC)'],
    ['iat', 1000, 'issued now (1970-01-01 00:16:40 UTC)'],
    ['nbf', 1060, 'not good before in 1 min (1970-01-01 00:17:40 UTC)'],
    ['exp', 1_795_679_724_000, '+058872-10-28 03:20:00 UTC: are these milliseconds? NumericDates count seconds'],
    ['exp', '1060', 'a text: a NumericDate is a number, without quotes'],
    ['exp', null, 'not a NumericDate: seconds since 1970 as a number'],
    ['exp', Number.NaN, 'not a NumericDate: seconds since 1970 as a number'],
    ['sub', 1060, undefined],
    ['constructor', 1060, undefined],
  ])('of %s %s', (name, value, text) => {
    expect(claimTimeText(name, value, 1000)).toBe(text);
  });
});
