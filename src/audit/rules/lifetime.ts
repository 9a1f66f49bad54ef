import type { Rule } from '../rule.js';

/** The rules of the group `lifetime/`. */
export const lifetimeRules: readonly Rule[] = [];
