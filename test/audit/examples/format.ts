import type { RuleExamples } from './example.js';

export const formatExamples: RuleExamples = {};
