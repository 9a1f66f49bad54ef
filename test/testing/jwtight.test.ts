// What jwtight itself says to every attack.
import { type Algorithm, createVerifier, JwtError, supportedAlgorithms } from 'jwtight';
import { createTestIssuer } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';

const ALGORITHMS: readonly Algorithm[] = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'PS512',
  'HS256',
  'HS512',
  'Ed25519',
  'EdDSA',
  'ML-DSA-44',
];
const supported = await supportedAlgorithms();

describe.each(ALGORITHMS.filter((algorithm) => supported.includes(algorithm)))('%s', (algorithm) => {
  it('answers every attack with its JwtError, with and without a cache', async () => {
    const issuer = createTestIssuer({ algorithm });
    const verifiers = [
      createVerifier(issuer.policy),
      createVerifier({ ...issuer.policy, cache: { maxEntries: 1000 } }),
    ];
    const wrong: unknown[] = [];
    const attacks = await issuer.attacks();
    for (const { id, code, token, before } of attacks) {
      for (const verify of verifiers) {
        for (const genuine of before) await verify(genuine);
        const answer = await verify(token).then(
          () => 'accepted',
          (error) => (error instanceof JwtError ? error.code : `foreign: ${error}`),
        );
        if (answer !== code) wrong.push({ id, code, answer });
      }
    }
    expect(wrong).toEqual([]);
    expect(attacks.length).toBeGreaterThanOrEqual(270);
  }, 20_000);
});

describe('the catalogue', () => {
  it('describes every attack', async () => {
    const attacks = (
      await Promise.all(ALGORITHMS.slice(0, 9).map((algorithm) => createTestIssuer({ algorithm }).attacks()))
    ).flat();
    for (const { id, description, reference, severity, class: kind } of attacks) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(description).toMatch(/^\S+.*\S$/);
      expect(reference).toMatch(/RFC \d{4} §|CVE-\d{4}-\d|GHSA-|CWE-\d|FIPS/);
      expect(['critical', 'high', 'medium', 'low']).toContain(severity);
      expect(['forgery', 'policy', 'robustness', 'strictness']).toContain(kind);
    }
  });

  it('names each attack once', async () => {
    const ids = (await createTestIssuer().attacks()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['ES256', { forgery: 89, policy: 85, robustness: 70, strictness: 53 }],
    ['RS256', { forgery: 86, policy: 90, robustness: 69, strictness: 53 }],
    ['HS256', { forgery: 69, policy: 87, robustness: 67, strictness: 53 }],
    ['Ed25519', { forgery: 84, policy: 85, robustness: 68, strictness: 54 }],
  ] as const)('has so many of each class for %s', async (algorithm, counts) => {
    const attacks = await createTestIssuer({ algorithm }).attacks();
    const found: Record<string, number> = {};
    for (const { class: kind } of attacks) found[kind] = (found[kind] ?? 0) + 1;
    expect(found).toEqual(counts);
  });

  it('holds for names of all sorts', async () => {
    const issuer = createTestIssuer({ issuer: 'https://a.example/tenant/', audience: '123' });
    const verify = createVerifier(issuer.policy);
    const attacks = await issuer.attacks();
    expect(attacks.map(({ id }) => id)).not.toContain('aud-upper-case');
    expect(attacks.map(({ id }) => id)).toContain('iss-upper-case');
    for (const { token, code } of attacks) {
      const result = await verify.safe(token);
      expect(result.ok ? 'accepted' : result.error.code).toBe(code);
    }
  });
});
