import { generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCompact } from '../../src/jws/compact.js';
import { signCompact } from '../../src/jws/sign.js';
import { appendSignature, badSignature, verifySignature } from '../../src/jws/signature.js';
import { verifyCompact } from '../../src/jws/verify.js';
import { ALGORITHMS } from '../../src/keys/algorithms.js';
import { key } from '../../src/keys/builder.js';
import type { SigningKey, VerificationKey } from '../../src/keys/key.js';
import { ASYMMETRIC, configError, editBytes, HMAC, material } from '../keys/fixtures.js';
import { b64, jwtError } from './fixtures.js';

const payload = new TextEncoder().encode('{"event":"paid"}');

const pairs: [string, SigningKey, VerificationKey][] = [];
for (const algorithm of HMAC) {
  const secret = await key(algorithm).generate();
  pairs.push([algorithm, secret, secret]);
}
for (const algorithm of ASYMMETRIC) {
  const { privateJwk, publicJwk } = await material(algorithm);
  pairs.push([
    algorithm,
    await key(algorithm).private({ jwk: privateJwk }),
    await key(algorithm).public({ jwk: publicJwk }),
  ]);
}

/** The token with another signature. */
const withSignature = (token: string, edit: (bytes: number[]) => readonly number[]) => {
  const dot = token.lastIndexOf('.');
  return `${token.slice(0, dot)}.${editBytes(token.slice(dot + 1), edit)}`;
};

describe.each(pairs)('%s', (algorithm, signing, verifying) => {
  const verify = (token: string) => () => verifyCompact(token, verifying);

  it('signs and verifies', async () => {
    const verified = await verifyCompact(await signCompact(payload, signing), verifying);
    expect(verified).toStrictEqual({ header: { alg: algorithm }, payload, key: verifying });
  });

  it('has signatures of one length', async () => {
    const token = await signCompact(payload, signing);
    const length = ALGORITHMS[signing.algorithm].signatureBytes ?? 256;
    expect(Buffer.from(token.split('.')[2]!, 'base64url')).toHaveLength(length);
    for (const edit of [
      () => [],
      () => [0],
      (bytes: number[]) => bytes.slice(1),
      (bytes: number[]) => bytes.slice(0, -1),
      (bytes: number[]) => [0, ...bytes],
      (bytes: number[]) => [...bytes, 0],
      (bytes: number[]) => [...bytes, ...bytes],
    ])
      await jwtError('ERR_JWT_SIGNATURE', verify(withSignature(token, edit)));
  });

  it('notices every changed bit of a few', async () => {
    const token = await signCompact(payload, signing);
    const length = ALGORITHMS[signing.algorithm].signatureBytes ?? 256;
    for (const at of [0, 1, length >> 1, length - 2, length - 1])
      for (const bit of [1, 128])
        await jwtError('ERR_JWT_SIGNATURE', verify(withSignature(token, (bytes) => bytes.with(at, bytes[at]! ^ bit))));
  });

  it('refuses signatures of zeros, ones and noise', async () => {
    const token = await signCompact(payload, signing);
    for (const fill of [0, 1, 255])
      await jwtError('ERR_JWT_SIGNATURE', verify(withSignature(token, (bytes) => bytes.map(() => fill))));
  });

  it('refuses the signature of another key and of another text', async () => {
    const token = await signCompact(payload, signing);
    const other = await signCompact(new Uint8Array(3), signing);
    const [head, body] = token.split('.');
    await jwtError('ERR_JWT_SIGNATURE', verify(`${head}.${body}.${other.split('.')[2]}`));
    await jwtError('ERR_JWT_SIGNATURE', verify(`${head}.${other.split('.')[1]}.${token.split('.')[2]}`));
    await jwtError('ERR_JWT_SIGNATURE', verify(`${b64(`{"alg":"${algorithm}" }`)}.${body}.${token.split('.')[2]}`));
  });

  it('refuses every other algorithm in the header', async () => {
    const [, body, signature] = (await signCompact(payload, signing)).split('.');
    for (const alg of [
      ...Object.keys(ALGORITHMS),
      'none',
      'None',
      'nOnE',
      '',
      algorithm.toLowerCase(),
      `${algorithm} `,
    ])
      if (alg !== algorithm)
        for (const last of [signature, ''])
          await jwtError('ERR_JWT_ALGORITHM', verify(`${b64(JSON.stringify({ alg }))}.${body}.${last}`));
  });
});

