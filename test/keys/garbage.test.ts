// Whatever comes in, a key or a JwtConfigError comes out.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsymmetricAlgorithm } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import type { Jwk } from '../../src/keys/jwk.js';
import { RSA_CERTIFICATE } from '../encoding/certificates.js';
import { ASYMMETRIC, configError, material, toPem } from './fixtures.js';

async function orderly(action: () => Promise<unknown>): Promise<void> {
  const made = await action().catch((error: unknown) => error);
  if (made instanceof Error) await configError(() => Promise.reject(made));
  else expect(made).toHaveProperty('cryptoKey');
}

describe('garbage for a pair', () => {
  const algorithm = fc.constantFrom(...ASYMMETRIC);
  const role = fc.constantFrom('private' as const, 'public' as const);

  it('as a source', async () => {
    await fc.assert(
      fc.asyncProperty(algorithm, role, fc.anything(), (alg, half, source) =>
        orderly(() => key(alg)[half](source as never)),
      ),
      { numRuns: 200 },
    );
  });

  it('under every tag', async () => {
    const tag = fc.constantFrom('pem', 'jwk', 'cryptoKey');
    const value = fc.oneof(fc.anything({ withNullPrototype: true, withTypedArray: true }), fc.string(), fc.object());
    await fc.assert(
      fc.asyncProperty(algorithm, role, tag, value, (alg, half, name, garbage) =>
        orderly(() => key(alg)[half]({ [name]: garbage } as never)),
      ),
      { numRuns: 250 },
    );
  });

  it('as a JWK with some members right', async () => {
    const pairs = await Promise.all(ASYMMETRIC.map((name) => material(name)));
    const members = pairs.flatMap(({ privateJwk }) => Object.entries(privateJwk));
    const base64url = fc.uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
    const value = fc.oneof(fc.constantFrom(...members.map(([, text]) => text)), base64url, fc.anything());
    const names = [
      ...new Set(members.map(([name]) => name)),
      'alg',
      'use',
      'kid',
      'key_ops',
      'ext',
      'oth',
      '__proto__',
    ];
    const edits = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.nat(ASYMMETRIC.length - 1), role, edits, (i, half, changes) => {
        const { privateJwk, publicJwk } = pairs[i]!;
        const jwk = { ...(half === 'private' ? privateJwk : publicJwk), ...Object.fromEntries(changes) };
        return orderly(() =>
          key(ASYMMETRIC[i]!)
            .id()
            [half]({ jwk: jwk as Jwk }),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('as PEM with some bytes changed', async () => {
    const pems: [AsymmetricAlgorithm, string][] = [['RS256', RSA_CERTIFICATE]];
    for (const name of ['RS256', 'ES256', 'ES512', 'Ed25519', 'ML-DSA-44'] as const) {
      const { privatePem, publicPem } = await material(name);
      pems.push([name, privatePem], [name, publicPem]);
    }
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pems), role, edits, fc.nat(3), ([alg, pem], half, changes, cut) => {
        const label = /BEGIN (.*?)-/.exec(pem)![1]!;
        const der = Buffer.from(pem.replace(/-----.*?-----/g, ''), 'base64');
        for (const [at, byte] of changes) der[at % Math.min(der.length, 80)] = byte;
        return orderly(() => key(alg)[half]({ pem: toPem(label, der.subarray(0, der.length - cut)) }));
      }),
      { numRuns: 300 },
    );
  });
});

describe('garbage for a secret', () => {
  const secret = (source: unknown) => orderly(() => key('HS256').secret(source as never));
  const anything = fc.anything({ withNullPrototype: true, withTypedArray: true, withBigInt: true, withDate: true });

  it('as a source', async () => {
    await fc.assert(fc.asyncProperty(anything, secret), { numRuns: 200 });
  });

  it('under every tag', async () => {
    const tag = fc.constantFrom('text', 'hex', 'base64', 'base64url', 'jwk', 'pem');
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 20, maxLength: 100 }),
      fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'A', '{', '"', '=', '0'), maxLength: 100 }),
      fc.base64String({ maxLength: 100 }),
      anything,
    );
    await fc.assert(
      fc.asyncProperty(tag, text, (name, value) => secret({ [name]: value })),
      { numRuns: 400 },
    );
  });

  it('as a JWK', async () => {
    const member = fc.constantFrom('kty', 'k', 'alg', 'use', 'kid', 'key_ops', 'crv', 'x', 'ext', '__proto__');
    const value = fc.oneof(fc.constantFrom('oct', 'HS256', 'sig', 'A'.repeat(43), ['sign']), anything);
    const jwk = fc.array(fc.tuple(member, value)).map((members) => ({ kty: 'oct', ...Object.fromEntries(members) }));
    await fc.assert(
      fc.asyncProperty(jwk, (bag) => secret({ jwk: bag })),
      { numRuns: 200 },
    );
  });
});
