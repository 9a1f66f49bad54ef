// Reports made in the tests: each must satisfy the schema that ships with the package.

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type AuditReport, reportSchema } from 'jwtight/audit';
import { expect } from 'vitest';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(reportSchema);

/** Expects a report to survive JSON and to satisfy the schema; returns it. */
export function valid(report: AuditReport): AuditReport {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  return report;
}
