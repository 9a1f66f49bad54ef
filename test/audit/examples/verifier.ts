import type { RuleExamples } from './example.js';

export const verifierExamples: RuleExamples = {};
