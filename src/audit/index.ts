export { audit } from './audit.js';
export { rules } from './catalogue.js';
export type { AuditContext } from './context.js';
export type { AlgorithmFamily } from './facts/algorithm.js';
export type { Facts } from './facts/facts.js';
export type { IssuanceFacts } from './facts/issuance.js';
export type { JwksFacts } from './facts/jwks.js';
export type { KeyFacts, PemProblem } from './facts/key.js';
export type { SecretFacts } from './facts/secret.js';
export type { EncodingProblem, JsonProblem, SegmentFacts } from './facts/segment.js';
export type { TokenFacts, Wrapping } from './facts/token.js';
export type { VerifierFacts } from './facts/verifier.js';
export type { Basis, Confidence, Finding, Severity } from './finding.js';
export type { AuditOptions, Suppression } from './options.js';
export { pointer } from './pointer.js';
export type { AuditProfile } from './profile.js';
export { defineRule, type FindingDraft, type Rule, type RuleContext } from './rule.js';
export type {
  AuditDraft,
  AuditInput,
  AuditKey,
  AuditSubject,
  HeaderKey,
  IssuancePolicy,
  SecretEnvironment,
  StorageChoice,
  TokenKind,
  VerifierDescription,
  VerifierPermission,
} from './subject.js';
export type { Thresholds } from './thresholds.js';
