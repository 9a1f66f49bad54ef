import { claims, key, sign } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, HMAC, ISSUER, POLICY, SECRET, testPair, withKeys } from '../keys.js';
import { type Around, NOON, oneLine, workplace } from '../run.js';

const clock = () => NOON;

async function tokenOf(issuer = ISSUER): Promise<string> {
  const { privateKey } = await testPair();
  return sign(claims().issuer(issuer).audience(AUDIENCE).expiresIn('15m'), privateKey, { clock });
}

/** The ids of the causes. */
async function causesOf(words: readonly string[], around: Around): Promise<string[]> {
  const { run } = await withKeys(workplace());
  const { code, out, err } = await run(['diagnose', ...words, '--json'], around);
  expect(err).toBe('');
  const { ok, causes } = JSON.parse(out);
  expect(code).toBe(ok ? 0 : 1);
  return causes.map(({ id }: { id: string }) => id);
}

describe('diagnose', () => {
  it('says in words why a token is refused', async () => {
    const { run } = await withKeys(workplace());
    const stdin = `Bearer ${await tokenOf(`${ISSUER}/`)}`;
    const { code, out, err } = await run(['diagnose', '--key-file', 'public.jwk', ...POLICY], { stdin });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toBe(`certain   A scheme such as Bearer stands in front of the token (bearer-prefix)
          Pass what follows Bearer and the space.
certain   iss is not the expected issuer: it differs in case, or in a slash or white space at its end (wrong-issuer)
          Compare the claim with the configuration of the verifier, character by character.
`);
  });

  it('says that nothing is wrong', async () => {
    const { run } = await withKeys(workplace());
    const stdin = await tokenOf();
    expect(await run(['diagnose', '--key-file', 'public.jwk', ...POLICY], { stdin })).toEqual({
      code: 0,
      out: 'Nothing found.\n',
      err: '',
    });
  });

  it.each([
    ['a JWK', ['--key-file', 'public.jwk']],
    ['a private JWK', ['--key-file', 'private.jwk']],
    ['a PEM', ['--key-file', 'public.pem']],
    ['a PEM for an algorithm', ['--key-file', 'public.pem', '--algorithm', 'ES256']],
    ['a key set', ['--jwks', 'jwks.json']],
    ['a key set and a policy', ['--jwks', 'jwks.json', '--algorithm', 'ES256', ...POLICY]],
  ])('tries the token on %s', async (_what, words) => {
    expect(await causesOf(words, { stdin: await tokenOf() })).toEqual([]);
    const stdin = await tokenOf();
    const foreign = `${stdin.slice(0, stdin.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
    expect(await causesOf(words, { stdin: foreign })).toContain('signature-mismatch');
  });

  it('fetches a key set', async () => {
    const { read } = await withKeys(workplace());
    const fetch: Around['fetch'] = async () =>
      new Response(read('jwks.json'), { headers: { 'content-type': 'application/json' } });
    expect(await causesOf(['--jwks', 'https://auth.example.com/'], { stdin: await tokenOf(), fetch })).toEqual([]);
  });

  it('tells how a secret was meant, with and without a policy', async () => {
    const secret = await key('HS256').secret({ text: SECRET });
    const stdin = await sign(claims().issuer(ISSUER).audience(AUDIENCE).expiresIn('5m'), secret, { clock });
    for (const policy of [[], POLICY]) {
      expect(await causesOf(['--secret-file', 'secret', ...HMAC, ...policy], { stdin })).toEqual(['secret-decoded']);
      const asText = ['--secret-file', 'secret', '--secret-encoding', 'text', '--algorithm', 'HS256'];
      expect(await causesOf([...asText, ...policy], { stdin })).toEqual([]);
    }
  });

  it('tries a secret that the library would refuse', async () => {
    const { run } = await withKeys(workplace());
    const words = ['--secret-env', 'S', '--secret-encoding', 'text', '--algorithm', 'HS256'];
    const around = { stdin: await tokenOf(), env: { S: 'hunter2' } };
    expect(await causesOf(words, around)).toContain('algorithm-mismatch');
    const strict = await run(['diagnose', ...words, ...POLICY], around);
    expect(strict.code).toBe(3);
    expect(strict.err).toContain('--secret-env: ');
    expect(strict.err).not.toContain('hunter2');
  });

  it.each<[string[], string, number]>([
    [[], 'no key: pass --key-file', 2],
    [['--secret-file', 'secret', '--secret-encoding', 'text'], 'say what the secret is for', 2],
    [['--secret-file', 'secret', '--secret-encoding', 'text', '--algorithm', 'ES256'], 'ES256 needs a key pair', 2],
    [['--key-file', 'public.pem', '--algorithm', 'HS256'], 'a PEM is never one', 2],
    [['--secret-file', 'secret', '--secret-encoding', 'hex', '--algorithm', 'HS256'], 'canonical hex', 3],
    [['--key-file', 'public.jwk', '--issuer', ISSUER], 'pass --audience', 2],
    [['--jwks', 'http://auth.example.com/'], '--jwks takes an https URL', 2],
    [['--jwks', 'https://'], '--jwks takes an https URL', 2],
    [['--jwks', 'secret'], '--jwks is not a JSON object', 3],
  ])('refuses %j', async (words, expected, code) => {
    const { run } = await withKeys(workplace());
    const ran = await run(['diagnose', ...words], { stdin: await tokenOf() });
    expect(ran.err).toContain(expected);
    expect(oneLine(ran.err)).toBe(true);
    expect(ran.code).toBe(code);
  });
});
