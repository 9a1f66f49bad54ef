import type { Rule } from '../rule.js';

/** The rules of the group `storage/`. */
export const storageRules: readonly Rule[] = [];
