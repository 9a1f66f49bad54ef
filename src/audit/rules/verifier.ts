import type { Rule } from '../rule.js';

/** The rules of the group `verifier/`. */
export const verifierRules: readonly Rule[] = [];
