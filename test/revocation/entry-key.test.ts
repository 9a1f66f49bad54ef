import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntryKind, entryKey } from '../../src/revocation/entry-key.js';
import { codeUnit } from '../support/arbitraries.js';

const kind = fc.constantFrom<EntryKind>('token', 'subject', 'once');
const text = fc.oneof(
  fc.string({ unit: codeUnit, minLength: 1, maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('"', ',', '\\', '[', ']', ':', 'n', 'u', 'l', '\ud800'),
    minLength: 1,
    maxLength: 8,
  }),
);
const parts = fc.tuple(kind, fc.option(text, { nil: undefined }), text);

describe('entryKey', () => {
  it('differs wherever kind, issuer or id differ', async () => {
    await fc.assert(
      fc.asyncProperty(parts, parts, async (a, b) => {
        const same = a.every((part, i) => part === b[i]);
        expect((await entryKey(...a)) === (await entryKey(...b))).toBe(same);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps a border between issuer and id', async () => {
    const keys = [
      await entryKey('token', 'ab', 'c'),
      await entryKey('token', 'a', 'bc'),
      await entryKey('token', undefined, 'abc'),
      await entryKey('token', 'null', 'abc'),
      await entryKey('token', 'a","b', 'c'),
      await entryKey('token', 'a', 'b","c'),
      await entryKey('token', '\ud800', 'c'),
      await entryKey('token', '\ud801', 'c'),
      await entryKey('token', '\\ud800', 'c'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is text while it is short, a hash when it is long, and never longer than 208 characters', async () => {
    expect(entryKey('token', 'https://a', 'b')).toBe('token:["https://a","b"]');
    expect(entryKey('subject', undefined, 'b')).toBe('subject:[null,"b"]');
    expect(entryKey('once', undefined, 'x'.repeat(191))).toBe(`once:[null,"${'x'.repeat(191)}"]`);
    expect(await entryKey('once', undefined, 'x'.repeat(192))).toMatch(/^once:[\w-]{43}$/);
    await fc.assert(
      fc.asyncProperty(parts, async (part) => {
        expect((await entryKey(...part)).length).toBeLessThanOrEqual(208);
      }),
    );
  });
});
