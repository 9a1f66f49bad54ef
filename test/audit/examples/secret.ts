import type { RuleExamples } from './example.js';

export const secretExamples: RuleExamples = {};
