import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));
const report = process.env.TEST_REPORT;

export default defineConfig({
  resolve: {
    // The package by its own name is the source, so that the tests need no build.
    alias: [
      { find: /^jwtight$/, replacement: `${src}index.ts` },
      { find: /^jwtight\/(.+)$/, replacement: `${src}$1/index.ts` },
    ],
  },
  test: {
    // Property tests on a small, busy machine take their time.
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    exclude: ['test/runtimes/**', '**/node_modules/**'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'test/tsconfig.json' },
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'html', 'lcov'],
      thresholds: { lines: 98, branches: 98, functions: 98, statements: 98 },
    },
  },
});
