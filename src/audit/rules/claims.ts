import type { Rule } from '../rule.js';

/** The rules of the group `claims/`. */
export const claimsRules: readonly Rule[] = [];
