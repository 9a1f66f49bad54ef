import { evaluate } from './evaluate.js';
import { keysOf, readFacts } from './facts/facts.js';
import { insightsOf } from './insights.js';
import { type AuditOptions, checkAuditOptions, nowInSeconds } from './options.js';
import { RUBRIC_VERSION, rate } from './rating.js';
import type { AuditReport } from './report.js';
import type { RuleContext } from './rule.js';
import { rulesFor } from './rule-groups.js';
import { type AuditInput, type AuditSubject, checkSubject } from './subject.js';
import { applySuppressions, withoutEchoes } from './suppress.js';
import { THRESHOLDS } from './thresholds.js';
import { traitsOf } from './traits.js';

/**
 * Says what is wrong with a token, a draft, a secret, a key, a JWKS, a verifier's policy, or the way tokens are
 * issued and stored: how bad, on whose authority, and how to mend it. The more is given, the more can be judged.
 *
 * The same subject, options and `now` give the same report, byte for byte. Tokens, key sets and PEM texts may hold
 * anything: what is wrong with them is a finding, never an error.
 *
 * @throws JwtConfigError when the subject or the options have an unknown member or one of the wrong kind.
 * @example
 * ```ts
 * import { createVerifier, key, unchecked } from 'jwtight';
 * import { audit } from 'jwtight/audit';
 *
 * const { publicKey } = await key('ES256').id().generate();
 * const verify = createVerifier({ keys: publicKey, issuer: 'https://auth.example.com', audience: unchecked });
 * const { grade, findings } = await audit({ verifier: verify.policy, key: publicKey });
 * console.log(grade, findings.map(({ ruleId, remediation }) => `${ruleId}: ${remediation}`));
 * ```
 */
export async function audit(subject: AuditSubject, options: AuditOptions = {}): Promise<AuditReport> {
  const given = checkSubject(subject);
  const own = checkAuditOptions(options);
  const { profile = 'default', rules, suppressions = [] } = own;
  const now = nowInSeconds(own.now);
  const context: RuleContext = {
    now,
    profile,
    thresholds: THRESHOLDS[profile],
    context: own.context ?? {},
    wordlist: own.wordlist ?? [],
    maxCandidates: own.maxCandidates ?? Number.POSITIVE_INFINITY,
    signal: own.signal,
  };
  const facts = await readFacts(given, own.kind);
  const { findings, coverage } = await evaluate(
    facts,
    rules ? { rules, unknown: [] } : await rulesFor(facts.inputs),
    context,
  );
  const judged = applySuppressions(findings, suppressions, now);

  const areas = {
    verifier: facts.verifiers.length > 0,
    // What can be read of no key, and a policy that says nothing, show nothing.
    key: facts.secrets.length > 0 || keysOf(facts).some(({ type }) => type !== undefined),
    issuance: Object.keys(given.issuance ?? {}).length > 0,
  };
  const traits = traitsOf(facts, context);
  const rating = rate({ findings: judged, rateable: coverage.evaluated.length > 0, areas, traits });
  return {
    rubricVersion: RUBRIC_VERSION,
    profile,
    auditedAt: new Date(now * 1000).toISOString(),
    grade: rating.grade,
    score: rating.score,
    coverage: {
      ...coverage,
      inputs: Object.keys(given)
        .filter((name): name is AuditInput => name !== 'algorithm')
        .sort(),
      areas,
      partial: !Object.values(areas).every(Boolean),
    },
    findings: withoutEchoes(judged),
    deductions: rating.deductions,
    caps: rating.caps,
    traits,
    insights: insightsOf(facts, now),
  };
}
