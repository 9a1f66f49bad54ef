import * as jose from 'jose';
import { describe, expect, it } from 'vitest';
import { JwtError } from '../../src/errors.js';
import { signCompact } from '../../src/jws/sign.js';
import { verifyCompact } from '../../src/jws/verify.js';
import { claims, createVerifier, sign } from '../../src/jwt/index.js';
import type { Algorithm, AsymmetricAlgorithm, HmacAlgorithm } from '../../src/keys/algorithms.js';
import { exportJwk, exportPem, key, type SigningKey, type VerificationKey } from '../../src/keys/index.js';
import { ASYMMETRIC, HMAC } from '../keys/fixtures.js';
import { EC, ED25519, RSA } from './certificates.js';

type JoseKey = Awaited<ReturnType<typeof jose.importJWK>>;

/** One key on both sides. */
interface Shared {
  readonly ours: { readonly signing: SigningKey; readonly verifying: VerificationKey };
  readonly theirs: { readonly signing: JoseKey; readonly verifying: JoseKey };
}

const isRsa = (algorithm: string) => algorithm.startsWith('RS') || algorithm.startsWith('PS');

// RSA keys take long to make: one of each side's serves all RSA algorithms.
const joseRsa = await jose.generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
const joseRsaPem = [await jose.exportPKCS8(joseRsa.privateKey), await jose.exportSPKI(joseRsa.publicKey)] as const;
const ourRsa = await key('RS256').modulusLength(2048).extractable().generate();
const ourRsaPem = [await exportPem(ourRsa.privateKey), await exportPem(ourRsa.publicKey)] as const;

async function josePair(algorithm: AsymmetricAlgorithm) {
  if (!isRsa(algorithm)) return jose.generateKeyPair(algorithm, { extractable: true });
  return {
    privateKey: await jose.importPKCS8(joseRsaPem[0], algorithm, { extractable: true }),
    publicKey: await jose.importSPKI(joseRsaPem[1], algorithm),
  };
}

async function ourPair(algorithm: AsymmetricAlgorithm) {
  if (!isRsa(algorithm)) return key(algorithm).extractable().generate();
  return {
    privateKey: await key(algorithm).extractable().private({ pem: ourRsaPem[0] }),
    publicKey: await key(algorithm).public({ pem: ourRsaPem[1] }),
  };
}

/** A key that jose made, brought over as a JWK or as PEM. */
async function fromJose(algorithm: AsymmetricAlgorithm, form: 'jwk' | 'pem'): Promise<Shared> {
  const pair = await josePair(algorithm);
  const sources =
    form === 'jwk'
      ? ([{ jwk: await jose.exportJWK(pair.privateKey) }, { jwk: await jose.exportJWK(pair.publicKey) }] as const)
      : ([{ pem: await jose.exportPKCS8(pair.privateKey) }, { pem: await jose.exportSPKI(pair.publicKey) }] as const);
  return {
    ours: {
      signing: await key(algorithm).private(sources[0]),
      verifying: await key(algorithm).public(sources[1]),
    },
    theirs: { signing: pair.privateKey, verifying: pair.publicKey },
  };
}

/** A key that we made, brought over as a JWK or as PEM. */
async function toJose(algorithm: AsymmetricAlgorithm, form: 'jwk' | 'pem'): Promise<Shared> {
  const { privateKey, publicKey } = await ourPair(algorithm);
  const theirs =
    form === 'jwk'
      ? {
          signing: await jose.importJWK((await exportJwk(privateKey)) as jose.JWK),
          verifying: await jose.importJWK((await exportJwk(publicKey)) as jose.JWK),
        }
      : {
          signing: await jose.importPKCS8(await exportPem(privateKey), algorithm),
          verifying: await jose.importSPKI(await exportPem(publicKey), algorithm),
        };
  return { ours: { signing: privateKey, verifying: publicKey }, theirs };
}

async function sharedSecret(algorithm: HmacAlgorithm, form: 'jwk' | 'bytes'): Promise<Shared> {
  const made = await key(algorithm).extractable().generate();
  const jwk = await exportJwk(made);
  const theirs = form === 'jwk' ? await jose.importJWK(jwk as jose.JWK) : Buffer.from(jwk.k!, 'base64url');
  return { ours: { signing: made, verifying: made }, theirs: { signing: theirs, verifying: theirs } };
}

