// Causes in how a token is written.

import { createVerifier, sign } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { base64url, NOW, NOW_SECONDS, rawToken } from '../support.js';
import {
  AUDIENCE,
  diagnosed,
  finds,
  good,
  goodClaims,
  ISSUER,
  pair,
  signed,
  signText,
  tokenWith,
  verifier,
} from './support.js';

const [HEADER, CLAIMS, SIGNATURE] = good.split('.') as [string, string, string];
const HEAD = { alg: 'ES256', kid: 'one', typ: 'JWT' };

describe('a token that is right', () => {
  it('has no cause', async () => {
    expect(await diagnosed(good)).toEqual({ ok: true, causes: [] });
    expect(await diagnosed(good, { verifier: verifier.policy, now: new Date(NOW) })).toEqual({ ok: true, causes: [] });
    expect(await diagnosed(good, { verifier: [verifier.policy], now: () => NOW })).toEqual({ ok: true, causes: [] });
    expect(await diagnosed(good, { keys: pair.publicKey, now: NOW })).toEqual({ ok: true, causes: [] });
  });

  it('is judged by the clock of the verifier where no time is given', async () => {
    expect(await diagnosed(good, { verifier })).toEqual({ ok: true, causes: [] });
  });
});

describe('around the token', () => {
  it.each([
    ['bearer-prefix', `Bearer ${good}`],
    ['bearer-prefix', `Authorization: bearer ${good}`],
    ['bearer-prefix', `Bearer Bearer ${good}`],
    ['bearer-prefix', `Bearer: ${good}`],
    ['bearer-prefix', `DPoP ${good}`],
    ['bearer-prefix', `JWT ${good}`],
    ['quotes', `"${good}"`],
    ['surrounding-space', `${good}\n`],
  ] as const)('finds %s', async (id, token) => {
    await finds(token, [id]);
  });

  it('finds several at once', () => finds(` "Bearer ${good}"`, ['bearer-prefix', 'quotes', 'surrounding-space']));

  it('finds quotes behind the scheme', () => finds(`Bearer "${good}"`, ['bearer-prefix', 'quotes']));

  it('finds a scheme with nothing behind it', () =>
    finds('Bearer ', ['bearer-prefix', 'surrounding-space', 'no-token']));

  it('takes off a few layers, not any number', async () => {
    const start = performance.now();
    await finds(`${'Bearer '.repeat(20_000)}${good}`, ['bearer-prefix', 'too-large', 'white-space', 'not-utf8']);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it.each(['', ' ', 'undefined', 'null', '[object Promise]', 'NaN'])('finds that %j is no token', async (text) => {
    const { causes } = await diagnosed(text);
    expect(causes.map(({ id }) => id)).toContain('no-token');
  });

  it.each([undefined, null, 5, {}, [good]])('finds that what is not text is no token', async (value) => {
    await finds(value as never, ['no-token']);
  });
});

describe('segments', () => {
  it('counts them', async () => {
    expect(await finds('opaque', ['segments'])).toContain('has 1 of');
    expect(await finds(`${HEADER}.${CLAIMS}`, ['segments'])).toContain('the signature is missing');
    expect(await finds(`${good}.e`, ['segments'])).toContain('has 4 of');
    expect(await finds('.'.repeat(40), ['segments'])).toContain('16 or more');
  });

  it('knows a JWE and the JSON serialisations', async () => {
    await finds(`${base64url('{"alg":"dir","enc":"A256GCM"}')}..AQ.AQ.AQ`, ['encrypted']);
    await finds(`${base64url('{"alg":')}..AQ.AQ.AQ`, ['encrypted']);
    expect(await finds(`${HEADER}.${CLAIMS.slice(0, 9)}...`, ['segments'])).toContain('has 5 of');
    await finds(JSON.stringify({ payload: CLAIMS, protected: HEADER, signature: SIGNATURE }), ['json-serialization']);
  });

  it('finds what is too large, for the verifier or for anybody', async () => {
    const small = createVerifier({ keys: pair.publicKey, issuer: ISSUER, audience: AUDIENCE, maxTokenLength: 64 });
    expect(await finds(good, ['too-large'], { verifier: small, now: NOW })).toContain(`${good.length} characters`);
    const exact = createVerifier({
      keys: pair.publicKey,
      issuer: ISSUER,
      audience: AUDIENCE,
      maxTokenLength: good.length,
    });
    await finds(good, [], { verifier: exact, now: NOW });
    const big = createVerifier({ keys: pair.publicKey, issuer: ISSUER, audience: AUDIENCE, maxTokenLength: 1e6 });
    await finds('a'.repeat(300_000), ['too-large'], { verifier: big, now: NOW });
    const long = await tokenWith({ text: 'x'.repeat(16_384) });
    await finds(long, ['too-large'], { keys: pair.publicKey, now: NOW });
  });
});

describe('encoding', () => {
  const standard = (data: string | Uint8Array) => Buffer.from(data).toString('base64');
  const unpadded = (data: string | Uint8Array) => standard(data).replaceAll('=', '');

  it('finds standard Base64 that was signed so, and names the segment', async () => {
    const token = await signed(HEAD, goodClaims({ text: '???>>>~~~' }), pair.privateKey, unpadded);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const parts = { header, payload, signature };
    const affected = Object.entries(parts).filter(([, text]) => /[+/]/.test(text));
    const message = await finds(token, ['standard-base64']);
    expect(affected.map(([name]) => name)).toContain('payload');
    for (const name of Object.keys(parts))
      expect(message.includes(name)).toBe(affected.some(([part]) => part === name));
  });

  it('finds standard Base64 and padding that came after signing', async () => {
    const token = await tokenWith({ text: '???>>>~~~' });
    const [header, payload, signature] = token.split('.') as [string, string, string];
    expect(payload).toMatch(/[-_]/);
    const rewritten = payload.replaceAll('-', '+').replaceAll('_', '/');
    expect(await finds(`${header}.${rewritten}.${signature}`, ['standard-base64'])).toContain(
      'payload of the token is',
    );
    expect(await finds(`${header}=.${payload}.${signature}==`, ['padding'])).toContain(
      'header and signature of the token are',
    );
  });

  it('finds line breaks, lost characters, stray bits and foreign characters', async () => {
    await finds(`${HEADER}.${CLAIMS.slice(0, 9)}\r\n${CLAIMS.slice(9)}.${SIGNATURE}`, ['white-space']);
    const lost = SIGNATURE.slice(0, 85);
    expect(await finds(`${HEADER}.${CLAIMS}.${lost}`, ['cut-short', 'signature-length'])).toContain('63 bytes');
    const last = SIGNATURE.at(-1)!;
    const stray = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    await finds(`${good.slice(0, -1)}${stray[stray.indexOf(last) + 1]}`, ['trailing-bits']);
    await finds(`${HEADER}.${CLAIMS}!.${SIGNATURE}`, ['foreign-characters', ['signature-mismatch', 'likely']]);
    await finds(`${HEADER}.${CLAIMS}.${SIGNATURE}!`, ['foreign-characters']);
    await finds(`${HEADER}%3D.${CLAIMS}.${SIGNATURE}`, ['percent-encoded']);
    await finds(good.replaceAll('.', '%2E'), ['percent-encoded']);
  });
});

describe('JSON', () => {
  it.each([
    ['not-utf8', Uint8Array.of(0x7b, 0xff, 0x7d)],
    ['not-utf8', Buffer.from('{"a":1}', 'utf16le')],
    ['not-json', 'text'],
    ['not-json', ''],
    ['not-object', '[]'],
    ['too-deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['double-encoded', base64url(JSON.stringify(goodClaims()))],
  ] as const)('finds %s in the payload', async (id, payload) => {
    expect(await finds(await signed(HEAD, payload), [id])).toContain('payload');
  });

  it('goes on where the object can be read all the same', async () => {
    const text = JSON.stringify(goodClaims({ exp: NOW_SECONDS - 5 }));
    await finds(await signed(HEAD, `\uFEFF${text}`), ['byte-order-mark', 'expired']);
    await finds(await signed(HEAD, text.replace('{', '{"sub":"x",')), ['duplicate-member', 'expired']);
  });

  it('finds the same in the header', async () => {
    expect(await finds(await signed('[]', goodClaims()), ['not-object'])).toContain('header');
    await finds(await signed('{"alg":"none","alg":"ES256"}', goodClaims()), ['duplicate-member']);
  });
});

describe('the header', () => {
  it('finds an algorithm that is missing, no string, or none', async () => {
    await finds(await signed({ typ: 'JWT' }, goodClaims()), ['algorithm-missing']);
    await finds(await signed({ alg: ['ES256'] }, goodClaims()), ['algorithm-missing']);
    await finds(rawToken({ alg: 'none' }, goodClaims(), new Uint8Array()), ['unsigned']);
    await finds(rawToken({ alg: ' NonE' }, goodClaims()), ['unsigned']);
    await finds(`${HEADER}.${CLAIMS}.`, ['unsigned']);
  });

  it('finds parameters that change how it is read, and of a wrong kind', async () => {
    const critical = { ...HEAD, crit: ['b64'], b64: false };
    expect(await finds(await signed(critical, goodClaims()), ['critical-header'])).toContain('crit and b64');
    await finds(await signed({ ...HEAD, zip: 'DEF' }, goodClaims()), ['critical-header']);
    const malformed = await signed({ alg: 'ES256', kid: 1, typ: null, cty: {} }, goodClaims());
    expect(await finds(malformed, ['header-malformed'])).toContain('kid and typ and cty');
  });

  it('finds another kind of token', async () => {
    const access = createVerifier({ keys: pair.publicKey, issuer: ISSUER, audience: AUDIENCE, type: 'at+jwt' });
    expect(await finds(good, ['typ-mismatch'], { verifier: access, now: NOW })).toContain('another kind');
    const untyped = await signed({ alg: 'ES256', kid: 'one' }, goodClaims());
    expect(await finds(untyped, ['typ-mismatch'], { verifier: access, now: NOW })).toContain('missing');
    const typed = await signed({ ...HEAD, typ: 'application/AT+JWT' }, goodClaims());
    await finds(typed, [], { verifier: access, now: NOW });
    expect(await finds(typed, ['typ-mismatch'])).toContain('JWT or no typ');
    await finds(untyped, []);
    await finds(typed, [], { keys: pair.publicKey, now: NOW });
  });
});

describe('builders', () => {
  it('make tokens that are right', async () => {
    const token = await sign({ ...goodClaims(), exp: NOW_SECONDS + 60 }, pair.privateKey, { clock: () => NOW });
    await finds(token, []);
    await finds(await signText(`${HEADER}.${CLAIMS}`), []);
  });
});