describe('ECDSA', () => {
  const [, signing, verifying] = pairs.find(([algorithm]) => algorithm === 'ES256')!;
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
  const zero = Buffer.alloc(32);
  const one = Buffer.from(zero).fill(1, 31);

  it('refuses r and s of 0, 1, n − 1 and n', async () => {
    const token = await signCompact(payload, signing);
    const less = Buffer.from(order);
    less[31]!--;
    for (const r of [zero, one, less, order])
      for (const s of [zero, one, less, order])
        await jwtError('ERR_JWT_SIGNATURE', () =>
          verifyCompact(
            withSignature(token, () => [...r, ...s]),
            verifying,
          ),
        );
  });

  it('refuses DER, even of 64 bytes', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ours = await key('ES256').public({ pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() });
    const input = `${b64('{"alg":"ES256"}')}.e30`;
    const der = nodeSign('sha256', Buffer.from(input), privateKey);
    await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(`${input}.${b64(der)}`, ours));
    const padded = Buffer.concat([der, Buffer.alloc(64)]).subarray(0, 64);
    await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(`${input}.${b64(padded)}`, ours));
    const raw = nodeSign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect((await verifyCompact(`${input}.${b64(raw)}`, ours)).payload).toEqual(new TextEncoder().encode('{}'));
  });
});

describe('RSA', () => {
  it('has signatures as long as the modulus in whole bytes', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2052 });
    const pem = (half: typeof privateKey, type: 'pkcs8' | 'spki') =>
      half.export({ type: type as 'pkcs8', format: 'pem' }).toString();
    for (const algorithm of ['RS256', 'PS256'] as const) {
      const token = await signCompact(payload, await key(algorithm).private({ pem: pem(privateKey, 'pkcs8') }));
      expect(Buffer.from(token.split('.')[2]!, 'base64url')).toHaveLength(257);
      const verifying = await key(algorithm).public({ pem: pem(publicKey, 'spki') });
      expect((await verifyCompact(token, verifying)).payload).toEqual(payload);
      await jwtError('ERR_JWT_SIGNATURE', () =>
        verifyCompact(
          withSignature(token, (bytes) => bytes.slice(1)),
          verifying,
        ),
      );
    }
  });

  it('tells PSS with another salt', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const ours = await key('PS256').public({ pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() });
    const input = `${b64('{"alg":"PS256"}')}.e30`;
    for (const saltLength of [0, 20, 31, 32, 33, 222]) {
      // 6 is RSA_PKCS1_PSS_PADDING.
      const signature = nodeSign('sha256', Buffer.from(input), { key: privateKey, padding: 6, saltLength });
      const attempt = () => verifyCompact(`${input}.${b64(signature)}`, ours);
      if (saltLength === 32) expect((await attempt()).key).toBe(ours);
      else await jwtError('ERR_JWT_SIGNATURE', attempt);
    }
  });
});

