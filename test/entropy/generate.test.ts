import { beforeAll, expect, test } from 'vitest';
import { estimateEntropy, generateSecret, loadDictionaries } from '../../src/entropy/index.js';
import { JwtConfigError } from '../../src/errors.js';

beforeAll(() => loadDictionaries());

test.each([
  ['HS256', 32],
  ['HS384', 48],
  ['HS512', 64],
] as const)('%s gets a secret of %d bytes', (algorithm, size) => {
  expect(Buffer.from(generateSecret(algorithm), 'base64url')).toHaveLength(size);
  expect(Buffer.from(generateSecret(algorithm, 'base64'), 'base64')).toHaveLength(size);
  expect(Buffer.from(generateSecret(algorithm, 'hex'), 'hex')).toHaveLength(size);
  expect(generateSecret(algorithm, 'base64')).toMatch(/^[\w+/]+={0,2}$/);
  expect(generateSecret(algorithm)).not.toBe(generateSecret(algorithm));
});

test('what is generated is enough, but for a coincidence', () => {
  const secrets = Array.from({ length: 50 }, () => generateSecret('HS256'));
  expect(secrets.filter((secret) => !estimateEntropy(secret).sufficientFor.includes('HS256')).length).toBeLessThan(3);
});

test.each([['RS256'], ['none'], ['__proto__'], [undefined]])('%s has no shared secret', (algorithm) => {
  expect(() => generateSecret(algorithm as 'HS256')).toThrow(JwtConfigError);
});

test.each([['base32'], ['toString'], [''], [null]])('the encoding %s is unknown', (encoding) => {
  expect(() => generateSecret('HS256', encoding as 'hex')).toThrow(JwtConfigError);
});