const payload = new TextEncoder().encode('{"event":"paid","amount":"žluťoučký kůň"}');
const issuer = 'https://auth.example.com';

/** Both directions, as a JWS and as a JWT. */
async function understandEachOther(algorithm: Algorithm, { ours, theirs }: Shared): Promise<void> {
  const jws = await signCompact(payload, ours.signing);
  const read = await jose.compactVerify(jws, theirs.verifying, { algorithms: [algorithm] });
  expect([...read.payload]).toEqual([...payload]);
  expect(read.protectedHeader).toEqual({ alg: algorithm });

  const joseJws = await new jose.CompactSign(payload)
    .setProtectedHeader({ alg: algorithm, typ: 'JOSE' })
    .sign(theirs.signing);
  const verified = await verifyCompact(joseJws, ours.verifying);
  expect([...verified.payload]).toEqual([...payload]);
  expect(verified.header).toEqual({ alg: algorithm, typ: 'JOSE' });

  const jwt = await sign(claims().issuer(issuer).audience('api').subject('ž').id().expiresIn('15m'), ours.signing);
  const options = { issuer, audience: 'api', algorithms: [algorithm], typ: 'JWT' };
  expect((await jose.jwtVerify(jwt, theirs.verifying, options)).payload).toMatchObject({ sub: 'ž', aud: 'api' });

  const joseJwt = await new jose.SignJWT({ scope: 'a b' })
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(issuer)
    .setAudience(['api', 'other'])
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(theirs.signing);
  const verify = createVerifier({ keys: ours.verifying, issuer, audience: 'api' });
  expect((await verify(joseJwt)).claims).toMatchObject({ iss: issuer, scope: 'a b' });

  const [head, body, last] = joseJwt.split('.');
  const broken = `${head}.${body}.${last!.startsWith('A') ? 'B' : 'A'}${last!.slice(1)}`;
  await expect(verify(broken)).rejects.toBeInstanceOf(JwtError);
  await expect(jose.jwtVerify(broken, theirs.verifying, options)).rejects.toThrow();
}

describe.each(ASYMMETRIC)('jose and jwtight: %s', (algorithm) => {
  it.each(['jwk', 'pem'] as const)("jose's key, as %s", async (form) => {
    await understandEachOther(algorithm, await fromJose(algorithm, form));
  });

  it.each(['jwk', 'pem'] as const)('our key, as %s', async (form) => {
    await understandEachOther(algorithm, await toJose(algorithm, form));
  });
});

describe.each(HMAC)('jose and jwtight: %s', (algorithm) => {
  it.each(['jwk', 'bytes'] as const)('a secret, as %s', async (form) => {
    await understandEachOther(algorithm, await sharedSecret(algorithm, form));
  });

  it("jose's secret", async () => {
    const theirs = await jose.generateSecret(algorithm, { extractable: true });
    const ours = await key(algorithm).secret({ jwk: await jose.exportJWK(theirs) });
    const shared = {
      ours: { signing: ours, verifying: ours },
      theirs: { signing: theirs, verifying: theirs },
    };
    await understandEachOther(algorithm, shared as Shared);
  });
});

describe('certificates', () => {
  it.each([
    ['RS256', RSA],
    ['PS384', RSA],
    ['ES256', EC],
    ['Ed25519', ED25519],
    ['EdDSA', ED25519],
  ] as const)('are read alike: %s', async (algorithm, { certificate, privateKey }) => {
    await understandEachOther(algorithm, {
      ours: {
        signing: await key(algorithm).private({ pem: privateKey }),
        verifying: await key(algorithm).public({ pem: certificate }),
      },
      theirs: {
        signing: await jose.importPKCS8(privateKey, algorithm),
        verifying: await jose.importX509(certificate, algorithm),
      },
    });
  });
});

describe('the two names of Ed25519', () => {
  it('are pinned apart, though the keys are the same', async () => {
    const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA', { extractable: true });
    const token = await new jose.CompactSign(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
    const pem = await jose.exportSPKI(publicKey);
    expect((await verifyCompact(token, await key('EdDSA').public({ pem }))).header.alg).toBe('EdDSA');
    await expect(verifyCompact(token, await key('Ed25519').public({ pem }))).rejects.toMatchObject({
      code: 'ERR_JWT_ALGORITHM',
    });
  });
});
