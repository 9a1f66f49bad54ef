// Whatever the token: a diagnosis, never an error, nothing of the token in it, and never better than the verifier's.

import fc from 'fast-check';
import { accessToken, createVerifier, exportJwk } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { base64url, NOW, NOW_SECONDS, rawToken } from '../support.js';
import {
  AUDIENCE,
  diagnosed,
  good,
  goodClaims,
  hmacToken,
  ISSUER,
  otherPair,
  pair,
  secret,
  signed,
  verifier,
} from './support.js';

const jwks = { keys: [await exportJwk(pair.publicKey), await exportJwk(otherPair.publicKey)] };
const strict = createVerifier({
  keys: [pair.publicKey, secret],
  issuer: ISSUER,
  audience: AUDIENCE,
  profile: accessToken,
  clock: () => NOW,
});
const OPTIONS = [
  { verifier, now: NOW },
  { verifier: strict, now: NOW },
  { keys: [{ jwks }, { secret: 'text', algorithm: 'HS256' as const }], now: NOW },
];

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.string({ unit: anyUnit, maxLength: 80 });
const base64urlText = fc.uint8Array({ maxLength: 80 }).map(base64url);
const CANARY = /canary|Y2FuYXJ5|NhbmFye|jYW5hcn/;

describe('any text', () => {
  it('is diagnosed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyText,
          fc.array(fc.oneof(base64urlText, anyText), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('.')),
          fc
            .tuple(fc.jsonValue(), fc.jsonValue())
            .map((parts) => rawToken(...(parts.map((part) => JSON.stringify(part)) as [string, string]))),
        ),
        async (token) => {
          for (const options of OPTIONS) expect((await diagnosed(token, options)).ok).toBe(false);
        },
      ),
      { numRuns: 150 },
    ));

  it('changed by a character is never better than the verifier says', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(good.length),
        fc.nat(2),
        fc.oneof(anyUnit, fc.constantFrom('A', '.', '=', ' ')),
        async (at, cut, put) => {
          const token = good.slice(0, at) + put + good.slice(at + cut);
          const { ok } = await diagnosed(token);
          expect(ok).toBe((await verifier.safe(token)).ok);
        },
      ),
      { numRuns: 200 },
    ));
});

describe('any header and claims, really signed', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('canary', ISSUER, AUDIENCE, NOW, NOW_SECONDS, NOW_SECONDS + 60, [AUDIENCE], '', null, -1, 1e17),
  );
  const members = (...names: string[]) =>
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 5 })), value, { maxKeys: 5 });

  it('have a certain cause where the verifier refuses them, and nowhere else', () =>
    fc.assert(
      fc.asyncProperty(
        members('kid', 'typ', 'cty', 'crit', 'b64', 'zip', 'jwk', 'jku', '__proto__'),
        members('iss', 'aud', 'sub', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'scope', '__proto__'),
        fc.boolean(),
        async (header, claims, good) => {
          const payload = good ? goodClaims(claims) : claims;
          const token = await signed({ ...header, alg: 'ES256' }, payload);
          for (const { verify, options } of [
            { verify: verifier, options: OPTIONS[0]! },
            { verify: strict, options: OPTIONS[1]! },
          ]) {
            const { ok, causes } = await diagnosed(token, options);
            const isRefused = causes.some(({ confidence }) => confidence === 'certain');
            expect(isRefused).toBe(!(await verify.safe(token)).ok);
            if (ok) expect(causes).toEqual([]);
          }
          await diagnosed(token, OPTIONS[2]);
        },
      ),
      { numRuns: 150 },
    ));
});

describe('canaries', () => {
  const header = { alg: 'ES256', kid: 'canary-kid', typ: 'canary+jwt', cty: 'canary', jku: 'https://canary.example' };
  const claims = {
    iss: 'canary',
    aud: ['canary'],
    sub: 'canary',
    jti: 'canary',
    canary: 'canary',
    exp: NOW_SECONDS - 5,
    nbf: 'canary',
  };

  it('never come out', async () => {
    const tokens = [
      await signed(header, claims),
      await signed({ ...header, alg: 'canary' }, claims),
      await signed(JSON.stringify(header).replace('{', '{"canary":1,'), '{"canary":1,"canary":2}'),
      await signed(header, 'canary'),
      await hmacToken('canary-canary-canary-canary-canary'),
      'canary',
      'Bearer canary',
      '{"canary":1}',
      'canary.canary',
      'canary.canary.canary.canary.canary',
      '[object canary]',
    ];
    const pem = '-----BEGIN canary-----\ncanary\n-----END canary-----';
    const keys = [
      { pem },
      { pem: pem.replaceAll('canary-----', 'PUBLIC KEY-----') },
      { jwk: { kty: 'canary', alg: 'canary', kid: 'canary', use: 'canary' } },
      { jwk: { kty: 'EC', crv: 'canary', x: 'canary', y: 'canary' } },
      { jwk: { kty: 'oct', k: 'canary', kid: 'canary' } },
      { jwks: '{"keys":["canary",{"kty":"canary"}]}' },
      { jwks: 'canary' },
      { secret: 'canary', algorithm: 'HS256' as const },
      { secret: 'canary-canary-canary-canary-canary\n', algorithm: 'HS256' as const },
    ];
    for (const token of tokens)
      for (const options of [
        ...OPTIONS,
        { keys, now: NOW },
        ...keys.map((key) => ({ keys: key, now: NOW })),
        { verifier, keys, now: NOW },
      ]) {
        const made = await diagnosed(token, options);
        expect(made.ok).toBe(false);
        expect(JSON.stringify(made)).not.toMatch(CANARY);
      }
  });

  it('come out the same each time', async () => {
    const token = await signed(header, claims);
    for (const options of OPTIONS) expect(await diagnosed(token, options)).toEqual(await diagnosed(token, options));
  });
});
