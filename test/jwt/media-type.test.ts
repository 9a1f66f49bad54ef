import { expect, it } from 'vitest';
import { sameMediaType } from '../../src/jwt/media-type.js';

it.each([
  ['JWT', 'JWT'],
  ['jwt', 'JWT'],
  ['application/jwt', 'JWT'],
  ['at+jwt', 'application/at+jwt'],
  ['APPLICATION/AT+JWT', 'at+jwt'],
  ['text/x', 'TEXT/X'],
])('%j is the same media type as %j', (a, b) => {
  expect(sameMediaType(a, b)).toBe(true);
  expect(sameMediaType(b, a)).toBe(true);
});

it.each([
  ['JWT', 'at+jwt'],
  ['text/jwt', 'jwt'],
  ['application/jwt', 'text/jwt'],
  ['application/application/jwt', 'application/jwt'],
  ['jwt;x=1', 'jwt'],
  ['jwt ', 'jwt'],
  ['', 'jwt'],
  ['application/', 'application'],
])('%j is another media type than %j', (a, b) => {
  expect(sameMediaType(a, b)).toBe(false);
  expect(sameMediaType(b, a)).toBe(false);
});
