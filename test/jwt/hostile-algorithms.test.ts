// Attacks on the choice of algorithm and key (RFC 8725 §2.1, §3.1): the key decides, nothing in the token does.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type Algorithm, decodeUnverified, key, type VerificationKey } from '../../src/index.js';
import { EC_CERTIFICATE, ED25519_CERTIFICATE, RSA_CERTIFICATE } from '../encoding/certificates.js';
import {
  b64,
  CLAIMS,
  nodePair,
  rawSegments,
  rawToken,
  refusal,
  SECRET,
  type Signer,
  secretKey,
  signer,
  spkiPem,
  token,
  verifier,
} from './support.js';

const PAYLOAD = JSON.stringify(CLAIMS);
const unsigned: Signer = () => new Uint8Array();

const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const;
const EC = ['ES256', 'ES384', 'ES512'] as const;
const ED = ['Ed25519', 'EdDSA'] as const;
const HMAC = ['HS256', 'HS384', 'HS512'] as const;
const ALL = [...HMAC, ...RSA, ...EC, ...ED] as const;
const CURVES = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' } as const;

type Known = (typeof ALL)[number];

function material(algorithm: Known): KeyObject | string {
  if (algorithm.startsWith('HS')) return SECRET;
  if (algorithm.startsWith('E') && algorithm in CURVES) return nodePair(CURVES[algorithm as 'ES256']).privateKey;
  return nodePair(algorithm.startsWith('E') ? 'ed25519' : 'rsa').privateKey;
}

async function verificationKey(algorithm: Known): Promise<VerificationKey> {
  if (algorithm.startsWith('HS')) return key(algorithm as 'HS256').secret({ text: SECRET });
  const { publicKey } =
    algorithm in CURVES
      ? nodePair(CURVES[algorithm as 'ES256'])
      : nodePair(algorithm.startsWith('E') ? 'ed25519' : 'rsa');
  return key(algorithm as 'RS256').public({ pem: spkiPem(publicKey) });
}

/** A token that says one algorithm and is signed with another. */
const signedWith = (said: string, used: Known): string => token(CLAIMS, { alg: said }, signer(used, material(used)));

const pairsOf = <T>(names: readonly T[]): [T, T][] =>
  names.flatMap((a) => names.filter((b) => b !== a).map((b): [T, T] => [a, b]));

describe('the tokens of these tests, where nothing is wrong with them', () => {
  it.each(ALL)('verify with %s', async (algorithm) => {
    const verify = verifier({ keys: await verificationKey(algorithm) });
    expect((await verify(signedWith(algorithm, algorithm))).claims).toEqual(CLAIMS);
  });
});

describe('alg none', () => {
  const spellings = ['none', 'None', 'NONE', 'nOnE', 'NonE', 'none ', ' none', 'none\u0000', 'nоne', 'ｎｏｎｅ', ''];
  const signatures: [string, Signer][] = [
    ['without a signature', unsigned],
    ['with the signature of the right key', signer('HS256', SECRET)],
    ['with a signature of an empty key', signer('HS256', '')],
  ];
  it.each(
    spellings.flatMap((alg) => signatures.map(([name, sign]) => [JSON.stringify(alg), name, alg, sign] as const)),
  )('%s %s is refused', async (_, __, alg, sign) => {
    for (const keys of [secretKey, await verificationKey('ES256'), await verificationKey('RS256')])
      expect(await refusal(verifier({ keys }), token(CLAIMS, { alg }, sign))).toMatchObject({
        code: 'ERR_JWT_ALGORITHM',
      });
  });

  it('is refused in two segments and with a space for a signature', async () => {
    const head = `${b64('{"alg":"none"}')}.${b64(PAYLOAD)}`;
    expect(await refusal(verifier(), head)).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
    expect(await refusal(verifier(), `${head}. `)).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
  });

  it('is only shown by decodeUnverified', () => {
    expect(decodeUnverified(token(CLAIMS, { alg: 'none' }, unsigned)).header.alg).toBe('none');
  });
});

