// The report as a JSON Schema, for tools that store or exchange reports.

import { CONFIDENCES, SEVERITIES } from './finding.js';
import { AUDIT_PROFILES } from './profile.js';
import { GRADES } from './rating.js';
import { TOKEN_KINDS } from './subject.js';

/** A JSON Schema: plain JSON. */
export type JsonSchema = { readonly [keyword: string]: unknown };

function record(properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

const text = { type: 'string' };
const flag = { type: 'boolean' };
const whole = { type: 'integer', minimum: 0 };
const ruleId = { type: 'string', pattern: '^[a-z\\d]+(-[a-z\\d]+)*/[a-z\\d]+(-[a-z\\d]+)*$' };
const severity = { enum: SEVERITIES };
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };

const finding = /* @__PURE__ */ record(
  {
    ruleId,
    severity,
    confidence: { enum: CONFIDENCES },
    basis: { enum: ['standard', 'advisory', 'policy'] },
    message: text,
    path: { type: 'string', pattern: '^(/([^/~]|~[01])*)*$' },
    remediation: text,
    references: /* @__PURE__ */ list(text),
    rootCause: text,
    suppressed: /* @__PURE__ */ record({ reason: text, expires: day }),
  },
  ['suppressed'],
);

/**
 * The JSON Schema (draft 2020-12) of a report.
 *
 * @example
 * ```ts
 * import { reportSchema } from 'jwtight/audit';
 *
 * console.log(JSON.stringify(reportSchema));
 * ```
 */
export const reportSchema: JsonSchema = /* @__PURE__ */ (() => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'jwtight audit report',
  ...record({
    rubricVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    profile: { enum: AUDIT_PROFILES },
    auditedAt: { type: 'string', format: 'date-time' },
    grade: { enum: [...GRADES, ...GRADES.map((grade) => `${grade}*`), null] },
    score: orNull({ type: 'number', minimum: 0, maximum: 100 }),
    coverage: record({
      evaluated: list(ruleId),
      notApplicable: list(ruleId),
      unknown: list(ruleId),
      inputs: list({
        enum: ['token', 'draft', 'secret', 'key', 'jwks', 'verifier', 'issuance', 'storage', 'environment'],
      }),
      areas: record({ verifier: flag, key: flag, issuance: flag }),
      partial: flag,
    }),
    findings: list(finding),
    deductions: list(record({ ruleId, severity, points: { type: 'number', minimum: 0 }, covers: list(ruleId) })),
    caps: list(
      record({
        grade: { enum: GRADES },
        reason: {
          enum: [
            'confirmed-critical',
            'unconfirmed-critical',
            'three-high',
            'high',
            'several-medium',
            'medium',
            'several-low',
            'partial-input',
          ],
        },
        ruleIds: list(ruleId),
      }),
    ),
    traits: list({
      enum: ['asymmetric', 'explicit-typ', 'short-access-life', 'rotation', 'revocation', 'sender-constrained'],
    }),
    insights: record({
      algorithm: orNull(record({ name: orNull(text), family: text })),
      accepted: orNull(list(text)),
      tokenKind: orNull({ enum: TOKEN_KINDS }),
      tokenLife: orNull({ type: 'number' }),
      tokenSize: orNull(record({ bytes: whole, withES256: whole, withEd25519: whole })),
      claims: orNull(list(text)),
      key: orNull(record({ type: text, bits: orNull(whole), curve: orNull(text) })),
      publishedKeys: orNull(whole),
      keyAge: orNull({ type: 'number' }),
      rotation: orNull({ enum: ['none', 'overdue', 'on-schedule', 'declared'] }),
    }),
  }),
}))();
