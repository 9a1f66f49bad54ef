import { expect, test } from 'vitest';
import { crackTimes, durationText } from '../../src/entropy/crack-times.js';

test.each([
  [50, 0, '1.6 days'],
  [60, 1, '200 days'],
  [80, 3, '4.6 years'],
  [128, 3, 'longer than the universe is old'],
])('%d bits', (bits, attacker, duration) => expect(crackTimes(bits)[attacker]?.duration).toBe(duration));

test.each([
  [0, 'at once'],
  [1, '1 second'],
  [90, '1.5 minutes'],
  [7200, '2 hours'],
  [3.2e14, '10^7 years'],
  [3.2e12, '100000 years'],
])('%d seconds', (seconds, text) => expect(durationText(seconds)).toBe(text));
