/** How bad a finding is, from worst to mildest. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** How sure a finding is: seen in the input, very probable, or worth a look. */
export type Confidence = 'confirmed' | 'likely' | 'possible';

/** On whose authority: a standard, a security advisory, or a number that a policy sets. */
export type Basis = 'standard' | 'advisory' | 'policy';

/** From mildest to worst, so that a higher index is a worse finding. */
export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** From the least sure to the surest. */
export const CONFIDENCES: readonly Confidence[] = ['possible', 'likely', 'confirmed'];

/** One thing that is wrong. Nothing of a secret, a token or a claim's value is in it: names, lengths and classes only. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly basis: Basis;
  readonly message: string;
  /** JSON Pointer (RFC 6901) into the subject; the parts of a token lie below `/token/header` and `/token/claims`. */
  readonly path: string;
  /** How to mend it, in at most twelve words. */
  readonly remediation: string;
  /** RFC sections, ASVS requirements, CWE and CVE ids. */
  readonly references: readonly string[];
  /** Findings of one cause are one mistake: it is charged once. */
  readonly rootCause: string;
  /** There when a suppression of the caller's covers it: it is reported and not charged. */
  readonly suppressed?: { readonly reason: string; readonly expires: string };
}
