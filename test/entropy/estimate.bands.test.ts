import { describe, expect, test } from 'vitest';
import { estimateEntropy, loadDictionaries } from '../../src/entropy/index.js';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: placeholders look so.
const BANDS: readonly (readonly [secret: string, least: number, most: number, encoding: string])[] = [
  ['secret', 6, 6, 'text'],
  ['password', 8, 12, 'text'],
  ['your-256-bit-secret', 6, 6, 'text'],
  ['changeme', 8, 12, 'text'],
  ['I Love Secure Applications In 2026', 51, 67, 'text'],
  ['9f86d081884c7d659a2feaa0c55ad015', 128, 128, 'hex'],
  ['8f3a1c9b7e2d4056b1c8e7f90a3d5e62', 128, 128, 'hex'],
  ['8f3a1c9b7e2d4056b1c8e7f90a3d5e628f3a1c9b7e2d4056b1c8e7f90a3d5e62', 114, 148, 'text'],
  ['correct horse battery staple', 55, 72, 'text'],
  ['correcthorsebatterystaple', 52, 68, 'text'],
  ['Tr0ub4dor&3', 55, 72, 'text'],
  ['qwertyuiopasdfghjklzxcvbnm', 8, 24, 'text'],
  ['1qaz2wsx3edc4rfv5tgb6yhn', 20, 30, 'text'],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 10, 15, 'text'],
  ['00000000000000000000000000000000', 8, 12, 'text'],
  ['12345678901234567890123456789012', 10, 15, 'text'],
  ['abcdefghijklmnopqrstuvwxyz012345', 27, 36, 'text'],
  ['0123456789abcdef0123456789abcdef', 25, 34, 'text'],
  ['super-secret-jwt-token-with-at-least-32-characters-long', 6, 6, 'text'],
  ['my_super_secret_key_for_jwt_auth', 49, 64, 'text'],
  ['CHANGE_ME_IN_PRODUCTION', 30, 41, 'text'],
  ['<your-secret-here>', 27, 36, 'text'],
  ['${JWT_SECRET}', 20, 28, 'text'],
  ['JWT_SECRET=changeme', 13, 19, 'text'],
  ['JWT_SECRET="8f3a1c9b7e2d4056b1c8e7f90a3d5e62"', 120, 155, 'hex'],
  ['p4ssw0rd', 10, 15, 'text'],
  ['s3cr3t_k3y', 23, 31, 'text'],
  ['terces', 11, 16, 'text'],
  ['Acme2024!', 38, 51, 'text'],
  ['AcmeCorp2026#', 49, 64, 'text'],
  ['2026-11-22', 15, 22, 'text'],
  ['22/11/2026', 15, 22, 'text'],
  ['1763776962', 29, 39, 'text'],
  ['550e8400-e29b-41d4-a716-446655440000', 122, 122, 'uuid'],
  ['f47ac10b-58cc-1372-8567-0e02b2c3d479', 40, 40, 'uuid'],
  ['0190a5e4-7b3c-7d2e-9f10-3b5a7c9d1e2f', 74, 74, 'uuid'],
  ['c2VjcmV0', 7, 11, 'base64'],
  ['c3VwZXItc2VjcmV0LWp3dC10b2tlbg==', 32, 43, 'base64'],
  ['636f727265637420686f72736520626174746572792073746170', 67, 87, 'hex'],
  ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 129, 166, 'text'],
  ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 171, 219, 'text'],
  ['de:ad:be:ef:00:11:22:33:44:55:66:77:88:99:aa:bb', 63, 83, 'colon-hex'],
  ['JBSWY3DPEHPK3PXP', 80, 80, 'base32'],
  ['admin', 8, 12, 'text'],
  ['letmein', 10, 15, 'text'],
  ['iloveyou', 10, 15, 'text'],
  ['dragon123', 24, 32, 'text'],
  ['Summer2026!', 27, 36, 'text'],
  ['michael1985', 20, 30, 'text'],
  ['the quick brown fox jumps over the lazy dog', 60, 78, 'text'],
  ['It was the best of times, it was the worst of times', 67, 88, 'text'],
  ['asdfasdfasdfasdf', 13, 19, 'text'],
  ['abcabcabcabcabcabcabcabcabcabcabcabc', 15, 21, 'text'],
  ['password00000000000000000000000000000000', 23, 32, 'text'],
  ['001002003004005006007008', 18, 25, 'text'],
  ['SecretKey012345678901234567890123456789012345678901234567890123456789', 6, 6, 'text'],
  ['thisisasecretkeythisisasecretkey', 12, 18, 'text'],
  ['secretsecretsecretsecretsecretse', 8, 13, 'text'],
  ['keyboard cat', 6, 6, 'text'],
  ['shhhhh', 6, 6, 'text'],
  ['a', 3, 6, 'text'],
  ['!!!!!!!!', 8, 13, 'text'],
  ['{"kty":"oct","k":"c2VjcmV0"}', 8, 12, 'jwk'],
  ['dev-secret-do-not-use-in-production', 49, 64, 'text'],
  ['5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8', 12, 18, 'hex'],
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: placeholders look so.

await loadDictionaries();

describe('the estimate lies in its band', () => {
  test.each(BANDS)('%s', (secret, least, most, encoding) => {
    const estimate = estimateEntropy(secret);
    expect(estimate.bits).toBeGreaterThanOrEqual(least);
    expect(estimate.bits).toBeLessThanOrEqual(most);
    expect(estimate.encoding).toBe(encoding);
  });

  test('there are enough of them', () => expect(BANDS.length).toBeGreaterThanOrEqual(60));
});

describe('two secrets from the field', () => {
  const sentence = estimateEntropy('I Love Secure Applications In 2026');
  const hex = estimateEntropy('8f3a1c9b7e2d4056b1c8e7f90a3d5e62');

  test('the sentence is far below the random string', () => {
    expect(sentence.bits).toBeLessThan(hex.bits - 60);
    expect(sentence.sufficientFor).toEqual([]);
  });

  test('32 random hexadecimal characters are 128 bits, too few for HS256 though RFC 7518 counts 32 bytes', () => {
    expect(hex).toMatchObject({ bits: 128, encoding: 'hex', decodedBytes: 16, sufficientFor: [] });
    expect(hex.keyLength).toEqual({ bytes: 32, sufficientFor: ['HS256'] });
  });
});

test.each([
  ['32 bytes in hex', '8f3a1c9b7e2d4056b1c8e7f90a3d5e6217d94b0c65fa83e27b6d1f04c2a95e38', 256, ['HS256']],
  // As one in eight is.
  [
    '48 bytes in Base64url that happen to need no symbol',
    'nQvWys81vp7hB1dx8PpD5KHXe3PYiGkPAuNaRL63xYKwzEInncIIA3ANxN9K3KSU',
    384,
    ['HS256', 'HS384'],
  ],
  [
    '64 bytes in Base64url',
    'mF2kgIVIuuSlJus8o5HfDAqHQc0urx9i7zrqrIGOvbZW3kq-8Yx1tN4Lw_eJ2GhXzRc6BdUvo9KsPa0TfQyE5A',
    512,
    ['HS256', 'HS384', 'HS512'],
  ],
])('%s are enough', (_, secret, bits, algorithms) => {
  expect(estimateEntropy(secret)).toMatchObject({ bits, sufficientFor: algorithms });
});
