// The catalogue as `audit` loads it: groups that need an input of their own come with it, so that who audits tokens
// does not load the rules about storage. Of a group that is not loaded only the names are known: coverage lists them.

import type { Rule } from './rule.js';
import { algorithmRules } from './rules/algorithm.js';
import { claimsRules } from './rules/claims.js';
import { encodingRules } from './rules/encoding.js';
import { formatRules } from './rules/format.js';
import { headerRules } from './rules/header.js';
import { knownKeyRules } from './rules/key-known.js';
import { privacyRules } from './rules/privacy.js';
import { knownSecretRules } from './rules/secret-known.js';
import type { AuditInput } from './subject.js';

/** The rules to run, and the ids of those that lack an input and were not loaded. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly unknown: readonly string[];
}

/** A group, or a part of one, whose rules all need one of the inputs. */
interface Group {
  readonly inputs: readonly AuditInput[];
  readonly ids: readonly string[];
  load(): Promise<readonly Rule[]>;
}

/** Every rule is in one of these or among the ones that are always there. */
const GROUPS: readonly Group[] = [
  {
    inputs: ['secret', 'environment'],
    ids: /* @__PURE__ */ idsOf(
      'secret',
      'empty too-short low-entropy placeholder repetitive derived-value encoding-ambiguous stray-whitespace hardcoded fallback-default client-exposed shared',
    ),
    load: () => import('./rules/secret.js').then(({ secretRules }) => secretRules),
  },
  {
    inputs: ['key', 'jwks', 'verifier'],
    ids: /* @__PURE__ */ idsOf(
      'key',
      'rsa-too-small rsa-112-bit rsa-exponent rsa-roca rsa-close-primes rsa-small-factor rsa-shared-prime point-invalid weak-curve curve-mismatch metadata-conflict private-on-verifier reused-purpose pem-legacy pem-damaged',
    ),
    load: () => import('./rules/key.js').then(({ keyRules }) => keyRules),
  },
  {
    inputs: ['jwks', 'verifier'],
    ids: /* @__PURE__ */ idsOf(
      'jwks',
      'private-material symmetric-key duplicate-kid missing-metadata single-key-rotation insecure-url cache-policy',
    ),
    load: () => import('./rules/jwks.js').then(({ jwksRules }) => jwksRules),
  },
  {
    inputs: ['verifier'],
    ids: /* @__PURE__ */ idsOf(
      'verifier',
      'signature-disabled exp-ignored exp-not-required aud-unchecked iss-unchecked issuer-not-bound-to-key typ-unchecked loose-match clock-tolerance no-max-age no-size-limit jwe-as-jws format-confusion legacy-escape-hatch no-revocation-check',
    ),
    load: () => import('./rules/verifier.js').then(({ verifierRules }) => verifierRules),
  },
  {
    inputs: ['token', 'draft', 'issuance', 'verifier'],
    ids: /* @__PURE__ */ idsOf(
      'lifetime',
      'access-long denylist-by-token-hash id-token-long key-rotation not-sender-constrained overlap-too-short refresh-not-revocable refresh-not-rotated refresh-unbounded',
    ),
    load: () => import('./rules/lifetime.js').then(({ lifetimeRules }) => lifetimeRules),
  },
  {
    inputs: ['storage'],
    ids: /* @__PURE__ */ idsOf(
      'storage',
      'localstorage cookie-no-httponly cookie-no-secure cookie-samesite cookie-prefix cookie-too-large cookie-broad-domain cookie-outlives-token url-transport plain-http no-csp logged cached',
    ),
    load: () => import('./rules/storage.js').then(({ storageRules }) => storageRules),
  },
];

const ALWAYS: readonly Rule[] = [
  ...algorithmRules,
  ...headerRules,
  ...claimsRules,
  ...privacyRules,
  ...knownSecretRules,
  ...knownKeyRules,
  ...encodingRules,
  ...formatRules,
];

function idsOf(group: string, names: string): string[] {
  return names.split(' ').map((name) => `${group}/${name}`);
}

/** Groups that are there: asking the runtime for a module again costs more than most of its rules. */
const loaded: Map<Group, readonly Rule[]> = /* @__PURE__ */ new Map();

/** All rules that can be evaluated with these inputs, and a few more. */
export async function rulesFor(inputs: ReadonlySet<AuditInput>): Promise<RuleSet> {
  const isNeeded = (group: Group) => group.inputs.some((name) => inputs.has(name));
  const needed = GROUPS.filter(isNeeded);
  const missing = needed.filter((group) => !loaded.has(group));
  if (missing.length > 0) await Promise.all(missing.map(async (group) => loaded.set(group, await group.load())));
  return {
    rules: [...ALWAYS, ...needed.flatMap((group) => loaded.get(group)!)],
    unknown: GROUPS.filter((group) => !isNeeded(group)).flatMap(({ ids }) => ids),
  };
}
