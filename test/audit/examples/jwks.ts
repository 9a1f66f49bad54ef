import type { RuleExamples } from './example.js';

export const jwksExamples: RuleExamples = {};
