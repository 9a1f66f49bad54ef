import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

// Stryker cannot run type tests, the mutants it writes into the sources overstep the house rules, and what the
// examples and other libraries show is shown by quicker tests too.
const { projects: _, ...test } = base.test!;

export default defineConfig({
  ...base,
  test: {
    ...test,
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/runtimes/**',
      '**/node_modules/**',
      'test/house.test.ts',
      'test/docs*.test.ts',
      'test/types/**',
      'test/interop/**',
      'test/re*/redis.test.ts',
    ],
  },
});