describe('alg that is not the name of an algorithm', () => {
  const notText: [string, string][] = [
    ['missing', '{}'],
    ['an array', '{"alg":["HS256"]}'],
    ['an object', '{"alg":{"0":"HS256"}}'],
    ['null', '{"alg":null}'],
    ['a number', '{"alg":256}'],
    ['true', '{"alg":true}'],
    ['inside __proto__', '{"__proto__":{"alg":"HS256"}}'],
    ['inside constructor', '{"constructor":{"alg":"HS256"}}'],
    ['named in another case', '{"Alg":"HS256"}'],
  ];
  it.each(notText)('%s', async (_, header) => {
    const forged = rawToken(header, PAYLOAD);
    expect(await refusal(verifier(), forged)).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
    expect(() => decodeUnverified(forged)).toThrow(expect.objectContaining({ code: 'ERR_JWT_ALGORITHM' }));
  });

  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'hs256',
    'HS256 ',
    'HS1',
    'RS1',
    'A128KW',
    'dir',
  ];
  it.each(names)('%s', async (alg) => {
    expect(await refusal(verifier(), token(CLAIMS, { alg }))).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
  });
});

describe('a public key as the secret of HS256 (RFC 8725 §2.1)', () => {
  const certificates = { RS256: RSA_CERTIFICATE, ES256: EC_CERTIFICATE, Ed25519: ED25519_CERTIFICATE };
  const kinds = { RS256: 'rsa', ES256: 'P-256', Ed25519: 'ed25519' } as const;

  describe.each(['RS256', 'ES256', 'Ed25519'] as const)('%s', (algorithm) => {
    const { publicKey } = nodePair(kinds[algorithm]);
    const pem = spkiPem(publicKey);
    const jwk = publicKey.export({ format: 'jwk' });
    const texts: [string, { pem: string } | { jwk: object }, string | Uint8Array][] = [
      ['PEM', { pem }, pem],
      ['PEM without its last line break', { pem }, pem.trim()],
      ['the Base64 body of the PEM', { pem }, pem.replace(/-----[^-]+-----|\n/g, '')],
      ['DER', { pem }, publicKey.export({ type: 'spki', format: 'der' })],
      ['JWK', { jwk }, JSON.stringify(jwk)],
      ['certificate', { pem: certificates[algorithm] }, certificates[algorithm]],
    ];
    it.each(texts)('%s', async (_, source, secret) => {
      const publicOnly = await key(algorithm).public(source);
      const { publicKey: other } = await key('ES512').id('other').generate();
      for (const hmac of HMAC) {
        const forged = token(CLAIMS, { alg: hmac }, signer(hmac, secret));
        for (const keys of [publicOnly, [publicOnly, other]])
          expect(await refusal(verifier({ keys }), forged)).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
      }
      // Said to be of the right algorithm, and beside a real secret: the HMAC is looked at and is wrong.
      expect(
        await refusal(verifier({ keys: publicOnly }), token(CLAIMS, { alg: algorithm }, signer('HS512', secret))),
      ).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
      expect(
        await refusal(
          verifier({ keys: [publicOnly, secretKey] }),
          token(CLAIMS, { alg: 'HS256' }, signer('HS256', secret)),
        ),
      ).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
    });
  });
});