describe('verifySignature', () => {
  const [, secret] = pairs[0]!;

  it.each(['A', 'AA==', 'AB', 'é', ' ', '+/', '\ud800'])(
    'refuses a signature that is no Base64url: %s',
    async (last) => {
      const token = await signCompact(payload, secret);
      const { signature, ...rest } = parseCompact(token, 1000);
      for (const text of [last, signature + last, last + signature])
        await jwtError('ERR_JWT_SIGNATURE', () =>
          verifySignature({ ...rest, signature: text }, secret as VerificationKey),
        );
    },
  );

  it('refuses a text that is not ASCII', async () => {
    const jws = parseCompact(await signCompact(payload, secret), 1000);
    for (const extra of ['é', '🐎', '\ud800', 'Ａ'])
      await jwtError('ERR_JWT_SIGNATURE', () =>
        verifySignature({ ...jws, signingInput: jws.signingInput + extra }, secret as VerificationKey),
      );
  });

  it('fails closed with a CryptoKey that is only said to be one', async () => {
    const cryptoKey = { type: 'public', usages: ['verify'], algorithm: { name: 'Ed25519' }, extractable: false };
    const said = await key('Ed25519').public({ cryptoKey: cryptoKey as never });
    const token = `${b64('{"alg":"Ed25519"}')}.e30.${'A'.repeat(86)}`;
    await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(token, said));
  });

  it('has one answer', () => {
    expect(badSignature()).toMatchObject({ code: 'ERR_JWT_SIGNATURE', message: badSignature().message });
    expect(badSignature()).not.toHaveProperty('cause');
  });
});

describe('appendSignature', () => {
  const [, signing] = pairs[0]!;

  it('appends to what it is given', async () => {
    expect(await appendSignature('a.b', signing)).toMatch(/^a\.b\.[\w-]{43}$/);
  });

  it('signs what the text was, whatever is signed next', async () => {
    const alone = await appendSignature('a.b', signing);
    const [first] = await Promise.all([appendSignature('a.b', signing), appendSignature('c.d', signing)]);
    expect(first).toBe(alone);
  });

  it('turns a refusal into JwtConfigError without its cause', async () => {
    const [, , publicKey] = pairs.find(([algorithm]) => algorithm === 'RS256')!;
    const error = await configError(() => appendSignature('a.b', publicKey as never));
    expect(error.message).toContain('RS256');
    expect(error).not.toHaveProperty('cause');
  });
});

// The bytes that are signed pass through one shared buffer.
describe('many at once', () => {
  it('do not disturb each other', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => new TextEncoder().encode(`${i}`.repeat(1 + i * 150)));
    const jobs = texts.flatMap((text) =>
      pairs.filter(([name]) => !/^(RS|PS)(384|512)|87$/.test(name)).map(([, d, q]) => ({ text, d, q })),
    );
    const chosen = jobs.filter((_, i) => i % 3 === 0);
    const tokens = await Promise.all(chosen.map(({ text, d }) => signCompact(text, d)));
    const options = { maxTokenLength: 100_000 };
    const results = await Promise.all(tokens.map((token, i) => verifyCompact(token, chosen[i]!.q, options)));
    for (const [i, { payload: read }] of results.entries()) expect(read).toEqual(chosen[i]!.text);
    const mixed = await Promise.allSettled(
      tokens.map((token, i) => {
        const [head, , last] = token.split('.');
        const wrong = `${head}.${tokens[(i + 11) % tokens.length]!.split('.')[1]}.${last}`;
        return verifyCompact(i % 2 ? wrong : token, chosen[i]!.q, options);
      }),
    );
    for (const [i, { status }] of mixed.entries()) expect(status).toBe(i % 2 ? 'rejected' : 'fulfilled');
  });
});

describe('a runtime that takes any S of an Ed25519 signature', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['Ed25519', 'EdDSA'] as const)('makes no second signature of one for %s', async (algorithm) => {
    const { privateKey, publicKey } = await key(algorithm).generate();
    const token = await signCompact(payload, privateKey);
    vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true);
    // The last byte of S: below 2^252, and at 2^252.
    const withTop = (byte: number) => withSignature(token, (bytes) => [...bytes.slice(0, 63), byte]);
    expect((await verifyCompact(withTop(0x0f), publicKey)).key).toBe(publicKey);
    for (const byte of [0x10, 0x1f, 0x80, 0xff])
      await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(withTop(byte), publicKey));
  });

  it('does not matter to the other algorithms', async () => {
    const { privateKey, publicKey } = await key('ES256').generate();
    const token = await signCompact(payload, privateKey);
    vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true);
    const edited = withSignature(token, (bytes) => [...bytes.slice(0, 63), 0xff]);
    expect((await verifyCompact(edited, publicKey)).key).toBe(publicKey);
  });
});
