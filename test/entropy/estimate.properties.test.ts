import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { estimateEntropy, loadDictionaries } from '../../src/entropy/index.js';

// Never a matter of speed: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => loadDictionaries());

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.stringMatching(/^[a-f0-9]{0,64}$/),
  fc.stringMatching(/^[A-Za-z0-9+/]{0,40}={0,2}$/),
  fc
    .array(fc.constantFrom('secret', 'my', '-', '_', '123', 'Key', 'qwerty', '2024', 'aaa', '=', '"', '${', '}'), {
      maxLength: 10,
    })
    .map((parts) => parts.join('')),
);

function sound(secret: string | Uint8Array): number {
  const { bits, keyLength, patterns } = estimateEntropy(secret);
  expect(Number.isFinite(bits)).toBe(true);
  expect(bits).toBeGreaterThanOrEqual(0);
  expect(bits).toBeLessThanOrEqual(8 * keyLength.bytes);
  for (const { start, end, bits: cost } of patterns) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(secret.length);
    expect(Number.isFinite(cost)).toBe(true);
  }
  return bits;
}

test('whatever is appended, the estimate is a finite number of bits, 8 × bytes at most', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      sound(a);
      sound(a + b);
    }),
    { numRuns: 200 },
  );
});

test('bytes are worth 8 bits each at most', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(sound(bytes)).toBeLessThanOrEqual(8 * bytes.length);
    }),
    { numRuns: 200 },
  );
});

test('a repeated unit reads as the unit and 16 bits at most', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 40 }), (unit, times) => {
      expect(estimateEntropy(unit.repeat(times)).bits).toBeLessThanOrEqual(estimateEntropy(unit).bits + 16);
    }),
    { numRuns: 200 },
  );
});

test('a repeated unit of bytes reads as the unit and 16 bits at most', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 2, max: 50 }), (unit, times) => {
      const repeated = Uint8Array.from({ length: unit.length * times }, (_, i) => unit[i % unit.length]!);
      expect(estimateEntropy(repeated).bits).toBeLessThanOrEqual(estimateEntropy(unit).bits + 16);
    }),
    { numRuns: 200 },
  );
});

test('nothing of the secret is in the result', () => {
  const mixed = fc
    .array(fc.constantFrom(...'QXZJVKW0123456789#%&~'), { minLength: 8, maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(mixed, (secret) => {
      const said = JSON.stringify(estimateEntropy(secret));
      for (let i = 0; i + 4 <= secret.length; i++) {
        const piece = secret.slice(i, i + 4);
        // Four digits in a row may be a figure of the result.
        if (!/^\d+$/.test(piece)) expect(said).not.toContain(piece);
      }
    }),
    { numRuns: 150 },
  );
  for (const secret of ['walrus-marmalade-teapot-1987', 'kR7vQ2xLm9Tz4WbN8sYc', 'bWFybWFsYWRlLXRlYXBvdA==']) {
    const said = JSON.stringify(estimateEntropy(secret));
    for (let i = 0; i + 4 <= secret.length; i++) expect(said).not.toContain(secret.slice(i, i + 4));
  }
});

test('the same secret reads the same', () => {
  fc.assert(
    fc.property(anyText, (secret) => {
      expect(estimateEntropy(secret)).toEqual(estimateEntropy(secret));
    }),
    { numRuns: 200 },
  );
});
