import type { Rule } from '../rule.js';

/** The rules of the group `header/`. */
export const headerRules: readonly Rule[] = [];
