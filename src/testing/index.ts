export type { Attack, AttackClass, Severity } from './attack.js';
export { type AttackedKeys, attacksOn } from './attacks-on.js';
export { type TestVerifierOptions, testVerifier } from './conformance.js';
export {
  type AttackResult,
  type ClassCounts,
  type ConformanceReport,
  conformanceMarkdown,
  type Outcome,
} from './conformance-report.js';
export type { Fixture, FixtureName, Fixtures } from './fixtures.js';
export type { PlatformResponse, StructuralResponse, TestFetch } from './issuer-fetch.js';
export { type Judge, type JwtMatcherFunctions, type JwtMatchers, jwtMatchers, type MatcherResult } from './matchers.js';
export { createTestClock, type TestClock } from './test-clock.js';
export { createTestIssuer, type TestIssuer, type TestIssuerOptions, type TestTokenOptions } from './test-issuer.js';
