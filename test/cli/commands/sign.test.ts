import { createVerifier, decodeUnverified, key } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, HMAC, ISSUER, POLICY, SECRET, testPair, withKeys } from '../keys.js';
import { NOON, oneLine, workplace } from '../run.js';

const noon = NOON / 1000;

describe('sign', () => {
  it('signs what the options say, with a key of a file', async () => {
    const { run } = await withKeys(workplace());
    const words = [...POLICY, '--subject', 'user-42', '--id', '--not-before-now', '--expires-in', '15m'];
    const { code, out, err } = await run(['sign', '--key-file', 'private.jwk', ...words]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { publicKey } = await testPair();
    const verify = createVerifier({ keys: publicKey, issuer: ISSUER, audience: AUDIENCE, clock: () => NOON });
    const { claims, header } = await verify(out.trimEnd());
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'test' });
    expect(claims).toEqual({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'user-42',
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      iat: noon,
      nbf: noon,
      exp: noon + 900,
    });
  });

  it('takes claims from a file, then from options, and keeps what the file has', async () => {
    const { run, write } = await withKeys(workplace());
    write('claims.json', JSON.stringify({ iss: 'x', exp: noon + 60, role: 'reader', __proto__: { a: 1 } }));
    const words = ['--claims', 'claims.json', '--issuer', 'y', '--set', 'role=["a","b"]', '--set-text', 'note=1=1'];
    const { out } = await run(['sign', '--key-file', 'private.jwk', ...words]);
    expect(decodeUnverified(out.trimEnd()).claims).toEqual({
      iat: noon,
      iss: 'y',
      exp: noon + 60,
      role: ['a', 'b'],
      note: '1=1',
    });
  });

  it('takes claims from standard input, and several audiences', async () => {
    const { run } = await withKeys(workplace());
    const words = ['--claims', '-', '--audience', 'a', '--audience', 'b', '--expires-in', '1h'];
    const { out } = await run(['sign', '--key-file', 'private.pem', '--algorithm', 'ES256', ...words], {
      stdin: '{"sub":"u"}\n',
    });
    const { header, claims } = decodeUnverified(out.trimEnd());
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT' });
    expect(claims).toMatchObject({ sub: 'u', aud: ['a', 'b'] });
  });

  it.each([
    ['a file', ['--secret-file', 'secret'], {}],
    ['a variable', ['--secret-env', 'S'], { env: { S: SECRET } }],
    ['standard input', ['--secret-file', '-'], { stdin: SECRET }],
  ])('signs with a secret from %s', async (_where, words, around) => {
    const { run } = await withKeys(workplace());
    const { out, err } = await run(['sign', ...words, ...HMAC, '--expires-in', '5m', ...POLICY], around);
    expect(err).toBe('');
    const keys = await key('HS256').secret({ base64url: SECRET });
    const verify = createVerifier({ keys, issuer: ISSUER, audience: AUDIENCE, clock: () => NOON });
    expect((await verify(out.trimEnd())).claims.exp).toBe(noon + 300);
  });

  it('warns of a secret on the command line, and signs', async () => {
    const { code, err } = await workplace().run(['sign', '--secret', SECRET, ...HMAC, '--expires-in', '5m']);
    expect(code).toBe(0);
    expect(err).toContain("the shell's history");
    expect(err).not.toContain(SECRET);
  });

  it('reads a key from a variable, line breaks written out or not', async () => {
    const { run, read } = await withKeys(workplace());
    const words = ['sign', '--key-env', 'K', '--algorithm', 'ES256', '--kid', 'k', '--expires-in', '5m'];
    const pem = read('private.pem');
    for (const K of [pem, pem.replaceAll('\n', '\\n'), pem.replaceAll('\n', '\\r\\n'), read('private.jwk')]) {
      const { out, err } = await run(words, { env: { K } });
      expect(err).toBe('');
      expect(decodeUnverified(out.trimEnd()).header.kid).toBe('k');
    }
  });

  it('knows the profiles', async () => {
    const { run } = await withKeys(workplace());
    const words = ['sign', '--key-file', 'private.jwk', ...POLICY, '--profile', 'access-token', '--expires-in', '5m'];
    const missing = await run([...words, '--id', '--subject', 'u']);
    expect(missing.code).toBe(2);
    expect(missing.err).toBe('jwtight: the token has no client_id: add --set client_id=JSON\n');
    const lacking = await run([...words, '--subject', 'u', '--set-text', 'client_id=web']);
    expect(lacking.err).toBe('jwtight: the token has no jti: add --id\n');
    const { out } = await run([...words, '--id', '--subject', 'u', '--set-text', 'client_id=web']);
    expect(decodeUnverified(out.trimEnd()).header.typ).toBe('at+jwt');
  });

  it('leaves the expiry out only when told so', async () => {
    const { run } = await withKeys(workplace());
    const words = ['sign', '--key-file', 'private.jwk', '--issuer', 'a'];
    const refused = await run(words);
    expect(refused.code).toBe(2);
    expect(refused.err).toBe('jwtight: the token has no exp: add --expires-in 15m\n');
    const { out } = await run([...words, '--never-expires']);
    expect(decodeUnverified(out.trimEnd()).claims).not.toHaveProperty('exp');
  });

  it('sets the type', async () => {
    const { run } = await withKeys(workplace());
    const { out } = await run(['sign', '--key-file', 'private.jwk', '--expires-in', '5m', '--type', 'logout+jwt']);
    expect(decodeUnverified(out.trimEnd()).header.typ).toBe('logout+jwt');
  });

  it('prints JSON', async () => {
    const { run } = await withKeys(workplace());
    const { out } = await run(['sign', '--key-file', 'private.jwk', '--expires-in', '5m', '--json']);
    const { token, header, claims } = JSON.parse(out);
    expect(decodeUnverified(token)).toEqual({ header, claims });
  });

  const mistakes: [words: string[], expected: string][] = [
    [['hunter2'], 'sign takes options only'],
    [[], 'no key: pass --key-file'],
    [['--key-file', 'private.jwk', '--secret-file', 'secret'], 'not both'],
    [['--key-file', 'private.pem', '--expires-in', '5m'], 'say what the key is for: --algorithm ES256'],
    [['--secret-file', 'secret', '--secret-encoding', 'text'], 'say what the key is for: --algorithm HS256'],
    [['--secret-file', 'secret', '--algorithm', 'HS256'], 'say how the secret is written'],
    [
      ['--secret-file', 'secret', '--algorithm', 'HS256', '--secret-encoding', 'ascii'],
      '--secret-encoding takes one of',
    ],
    [['--secret-file', 'secret', '--algorithm', 'ES256', '--secret-encoding', 'text'], 'ES256 needs a key pair'],
    [['--secret', '', ...HMAC], '--secret is empty'],
    [['--key-file', 'private.pem', '--algorithm', 'HS256'], 'a PEM is never one'],
    [['--key-file', 'private.jwk', '--algorithm', 'none'], '--algorithm takes one of HS256'],
    [['--key-file', 'private.jwk', '--expires-in', '15'], '--expires-in takes digits and a unit'],
    [['--key-file', 'private.jwk', '--expires-in', '0s'], 'at least one second'],
    [['--key-file', 'private.jwk', '--expires-in', '5m', '--never-expires'], 'not both'],
    [['--key-file', 'private.jwk', '--issuer', '', '--expires-in', '5m'], 'iss must be a non-empty string'],
    [['--key-file', 'private.jwk', '--set', 'role=hunter2'], 'for text there is --set-text'],
    [['--key-file', 'private.jwk', '--set', 'hunter2'], '--set takes a name and a value'],
    [['--key-file', 'private.jwk', '--set-text', '=hunter2'], '--set-text takes a name and a value'],
    [['--key-file', 'private.jwk', '--set', 'exp="hunter2"'], 'exp must be'],
    [['--key-file', 'private.jwk', '--expires-in', '5m', '--type', ''], 'typ must be a non-empty string'],
    [['--key-file', 'private.jwk', '--profile', 'hunter2'], '--profile takes one of access-token'],
    [['--key-file', 'private.jwk', '--profile', 'id-token', '--never-expires'], 'must expire'],
    [
      [
        '--key-file',
        'private.jwk',
        '--profile',
        'client-assertion',
        '--issuer',
        'a',
        '--subject',
        'b',
        '--audience',
        'c',
        '--id',
        '--expires-in',
        '5m',
      ],
      'sub must be the same client as iss',
    ],
  ];
  it.each(mistakes)('refuses %j', async (words, expected) => {
    const { run } = await withKeys(workplace());
    const { code, out, err } = await run(['sign', ...words]);
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  const unusable: [what: string, file: string, words: string[], expected: string][] = [
    ['a public key', '', ['--key-file', 'public.jwk'], 'no private half'],
    ['a public PEM', '', ['--key-file', 'public.pem', '--algorithm', 'ES256'], 'a private one is needed'],
    ['a key for another algorithm', '', ['--key-file', 'private.jwk', '--algorithm', 'ES384'], '--key-file: the JWK'],
    ['a key set', '', ['--key-file', 'jwks.json'], 'is a key set: pass it with --jwks'],
    ['a secret as a key', 'hunter2', ['--key-file', 'given'], 'a secret is passed with --secret-file'],
    [
      'a key that names no algorithm of ours',
      '{"kty":"EC","alg":"hunter2"}',
      ['--key-file', 'given'],
      'none that jwtight knows',
    ],
    [
      'a key as a secret',
      '',
      ['--secret-file', 'public.pem', '--algorithm', 'HS256', '--secret-encoding', 'text'],
      'the secret is a PEM',
    ],
    [
      'a short secret',
      'hunter2',
      ['--secret-file', 'given', '--algorithm', 'HS256', '--secret-encoding', 'text'],
      '--secret-file: ',
    ],
    ['a secret written otherwise', 'hunter2!', ['--secret-file', 'given', ...HMAC], 'canonical base64url'],
    [
      'claims that are no JSON',
      '{"sub":"hunter2"',
      ['--key-file', 'private.jwk', '--claims', 'given'],
      '--claims is not a JSON object',
    ],
    [
      'claims that are a list',
      '["hunter2"]',
      ['--key-file', 'private.jwk', '--claims', 'given'],
      '--claims is not a JSON object',
    ],
    [
      'claims with a name twice',
      '{"a":1,"a":2}',
      ['--key-file', 'private.jwk', '--claims', 'given'],
      'duplicate names',
    ],
    [
      'claims that are malformed',
      '{"exp":"hunter2"}',
      ['--key-file', 'private.jwk', '--claims', 'given'],
      '--claims: exp must be',
    ],
    [
      'times in milliseconds',
      '{"exp":1795694400000}',
      ['--key-file', 'private.jwk', '--claims', 'given'],
      'in milliseconds',
    ],
  ];
  it.each(unusable)('cannot use %s', async (_what, file, words, expected) => {
    const { run, write } = await withKeys(workplace());
    write('given', file);
    const { code, out, err } = await run(['sign', ...words, '--expires-in', '5m']);
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(3);
  });
});
