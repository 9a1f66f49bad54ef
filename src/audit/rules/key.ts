import type { Rule } from '../rule.js';

/** The rules of the group `key/`. */
export const keyRules: readonly Rule[] = [];
