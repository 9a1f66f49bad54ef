import type { RuleExamples } from './example.js';

export const headerExamples: RuleExamples = {};
