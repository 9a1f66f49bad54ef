import type { AuditOptions, AuditSubject } from 'jwtight/audit';

/** A subject with what the page of rules shows of it. */
export interface Example {
  readonly subject: AuditSubject;
  readonly options?: AuditOptions;
  /** One line for docs/rules.md; without it the subject is shown as JSON, a token as header and claims. */
  readonly shown?: string;
}

/** For every rule of a group: why it is bad, a subject on which it fires, and the same mended, on which it is quiet. */
export type RuleExamples = Readonly<
  Record<string, { /** One sentence. */ readonly reason: string; readonly failing: Example; readonly mended: Example }>
>;
