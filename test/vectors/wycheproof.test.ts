// Project Wycheproof's vectors for JWS and for JWK sets, every one of them.

import { describe, expect, it } from 'vitest';
import { JwtConfigError, JwtError } from '../../src/errors.js';
import { verifyCompact } from '../../src/jws/index.js';
import {
  type AsymmetricAlgorithm,
  type HmacAlgorithm,
  type Jwk,
  key,
  type VerificationKey,
} from '../../src/keys/index.js';
import { haveVectors, note, readVectors } from './folder.js';

interface Case {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: string | object;
  readonly result: 'valid' | 'invalid';
}

interface Group<K> {
  readonly comment: string;
  readonly public?: K;
  readonly private: K;
  readonly tests: readonly Case[];
}

interface File<K> {
  readonly numberOfTests: number;
  readonly testGroups: readonly Group<K>[];
}

/** Vectors that are valid and that we refuse, by tcId, with the reason and the error. */
const STRICTER: Readonly<Record<number, readonly [reason: string, error: object]>> = {
  346: ['the JWK says PS256, the token PS384: a key is for one algorithm', { code: 'ERR_JWT_CONFIG' }],
  347: ["the JWK's alg is ES521, which does not exist", { code: 'ERR_JWT_CONFIG' }],
  350: ['the JWK says PS256, the token PS384: a key is for one algorithm', { code: 'ERR_JWT_CONFIG' }],
  351: ["the JWK's alg is ES521, which does not exist", { code: 'ERR_JWT_CONFIG' }],
  372: ['a foreign character within the Base64url of the header', { code: 'ERR_JWT_MALFORMED' }],
  373: ['a foreign character within the Base64url of the payload', { code: 'ERR_JWT_SIGNATURE' }],
};

/**
 * Vectors that are called invalid and hold, to the letter, the token and key of a valid one: the padding that their
 * names speak of is not in the file (C2SP/wycheproof issue 236). No implementation can satisfy both; what they mean is
 * tested beside them.
 */
const SAME_AS: Readonly<Record<number, number>> = { 367: 357, 370: 357 };

/** Imports a key as the user would who knows which algorithm it is for. */
function importAs(algorithm: string, jwk: Jwk): Promise<VerificationKey> {
  return algorithm.startsWith('HS')
    ? key(algorithm as HmacAlgorithm).secret({ jwk })
    : key(algorithm as AsymmetricAlgorithm).public({ jwk });
}

/** What the token says of itself: for keys that do not say what they are for. */
function claimedAlgorithm(jws: string | object): string {
  const header = String(typeof jws === 'string' ? jws : '').split('.')[0]!;
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string }).alg;
}

async function outcome(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
    return 'valid';
  } catch (error) {
    return error;
  }
}

function expectRefusal(result: unknown): void {
  expect([JwtError, JwtConfigError]).toContain((result as Error).constructor);
}

describe.skipIf(!haveVectors)(`Wycheproof: JSON Web Signature${note}`, () => {
  const { numberOfTests, testGroups } = haveVectors
    ? readVectors<File<Jwk>>('wycheproof', 'json_web_signature_test.json')
    : { numberOfTests: 0, testGroups: [] };
  const cases = testGroups.flatMap((group) => group.tests.map((test): [Group<Jwk>, Case] => [group, test]));

  it('is whole', () => {
    expect(cases).toHaveLength(numberOfTests);
    const listed = cases.filter(([, { tcId, result }]) => result === 'valid' && tcId in STRICTER);
    expect(listed.map(([, { tcId }]) => `${tcId}`)).toEqual(Object.keys(STRICTER));
  });

  for (const [{ public: open, private: closed, comment }, test] of cases)
    it(`${test.tcId}: ${comment}, ${test.comment}, ${test.result}`, async () => {
      const jwk = open ?? closed;
      // The cookbook's keys are mislabelled: there the token has to say what it is.
      const algorithm = jwk.alg === undefined || test.tcId in STRICTER ? claimedAlgorithm(test.jws) : jwk.alg;
      const result = await outcome(async () => verifyCompact(test.jws as string, await importAs(algorithm, jwk)));
      const stricter = STRICTER[test.tcId];
      if (stricter) {
        expectRefusal(result);
        expect(result, stricter[0]).toMatchObject(stricter[1]);
      } else if (test.tcId in SAME_AS) {
        const [group, twin] = cases.find(([, { tcId }]) => tcId === SAME_AS[test.tcId])!;
        expect([twin.jws, twin.result, group.private]).toEqual([test.jws, 'valid', closed]);
        expect(result).toBe('valid');
      } else if (test.result === 'valid') expect(result).toBe('valid');
      else expectRefusal(result);
    });

  it('367 and 370 are refused with the padding that they lack', async () => {
    const [{ private: jwk }, { jws }] = cases.find(([, { tcId }]) => tcId === 357)!;
    const secret = await importAs('HS256', jwk);
    const [head, body, last] = String(jws).split('.');
    for (const padded of [`${head}.${body}.${last}=`, `${head}.${body}==.${last}`, `${head}=.${body}.${last}`])
      expectRefusal(await outcome(() => verifyCompact(padded, secret)));
  });

  // The private half of 349 names its operations in one string, 'sign, verify', which is none (RFC 7517 §4.3).
  it("349 cannot sign with its private key's key_ops", async () => {
    const [{ private: jwk }] = cases.find(([, { tcId }]) => tcId === 349)!;
    expectRefusal(await outcome(() => key('RS256').private({ jwk })));
  });

  it.each([346, 347, 350, 351])('%d verifies once its key is labelled rightly', async (tcId) => {
    const [group, test] = cases.find(([, { tcId: id }]) => id === tcId)!;
    const { alg, key_ops, use, ...jwk } = group.public!;
    expect(
      await outcome(async () => verifyCompact(test.jws as string, await importAs(claimedAlgorithm(test.jws), jwk))),
    ).toBe('valid');
  });
});

describe.skipIf(!haveVectors)(`Wycheproof: JSON Web Key${note}`, () => {
  interface KeySet {
    readonly keys: readonly Jwk[];
  }

  const { numberOfTests, testGroups } = haveVectors
    ? readVectors<File<KeySet>>('wycheproof', 'json_web_key_test.json')
    : { numberOfTests: 0, testGroups: [] };
  const cases = testGroups.flatMap((group) => group.tests.map((test): [Group<KeySet>, Case] => [group, test]));

  it('is whole', () => {
    expect(cases).toHaveLength(numberOfTests);
  });

  for (const [{ public: open, private: closed, comment }, test] of cases)
    it(`${test.tcId}: ${comment}, ${test.comment}, ${test.result}`, async () => {
      const { keys } = open ?? closed;
      const result = await outcome(async () => {
        // One key that cannot be used spoils the set: every key is imported for what the token claims to be.
        const imported = await Promise.all(keys.map((jwk) => importAs(claimedAlgorithm(test.jws), jwk)));
        await verifyCompact(test.jws as string, imported);
      });
      if (test.result === 'valid') expect(result).toBe('valid');
      else expectRefusal(result);
    });
});
