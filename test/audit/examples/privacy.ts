import type { RuleExamples } from './example.js';

export const privacyExamples: RuleExamples = {};
