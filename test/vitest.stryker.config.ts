import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

// Stryker cannot run type tests, and the mutants it writes into the sources overstep the house rules.
export default mergeConfig(
  base,
  defineConfig({ test: { exclude: ['test/house.test.ts'], typecheck: { enabled: false } } }),
);