describe('a neighbour of the algorithm of the key', () => {
  it.each([...pairsOf(RSA), ...pairsOf(ED), ...pairsOf(HMAC)])(
    'a key for %s refuses a token of %s by the same key material',
    async (declared, used) => {
      const verify = verifier({ keys: await verificationKey(declared) });
      expect(await refusal(verify, signedWith(used, used))).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
    },
  );

  it.each([...pairsOf(RSA), ...pairsOf(HMAC)])(
    'a key for %s refuses a token said to be of it and signed with %s',
    async (declared, used) => {
      const verify = verifier({ keys: await verificationKey(declared) });
      expect(await refusal(verify, signedWith(declared, used))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
    },
  );

  it.each(
    EC.flatMap((declared) =>
      [256, 384, 512].map((bits) => [declared, `ES${bits}`] as const).filter(([a, b]) => a !== b),
    ),
  )('a key for %s refuses its own curve with the hash of %s', async (declared, said) => {
    const verify = verifier({ keys: await verificationKey(declared) });
    const sign = signer(said, material(declared));
    expect(await refusal(verify, token(CLAIMS, { alg: said }, sign))).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
    expect(await refusal(verify, token(CLAIMS, { alg: declared }, sign))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
  });

  it.each(ALL)('a key for %s refuses every other name over its own signature', async (declared) => {
    const verify = verifier({ keys: await verificationKey(declared) });
    for (const said of [...ALL, 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'ES256K', 'Ed448', 'HS1']) {
      if (said === declared) continue;
      expect(await refusal(verify, signedWith(said, declared))).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
    }
  });

  it('several keys: the key of one algorithm never verifies for another', async () => {
    const keys = await Promise.all(ALL.map(verificationKey));
    const verify = verifier({ keys });
    for (const [said, used] of pairsOf(ALL)) {
      // The same key under its two names (RFC 9864 §2.2): no confusion is possible.
      if (said.startsWith('Ed') && used.startsWith('Ed')) continue;
      expect(await refusal(verify, signedWith(said, used))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
    }
  });
});

describe('kid', () => {
  const kids: [string, unknown][] = [
    ['a number', 1],
    ['null', null],
    ['true', true],
    ['a list', ['a']],
    ['an object', { toString: 'a' }],
  ];
  it.each(kids)('%s', async (_, kid) => {
    const forged = token(CLAIMS, { alg: 'HS256', kid });
    expect(await refusal(verifier(), forged)).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
    expect(() => decodeUnverified(forged)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }));
  });

  it.each(['', 'A', 'a ', '__proto__', '../../dev/null', "' OR 1=1 --", 'HS256:a', 'a:a'])(
    '%j names no key of the verifier',
    async (kid) => {
      const keys = await key('HS256').id('a').secret({ text: SECRET });
      const forged = token(CLAIMS, { alg: 'HS256', kid });
      expect(await refusal(verifier({ keys }), forged)).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
    },
  );

  it('of one algorithm does not find the key of another', async () => {
    const keys = [
      await key('HS256').id('a').secret({ text: SECRET }),
      await key('HS512').id('b').secret({ text: SECRET }),
    ];
    const forged = token(CLAIMS, { alg: 'HS256', kid: 'b' });
    expect(await refusal(verifier({ keys }), forged)).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
  });

  it('left out where several keys could be meant', async () => {
    const keys = [await key('HS256').id('a').secret({ text: SECRET }), await key('HS256').id('b').generate()];
    expect(await refusal(verifier({ keys }), token())).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
  });
});

describe('keys that come with the token (RFC 8725 §3.5)', () => {
  const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const honest = nodePair('P-256');
  const jwk = attacker.publicKey.export({ format: 'jwk' });
  const x5c = [EC_CERTIFICATE.replace(/-----[^-]+-----|\n/g, '')];
  const headers: [string, object][] = [
    ['jwk', { jwk }],
    ['jwk with a private half', { jwk: attacker.privateKey.export({ format: 'jwk' }) }],
    ['jwk that is a secret', { jwk: { kty: 'oct', k: b64(SECRET) } }],
    ['jku', { jku: 'https://attacker.example/keys.json' }],
    ['x5c', { x5c }],
    ['x5u', { x5u: 'https://attacker.example/cert.pem' }],
    [
      'all of them',
      {
        jwk,
        jku: 'https://attacker.example/keys.json',
        x5c,
        x5u: 'https://attacker.example/cert.pem',
        'x5t#S256': 'x',
      },
    ],
    ['of the wrong type', { jwk: 5, jku: {}, x5c: 'x', x5u: null }],
  ];

  it.each(headers)('%s: never used, never fetched', async (_, parameters) => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network in tests'));
    try {
      const verify = verifier({ keys: await verificationKey('ES256') });
      const header = { alg: 'ES256', ...parameters };
      const forged = token(CLAIMS, header, signer('ES256', attacker.privateKey));
      expect(await refusal(verify, forged)).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
      const legitimate = token(CLAIMS, header, signer('ES256', honest.privateKey));
      expect((await verify(legitimate)).header).toEqual(header);
      expect(fetched).not.toHaveBeenCalled();
    } finally {
      fetched.mockRestore();
    }
  });
});

