import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JwtError } from '../../src/errors.js';
import { header } from '../../src/jws/header.js';
import type { KeySource } from '../../src/jws/key-source.js';
import { signCompact } from '../../src/jws/sign.js';
import { verifyCompact } from '../../src/jws/verify.js';
import { key } from '../../src/keys/builder.js';
import { configError, material } from '../keys/fixtures.js';
import { b64, hs256, jwtError, SECRET, withHeader } from './fixtures.js';

const secret = await key('HS256').secret(SECRET);
const token = withHeader({ alg: 'HS256', kid: 'a' }, b64('hello'));

describe('verifyCompact', () => {
  it('returns header, payload and key', async () => {
    const verified = await verifyCompact(token, secret);
    expect(verified).toStrictEqual({
      header: { alg: 'HS256', kid: 'a' },
      payload: new TextEncoder().encode('hello'),
      key: secret,
    });
    expect(verified.key).toBe(secret);
    expect(Object.isFrozen(verified.header)).toBe(true);
  });

  it('returns any bytes, none included', async () => {
    expect((await verifyCompact(withHeader({ alg: 'HS256' }, ''), secret)).payload).toEqual(new Uint8Array());
    const noise = Uint8Array.of(0, 255, 254, 10);
    expect((await verifyCompact(withHeader({ alg: 'HS256' }, b64(noise)), secret)).payload).toEqual(noise);
  });

  it('returns bytes of its own each time', async () => {
    const first = await verifyCompact(token, secret);
    first.payload.fill(0);
    expect((await verifyCompact(token, secret)).payload).toEqual(new TextEncoder().encode('hello'));
  });

  it('takes several keys, and sources', async () => {
    const other = await key('HS256').id('b').generate();
    const named = await key('HS256').id('a').secret(SECRET);
    expect((await verifyCompact(token, [other, named])).key).toBe(named);
    await jwtError('ERR_JWT_KEY_NOT_FOUND', () => verifyCompact(token, other));
    const source: KeySource = { algorithms: ['HS256'], find: async () => secret, trusts: () => true };
    expect((await verifyCompact(token, source)).key).toBe(secret);
    await jwtError('ERR_JWT_KEYS_UNAVAILABLE', () =>
      verifyCompact(token, { ...source, find: () => Promise.reject(new Error()) }),
    );
  });

  it('looks at the signature before the payload', async () => {
    for (const payload of ['A', '====', 'e30=', 'e31', ' e30', 'a+/b']) {
      await jwtError('ERR_JWT_MALFORMED', () => verifyCompact(withHeader({ alg: 'HS256' }, payload), secret));
      const forged = withHeader({ alg: 'HS256' }, payload).slice(0, -4);
      await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(`${forged}AAAA`, secret));
    }
    // Not ASCII, so nothing that a signature could be of.
    await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(hs256(b64('{"alg":"HS256"}'), 'é'), secret));
  });

  it('looks at the caller before the token', async () => {
    const { privateKey } = await key('ES256').generate();
    for (const bad of ['', 'x', token, undefined]) {
      await configError(() => verifyCompact(bad as string, undefined as never));
      await configError(() => verifyCompact(bad as string, []));
      await configError(() => verifyCompact(bad as string, privateKey as never));
      await configError(() => verifyCompact(bad as string, SECRET as never));
      await configError(() => verifyCompact(bad as string, secret, { maxTokenLength: 0 }));
    }
  });

  it.each([
    null,
    5,
    '',
    'x',
    [],
    { maxTokenLength: undefined },
    { maxTokenLength: null },
    { maxTokenLength: 0 },
    { maxTokenLength: -1 },
    { maxTokenLength: 1.5 },
    { maxTokenLength: Number.NaN },
    { maxTokenLength: Number.POSITIVE_INFINITY },
    { maxTokenLength: '16384' },
    { maxTokenLength: 1e21 },
    { maxTokenLength: 16384n },
    { maxTokenLength: [16384] },
    { maxLength: 5 },
    { algorithms: ['HS256'] },
    { maxTokenLength: 5, algorithms: ['none'] },
  ])('refuses the options %o', async (options) => {
    await configError(() => verifyCompact(token, secret, options as never));
  });

  it('reads no more than 16 KiB, unless told otherwise', async () => {
    const long = await signCompact(new Uint8Array(12_200), secret);
    const longer = await signCompact(new Uint8Array(12_300), secret);
    expect(long.length).toBeLessThanOrEqual(16_384);
    expect((await verifyCompact(long, secret, {})).payload).toHaveLength(12_200);
    await jwtError('ERR_JWT_TOO_LARGE', () => verifyCompact(longer, secret));
    expect((await verifyCompact(longer, secret, { maxTokenLength: longer.length })).payload).toHaveLength(12_300);
    await jwtError('ERR_JWT_TOO_LARGE', () => verifyCompact(longer, secret, { maxTokenLength: longer.length - 1 }));
  });

  it.each([undefined, null, 5, {}, [], [token], Object(token), Buffer.from(token), () => token])(
    'refuses a token that is no string: %o',
    async (value) => {
      await jwtError('ERR_JWT_MALFORMED', () => verifyCompact(value as string, secret));
    },
  );

  it.each([
    ` ${token}`,
    `${token} `,
    `${token}\n`,
    `${token}.`,
    `${token}=`,
    `\u200b${token}`,
    token.replace('.', '..'),
    token.replaceAll('.', ' .'),
    token.replaceAll('.', '\u2024'),
    token.toUpperCase(),
    `${token}.${token}`,
  ])('refuses a token with anything around or between: %s', async (value) => {
    const error = await verifyCompact(value, secret).catch((caught: unknown) => caught);
    expect((error as Error).constructor).toBe(JwtError);
  });

  it('never uses what the header offers', async () => {
    const { privateJwk, publicJwk } = await material('ES256');
    const signing = await key('ES256').private({ jwk: privateJwk });
    const { publicKey: pinned } = await key('ES256').generate();
    const offers = { jwk: publicJwk, jku: 'https://evil.example/keys', x5u: 'https://evil.example/c', x5c: ['AAAA'] };
    let built = header();
    for (const [name, value] of Object.entries(offers)) built = built.set(name, value);
    const evil = await signCompact(new Uint8Array(2), signing, built);
    await jwtError('ERR_JWT_SIGNATURE', () => verifyCompact(evil, pinned));
    expect((await verifyCompact(evil, await key('ES256').public({ jwk: publicJwk }))).header).toMatchObject(offers);
  });

  // RFC 8725 §2.1: the public key, in every form it is published in, as an HMAC secret.
  it.each(['RS256', 'PS384', 'ES256', 'Ed25519'] as const)(
    'refuses HS256 under a public key: %s',
    async (algorithm) => {
      const { publicJwk, publicPem } = await material(algorithm);
      for (const source of [{ pem: publicPem }, { jwk: publicJwk }])
        for (const alg of ['HS256', 'HS384', 'HS512'])
          for (const text of [
            publicPem,
            publicPem.trim(),
            JSON.stringify(publicJwk),
            '',
            publicPem.replace(/-----.*?-----|\n/g, ''),
          ]) {
            const input = `${b64(JSON.stringify({ alg }))}.e30`;
            const mac = createHmac(`sha${alg.slice(2)}`, text)
              .update(input)
              .digest('base64url');
            const verifying = await key(algorithm).public(source);
            await jwtError('ERR_JWT_ALGORITHM', () => verifyCompact(`${input}.${mac}`, verifying));
          }
    },
  );

  it('never repeats the token', async () => {
    const marked = withHeader({ alg: 'HS512', kid: 'kid-marker', x: 'x-marker' }, b64('payload-marker'));
    const edits = [marked, `${marked}.x-marker`, marked.slice(1), 'x-marker', withHeader({ alg: 'x-marker' })];
    edits.push(withHeader({ alg: 'HS256', crit: ['x-marker'] }), withHeader({ alg: 'HS256', typ: ['x-marker'] }));
    edits.push(withHeader({ alg: 'HS256', kid: 'x-marker' }));
    for (const edit of edits) {
      const error = (await verifyCompact(edit, await key('HS256').id('b').generate()).catch(
        (e: unknown) => e,
      )) as JwtError;
      expect(error.constructor).toBe(JwtError);
      expect(`${error.message}${error.stack}`).not.toMatch(/-marker|eyJ/);
    }
  });
});

