// The keys of test issuers: made on first use, once per process, algorithm and issuer.

import type { JwkSet } from '../jwks/jwk-set.js';
import { publishJwks } from '../jwks/publish.js';
import { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm, type HmacAlgorithm } from '../keys/algorithms.js';
import { key } from '../keys/builder.js';
import { exportJwk } from '../keys/export-key.js';
import { importKey } from '../keys/import-key.js';
import type { Jwk } from '../keys/jwk.js';
import type { PrivateKey, PublicKey, SecretKey, SigningKey, VerificationKey } from '../keys/key.js';
import { jwkThumbprint } from '../keys/thumbprint.js';

/** Both halves of a test key. */
export interface TestKeys {
  readonly signing: SigningKey;
  readonly verification: VerificationKey;
  /** What a verifier is given, as a JWK: the public half, or the secret. */
  readonly jwk: Jwk;
  /** The private half, or the secret, as a JWK. */
  readonly privateJwk: Jwk;
}

const made: Map<string, Promise<TestKeys>> = /* @__PURE__ */ new Map();

/** The keys of an owner. Two owners never share one, so that a test can tell issuers apart. */
export function testKeys(algorithm: Algorithm, owner: string): Promise<TestKeys> {
  const name = `${algorithm} ${owner}`;
  const keys = made.get(name) ?? makeKeys(algorithm);
  made.set(name, keys);
  return keys;
}

async function makeKeys(algorithm: Algorithm): Promise<TestKeys> {
  const { keyType } = ALGORITHMS[algorithm];
  if (keyType === 'oct') {
    const secret: SecretKey = await key(algorithm as HmacAlgorithm)
      .id()
      .extractable()
      .generate();
    const jwk = await exportJwk(secret);
    return { signing: secret, verification: secret, jwk, privateJwk: jwk };
  }
  const { privateKey, publicKey } = await generatePair(algorithm as AsymmetricAlgorithm);
  return {
    signing: privateKey,
    verification: publicKey,
    jwk: await exportJwk(publicKey),
    privateJwk: await exportJwk(privateKey),
  };
}

function generatePair(algorithm: AsymmetricAlgorithm): Promise<{ privateKey: PrivateKey; publicKey: PublicKey }> {
  const builder = key(algorithm as 'RS256')
    .id()
    .extractable();
  // The least size that counts as safe: a test should not wait for a larger one.
  return ALGORITHMS[algorithm].keyType === 'RSA' ? builder.modulusLength(2048).generate() : builder.generate();
}

/** The same private key declared for another algorithm of its kind, such as PS256 for RS256. */
export async function declaredFor(algorithm: AsymmetricAlgorithm, { privateJwk }: TestKeys): Promise<SigningKey> {
  const { alg: _, ...jwk } = privateJwk;
  return (await importKey(
    algorithm,
    'private',
    { jwk },
    { id: await jwkThumbprint(jwk), extractable: false, modulusLength: 0 },
  )) as SigningKey;
}

/** The key set of an issuer: empty where the algorithm has a secret. */
export async function publicJwks({ verification }: TestKeys): Promise<JwkSet> {
  return verification.role === 'public' ? publishJwks([verification]) : { keys: [] };
}
