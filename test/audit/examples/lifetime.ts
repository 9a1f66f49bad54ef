import type { RuleExamples } from './example.js';

export const lifetimeExamples: RuleExamples = {};
