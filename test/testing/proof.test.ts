// Each attack is real: a verifier with one flaw falls for it, and the same verifier without that flaw refuses it.
import type { Algorithm } from 'jwtight';
import { createTestIssuer } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';
import { allFlaws } from './broken-verifiers/all.js';
import { buildVerifier, trustedBy } from './broken-verifiers/verifier.js';

const ALGORITHMS: readonly Algorithm[] = ['ES256', 'RS256', 'PS256', 'HS256', 'HS384', 'Ed25519', 'EdDSA'];

/** Nobody signed these, and nothing else is wrong with them: only who verifies nothing falls for them. */
const PLAIN_FORGERIES = ['attacker-key-genuine-kid', 'header-replaced', 'payload-of-another-token', 'payload-replaced'];

type Verify = (token: string) => Promise<unknown>;

function accepts(verify: Verify, token: string): Promise<boolean> {
  return verify(token).then(
    () => true,
    () => false,
  );
}

async function acceptsAfter(verify: Verify, before: readonly string[], token: string): Promise<boolean> {
  for (const genuine of before) await accepts(verify, genuine);
  return accepts(verify, token);
}

describe('the verifier that the broken ones are made from', () => {
  it.each(ALGORITHMS)('refuses every attack on %s', async (algorithm) => {
    const issuer = createTestIssuer({ algorithm });
    const verify = buildVerifier(await trustedBy(issuer));
    expect(await accepts(verify, await issuer.token())).toBe(true);
    const accepted: string[] = [];
    for (const { id, token, before } of await issuer.attacks())
      if (await acceptsAfter(verify, before, token)) accepted.push(id);
    expect(accepted).toEqual([]);
  });
});

describe('the broken verifiers', () => {
  it('accept genuine tokens', async () => {
    const issuer = createTestIssuer();
    const trusted = await trustedBy(issuer);
    const token = await issuer.token();
    const refusing: string[] = [];
    for (const [name, flaw] of allFlaws())
      if (!(await accepts(buildVerifier(trusted, flaw), token))) refusing.push(name);
    expect(refusing).toEqual([]);
  });

  it('fall for every attack, each for its own', async () => {
    const proofs = new Map<string, string>();
    const all = new Set<string>();
    for (const algorithm of ALGORITHMS) {
      const issuer = createTestIssuer({ algorithm });
      const trusted = await trustedBy(issuer);
      const broken = [...allFlaws()].map(([name, flaw]) => [name, buildVerifier(trusted, flaw)] as const);
      for (const { id, token, before } of await issuer.attacks()) {
        all.add(id);
        for (const [name, verify] of proofs.has(id) ? [] : broken) {
          if (!(await acceptsAfter(verify, before, token))) continue;
          proofs.set(id, name);
          break;
        }
      }
    }
    expect([...all].filter((id) => !proofs.has(id))).toEqual([]);
    expect(all.size).toBeGreaterThanOrEqual(300);
    const byDecodingOnly = [...proofs].filter(([, name]) => name === 'decodesOnly').map(([id]) => id);
    expect(byDecodingOnly.sort()).toEqual(PLAIN_FORGERIES);
    // Every flaw is needed: a broken verifier that proves nothing tests nothing.
    expect(new Set(proofs.values()).size).toBeGreaterThan(60);
  }, 60_000);
});
