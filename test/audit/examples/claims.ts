import type { RuleExamples } from './example.js';

export const claimsExamples: RuleExamples = {};
