/** What the audit measures against. Profiles raise or lower thresholds and severities; none has rules of its own. */
export type AuditProfile = 'default' | 'asvs-l2' | 'fapi2' | 'hipaa';

/** The profiles by name. */
export const AUDIT_PROFILES: readonly AuditProfile[] = ['default', 'asvs-l2', 'fapi2', 'hipaa'];
