export type { JsonObject } from '../encoding/json.js';
export { type ExpressJwtOptions, fromExpressJwt } from './adapters/express-jwt.js';
export { type FastJwtOptions, fromFastJwt } from './adapters/fast-jwt.js';
export { fromHonoJwt, type HonoJwtOptions } from './adapters/hono.js';
export { fromJose, type JoseKeys, type JoseOptions } from './adapters/jose.js';
export { fromJsonwebtoken, type JsonwebtokenOptions } from './adapters/jsonwebtoken.js';
export type { Expected } from './adapters/shared.js';
export { audit } from './audit.js';
export { rules } from './catalogue.js';
export { type ComplianceEvidence, type ComplianceRow, complianceMatrix } from './compliance/matrix.js';
export type { Framework } from './compliance/topics.js';
export type { AuditContext } from './context.js';
export type { Cause, CauseConfidence, CauseId } from './diagnose/cause.js';
export { type Diagnosis, diagnose } from './diagnose/diagnose.js';
export type { DiagnoseKey, DiagnoseOptions } from './diagnose/options.js';
export type { RuleCoverage } from './evaluate.js';
export type { AlgorithmFamily } from './facts/algorithm.js';
export type { Facts } from './facts/facts.js';
export type { IssuanceFacts } from './facts/issuance.js';
export type { JwksFacts } from './facts/jwks.js';
export type { KeyFacts } from './facts/key.js';
export type { PemProblem } from './facts/pem-key.js';
export type { ReadableSecret, SecretFacts } from './facts/secret.js';
export type { EncodingProblem, JsonProblem, SegmentFacts } from './facts/segment.js';
export type { TokenFacts, Wrapping } from './facts/token.js';
export type { VerifierFacts } from './facts/verifier.js';
export type { Basis, Confidence, Finding, Severity } from './finding.js';
export type { Insights } from './insights.js';
export type { AuditOptions, Suppression } from './options.js';
export { pointer } from './pointer.js';
export type { AuditProfile } from './profile.js';
export type { Cap, CapReason, Deduction, Grade, Letter, Trait } from './rating.js';
export type { AuditReport, Coverage } from './report.js';
export { type JsonSchema, reportSchema } from './report-schema.js';
export { defineRule, type FindingDraft, type Found, type Rule, type RuleContext } from './rule.js';
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
export { toJson } from './to-json.js';
export { toMarkdown } from './to-markdown.js';
export { type SarifLog, type SarifOptions, type SarifRegion, toSarif } from './to-sarif.js';
