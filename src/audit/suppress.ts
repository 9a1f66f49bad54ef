import type { Finding } from './finding.js';
import type { Suppression } from './options.js';
import { strength } from './rating.js';

const DAY = 86_400;

/** Whether a path is the other one or lies below it. */
function isBelow(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}

/** Marks the findings that the caller has accepted, as long as the acceptance holds. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  now: number,
): Finding[] {
  return findings.map((finding) => {
    const match = suppressions.find(
      ({ ruleId, path, expires }) =>
        ruleId === finding.ruleId &&
        (path === undefined || isBelow(finding.path, path)) &&
        // Good until the end of its last day.
        now < Date.parse(expires) / 1000 + DAY,
    );
    return match ? { ...finding, suppressed: { reason: match.reason, expires: match.expires } } : finding;
  });
}

/**
 * Leaves out what a stronger finding of the same cause and place already says: a known secret is
 * not reported as too short as well.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const open = findings.filter(({ suppressed }) => !suppressed);
  return findings.filter(
    (finding) =>
      finding.suppressed ||
      !open.some(
        (other) =>
          other.rootCause === finding.rootCause &&
          other.ruleId !== finding.ruleId &&
          outranks(other, finding) &&
          (isBelow(other.path, finding.path) || isBelow(finding.path, other.path)),
      ),
  );
}

/** Of two equally strong findings the one whose rule comes first stays. */
function outranks(a: Finding, b: Finding): boolean {
  return strength(a) > strength(b) || (strength(a) === strength(b) && a.ruleId < b.ruleId);
}
