import type { Rule } from '../rule.js';

/** The rules of the group `secret/`. */
export const secretRules: readonly Rule[] = [];
