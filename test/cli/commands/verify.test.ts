import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claims, decodeUnverified, sign } from 'jwtight';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AUDIENCE, HMAC, ISSUER, POLICY, SECRET, testPair, withKeys } from '../keys.js';
import { type Around, NOON, oneLine, workplace } from '../run.js';

const clock = () => NOON;
const TEMPLATE = claims().issuer(ISSUER).audience(AUDIENCE).subject('user-42').expiresIn('15m');

async function tokenOf(template: typeof TEMPLATE = TEMPLATE): Promise<string> {
  return sign(template, (await testPair()).privateKey, { clock });
}

/** A key set at a URL of this machine. */
async function served(body: string, status = 200): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
}

describe('verify', () => {
  it('says that a token is valid, and what it says', async () => {
    const { run } = await withKeys(workplace());
    const stdin = `${await tokenOf()}\n`;
    const { code, out, err } = await run(['verify', '--key-file', 'public.jwk', ...POLICY], { stdin });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Valid\. Signed with ES256, key test\.\n/);
    expect(out).toContain('"sub": "user-42"');
    expect(out).toContain('expires     2026-11-26 12:15:00 UTC, in 15 minutes (exp)');
  });

  it('prints JSON', async () => {
    const { run } = await withKeys(workplace());
    const token = await tokenOf();
    const good = await run(['verify', '--key-file', 'public.jwk', ...POLICY, '--json'], { stdin: token });
    expect(JSON.parse(good.out)).toEqual({ valid: true, ...decodeUnverified(token) });
    const bad = await run(['verify', '--key-file', 'public.jwk', ...POLICY, '--json'], {
      stdin: `${token}\n`,
      clock: () => NOON + 1e7,
    });
    expect(bad.code).toBe(1);
    expect(bad.err).toBe('');
    expect(JSON.parse(bad.out)).toEqual({
      valid: false,
      code: 'ERR_JWT_EXPIRED',
      claim: 'exp',
      message: expect.any(String),
    });
  });

  const sources: [what: string, words: string[], around: (token: string) => Around][] = [
    ['a file', ['--token-file', 'token'], () => ({})],
    ['a variable', ['--token-env', 'T'], (T) => ({ env: { T } })],
    ['standard input', ['-'], (stdin) => ({ stdin })],
    ['standard input, said as a file', ['--token-file', '-'], (stdin) => ({ stdin })],
  ];
  it.each(sources)('reads the token from %s', async (_what, words, around) => {
    const { run, write } = await withKeys(workplace());
    const token = await tokenOf();
    write('token', `${token}\r\n`);
    const { code, err } = await run(['verify', ...words, '--key-file', 'public.jwk', ...POLICY], around(token));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('warns of a token on the command line, and verifies it', async () => {
    const { run } = await withKeys(workplace());
    const { code, err } = await run(['verify', await tokenOf(), '--key-file', 'public.jwk', ...POLICY]);
    expect(code).toBe(0);
    expect(err).toMatch(/^jwtight: a token on the command line .* use --token-file or --token-env\n$/);
  });

  it.each([
    ['a PEM', ['--key-file', 'public.pem', '--algorithm', 'ES256']],
    ['a key set', ['--jwks', 'jwks.json', '--algorithm', 'ES256']],
    ['a key set for several algorithms', ['--jwks', 'jwks.json', '--algorithm', 'ES256', '--algorithm', 'RS256']],
  ])('takes %s', async (_what, words) => {
    const { run } = await withKeys(workplace());
    const { code, err } = await run(['verify', ...words, ...POLICY], { stdin: await tokenOf() });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('takes a secret', async () => {
    const { run } = await withKeys(workplace());
    const { out } = await run(['sign', '--secret-file', 'secret', ...HMAC, ...POLICY, '--expires-in', '5m']);
    const { code, out: said } = await run(['verify', '--secret-env', 'S', ...HMAC, ...POLICY], {
      stdin: out,
      env: { S: SECRET },
    });
    expect(code).toBe(0);
    expect(said).toMatch(/^Valid\. Signed with HS256\.\n/);
    expect(said).not.toContain(SECRET);
  });

  it('fetches a key set', async () => {
    const { run, read } = await withKeys(workplace());
    const words = ['verify', '--algorithm', 'ES256', ...POLICY];
    const stdin = await tokenOf();
    const here = await served(read('jwks.json'));
    expect(await run([...words, '--jwks', here], { stdin })).toMatchObject({ code: 0, err: '' });
    const asked: string[] = [];
    const fetch: Around['fetch'] = async (url) => {
      asked.push(url);
      return new Response(read('jwks.json'), { headers: { 'content-type': 'application/json' } });
    };
    const there = await run([...words, '--jwks', 'https://auth.example.com/jwks.json'], { stdin, fetch });
    expect(there).toMatchObject({ code: 0, err: '' });
    expect(asked).toEqual(['https://auth.example.com/jwks.json']);
  });

  it('does not call a token invalid because its keys cannot be had', async () => {
    const { run } = await withKeys(workplace());
    for (const json of [[], ['--json']]) {
      const { code, out, err } = await run(
        ['verify', '--jwks', await served('{}', 503), '--algorithm', 'ES256', ...POLICY, ...json],
        {
          stdin: await tokenOf(),
        },
      );
      expect(code).toBe(3);
      expect(out).toBe('');
      expect(err).toContain('ERR_JWT_KEYS_UNAVAILABLE');
      expect(oneLine(err)).toBe(true);
    }
  });

  it('leaves out what it is told to leave out, and nothing else', async () => {
    const { run } = await withKeys(workplace());
    const { privateKey } = await testPair();
    const bare = await sign(claims().neverExpires(), privateKey, { clock });
    const words = ['verify', '--key-file', 'public.jwk'];
    const all = ['--unchecked-issuer', '--unchecked-audience', '--unchecked-expiry'];
    expect((await run([...words, ...all], { stdin: bare })).code).toBe(0);
    expect((await run([...words, ...all.slice(0, 2)], { stdin: bare })).err).toContain('ERR_JWT_CLAIM_MISSING');
    const [, , third] = all;
    expect((await run([...words, '--unchecked-issuer', '--audience', 'x', third!], { stdin: bare })).code).toBe(1);
    expect((await run([...words, '--issuer', 'x', '--unchecked-audience', third!], { stdin: bare })).code).toBe(1);
  });

  const refusals: [words: string[], code: string][] = [
    [['--issuer', 'https://auth.example.com/', '--audience', AUDIENCE], 'ERR_JWT_ISSUER'],
    [['--issuer', ISSUER, '--audience', 'shop-api'], 'ERR_JWT_AUDIENCE'],
    [[...POLICY, '--subject', 'mallory'], 'ERR_JWT_SUBJECT'],
    [[...POLICY, '--type', 'at+jwt'], 'ERR_JWT_TYPE'],
    [[...POLICY, '--profile', 'access-token'], 'ERR_JWT_TYPE'],
    [[...POLICY, '--require-claim', 'jti'], 'ERR_JWT_CLAIM_MISSING'],
    [[...POLICY, '--max-token-age', '10s', '--clock-tolerance', '0s'], 'ERR_JWT_TOO_OLD'],
  ];
  it.each(refusals)('refuses by %j', async (words, expected) => {
    const { run } = await withKeys(workplace());
    const stdin = await tokenOf();
    const { code, out, err } = await run(['verify', '--key-file', 'public.jwk', ...words], {
      stdin,
      clock: () => NOON + 30_000,
    });
    expect(err).toMatch(new RegExp(`^jwtight: not valid: .*\\(${expected}\\)\n$`));
    expect(out).toBe('');
    expect(code).toBe(1);
  });

  it('accepts one of several audiences, and a token that is a little too old', async () => {
    const { run } = await withKeys(workplace());
    const words = ['--issuer', ISSUER, '--audience', 'a', '--audience', AUDIENCE, '--clock-tolerance', '2m'];
    const around = { stdin: await tokenOf(), clock: () => NOON + 1_000_000 };
    expect((await run(['verify', '--key-file', 'public.jwk', ...words], around)).code).toBe(0);
  });

  it.each([
    ['no token', 'hunter2', 'ERR_JWT_MALFORMED'],
    ['a token without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJodW50ZXIyIn0.', 'ERR_JWT_ALGORITHM'],
    ['a huge token', 'a'.repeat(20_000), 'ERR_JWT_TOO_LARGE'],
  ])('refuses %s without repeating it', async (_what, stdin, expected) => {
    const { run } = await withKeys(workplace());
    const { code, err } = await run(['verify', '--key-file', 'public.jwk', ...POLICY], { stdin });
    expect(code).toBe(1);
    expect(err).toContain(`(${expected})`);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
  });

  const mistakes: [words: string[], expected: string][] = [
    [POLICY as string[], 'no key: pass --jwks URL'],
    [['--key-file', 'public.jwk'], 'pass --issuer https://auth.example.com, or --unchecked-issuer'],
    [['--key-file', 'public.jwk', '--issuer', 'a'], 'pass --audience billing-api, or --unchecked-audience'],
    [['--key-file', 'public.jwk', '--issuer', '', '--audience', 'b'], 'issuer must be a non-empty string'],
    [['--key-file', 'public.jwk', '--issuer', 'a', '--audience', ''], 'audience must be'],
    [['--key-file', 'public.jwk', ...POLICY, '--unchecked-issuer'], 'not both'],
    [['--key-file', 'public.jwk', ...POLICY, '--unchecked-audience'], 'not both'],
    [['--key-file', 'public.jwk', ...POLICY, '--clock-tolerance', '60'], '--clock-tolerance takes digits and a unit'],
    [['--key-file', 'public.jwk', ...POLICY, '--profile', 'id-token', '--type', 'x'], 'type contradicts'],
    [['--key-file', 'public.jwk', ...POLICY, '--algorithm', 'ES256', '--algorithm', 'ES384'], 'pass --algorithm once'],
    [['--key-file', 'public.jwk', '--jwks', 'jwks.json', ...POLICY], 'not both'],
    [['--jwks', 'jwks.json', ...POLICY], 'the set never chooses'],
    [['--jwks', 'jwks.json', '--algorithm', 'ES257', ...POLICY], '--algorithm takes one of'],
  ];
  it.each(mistakes)('does not take %j', async (words, expected) => {
    const { run } = await withKeys(workplace());
    const { code, out, err } = await run(['verify', ...words], { stdin: await tokenOf() });
    expect(err).toContain(expected);
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  const unusable: [words: string[], expected: string][] = [
    [['--key-file', 'private.jwk'], '--key-file: the JWK holds a private key: pass the public half'],
    [['--key-file', 'private.pem', '--algorithm', 'ES256'], 'a public one is needed'],
    [['--jwks', 'public.jwk', '--algorithm', 'ES256'], '--jwks: the set must be an object with a list of keys'],
    [['--jwks', 'jwks.json', '--algorithm', 'RS256'], 'none of the declared algorithms'],
    [['--jwks', 'jwks.json', '--algorithm', 'HS256'], 'HMAC has no public keys'],
    [['--jwks', 'http://auth.example.com/jwks.json', '--algorithm', 'ES256'], 'https URL'],
    [['--jwks', 'https://a:hunter2@auth.example.com/', '--algorithm', 'ES256'], 'https URL'],
    [['--jwks', 'file:///etc/passwd', '--algorithm', 'ES256'], 'https URL'],
  ];
  it.each(unusable)('cannot use %j', async (words, expected) => {
    const { run } = await withKeys(workplace());
    const { code, out, err } = await run(['verify', ...words, ...POLICY], { stdin: await tokenOf() });
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(3);
  });
});
