import type { Rule } from '../rule.js';

/** The rules of the group `jwks/`. */
export const jwksRules: readonly Rule[] = [];
