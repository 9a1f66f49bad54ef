import { rules as catalogue } from './catalogue.js';
import type { Evaluation } from './evaluate.js';
import { evaluate } from './evaluate.js';
import { readFacts } from './facts/facts.js';
import { type AuditOptions, checkAuditOptions, nowInSeconds } from './options.js';
import { type AuditSubject, checkSubject } from './subject.js';
import { THRESHOLDS } from './thresholds.js';

/** Work in progress: the report is added by the engine. */
export async function audit(subject: AuditSubject, options: AuditOptions = {}): Promise<Evaluation> {
  checkSubject(subject);
  checkAuditOptions(options);
  const { profile = 'default', kind, rules = catalogue, context = {}, wordlist = [], signal } = options;
  const now = nowInSeconds(options.now);
  const facts = await readFacts(subject, kind);
  return evaluate(facts, rules, { now, profile, thresholds: THRESHOLDS[profile], context, wordlist, signal });
}
