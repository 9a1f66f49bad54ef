import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { deriveBigrams, deriveLeaked, deriveWords } from '../tools/derive-entropy-data.js';

// Never a matter of speed: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const data = join(dirname(fileURLToPath(import.meta.url)), '../../src/entropy/data');
const committed = (name: string): string => readFileSync(join(data, name), 'utf8');

test('the word lists are what the script derives', () => {
  expect(committed('words.data.ts')).toBe(deriveWords().text);
  expect(committed('bigrams.data.ts')).toBe(deriveBigrams());
});

const folder = process.env.JWT_SECRETS_DIR;
const skip = folder === undefined;

test.skipIf(skip)(`the fingerprints are what the script derives${skip ? ' (needs JWT_SECRETS_DIR)' : ''}`, () => {
  expect(committed('leaked.data.ts')).toBe(deriveLeaked(folder!).text);
});

test('every source has its notice', () => {
  for (const source of ['EFF', 'SCOWL', 'zxcvbn', 'wallarm/jwt-secrets'])
    expect(committed('NOTICE.md')).toContain(source);
});
