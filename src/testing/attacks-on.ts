import type { JsonObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import { type Clock, secondsNow } from '../jwt/clock.js';
import { decodeUnverified } from '../jwt/decode.js';
import { isText, missingClaim } from '../jwt/registered-claims.js';
import { assertKey } from '../keys/check-key.js';
import { exportJwk } from '../keys/export-key.js';
import type { PrivateKey, PublicKey, SecretKey } from '../keys/key.js';
import { type Attack, makeAttacks } from './attack.js';
import { attackContext } from './attack-context.js';
import { attackCatalogue } from './attacks/catalogue.js';
import type { TestKeys } from './test-keys.js';

/** What `key(algorithm).id().extractable().generate()` returns: a pair, or a secret. */
export type AttackedKeys = SecretKey | { readonly privateKey: PrivateKey; readonly publicKey: PublicKey };

/**
 * The catalogue of attacks, made of a token of yours instead of a test issuer's: your header, your claims, your keys.
 *
 * The token must be genuine and good at the time of the clock, and have `iss`, `sub`, `aud` and `exp`; the attacks are
 * on a verifier for its `iss` and its first `aud`. Every attack is a forgery or a broken token: keep them in tests.
 *
 * @throws JwtConfigError when the keys are not the token's, lack an id or cannot be exported, or a claim is missing;
 * JwtError when the text is not a well-formed token.
 * @example
 * ```ts
 * import { claims, createVerifier, key, sign } from 'jwtight';
 * import { attacksOn } from 'jwtight/testing';
 *
 * const keys = await key('ES256').id().extractable().generate();
 * const [issuer, audience] = ['https://auth.example.com', 'billing-api'];
 * const mine = claims().issuer(issuer).audience(audience).subject('user-42').expiresIn('15m');
 * const attacks = await attacksOn(await sign(mine, keys.privateKey), keys);
 *
 * const verify = createVerifier({ keys: keys.publicKey, issuer, audience });
 * const results = await Promise.all(attacks.map(({ token }) => verify.safe(token)));
 * console.log(results.every(({ ok }) => !ok)); // true
 * ```
 */
export async function attacksOn(
  token: string,
  keys: AttackedKeys,
  options: { readonly clock?: Clock } = {},
): Promise<readonly Attack[]> {
  const { clock = Date.now } = checkOptions(options, ['clock'], 'attacksOn');
  const own = await readKeys(keys);
  const { header, claims } = decodeUnverified(token);
  const { algorithm, id } = own.signing;
  if (header.alg !== algorithm || header.kid !== id)
    throw new JwtConfigError('the token was not signed with these keys: alg and kid are others');
  const missing = missingClaim(claims, ['iss', 'sub', 'aud', 'exp']);
  if (missing) throw new JwtConfigError(`the token has no ${missing}: attacks on it need one`);
  const { iss, sub, aud } = claims as JsonObject;
  const audience = Array.isArray(aud) ? aud[0] : aud;
  // Attacks take pieces of the names: shorter ones leave nothing.
  if (!isText(sub) || !isText(iss) || iss.length < 5 || !isText(audience) || audience.length < 3)
    throw new JwtConfigError('iss must be five characters or more, aud three, and sub a text');
  const setting = { issuer: iss, audience, algorithm, now: secondsNow(clock) };
  return makeAttacks(attackCatalogue(), await attackContext(setting, { keys: own, header, claims, token }));
}

async function readKeys(keys: AttackedKeys): Promise<TestKeys> {
  const [signing, verification] = 'privateKey' in keys ? [keys.privateKey, keys.publicKey] : [keys, keys];
  assertKey(signing, 'sign');
  assertKey(verification, 'verify');
  if (signing.id === undefined || verification.algorithm !== signing.algorithm || verification.id !== signing.id)
    throw new JwtConfigError('the keys must be one secret or the two halves of a pair, made with .id()');
  return { signing, verification, jwk: await exportJwk(verification), privateJwk: await exportJwk(signing) };
}