describe('ECDSA signatures that are none (CVE-2022-21449, RFC 7518 §3.4)', () => {
  const algorithms = [
    ['ES256', 64],
    ['ES384', 96],
    ['ES512', 132],
  ] as const;
  describe.each(algorithms)('%s', (algorithm, length) => {
    const head = `${b64(JSON.stringify({ alg: algorithm }))}.${b64(PAYLOAD)}`;
    const good = signer(algorithm, material(algorithm))(head);
    const half = length / 2;
    const der = () => {
      const integer = (bytes: Uint8Array) => {
        const start = bytes.findIndex((byte) => byte !== 0);
        const body = bytes[start]! > 127 ? [0, ...bytes.subarray(start)] : [...bytes.subarray(start)];
        return [2, body.length, ...body];
      };
      const body = [...integer(good.subarray(0, half)), ...integer(good.subarray(half))];
      return Uint8Array.from(body.length > 127 ? [0x30, 0x81, body.length, ...body] : [0x30, body.length, ...body]);
    };
    const ones = (n: number) => Uint8Array.from({ length: n }, (_, i) => Number(i === n - 1));
    const signatures: [string, () => Uint8Array][] = [
      ['empty', () => new Uint8Array()],
      ['zeros', () => new Uint8Array(length)],
      ['r = 0', () => Uint8Array.of(...new Uint8Array(half), ...good.subarray(half))],
      ['s = 0', () => Uint8Array.of(...good.subarray(0, half), ...new Uint8Array(half))],
      ['r = s = 1', () => Uint8Array.of(...ones(half), ...ones(half))],
      ['all bits set', () => new Uint8Array(length).fill(255)],
      ['r and s exchanged', () => Uint8Array.of(...good.subarray(half), ...good.subarray(0, half))],
      ['DER', der],
      ['one byte short', () => good.subarray(0, length - 1)],
      ['one byte long', () => Uint8Array.of(...good, 0)],
      ['one byte long in front', () => Uint8Array.of(0, ...good)],
      ['of half the length', () => good.subarray(0, half)],
      ['twice', () => Uint8Array.of(...good, ...good)],
    ];
    it.each(signatures)('%s', async (_, bytes) => {
      const verify = verifier({ keys: await verificationKey(algorithm) });
      expect((await verify(rawSegments(...(head.split('.') as [string, string]), () => good))).claims).toEqual(CLAIMS);
      expect(await refusal(verify, `${head}.${b64(bytes())}`)).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
    });
  });

  it.each(['RS256', 'PS256', 'Ed25519', 'HS256'] as const)('of %s: zeros, short, long, empty', async (algorithm) => {
    const verify = verifier({ keys: await verificationKey(algorithm) });
    const head = `${b64(JSON.stringify({ alg: algorithm }))}.${b64(PAYLOAD)}`;
    const good = signer(algorithm as Algorithm, material(algorithm))(head);
    const bad = [
      new Uint8Array(),
      new Uint8Array(good.length),
      good.subarray(1),
      good.subarray(0, -1),
      [...good, 0],
      [0, ...good],
    ];
    for (const bytes of bad)
      expect(await refusal(verify, `${head}.${b64(Uint8Array.from(bytes))}`)).toMatchObject({
        code: 'ERR_JWT_SIGNATURE',
      });
  });
});
