// Shared by the tests of the audit: what a rule says about a subject.

import { type AuditOptions, type AuditSubject, audit, type Finding, rules } from 'jwtight/audit';
import { expect } from 'vitest';

/** 2026-11-22T00:00:00Z. Nothing in these tests depends on the real time. */
export const NOW: number = Date.UTC(2026, 10, 22);

/** NOW in seconds, for claims. */
export const NOW_SECONDS: number = NOW / 1000;

/** The findings of one rule, before causes are merged or anything is suppressed. */
export async function findingsOf(id: string, subject: AuditSubject, options: AuditOptions = {}): Promise<Finding[]> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  const { findings } = await audit(subject, { now: NOW, rules: [rule], ...options });
  return [...findings];
}

/** The one finding of a rule; fails when there is none or there are several. */
export async function fires(id: string, subject: AuditSubject, options: AuditOptions = {}): Promise<Finding> {
  const findings = await findingsOf(id, subject, options);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual([id]);
  return findings[0]!;
}

/** Passes when a rule could be evaluated, or did not apply, and found nothing. */
export async function quiet(id: string, subject: AuditSubject, options: AuditOptions = {}): Promise<void> {
  const rule = rules.filter((candidate) => candidate.id === id);
  const { findings, coverage } = await audit(subject, { now: NOW, rules: rule, ...options });
  expect(findings).toEqual([]);
  // A rule that lacked its input proves nothing by its silence.
  expect([...coverage.evaluated, ...coverage.notApplicable]).toEqual([id]);
}

/** Text or bytes as Base64url. */
export function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}

/** A compact token of these parts; the signature is 64 bytes of 1 unless given. Nothing is checked or signed. */
export function rawToken(
  header: object | string,
  claims: object | string,
  signature: Uint8Array = new Uint8Array(64).fill(1),
): string {
  const json = (part: object | string) => base64url(typeof part === 'string' ? part : JSON.stringify(part));
  return `${json(header)}.${json(claims)}.${base64url(signature)}`;
}

/** Claims that no rule above info has anything to say about, for an access token by default. */
export function goodClaims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    iss: 'https://auth.example.com',
    sub: '5f1b8a9e-user',
    aud: 'https://api.example.com',
    client_id: 'web-shop',
    jti: '4b1c6a34-2f64-4f0e-9a55-0d3c3f6f4a11',
    iat: NOW_SECONDS,
    exp: NOW_SECONDS + 900,
    ...changes,
  };
}

/** The header of a good access token. */
export function goodHeader(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { alg: 'ES256', typ: 'at+jwt', kid: '2026-11', ...changes };
}

/** A whole good access token with parts changed; a change to `undefined` leaves the member out. */
export function accessTokenWith(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
  return rawToken(goodHeader(header), goodClaims(claims));
}
