import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadDictionaries, loadLeakedSecrets } from '../../src/entropy/index.js';
import { sha256 } from '../../src/entropy/sha256.js';

test.each([
  ['your-256-bit-secret', 'as given'],
  ['a-string-secret-at-least-256-bits-long', 'as given'],
  ['super-secret-jwt-token-with-at-least-32-characters-long', 'as given'],
  ['  your-256-bit-secret\n', 'trimmed'],
  [Buffer.from('your-256-bit-secret').toString('base64'), 'base64'],
  [Buffer.from('your-256-bit-secret').toString('base64url'), 'base64'],
  [Buffer.from('your-256-bit-secret').toString('hex'), 'hex'],
  [Buffer.from('your-256-bit-secret'), 'as given'],
  ['09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7', 'as given'],
])('%s is known', async (secret, form) => {
  expect((await loadLeakedSecrets()).find(secret)).toBe(form);
});

test.each([
  ['kR7vQ2xLm9Tz4WbN8sYc'],
  [''],
  ['   '],
  ['\ud800'],
  [new Uint8Array(0)],
  [new Uint8Array(5000)],
  ['x'.repeat(100_000)],
  ['8f3a1c9b7e2d4056b1c8e7f90a3d5e62'],
])('%s is not', async (secret) => expect((await loadLeakedSecrets()).find(secret)).toBeUndefined());

test('the look-up without dictionaries knows no hashed words, the one with them does', async () => {
  const hash = createHash('sha256').update('password').digest();
  expect((await loadLeakedSecrets()).isHashedWord(hash)).toBe(false);
  await loadDictionaries();
  expect((await loadLeakedSecrets()).isHashedWord(hash)).toBe(true);
  expect((await loadLeakedSecrets()).isHashedWord(hash.subarray(1))).toBe(false);
});

test('SHA-256 is SHA-256', () => {
  for (const size of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7) & 255);
    expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});
