import type { Rule } from '../rule.js';

/** The rules of the group `privacy/`. */
export const privacyRules: readonly Rule[] = [];
