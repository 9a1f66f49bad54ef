// Whatever a server answers, only JwtError comes out of it, and never a key that nobody declared.

import fc from 'fast-check';
import { JwtError, key } from 'jwtight';
import { publishJwks, remoteJwks } from 'jwtight/jwks';
import { describe, expect, it } from 'vitest';

const { publicKey } = await key('ES256').id('a').generate();
const good = (await publishJwks([publicKey])).keys[0]!;

const MEMBERS = [
  'kty',
  'kid',
  'alg',
  'use',
  'key_ops',
  'crv',
  'x',
  'y',
  'n',
  'e',
  'd',
  'k',
  'x5c',
  '__proto__',
  'constructor',
];

/** A key with some of its members replaced by anything, as JSON text so that `__proto__` is a plain name. */
const member = fc.tuple(
  fc.constantFrom(...MEMBERS),
  fc.oneof(
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('"EC"', '"RSA"', '"oct"', '"OKP"', '"sig"', '"ES256"', '"AQAB"', '""'),
  ),
);
const hostileKey = fc.oneof(
  fc.array(member, { maxLength: 6 }).map((members) => {
    const all = new Map(Object.entries(good).map(([name, value]) => [name, JSON.stringify(value)]));
    for (const [name, text] of members) all.set(name, text);
    return `{${[...all].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
  }),
  fc.json({ maxDepth: 3 }),
);
const hostileSet = fc.oneof(
  fc.array(hostileKey, { maxLength: 5 }).map((keys) => `{"keys":[${keys.join(',')}]}`),
  fc.json().map((text) => `{"keys":${text}}`),
  fc.json(),
  fc.string({ unit: 'binary' }),
);

async function load(body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const source = remoteJwks('https://auth.example.com/jwks', {
    algorithms: ['ES256', 'RS256', 'Ed25519'],
    fetch: async () => new Response(body, { headers }),
  });
  for (const header of [{ alg: 'ES256', kid: 'a' }, { alg: 'RS256' }, { alg: 'Ed25519', kid: '__proto__' }]) {
    try {
      const found = await source.find(header);
      if (found === undefined) continue;
      expect(found).toMatchObject({ role: 'public', algorithm: header.alg });
      expect(source.trusts(found)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(JwtError);
      expect(error).toMatchObject({ code: 'ERR_JWT_KEYS_UNAVAILABLE' });
    }
  }
  const { state, keys, skipped } = source.status();
  expect(state === 'empty' ? keys : 0).toBe(0);
  for (const { message } of skipped) expect(message.length).toBeLessThan(200);
  return source;
}

describe('a hostile answer', () => {
  it('of JSON lets nothing out but JwtError', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSet, async (body) => {
        await load(body);
      }),
      { numRuns: 400 },
    );
  });

  it('of bytes lets nothing out but JwtError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (body) => {
        await load(body as Uint8Array<ArrayBuffer>);
      }),
      { numRuns: 200 },
    );
  });

  it('cannot move the age of a set out of its bounds', async () => {
    const headers = fc.record({
      'cache-control': fc.string({ unit: fc.constantFrom('max-age=', ',', ' ', '"', '9', '-', 'no-store', 'e', '.') }),
      age: fc.string({ unit: fc.constantFrom('9', '-', 'e', '.', 'Infinity') }),
    });
    await fc.assert(
      fc.asyncProperty(headers, async (given) => {
        const source = await load(JSON.stringify({ keys: [good] }), { 'content-type': 'application/json', ...given });
        const { loadedAt, freshUntil } = source.status();
        expect(freshUntil! - loadedAt!).toBeGreaterThanOrEqual(30);
        expect(freshUntil! - loadedAt!).toBeLessThanOrEqual(600);
      }),
    );
  });

  it('never brings a secret or a private key, beside which the others go on', async () => {
    for (const bad of [
      { kty: 'oct', k: 'A'.repeat(43), alg: 'HS256', kid: 'h' },
      { ...good, kid: 'p', d: good.x },
      { ...good, kid: 'q', kty: 'oct' },
    ]) {
      const source = await load(JSON.stringify({ keys: [bad, good] }));
      expect(source.status()).toMatchObject({ keys: 1, skipped: [{ index: 0 }] });
      expect(await source.find({ alg: 'ES256', kid: bad.kid })).toBeUndefined();
      expect(await source.find({ alg: 'HS256', kid: bad.kid })).toBeUndefined();
      expect(await source.find({ alg: 'ES256', kid: 'a' })).toMatchObject({ id: 'a' });
    }
  });

  it('cannot make two keys of one name count, whichever comes first', async () => {
    const { publicKey: other } = await key('ES256').id('a').generate();
    const twin = (await publishJwks([other])).keys[0]!;
    for (const keys of [
      [good, twin],
      [twin, good],
      [good, twin, good],
    ]) {
      const source = await load(JSON.stringify({ keys }));
      expect(await source.find({ alg: 'ES256', kid: 'a' })).toBeUndefined();
      expect(source.status().skipped.map(({ reason }) => reason)).toEqual(keys.map(() => 'duplicate'));
    }
  });
});
