import { createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { header } from '../../src/jws/header.js';
import { encodeHeader, signCompact } from '../../src/jws/sign.js';
import { verifyCompact } from '../../src/jws/verify.js';
import { key } from '../../src/keys/builder.js';
import { configError, hmacCryptoKey } from '../keys/fixtures.js';
import { b64, SECRET } from './fixtures.js';

const secret = await key('HS256').secret(SECRET);
const named = await key('HS256').id('a').secret(SECRET);
const utf8 = (text: string) => new TextEncoder().encode(text);
const decode = (segment: string | undefined) => Buffer.from(segment!, 'base64url').toString();

describe('signCompact', () => {
  it('writes header, payload and signature', async () => {
    const token = await signCompact(utf8('{"event":"paid"}'), secret);
    const input = `${b64('{"alg":"HS256"}')}.${b64('{"event":"paid"}')}`;
    expect(token).toBe(`${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`);
  });

  it('takes alg and kid from the key, in that order, and the rest from the builder', async () => {
    const built = header().type('JOSE').contentType('é').set('x', [1]);
    const [first] = (await signCompact(utf8(''), named, built)).split('.');
    expect(decode(first)).toBe('{"alg":"HS256","kid":"a","typ":"JOSE","cty":"é","x":[1]}');
  });

  it('takes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (payload) => {
        const verified = await verifyCompact(await signCompact(payload, secret), secret);
        expect([...verified.payload]).toEqual([...payload]);
      }),
    );
  });

  it('takes Buffers, views and bytes of another realm', async () => {
    const expected = await signCompact(utf8('abc'), secret);
    const more = utf8('xxabcxx');
    for (const payload of [
      Buffer.from('abc'),
      more.subarray(2, 5),
      new Uint8Array(more.buffer, 2, 3),
      runInNewContext('Uint8Array.of(97, 98, 99)') as Uint8Array,
    ])
      expect(await signCompact(payload, secret)).toBe(expected);
  });

  it('signs what the bytes were when it was called', async () => {
    const payload = utf8('abc');
    const promise = signCompact(payload, secret);
    payload.fill(0);
    expect(await promise).toBe(await signCompact(utf8('abc'), secret));
  });

  it.each([
    undefined,
    null,
    '',
    'text',
    5,
    {},
    [],
    [1, 2],
    new ArrayBuffer(2),
    new DataView(new ArrayBuffer(2)),
    new Uint16Array(2),
    new Uint8ClampedArray(2),
    { length: 2, 0: 1, 1: 2 },
  ])('refuses the payload %o', async (payload) => {
    await configError(() => signCompact(payload as never, secret));
  });

  it('refuses what cannot sign', async () => {
    const { publicKey } = await key('ES256').generate();
    const weak = { algorithm: 'HS256', role: 'secret', cryptoKey: await hmacCryptoKey(31) };
    for (const value of [undefined, null, '', {}, [], SECRET, publicKey, publicKey.cryptoKey, weak, 'secret'])
      await configError(() => signCompact(utf8('x'), value as never));
  });

  it('refuses a key that the runtime refuses', async () => {
    const verifies = await hmacCryptoKey(32, 'SHA-256', ['verify']);
    const said = { type: 'private', usages: ['sign'], algorithm: { name: 'Ed25519' } };
    await configError(() =>
      signCompact(utf8('x'), { algorithm: 'HS256', role: 'secret', cryptoKey: verifies } as never),
    );
    await configError(() => signCompact(utf8('x'), { algorithm: 'EdDSA', role: 'private', cryptoKey: said } as never));
  });

  it.each([
    null,
    '',
    'JWT',
    5,
    [],
    {},
    { typ: 'JWT' },
    { parameters: null },
    { parameters: [] },
    { parameters: 'x' },
    header,
  ])('refuses the header %o', async (value) => {
    await configError(() => signCompact(utf8('x'), secret, value as never));
  });

  it.each(['alg', 'kid', 'crit', 'b64', 'zip'])('lets no forged builder set %s', async (name) => {
    const forged = { ...header(), parameters: { [name]: 'none' } };
    await configError(() => signCompact(utf8('x'), secret, forged));
    await configError(() => signCompact(utf8('x'), named, forged));
  });

  it.each([{ x: 5n }, { x: () => 5 }, { x: undefined }, { toJSON: () => ({ alg: 'none' }) }])(
    'lets no forged builder set what JSON cannot carry: %o',
    async (parameters) => {
      await configError(() => signCompact(utf8('x'), secret, { ...header(), parameters }));
    },
  );

  it('keeps names and values that JSON must escape', async () => {
    const odd = await key('HS256').id('"\\\u2028\ud800').secret(SECRET);
    const token = await signCompact(utf8('x'), odd, header().set('__proto__', '\udc00'));
    const verified = await verifyCompact(token, odd);
    expect(verified.header.kid).toBe('"\\\u2028\ud800');
    expect(Object.entries(verified.header)).toContainEqual(['__proto__', '\udc00']);
  });
});

describe('encodeHeader', () => {
  it('puts typ between alg and kid, unless the builder sets it', () => {
    expect(decode(encodeHeader(named, undefined, 'JWT'))).toBe('{"alg":"HS256","typ":"JWT","kid":"a"}');
    expect(decode(encodeHeader(secret, undefined))).toBe('{"alg":"HS256"}');
    expect(decode(encodeHeader(named, header().type('at+jwt'), 'JWT'))).toBe(
      '{"alg":"HS256","typ":"at+jwt","kid":"a"}',
    );
  });

  it('follows a key made by hand, which is not frozen', () => {
    const loose = { ...secret, id: 'a' };
    expect(decode(encodeHeader(loose, undefined))).toBe('{"alg":"HS256","kid":"a"}');
    loose.id = 'b';
    expect(decode(encodeHeader(loose, undefined))).toBe('{"alg":"HS256","kid":"b"}');
  });
});
