import type { Rule } from '../rule.js';

/** The rules of the group `algorithm/`. */
export const algorithmRules: readonly Rule[] = [];
