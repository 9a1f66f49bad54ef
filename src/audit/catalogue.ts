import type { Rule } from './rule.js';
import { algorithmRules } from './rules/algorithm.js';
import { claimsRules } from './rules/claims.js';
import { encodingRules } from './rules/encoding.js';
import { formatRules } from './rules/format.js';
import { headerRules } from './rules/header.js';
import { jwksRules } from './rules/jwks.js';
import { keyRules } from './rules/key.js';
import { knownKeyRules } from './rules/key-known.js';
import { lifetimeRules } from './rules/lifetime.js';
import { privacyRules } from './rules/privacy.js';
import { secretRules } from './rules/secret.js';
import { knownSecretRules } from './rules/secret-known.js';
import { storageRules } from './rules/storage.js';
import { verifierRules } from './rules/verifier.js';

/** Every rule, by group. A call that bundlers can leave out: `audit` loads groups by itself. */
export const rules: readonly Rule[] = /* @__PURE__ */ together(
  algorithmRules,
  headerRules,
  claimsRules,
  privacyRules,
  secretRules,
  knownSecretRules,
  keyRules,
  knownKeyRules,
  jwksRules,
  verifierRules,
  lifetimeRules,
  storageRules,
  encodingRules,
  formatRules,
);

function together(...groups: readonly (readonly Rule[])[]): Rule[] {
  return groups.flat();
}
