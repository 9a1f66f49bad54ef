import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

// Stryker cannot run type tests, the mutants it writes into the sources overstep the house rules, and what the
// examples and other libraries show is shown by quicker tests too.
export default mergeConfig(
  base,
  defineConfig({
    test: {
      exclude: [
        'test/house.test.ts',
        'test/docs*.test.ts',
        'test/types/**',
        'test/interop/**',
        'test/re*/redis.test.ts',
      ],
      typecheck: { enabled: false },
    },
  }),
);
