import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('./src/', import.meta.url));
const report = process.env.TEST_REPORT;

/** What depends on what was loaded before, such as dictionaries. */
const STATEFUL = ['audit', 'cli', 'entropy', 'testing'].map((folder) => `test/${folder}/**/*.test.ts`);
const ELSEWHERE = ['test/runtimes/**', '**/node_modules/**'];

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
    // One more than there are cores: many tests wait for a server or a process.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // A worker for each file would cost more than all the tests: only those have one that need it.
      {
        extends: true,
        test: {
          name: 'stateless',
          include: ['test/**/*.test.ts'],
          exclude: [...STATEFUL, ...ELSEWHERE],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'stateful', include: STATEFUL } },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['test/**/*.test-d.ts'],
            tsconfig: 'test/types/tsconfig.json',
          },
        },
      },
    ],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'html', 'lcov'],
      thresholds: { lines: 98, branches: 98, functions: 98, statements: 98 },
    },
  },
});