describe('edited tokens', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const refused = async (edited: string) => {
    const error = await verifyCompact(edited, secret).catch((caught: unknown) => caught);
    expect((error as Error).constructor).toBe(JwtError);
  };

  it('with one character changed, never verify', async () => {
    const letter = fc.oneof(fc.constantFrom(...alphabet, '.', '=', ' '), fc.string({ minLength: 1, maxLength: 1 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), letter, async (at, char) => {
        fc.pre(token[at] !== char);
        await refused(token.slice(0, at) + char + token.slice(at + 1));
      }),
      { numRuns: 700 },
    );
  });

  it('cut, stretched or spliced, never verify', async () => {
    const other = withHeader({ alg: 'HS256', kid: 'b' }, b64('other payload'));
    for (let at = 0; at < token.length; at++) {
      await refused(token.slice(0, at));
      await refused(token.slice(at + 1));
      await refused(token.slice(0, at) + token.slice(at + 1));
      await refused(`${token.slice(0, at)}A${token.slice(at)}`);
      const spliced = token.slice(0, at) + other.slice(at);
      if (spliced !== other && spliced !== token) await refused(spliced);
    }
    const [h1, p1, s1] = token.split('.');
    const [h2, p2, s2] = other.split('.');
    for (const parts of [
      [h1, p2, s1],
      [h2, p1, s1],
      [h1, p1, s2],
      [p1, h1, s1],
      [h1, s1, p1],
    ])
      await refused(parts.join('.'));
  });

  it('are never anything but a JwtError', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.tuple(fc.json(), fc.string(), fc.string()).map(([head, body, last]) => `${b64(head)}.${body}.${last}`),
      fc.tuple(fc.object(), fc.base64String()).map(([head, body]) => withHeader({ ...head, alg: 'HS256' }, body)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (garbage) => {
        try {
          expect((await verifyCompact(garbage, secret)).header.alg).toBe('HS256');
        } catch (error) {
          expect((error as Error).constructor).toBe(JwtError);
        }
      }),
      { numRuns: 700 },
    );
  });
});
