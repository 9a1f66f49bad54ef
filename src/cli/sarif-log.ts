// Several audits in one run of a SARIF log: code scanning takes one run for each tool.

import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { AuditReport } from '../audit/report.js';
import { type SarifLog, toSarif } from '../audit/to-sarif.js';
import type { AuditItem } from './audit-input.js';

/** The parts of a run that are merged; the rest is the same in all. */
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly RuleDescriptor[] } };
  readonly results: readonly Result[];
}

interface RuleDescriptor {
  readonly id: string;
  readonly properties: { readonly 'security-severity'?: string };
}

interface Result {
  readonly ruleId: string;
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

/** The reports as one log, each with its file and place. */
export function toSarifLog(audits: readonly { item: AuditItem; report: AuditReport }[], cwd: string): SarifLog {
  const logs = audits.map(({ item, report }) =>
    toSarif(report, {
      ...(item.path !== undefined && { uri: repositoryUri(item.path, cwd) }),
      ...(item.region && { region: item.region }),
    }),
  );
  const [first] = logs as [SarifLog, ...SarifLog[]];
  const runs = logs.map(({ runs }) => runs[0] as Run);
  const rules = mergeRules(runs.flatMap(({ tool }) => tool.driver.rules));
  const seen = new Map<string, number>();
  const results = runs
    .flatMap((run) => run.results)
    .map((result) => {
      // Two variables of one file have the same hash: the number behind it tells them apart.
      const hash = result.partialFingerprints.primaryLocationLineHash.split(':')[0]!;
      const count = (seen.get(hash) ?? 0) + 1;
      seen.set(hash, count);
      return {
        ...result,
        ruleIndex: rules.findIndex(({ id }) => id === result.ruleId),
        partialFingerprints: { primaryLocationLineHash: `${hash}:${count}` },
      };
    });
  const run = runs[0]!;
  return { ...first, runs: [{ ...run, tool: { driver: { ...run.tool.driver, rules } }, results }] };
}

/** Each rule once, as the audit describes it that found it at its worst. */
function mergeRules(all: readonly RuleDescriptor[]): RuleDescriptor[] {
  const severity = ({ properties }: RuleDescriptor) => Number(properties['security-severity'] ?? 0);
  const worst = new Map<string, RuleDescriptor>();
  for (const rule of all) {
    const known = worst.get(rule.id);
    if (!known || severity(rule) > severity(known)) worst.set(rule.id, rule);
  }
  return [...worst.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A file relative to the root of its repository, or to the working folder outside of any. */
export function repositoryUri(path: string, cwd: string): string {
  const file = resolve(cwd, path);
  const below = relative(repositoryRoot(dirname(file)) ?? cwd, file);
  // What lies elsewhere has no place in the log but its name.
  const parts = below.startsWith('..') || resolve(below) === below ? [file.split(sep).at(-1)!] : below.split(sep);
  return parts.map(encodeURIComponent).join('/');
}

function repositoryRoot(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryRoot(parent);
}
