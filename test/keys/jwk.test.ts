import { describe, expect, it } from 'vitest';
import { ALGORITHMS, type Algorithm } from '../../src/keys/algorithms.js';
import { checkJwk, JWK_MEMBERS, OPERATIONS } from '../../src/keys/jwk.js';
import type { KeyRole } from '../../src/keys/key.js';
import { ASYMMETRIC, configError, editBytes, HMAC, material } from './fixtures.js';

const secretJwk = { kty: 'oct', k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' };

/** A JWK fit for an algorithm and a role, as a bag of members that tests may spoil. */
async function bareJwk(algorithm: Algorithm, role: KeyRole): Promise<Record<string, unknown>> {
  if (role === 'secret') return { ...secretJwk };
  const { privateJwk, publicJwk } = await material(algorithm as 'ES256');
  return { ...(role === 'private' ? privateJwk : publicJwk) };
}

const refused = (algorithm: Algorithm, role: KeyRole, jwk: unknown) =>
  configError(() => checkJwk(algorithm, role, jwk));

const CASES: [Algorithm, KeyRole][] = [
  ...HMAC.map((algorithm): [Algorithm, KeyRole] => [algorithm, 'secret']),
  ...ASYMMETRIC.flatMap((algorithm): [Algorithm, KeyRole][] => [
    [algorithm, 'public'],
    [algorithm, 'private'],
  ]),
];

/** One algorithm of each key type, both roles. */
const TYPES: [Algorithm, KeyRole][] = CASES.filter(([algorithm]) =>
  ['HS256', 'RS256', 'ES256', 'ES384', 'ES512', 'Ed25519', 'ML-DSA-44'].includes(algorithm),
);

describe('the tables', () => {
  it('hold the members of each key type', () => {
    expect(JWK_MEMBERS).toStrictEqual({
      oct: { public: [], private: ['k'] },
      RSA: { public: ['n', 'e'], private: ['d', 'p', 'q', 'dp', 'dq', 'qi'] },
      EC: { public: ['x', 'y'], private: ['d'] },
      OKP: { public: ['x'], private: ['d'] },
      AKP: { public: ['pub'], private: ['priv'] },
    });
    expect(OPERATIONS).toStrictEqual({ secret: ['sign', 'verify'], private: ['sign'], public: ['verify'] });
  });
});

describe('checkJwk', () => {
  it.each(CASES)('keeps the key material and nothing else: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    const ornaments = { alg: algorithm, use: 'sig', kid: 'one', ext: false, x5t: 'AA', nbf: 1, iat: 'x' };
    const { material, usages, kid } = checkJwk(algorithm, role, { ...bare, ...ornaments, key_ops: OPERATIONS[role] });
    expect(material).toStrictEqual(bare);
    expect(usages).toEqual(OPERATIONS[role]);
    expect(kid).toBe('one');
    expect(checkJwk(algorithm, role, bare)).toStrictEqual({ material: bare, usages: OPERATIONS[role] });
  });

  it('takes only the public members of a public key, even of another type', async () => {
    const bare = await bareJwk('Ed25519', 'public');
    expect(checkJwk('Ed25519', 'public', { ...bare, y: 'AAAA', n: 'AAAA', pub: 'AAAA' }).material).toStrictEqual(bare);
  });

  it('reads objects without a prototype', async () => {
    const bare = Object.assign(Object.create(null), await bareJwk('ES256', 'public'));
    expect(checkJwk('ES256', 'public', bare).material).toMatchObject({ kty: 'EC' });
  });

  it.each([undefined, null, '', '{"kty":"oct"}', 5, true, [], [{ kty: 'oct' }], () => ({}), Symbol('jwk')])(
    'refuses what is no object: %o',
    async (jwk) => {
      await refused('HS256', 'secret', jwk);
      await refused('ES256', 'public', jwk);
    },
  );

  it.each(CASES)('refuses another kty: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    const { kty } = bare;
    for (const other of ['oct', 'RSA', 'EC', 'OKP', 'AKP', String(kty).toLowerCase(), '', null, undefined, [kty], 5])
      if (other !== kty || other === undefined) await refused(algorithm, role, { ...bare, kty: other });
  });

  it.each(CASES)('refuses another crv: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    for (const crv of ['P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448', 'X25519', 'secp256k1', '', null, undefined, 5])
      if (crv !== bare.crv) await refused(algorithm, role, { ...bare, crv });
  });

  it.each(CASES)('refuses another alg: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    const others = [...Object.keys(ALGORITHMS), 'none', '', 'RSA1_5', 'A256GCM', 'ES521', null, 5, [algorithm]];
    for (const alg of others) if (alg !== algorithm) await refused(algorithm, role, { ...bare, alg });
  });

  it.each(TYPES)('refuses another use: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    for (const use of ['enc', 'SIG', '', null, ['sig'], 5]) await refused(algorithm, role, { ...bare, use });
    expect(checkJwk(algorithm, role, { ...bare, use: undefined, alg: undefined }).material).toStrictEqual(bare);
  });

  it.each(TYPES)('refuses a kid that is not a name: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    for (const kid of ['', null, 5, ['a'], {}]) await refused(algorithm, role, { ...bare, kid });
    expect(checkJwk(algorithm, role, { ...bare, kid: undefined })).not.toHaveProperty('kid');
  });

  it('narrows the usages to key_ops', () => {
    const usages = (key_ops: unknown) => checkJwk('HS256', 'secret', { ...secretJwk, key_ops }).usages;
    expect(usages(undefined)).toEqual(['sign', 'verify']);
    expect(usages(['verify', 'sign'])).toEqual(['sign', 'verify']);
    expect(usages(['sign'])).toEqual(['sign']);
    expect(usages(['verify'])).toEqual(['verify']);
  });

  it('gives each half its own usage', async () => {
    const key_ops = ['sign', 'verify'];
    expect(checkJwk('ES256', 'public', { ...(await bareJwk('ES256', 'public')), key_ops }).usages).toEqual(['verify']);
    expect(checkJwk('ES256', 'private', { ...(await bareJwk('ES256', 'private')), key_ops }).usages).toEqual(['sign']);
  });

  it.each(TYPES)('refuses key_ops that do not fit: %s, %s', async (algorithm, role) => {
    const bare = await bareJwk(algorithm, role);
    const unfit: unknown[] = [[], null, '', 'sign', 'verify', {}, ['encrypt'], ['sign', 'verify', 'encrypt'], [5]];
    unfit.push(['sign, verify'], ['sign', 'verify', 'deriveKey'], ['Sign', 'Verify'], { includes: () => true });
    if (role === 'public') unfit.push(['sign']);
    if (role === 'private') unfit.push(['verify']);
    for (const key_ops of unfit) await refused(algorithm, role, { ...bare, key_ops });
  });

  it.each(ASYMMETRIC)('refuses a private key where a public one belongs: %s', async (algorithm) => {
    await refused(algorithm, 'public', await bareJwk(algorithm, 'private'));
    const bare = await bareJwk(algorithm, 'public');
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])
      for (const value of ['AQAB', '', null, []]) await refused(algorithm, 'public', { ...bare, [name]: value });
  });

  it.each(ASYMMETRIC)('refuses a public key where a private one belongs: %s', async (algorithm) => {
    const bare = await bareJwk(algorithm, 'public');
    await refused(algorithm, 'private', bare);
    const [first] = JWK_MEMBERS[ALGORITHMS[algorithm].keyType].private;
    await refused(algorithm, 'private', { ...bare, [first!]: undefined });
  });

  it('refuses keys of more than two primes', async () => {
    for (const oth of [[{ r: 'AQAB', d: 'AQAB', t: 'AQAB' }], [], '', null])
      await refused('RS256', 'private', { ...(await bareJwk('RS256', 'private')), oth });
  });

  it('takes a member that is undefined for one that is absent', async () => {
    const nothing = Object.fromEntries(
      ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'].map((name) => [name, undefined]),
    );
    const open = await bareJwk('RS256', 'public');
    expect(checkJwk('RS256', 'public', { ...open, ...nothing }).material).toStrictEqual(open);
    const closed = await bareJwk('RS256', 'private');
    expect(checkJwk('RS256', 'private', { ...closed, oth: undefined }).material).toStrictEqual(closed);
  });

  describe('members', () => {
    const MEMBERS = TYPES.flatMap(([algorithm, role]) => {
      const { public: open, private: closed } = JWK_MEMBERS[ALGORITHMS[algorithm].keyType];
      const names = role === 'public' ? open : [...open, ...closed];
      return names.map((name): [Algorithm, KeyRole, string] => [algorithm, role, name]);
    });

    it.each(MEMBERS)('must be there as canonical Base64url: %s, %s, %s', async (algorithm, role, name) => {
      const bare = await bareJwk(algorithm, role);
      const text = String(bare[name]);
      const { [name]: _, ...without } = bare;
      await refused(algorithm, role, without);
      const spoilt = [
        '',
        undefined,
        null,
        5,
        [text],
        Buffer.from(text),
        `${text}=`,
        `${text} `,
        ` ${text}`,
        `${text}\n`,
      ];
      spoilt.push(
        `${text}*`,
        `${text.slice(0, -1)}é`,
        `+${text.slice(1)}`,
        `/${text.slice(1)}`,
        'A',
        '=',
        '-----BEGIN',
      );
      for (const value of spoilt) await refused(algorithm, role, { ...bare, [name]: value });
    });

    it('must not have trailing bits', async () => {
      const bare = await bareJwk('ES256', 'private');
      for (const name of ['x', 'y', 'd']) {
        const text = String(bare[name]);
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const last = alphabet[alphabet.indexOf(text.at(-1)!) + 1]!;
        await refused('ES256', 'private', { ...bare, [name]: text.slice(0, -1) + last });
      }
      await refused('HS256', 'secret', { kty: 'oct', k: `${secretJwk.k.slice(0, -1)}9` });
      await refused('RS256', 'public', { ...(await bareJwk('RS256', 'public')), e: 'AR' });
    });

    it.each(MEMBERS.filter(([algorithm]) => ALGORITHMS[algorithm].curve))(
      'must have the length of the curve: %s, %s, %s',
      async (algorithm, role, name) => {
        const bare = await bareJwk(algorithm, role);
        const text = String(bare[name]);
        await refused(algorithm, role, { ...bare, [name]: editBytes(text, (bytes) => bytes.slice(1)) });
        await refused(algorithm, role, { ...bare, [name]: editBytes(text, (bytes) => bytes.slice(0, -1)) });
        await refused(algorithm, role, { ...bare, [name]: editBytes(text, (bytes) => [0, ...bytes]) });
        await refused(algorithm, role, { ...bare, [name]: editBytes(text, (bytes) => [...bytes, 0]) });
        // As an ASN.1 integer or an uncompressed point would have it.
        await refused(algorithm, role, { ...bare, [name]: editBytes(text, (bytes) => [4, ...bytes, ...bytes]) });
      },
    );

    // RFC 7518 §2, Base64urlUInt: the fewest octets. Otherwise one key has several thumbprints.
    it('must have no leading zeros in n and e', async () => {
      for (const role of ['public', 'private'] as const) {
        const bare = await bareJwk('RS256', role);
        for (const name of ['n', 'e'])
          await refused('RS256', role, { ...bare, [name]: editBytes(String(bare[name]), (bytes) => [0, ...bytes]) });
      }
    });
  });

  // With these points anybody can sign: S = 0 and R = A verify for every message, or for one in a few, where the
  // runtime follows RFC 8032 to the letter (Node.js 20 does). An x of zeros, an unfilled buffer, is one of them.
  describe('Ed25519 points of small order', () => {
    const order8 = [
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ];
    const points: [string, string][] = [
      ['0, order 4', '00'.repeat(32)],
      ['1, order 1', `01${'00'.repeat(31)}`],
      ['order 8', order8[0]!],
      ['order 8', order8[1]!],
      ['p - 1, order 2', `ec${'ff'.repeat(30)}7f`],
      ['p, which is 0', `ed${'ff'.repeat(30)}7f`],
      ['p + 1, which is 1', `ee${'ff'.repeat(30)}7f`],
    ];
    const signed = points.map(([name, hex]): [string, string] => {
      const bytes = Buffer.from(hex, 'hex');
      bytes[31]! |= 0x80;
      return [`${name}, sign bit set`, bytes.toString('hex')];
    });

    it.each([...points, ...signed])('are refused: %s', async (_, hex) => {
      const x = Buffer.from(hex, 'hex').toString('base64url');
      for (const algorithm of ['Ed25519', 'EdDSA'] as const)
        await refused(algorithm, 'public', { kty: 'OKP', crv: 'Ed25519', x });
    });
  });

  it('never repeats a value', async () => {
    const value = 'hunter2-hunter2-hunter2';
    const bare = await bareJwk('RS256', 'private');
    for (const name of [...Object.keys(bare), 'crv', 'alg', 'use', 'kid', 'key_ops']) {
      const jwk = { ...bare, [name]: name === 'kid' ? [value] : `${value}=` };
      const { message } = await refused('RS256', 'private', jwk);
      expect(message).not.toContain('hunter2');
      for (const text of Object.values(bare)) if (String(text).length > 4) expect(message).not.toContain(text);
    }
  });
});
