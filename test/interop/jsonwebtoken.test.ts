import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type JsonWebKeyInput,
  type KeyObject,
} from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { JwtError } from '../../src/errors.js';
import { signCompact } from '../../src/jws/sign.js';
import { verifyCompact } from '../../src/jws/verify.js';
import { claims, createVerifier, sign } from '../../src/jwt/index.js';
import type { EcAlgorithm, HmacAlgorithm, RsaAlgorithm } from '../../src/keys/algorithms.js';
import { exportJwk, exportPem, type Jwk, key, type SigningKey, type VerificationKey } from '../../src/keys/index.js';
import { HMAC, RSA as RSA_ALGORITHMS } from '../keys/fixtures.js';
import { EC, RSA } from './certificates.js';

/** One key on both sides. */
interface Shared {
  readonly ours: { readonly signing: SigningKey; readonly verifying: VerificationKey };
  readonly theirs: { readonly signing: jwt.Secret; readonly verifying: jwt.Secret };
}

type NodeJwk = JsonWebKeyInput['key'];
type Both = HmacAlgorithm | RsaAlgorithm | EcAlgorithm;

const CURVES = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ourRsa = key('RS256').modulusLength(2048).extractable().generate();
const issuer = 'https://auth.example.com';

const pem = (half: KeyObject) =>
  half
    .export({ type: half.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' } as { type: 'spki'; format: 'pem' })
    .toString();

/** Both directions. */
async function understandEachOther(algorithm: Both, { ours, theirs }: Shared): Promise<void> {
  const options = { algorithms: [algorithm], issuer, audience: 'api' };
  const token = await sign(claims().issuer(issuer).audience('api').subject('ž').id().expiresIn('15m'), ours.signing);
  expect(jwt.verify(token, theirs.verifying, options)).toMatchObject({ iss: issuer, sub: 'ž' });
  expect(jwt.decode(token, { complete: true })?.header).toEqual({ alg: algorithm, typ: 'JWT' });

  const theirToken = jwt.sign({ scope: 'a b', name: 'kůň' }, theirs.signing, {
    algorithm,
    issuer,
    audience: ['api', 'other'],
    expiresIn: '15m',
  });
  const verify = createVerifier({ keys: ours.verifying, issuer, audience: 'api' });
  expect((await verify(theirToken)).claims).toMatchObject({ scope: 'a b', name: 'kůň' });

  const payload = new TextEncoder().encode('not JSON');
  expect(jwt.verify(await signCompact(payload, ours.signing), theirs.verifying, { algorithms: [algorithm] })).toBe(
    'not JSON',
  );
  const theirText = jwt.sign('not JSON', theirs.signing, { algorithm });
  expect((await verifyCompact(theirText, ours.verifying)).payload).toEqual(payload);

  const [head, body, last] = theirToken.split('.');
  const broken = `${head}.${body}.${last!.startsWith('A') ? 'B' : 'A'}${last!.slice(1)}`;
  await expect(verify(broken)).rejects.toBeInstanceOf(JwtError);
  expect(() => jwt.verify(broken, theirs.verifying, options)).toThrow();
}

describe.each(HMAC)('jsonwebtoken and jwtight: %s', (algorithm) => {
  it('a secret of ours, as bytes and as a JWK', async () => {
    const made = await key(algorithm).extractable().generate();
    const bytes = Buffer.from((await exportJwk(made)).k!, 'base64url');
    const ours = { signing: made, verifying: made };
    await understandEachOther(algorithm, { ours, theirs: { signing: bytes, verifying: bytes } });
    const object = createSecretKey((await exportJwk(made)).k!, 'base64url');
    await understandEachOther(algorithm, { ours, theirs: { signing: object, verifying: object } });
  });

  it('a secret of theirs, which is text', async () => {
    const text = 'correct horse battery staple '.repeat(3);
    const made = await key(algorithm).secret({ text });
    const ours = { signing: made, verifying: made };
    await understandEachOther(algorithm, { ours, theirs: { signing: text, verifying: text } });
  });
});

describe.each([...RSA_ALGORITHMS, 'ES256', 'ES384', 'ES512'] as const)('jsonwebtoken and jwtight: %s', (algorithm) => {
  const pair = () =>
    algorithm.startsWith('ES') ? generateKeyPairSync('ec', { namedCurve: CURVES[algorithm as EcAlgorithm] }) : rsa;

  it("Node's key, as PEM", async () => {
    const { privateKey, publicKey } = pair();
    await understandEachOther(algorithm, {
      ours: {
        signing: await key(algorithm).private({ pem: pem(privateKey) }),
        verifying: await key(algorithm).public({ pem: pem(publicKey) }),
      },
      theirs: { signing: pem(privateKey), verifying: pem(publicKey) },
    });
  });

  it("Node's key, as a JWK", async () => {
    const { privateKey, publicKey } = pair();
    await understandEachOther(algorithm, {
      ours: {
        signing: await key(algorithm).private({ jwk: privateKey.export({ format: 'jwk' }) as Jwk }),
        verifying: await key(algorithm).public({ jwk: publicKey.export({ format: 'jwk' }) as Jwk }),
      },
      theirs: { signing: privateKey, verifying: publicKey },
    });
  });

  it('our key, as PEM and as a JWK', async () => {
    const made = algorithm.startsWith('ES') ? await key(algorithm).extractable().generate() : await ourRsa;
    // RSA keys take long to make: one serves all RSA algorithms.
    const [privateKey, publicKey] = [
      await key(algorithm)
        .extractable()
        .private({ pem: await exportPem(made.privateKey) }),
      await key(algorithm).public({ pem: await exportPem(made.publicKey) }),
    ];
    const ours = { signing: privateKey, verifying: publicKey };
    const pems = { signing: await exportPem(privateKey), verifying: await exportPem(publicKey) };
    await understandEachOther(algorithm, { ours, theirs: pems });
    const [d, q] = [await exportJwk(privateKey), await exportJwk(publicKey)] as [NodeJwk, NodeJwk];
    const objects = {
      signing: createPrivateKey({ key: d, format: 'jwk' }),
      verifying: createPublicKey({ key: q, format: 'jwk' }),
    };
    await understandEachOther(algorithm, { ours, theirs: objects });
  });
});

describe('old forms of PEM', () => {
  it('PKCS#1', async () => {
    const [d, q] = [rsa.privateKey, rsa.publicKey].map((half) =>
      half.export({ type: 'pkcs1', format: 'pem' }).toString(),
    );
    await understandEachOther('RS256', {
      ours: { signing: await key('RS256').private({ pem: d! }), verifying: await key('RS256').public({ pem: q! }) },
      theirs: { signing: d!, verifying: q! },
    });
  });

  it.each(['ES256', 'ES384', 'ES512'] as const)('SEC 1: %s', async (algorithm) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: CURVES[algorithm] });
    const sec1 = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
    await understandEachOther(algorithm, {
      ours: {
        signing: await key(algorithm).private({ pem: sec1 }),
        verifying: await key(algorithm).public({ pem: pem(publicKey) }),
      },
      theirs: { signing: sec1, verifying: pem(publicKey) },
    });
  });

  it.each([
    ['RS512', RSA],
    ['PS256', RSA],
    ['ES256', EC],
  ] as const)('certificates: %s', async (algorithm, { certificate, privateKey }) => {
    await understandEachOther(algorithm, {
      ours: {
        signing: await key(algorithm).private({ pem: privateKey }),
        verifying: await key(algorithm).public({ pem: certificate }),
      },
      theirs: { signing: privateKey, verifying: certificate },
    });
  });
});
