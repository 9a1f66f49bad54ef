import type { AuditReport } from './report.js';

/**
 * A report as JSON text, indented by two spaces. The same report gives the same text, byte for byte.
 *
 * @example
 * ```ts
 * import { audit, toJson } from 'jwtight/audit';
 *
 * console.log(toJson(await audit({ issuance: { accessTokenLifetime: '8h' } }, { now: 0 })));
 * ```
 */
export function toJson(report: AuditReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
