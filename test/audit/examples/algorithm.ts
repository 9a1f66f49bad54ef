import type { RuleExamples } from './example.js';

export const algorithmExamples: RuleExamples = {};
