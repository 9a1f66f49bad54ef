import type { RuleExamples } from './example.js';

export const storageExamples: RuleExamples = {};
