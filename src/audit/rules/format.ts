import type { Rule } from '../rule.js';

/** The rules of the group `format/`. */
export const formatRules: readonly Rule[] = [];
