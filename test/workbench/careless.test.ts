// Each careless verifier falls for something, and without its flaw it falls for nothing.
import { type Algorithm, claims, key, sign } from 'jwtight';
import { type AttackedKeys, attacksOn } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';
import { FLAWS, type Flaw, letsIn, markOf } from '../../docs/workbench/careless.js';

const NOW = 1_800_000_000;
const clock = () => NOW * 1000;
const ISSUER = 'https://auth.example.com';

async function stage(algorithm: Algorithm) {
  const keys = (await key(algorithm).id().extractable().generate()) as AttackedKeys;
  const [signing, verification] = 'privateKey' in keys ? [keys.privateKey, keys.publicKey] : [keys, keys];
  const mine = claims().issuer(ISSUER).audience('billing-api').subject('user-42').id().expiresIn('15m');
  const token = await sign(mine, signing, { clock });
  const mark = await markOf(verification, ISSUER, 'billing-api', undefined, NOW);
  // Megabytes are not shown to them on the page either.
  const attacks = (await attacksOn(token, keys, { clock })).filter(
    ({ token: text }) => typeof text !== 'string' || text.length < 1e5,
  );
  return { token, mark, attacks };
}

describe.each<Algorithm>(['ES256', 'RS256', 'HS256', 'Ed25519'])('on %s', (algorithm) => {
  it('every verifier accepts what is genuine, and the one without a flaw nothing else', async () => {
    const { token, mark, attacks } = await stage(algorithm);
    for (const flaw of [undefined, ...(Object.keys(FLAWS) as Flaw[])])
      expect(await letsIn({ token, before: [] }, mark, flaw), flaw).toMatchObject({ sub: 'user-42' });
    const accepted: string[] = [];
    for (const attack of attacks) if (await letsIn(attack, mark)) accepted.push(attack.id);
    expect(accepted).toEqual([]);
  });
});

describe('the flaws', async () => {
  const { mark, attacks } = await stage('ES256');

  it.each<[Flaw, string]>([
    ['decodesOnly', 'payload-replaced'],
    ['headerAlgorithm', 'alg-none'],
    ['headerAlgorithm', 'alg-none-nul'],
    ['headerAlgorithm', 'alg-missing'],
    ['headerAlgorithm', 'public-key-as-secret-pem'],
    ['headerAlgorithm', 'public-key-as-secret-jwk'],
    ['headerKey', 'header-jwk'],
    ['headerKey', 'header-jwk-secret'],
    ['headerKey', 'header-x5c'],
    ['kidLookup', 'kid-path-traversal'],
    ['kidLookup', 'kid-sql'],
    ['kidLookup', 'kid-shell'],
    ['kidLookup', 'kid-prototype'],
    ['guessableSecret', 'known-secret-word'],
    ['guessableSecret', 'known-secret-key-id'],
    ['zeroSignature', 'ecdsa-zero'],
    ['cacheKey', 'cache-by-signature'],
    ['cacheKey', 'cache-by-id'],
    ['signatureOnly', 'expired-a-day'],
    ['signatureOnly', 'aud-other'],
    ['looseNames', 'iss-extended'],
    ['looseNames', 'aud-substring'],
    ['looseDates', 'exp-word'],
    ['looseDates', 'nbf-word'],
    ['ignoresHeader', 'crit-unknown'],
    ['ignoresHeader', 'typ-access-token'],
    ['lenientReader', 'payload-padding'],
    ['lenientReader', 'blank-before'],
    ['lenientReader', 'exp-last-of-two'],
  ])('%s falls for %s', async (flaw, id) => {
    const attack = attacks.find((each) => each.id === id)!;
    expect(await letsIn(attack, mark, flaw)).toBeDefined();
  });
});
