// Whatever a token, a key, a set or a policy's text holds: the audit reports, it never throws, and repeats nothing.

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { type AuditSubject, audit, complianceMatrix, toMarkdown, toSarif } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { valid } from './reports.js';
import { accessTokenWith, base64url, goodClaims, goodHeader, NOW, rawToken } from './support.js';

/** Any code unit: lone surrogates too. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

async function report(subject: AuditSubject) {
  const made = valid(await audit(subject, { now: NOW }));
  toMarkdown(made);
  toSarif(made);
  complianceMatrix(made);
  return made;
}

const TOKEN = accessTokenWith();
const [HEADER, CLAIMS, SIGNATURE] = TOKEN.split('.') as [string, string, string];
const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
const values = ['"5"', 'null', '1e400', '-1', '1e17', '{}', '[]', '[5]', '""', 'true', '"\\ud800"'];

const TOKENS: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['dots', '...'],
  ['alg none', rawToken({ alg: 'none' }, goodClaims(), new Uint8Array())],
  ['alg NoNe with a signature', rawToken({ alg: 'NoNe' }, goodClaims())],
  ...['["ES256"]', '{}', '5', 'null', '"__proto__"', '"constructor"', '""', '" none "'].map(
    (alg) => [`alg ${alg}`, rawToken(`{"alg":${alg}}`, goodClaims())] as const,
  ),
  ...['kid', 'typ', 'cty', 'crit', 'jku', 'x5u', 'x5c', 'jwk', 'zip', 'b64', 'p2c', 'enc'].flatMap((name) =>
    values.map((value) => [`${name} ${value}`, rawToken(`{"alg":"ES256","${name}":${value}}`, goodClaims())] as const),
  ),
  ...[
    'exp',
    'nbf',
    'iat',
    'iss',
    'sub',
    'aud',
    'jti',
    'cnf',
    'nonce',
    'azp',
    'events',
    'scope',
    'role',
    'roles',
  ].flatMap((name) =>
    values.map((value) => [`${name} ${value}`, rawToken(goodHeader(), `{"${name}":${value}}`)] as const),
  ),
  ['a header that is no object', rawToken('[]', goodClaims())],
  ...['[]', '"text"', 'null', '5', '', '{'].map((text) => [`claims ${text}`, rawToken(goodHeader(), text)] as const),
  ['duplicate names', rawToken('{"alg":"none","alg":"ES256"}', '{"sub":"a","sub":"b"}')],
  ['polluting names', rawToken('{"alg":"ES256","__proto__":{"a":1}}', '{"__proto__":{"a":1},"constructor":5}')],
  ['one part', HEADER],
  ['two parts', `${HEADER}.${CLAIMS}`],
  ['four parts', `${TOKEN}.a`],
  ['six parts', `${TOKEN}.a.b.c`],
  ['a dot at the end', `${TOKEN}.`],
  ['spaces around', ` ${TOKEN} `],
  ['padding', `${HEADER}=.${CLAIMS}==.${SIGNATURE}=`],
  ['standard Base64', `${HEADER}.++//.${SIGNATURE}`],
  ['white space inside', `${HEADER}.${CLAIMS}\n.${SIGNATURE}`],
  ['letters that look like others', `${HEADER}.ａｂｃｄ.${SIGNATURE}`],
  ['a JWE', `${base64url('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.AQ.AQ.AQ.AQ`],
  ['JSON serialisation', JSON.stringify({ payload: CLAIMS, protected: HEADER, signature: SIGNATURE })],
  ['invalid UTF-8', `${HEADER}.${base64url(Uint8Array.of(0x7b, 0xff, 0x7d))}.${SIGNATURE}`],
  ['a BOM', `${base64url('\ufeff{"alg":"ES256"}')}.${CLAIMS}.${SIGNATURE}`],
  ['UTF-16', `${HEADER}.${base64url(Buffer.from('{"a":1}', 'utf16le'))}.${SIGNATURE}`],
  ['zero bytes for a signature', rawToken(goodHeader(), goodClaims(), new Uint8Array(64))],
  ['a DER signature', rawToken(goodHeader(), goodClaims(), Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1))],
  ['a signature of one byte', rawToken(goodHeader(), goodClaims(), new Uint8Array(1))],
  ['deep claims', rawToken(goodHeader(), deep)],
  ['deep claims below the limit on length', rawToken(goodHeader(), `${'['.repeat(20_000)}`)],
  ['many claims', rawToken(goodHeader(), Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`c${i}`, i])))],
  ['a token in a token', rawToken(goodHeader(), TOKEN)],
];

describe('a hostile token', () => {
  it.each(TOKENS)('%s', async (_what, token) => {
    await report({ token });
    await report({ token, verifier: {}, jwks: { keys: [{}] }, issuance: {}, storage: {}, environment: {} });
  });

  it('of ten megabytes is not read', async () => {
    const start = performance.now();
    await audit({ token: `${HEADER}.${'A'.repeat(10_000_000)}.${SIGNATURE}` }, { now: NOW });
    expect(performance.now() - start).toBeLessThan(50);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it('may be any text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: anyUnit }), async (token) => void (await report({ token }))));
  });

  it('may hold any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.json(), async (header, claims) => {
        await report({ token: rawToken(header, claims) });
      }),
    );
  });

  it('may have any value in any place', async () => {
    const header = fc.constantFrom('alg', 'typ', 'kid', 'cty', 'crit', 'jku', 'x5u', 'x5c', 'jwk', 'zip', 'b64', 'p2c');
    const claim = fc.constantFrom(
      'iss',
      'sub',
      'aud',
      'exp',
      'nbf',
      'iat',
      'jti',
      'cnf',
      'events',
      'azp',
      'email',
      'pin',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.double(),
      fc.constantFrom('*', '../..', 'https://127.0.0.1/', '4111111111111111'),
    );
    const changes = (name: fc.Arbitrary<string>) => fc.dictionary(name, value, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(changes(header), changes(claim), async (headers, claims) => {
        await report({ token: accessTokenWith(claims, headers), draft: { header: headers, claims } });
      }),
    );
  });
});

const CYCLE: Record<string, unknown> = {};
CYCLE.self = CYCLE;

describe('a hostile key or set', () => {
  it.each<[string, AuditSubject]>([
    ['an empty PEM', { key: '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----' }],
    ['a PEM of other bytes', { key: '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----' }],
    ['many PEMs', { key: '-----BEGIN PUBLIC KEY-----\n'.repeat(10_000) }],
    ['an RSA key of zero', { key: { kty: 'RSA', n: 'AA', e: 'AA' } }],
    ['an RSA key of one', { key: { kty: 'RSA', n: 'AQ', e: 'AQ', p: 'AQ', q: 'AQ' } }],
    ['an RSA key that is no number', { key: { kty: 'RSA', n: 5, e: {} } } as never],
    ['a huge RSA key', { key: { kty: 'RSA', n: '_'.repeat(2732), e: 'AQAB' } }],
    ['an EC key at nowhere', { key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }],
    ['an EC key of other types', { key: { kty: 'EC', crv: [], x: null, y: {} } } as never],
    ['an OKP key of no length', { key: { kty: 'OKP', crv: 'Ed25519', x: '' } }],
    ['an empty secret', { key: { kty: 'oct', k: '' } }],
    ['polluting names', { key: JSON.parse('{"__proto__":{"kty":"oct"},"kty":"constructor"}') }],
    ['a set that is no JSON', { jwks: '<html>' }],
    ['a set of other things', { jwks: { keys: [null, 5, 'text', [], { kty: 5 }] } }],
    ['a set of odd metadata', { jwks: { keys: [{ kty: 'EC', kid: 5, use: {}, alg: [], key_ops: 'sign', x5c: 'a' }] } }],
    ['two keys with nothing', { jwks: { keys: [{}, {}] } }],
    ...[10n, Symbol('use'), { toJSON: () => Symbol('none') }, CYCLE].map((use): [string, AuditSubject] => [
      `a key whose use is a ${typeof use}`,
      { token: TOKEN, jwks: { keys: [{ kty: 'EC', kid: '2026-11', use }] } },
    ]),
  ])('%s', async (_what, subject) => {
    await report(subject);
  });

  it('of a thousand large RSA keys is judged in bounded time', async () => {
    // Random odd numbers of 16384 bits: the largest that are read.
    const keys = Array.from({ length: 1000 }, (_, i) => {
      const n = randomBytes(2048);
      n[0]! |= 0x80;
      n[2047]! |= 1;
      return { kty: 'RSA', n: n.toString('base64url'), e: 'AQAB', kid: String(i), use: 'sig', alg: 'PS256' };
    });
    const start = performance.now();
    await report({ jwks: { keys } });
    // About a second on an idle core; it was half a minute.
    expect(performance.now() - start).toBeLessThan(15_000);
  }, 20_000);

  it('may be any JSON', async () => {
    const jwk = fc.dictionary(
      fc.constantFrom(
        'kty',
        'alg',
        'kid',
        'use',
        'key_ops',
        'crv',
        'x',
        'y',
        'd',
        'n',
        'e',
        'p',
        'q',
        'k',
        'x5c',
        'x5u',
      ),
      fc.oneof(fc.jsonValue(), fc.constantFrom('RSA', 'EC', 'OKP', 'oct', 'AKP', 'P-256', 'ES256', 'sig', 'AQAB')),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(jwk, { maxLength: 3 }), async (keys) => {
        await report({ jwks: { keys }, ...(keys[0] && { key: keys[0], verifier: { keys } }) });
      }),
    );
  });
});

describe('a secret', () => {
  it.each(['', ' ', '\u0000', '\ud800', 'a'.repeat(100_000), '{"kty":"oct"}', '-----BEGIN '])(
    '%.20j',
    async (secret) => {
      await report({ secret });
      await report({ secret, algorithm: 'HS512', environment: { fallback: secret } });
    },
  );
});

describe('a report of any secret and claims', () => {
  const LETTERS = [...'bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ23456789'];
  /** Text whose every six characters are found in nothing that the library says. */
  const unlike = (minLength: number) => fc.string({ unit: fc.constantFrom(...LETTERS), minLength, maxLength: 90 });
  const windows = (text: string) =>
    Array.from({ length: Math.max(0, text.length - 5) }, (_, i) => text.slice(i, i + 6));
  /** Member names that make rules look at the value. */
  const names = ['sub', 'iss', 'jti', 'email', 'password', 'card', 'ssn', 'scope', 'azp', 'nonce', 'x'];
  const headers = ['kid', 'jku', 'x5u', 'cty', 'typ', 'alg'];

  it('holds no six characters of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        unlike(6),
        fc.dictionary(fc.constantFrom(...names), unlike(6), { noNullPrototype: true }),
        fc.dictionary(fc.constantFrom(...headers), unlike(6), { noNullPrototype: true }),
        fc.constantFrom('HS256', 'HS512', undefined),
        async (secret, claims, header, algorithm) => {
          const bytes = new TextEncoder().encode(secret);
          const made = await report({
            secret,
            ...(algorithm && { algorithm }),
            key: { kty: 'oct', k: base64url(secret), kid: secret },
            token: rawToken({ alg: 'HS256', ...header }, { ...claims, aud: [secret, '*'] }, bytes),
            draft: { header, claims: { ...claims, nested: { list: [secret] } } },
            jwks: { keys: [{ kty: 'EC', crv: secret, x: secret, kid: secret }] },
            verifier: { keys: [secret, bytes], issuer: secret, audience: secret, patterns: [new RegExp(secret)] },
            environment: { fallback: secret, variable: `VITE_${secret}`, sharedAcross: [secret, 'other'] },
          });
          const said = toMarkdown(made) + JSON.stringify([made, toSarif(made), complianceMatrix(made)]);
          const values = [secret, base64url(secret), ...Object.values(claims), ...Object.values(header)];
          for (const part of values.filter((value) => value !== 'HS256').flatMap(windows))
            expect(said).not.toContain(part);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a report', () => {
  it('repeats nothing of what was audited', async () => {
    const mark = 'xq7Zp9Kw';
    const made = await report({
      token: rawToken(
        {
          alg: mark,
          typ: mark,
          kid: `../${mark}`,
          jku: `http://${mark}.example`,
          jwk: { kty: mark, d: mark },
          crit: [mark],
        },
        {
          iss: mark,
          sub: `${mark}@example.com`,
          aud: ['*', mark],
          jti: mark,
          password: mark,
          email: `${mark}@example.com`,
          exp: mark,
          scope: mark,
          events: { a: mark },
          nested: { token: mark },
        },
      ),
      draft: { header: { alg: mark, kid: mark }, claims: { sub: mark, secret: mark } },
      secret: `${mark}${mark}`,
      key: { kty: 'oct', k: mark, kid: mark, alg: mark },
      jwks: {
        keys: [
          { kty: 'EC', crv: mark, kid: mark, d: mark },
          { kty: 'oct', k: mark, kid: mark },
        ],
      },
      verifier: { issuer: mark, audience: mark, algorithms: [mark], jwksUrl: `http://${mark}`, type: mark, keys: mark },
      issuance: { audiences: [mark], verifiers: [mark] },
      storage: {
        where: 'cookie',
        cookie: { name: mark, domain: mark },
        origin: `http://${mark}`,
        contentSecurityPolicy: mark,
        cacheControl: mark,
      },
      environment: { variable: `NEXT_PUBLIC_${mark}`, fallback: mark, sharedAcross: [mark, `${mark}2`] },
    });
    expect(toMarkdown(made) + JSON.stringify([made, toSarif(made), complianceMatrix(made)])).not.toContain(mark);
    expect(made.findings.length).toBeGreaterThan(0);
  });
});
