import type { RuleExamples } from './example.js';

export const keyExamples: RuleExamples = {};
