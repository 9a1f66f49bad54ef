import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeUnit } from '../../support/arbitraries.js';
import { NOON, oneLine, workplace } from '../run.js';

const noon = NOON / 1000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object, header: object = { alg: 'ES256', typ: 'JWT' }) =>
  `${part(header)}.${part(claims)}.AAAA`;

/** What could steer a terminal or turn a line round, but for the line break. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('decode', () => {
  it('shows header, claims and times, and says that nothing is verified', async () => {
    const stdin = tokenOf({ sub: 'user-42', iat: noon - 60, nbf: noon, exp: noon + 7200, auth_time: noon - 90_000 });
    expect(await workplace().run(['decode'], { stdin })).toEqual({
      code: 0,
      err: '',
      out: `Header
{
  "alg": "ES256",
  "typ": "JWT"
}

Claims
{
  "sub": "user-42",
  "iat": 1795694340,
  "nbf": 1795694400,
  "exp": 1795701600,
  "auth_time": 1795604400
}

issued      2026-11-26 11:59:00 UTC, 1 minute ago (iat)
not before  2026-11-26 12:00:00 UTC, now (nbf)
expires     2026-11-26 14:00:00 UTC, in 2 hours (exp)
logged in   2026-11-25 11:00:00 UTC, 1 day ago (auth_time)

Not verified. Anybody can write this; jwtight verify tells whether it is genuine.
`,
    });
  });

  it('says so in JSON too', async () => {
    const { out } = await workplace().run(['decode', '--json'], { stdin: tokenOf({ sub: 'u' }) });
    expect(JSON.parse(out)).toEqual({ verified: false, header: { alg: 'ES256', typ: 'JWT' }, claims: { sub: 'u' } });
  });

  it.each([
    ['text', '1795694340'],
    ['milliseconds', NOON],
    ['beyond all dates', 1e300],
    ['negative', -1],
    ['null', null],
  ])('shows a time that is none: %s', async (_what, exp) => {
    const { code, out } = await workplace().run(['decode'], { stdin: tokenOf({ exp }) });
    expect(code).toBe(0);
    expect(out).toContain('no time: seconds since 1970 are expected (exp)');
  });

  it('is coloured on a terminal, unless it asks for none', async () => {
    const { run } = workplace();
    const around = { stdin: tokenOf({ exp: noon }), terminal: true };
    const words = ['decode', '-'];
    expect((await run(words, around)).out).toContain('\u001b[1mHeader\u001b[0m');
    const plain = await run(words, { ...around, terminal: false });
    expect(plain.out).not.toContain('\u001b');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect((await run(words, { ...around, env })).out).toBe(plain.out);
    expect((await run(words, { ...around, env: { NO_COLOR: '' } })).out).toContain('\u001b[');
  });

  it.each([
    ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007', '\\u001b[2J\\u001b]0;owned\\u0007'],
    ['a C1 control', '\u009b31m', '\\u009b31m'],
    ['DEL', 'a\u007f', 'a\\u007f'],
    ['a bidirectional override', 'user\u202eadmin\u2066', 'user\\u202eadmin\\u2066'],
    ['what cannot be seen', 'a\u200b\u00ad\ufeffb', 'a\\u200b\\u00ad\\ufeffb'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['an astral tag', 'a\u{e0041}b', 'a\\udb40\\udc41b'],
    ['a line break', 'a\r\nNot verified', 'a\\r\\nNot verified'],
  ])('neutralises %s, in names and values, and keeps JSON', async (_what, text, shown) => {
    const { run } = workplace();
    const stdin = tokenOf({ [text]: text, list: [text] }, { alg: 'ES256', kid: text });
    for (const json of [[], ['--json']]) {
      const { code, out } = await run(['decode', ...json], { stdin });
      expect(code).toBe(0);
      expect(out.split(shown)).toHaveLength(5);
      expect(out).not.toMatch(UNSAFE);
      if (json.length > 0) expect(JSON.parse(out).claims.list).toEqual([text]);
    }
  });

  it('neutralises any text', async () => {
    const { run } = workplace();
    const anyText = fc.array(codeUnit).map((units) => units.join(''));
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (name, value) => {
        const { code, out } = await run(['decode'], { stdin: tokenOf({ [`x${name}`]: value }) });
        expect(code).toBe(0);
        expect(out).not.toMatch(UNSAFE);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['no token', 'hunter2', 'ERR_JWT_MALFORMED'],
    ['several lines', `${tokenOf({ a: 'hunter2' })}\n${tokenOf({})}`, 'ERR_JWT_MALFORMED'],
    ['a header that is no JSON', 'aHVudGVyMg.e30.', 'ERR_JWT_MALFORMED'],
    ['a huge one', tokenOf({ a: 'hunter2'.repeat(3000) }), 'ERR_JWT_TOO_LARGE'],
  ])('refuses %s without repeating it', async (_what, stdin, expected) => {
    const { code, out, err } = await workplace().run(['decode'], { stdin });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(`(${expected})`);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
  });
});
