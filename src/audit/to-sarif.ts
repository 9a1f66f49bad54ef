// SARIF 2.1.0 as GitHub code scanning reads it.

import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import { rules as catalogue } from './catalogue.js';
import { type Finding, SEVERITIES, type Severity } from './finding.js';
import { RUBRIC_VERSION } from './rating.js';
import type { AuditReport } from './report.js';
import type { Rule } from './rule.js';

/** Lines and columns, counted from 1; the end column is one past the last character (SARIF §3.30). */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the findings are to be shown. */
export interface SarifOptions {
  /** The audited file, relative to the root of the repository; `jwt-audit.json` without it. */
  readonly uri?: string;
  /** The place in the file; its first character without it. */
  readonly region?: SarifRegion;
  /** The rules, where they are not the catalogue's. */
  readonly rules?: readonly Rule[];
}

/** A SARIF log: plain JSON. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly object[];
}

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** GitHub's bands: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. */
const SECURITY_SEVERITIES: Readonly<Partial<Record<Severity, string>>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

/**
 * A report as a SARIF log for code scanning. It holds no snippet, and fingerprints are made of rule, file and path.
 *
 * @throws JwtConfigError when the uri is not a relative path, percent-encoded where needed, or the region is not whole.
 * @example
 * ```ts
 * import { audit, toSarif } from 'jwtight/audit';
 *
 * const report = await audit({ issuance: { accessTokenLifetime: '8h' } });
 * console.log(JSON.stringify(toSarif(report, { uri: 'config/auth.json' })));
 * ```
 */
export function toSarif(report: AuditReport, options: SarifOptions = {}): SarifLog {
  checkOptions(options, ['uri', 'region', 'rules'], 'toSarif');
  const { uri = 'jwt-audit.json', rules = catalogue } = options;
  const region = options.region ?? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  checkUri(uri);
  checkRegion(region);
  const ids = [...new Set(report.findings.map(({ ruleId }) => ruleId))].sort();
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'jwtight',
            // The rubric's version: what a finding means changes with it, not with the package's.
            semanticVersion: RUBRIC_VERSION,
            informationUri: 'https://github.com/jwtight/jwtight',
            rules: ids.map((id) =>
              descriptor(
                id,
                rules.find((rule) => rule.id === id),
                report.findings.filter(({ ruleId }) => ruleId === id),
              ),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => {
          const hash = fingerprint(`${finding.ruleId}\n${uri}\n${finding.path}`);
          const count = (seen.get(hash) ?? 0) + 1;
          seen.set(hash, count);
          return {
            ruleId: finding.ruleId,
            ruleIndex: ids.indexOf(finding.ruleId),
            level: LEVELS[finding.severity],
            message: { text: `${finding.message}. ${finding.remediation}` },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri }, region },
                logicalLocations: [{ fullyQualifiedName: finding.path, kind: 'member' }],
              },
            ],
            partialFingerprints: { primaryLocationLineHash: `${hash}:${count}` },
            properties: { confidence: finding.confidence, basis: finding.basis },
            ...(finding.suppressed && {
              suppressions: [{ kind: 'external', status: 'accepted', justification: finding.suppressed.reason }],
            }),
          };
        }),
      },
    ],
  };
}

function descriptor(id: string, rule: Rule | undefined, findings: readonly Finding[]): object {
  const [first] = findings as [Finding, ...Finding[]];
  const { title, remediation } = rule ?? { title: first.message, remediation: first.remediation };
  // The worst that was found: profiles and checks may judge otherwise than the rule's default.
  const severity = SEVERITIES.findLast((name) => findings.some((finding) => finding.severity === name))!;
  const cwe = first.references.filter((name) => /^CWE-\d+$/.test(name)).map((name) => name.toLowerCase());
  const securitySeverity = SECURITY_SEVERITIES[severity];
  const references = first.references.length === 0 ? '' : ` References: ${first.references.join(', ')}.`;
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${remediation}` },
    help: { text: `${remediation}${references}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      ...(securitySeverity && { 'security-severity': securitySeverity }),
      tags: ['security', ...cwe.map((name) => `external/cwe/${name}`)],
    },
  };
}

function checkUri(uri: unknown): void {
  const valid =
    typeof uri === 'string' &&
    // RFC 3986 §3.3: what is left out here would be refused, or read as a query or a fragment.
    /^([\w\-.~!$&'()*+,;=:@/]|%[\da-f]{2})+$/i.test(uri) &&
    !/^[a-z][a-z\d+.-]*:|^\//i.test(uri) &&
    !uri.split('/').includes('..');
  if (!valid)
    throw new JwtConfigError(
      'uri must be a path relative to the root of the repository, with / between its parts and percent-encoded',
    );
}

function checkRegion(region: SarifRegion): void {
  const names = ['startLine', 'startColumn', 'endLine', 'endColumn'] as const;
  checkOptions(region, names, 'region');
  if (!names.every((name) => Number.isSafeInteger(region[name]) && region[name] > 0))
    throw new JwtConfigError('region needs startLine, startColumn, endLine and endColumn, counted from 1');
}

/** FNV-1a with 64 bits: stable and synchronous; nothing secret goes in. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}
