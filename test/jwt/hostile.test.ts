// Everything hostile a token can be, other than its choice of algorithm: each ends in a JwtError with its code.

import { describe, expect, it, vi } from 'vitest';
import {
  createVerifier,
  decodeUnverified,
  JwtError,
  type JwtErrorCode,
  unchecked,
  type Verifier,
} from '../../src/index.js';
import {
  AUDIENCE,
  b64,
  CLAIMS,
  clock,
  hs256,
  ISSUER,
  NOW,
  rawSegments,
  rawToken,
  refusal,
  secretKey,
  token,
  verifier,
} from './support.js';

const HEADER = '{"alg":"HS256"}';
const PAYLOAD = JSON.stringify(CLAIMS);
const VALID = rawToken(HEADER, PAYLOAD);
const [HEAD, BODY, SIGNATURE] = VALID.split('.') as [string, string, string];

const verify = verifier();
/** Chooses a policy by the issuer: reads the payload before the signature, and must be as strict. */
const routing = createVerifier([{ keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock }]);
const cached = verifier({ cache: { maxEntries: 8 } });

/** Refused by every kind of verifier; the first one's code is the one that counts. */
async function expectRefused(given: unknown, expected: { code: JwtErrorCode; claim?: string }): Promise<void> {
  expect(await refusal(verify, given)).toMatchObject(expected);
  expect(await refusal(cached, given)).toMatchObject(expected);
  // Having read the payload first, it may have found something else to complain of.
  expect(await refusal(routing, given)).toBeInstanceOf(JwtError);
}

function expectUndecodable(given: unknown, code: JwtErrorCode = 'ERR_JWT_MALFORMED'): void {
  expect(() => decodeUnverified(given as string)).toThrow(JwtError);
  expect(() => decodeUnverified(given as string)).toThrow(expect.objectContaining({ code }));
}

it('the token that these tests damage is good', async () => {
  for (const each of [verify, routing, cached]) expect(await each(VALID)).toMatchObject({ claims: CLAIMS });
  expect(decodeUnverified(VALID)).toEqual({ header: { alg: 'HS256' }, claims: CLAIMS });
});

describe('the form of the text', () => {
  const malformed: [string, unknown][] = [
    ['empty', ''],
    ['a space', ' '],
    ['a dot', '.'],
    ['two dots', '..'],
    ['three dots', '...'],
    ['one segment', HEAD],
    ['two segments', `${HEAD}.${BODY}`],
    ['four segments', `${VALID}.${SIGNATURE}`],
    ['five segments: a JWE (RFC 7516 §7.1)', `${HEAD}.${BODY}.${BODY}.${BODY}.${SIGNATURE}`],
    ['six segments', `${VALID}.${VALID}`],
    ['trailing dot', `${VALID}.`],
    ['leading dot', `.${VALID}`],
    ['leading space', ` ${VALID}`],
    ['leading line break', `\n${VALID}`],
    ['leading BOM', `\uFEFF${VALID}`],
    ['Bearer', `Bearer ${VALID}`],
    ['quoted', `"${VALID}"`],
    ['line break in the header', `${HEAD.slice(0, 4)}\n${HEAD.slice(4)}.${BODY}.${SIGNATURE}`],
    ['other dots', VALID.replaceAll('.', '。')],
    ['empty header', `.${BODY}.${SIGNATURE}`],
    [
      'flattened JSON serialisation (RFC 7515 §7.2.2)',
      JSON.stringify({ protected: HEAD, payload: BODY, signature: SIGNATURE }),
    ],
    [
      'general JSON serialisation (RFC 7515 §7.2.1)',
      JSON.stringify({ payload: BODY, signatures: [{ protected: HEAD, signature: SIGNATURE }] }),
    ],
    [
      'JSON serialisation with two dots',
      JSON.stringify({ protected: HEAD, payload: BODY, signature: SIGNATURE, x: '..' }),
    ],
    ['JSON serialisation as an object', { protected: HEAD, payload: BODY, signature: SIGNATURE }],
    ['undefined', undefined],
    ['null', null],
    ['a number', 42],
    ['a bigint', 42n],
    ['a boolean', true],
    ['a symbol', Symbol('token')],
    ['a function', () => VALID],
    ['a list', [VALID]],
    ['segments', VALID.split('.')],
    ['bytes', Buffer.from(VALID)],
    ['a String object', new String(VALID)],
    ['an object with toString', { toString: () => VALID, length: 5, indexOf: () => 3, split: () => VALID.split('.') }],
    ['a promise', Promise.resolve(VALID)],
  ];
  it.each(malformed)('%s', async (_, given) => {
    await expectRefused(given, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(given);
  });

  // A signature that cannot be read is not told from one that is wrong.
  const signatures: [string, string][] = [
    ['trailing space', `${VALID} `],
    ['trailing line break', `${VALID}\n`],
    ['trailing NUL', `${VALID}\0`],
    ['padding', `${VALID}=`],
    ['line break inside', `${VALID.slice(0, -4)}\n${VALID.slice(-4)}`],
    ['a length no Base64 has', `${VALID}AA`],
    ['standard Base64', `${HEAD}.${BODY}.${'+/'.repeat(21)}A`],
  ];
  it.each(signatures)('signature: %s', async (_, given) => {
    await expectRefused(given, { code: 'ERR_JWT_SIGNATURE' });
  });

  it.each([
    ['empty', `${HEAD}.${BODY}.`],
    ['of another token', `${HEAD}.${BODY}.${token({}).split('.')[2]}`],
    ['of the payload alone', `${HEAD}.${BODY}.${b64(hs256(BODY))}`],
    ['of the decoded text', `${HEAD}.${BODY}.${b64(hs256(`${HEADER}.${PAYLOAD}`))}`],
  ])('signature %s', async (_, given) => {
    await expectRefused(given, { code: 'ERR_JWT_SIGNATURE' });
  });
});

describe('Base64url that is not canonical, rightly signed', () => {
  const swap = (text: string, from: string, to: string) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };
  // Texts whose Base64url has unused bits at its end, and holds the letters to exchange.
  const header = b64('{"alg":"HS256","x":">>>???"}');
  const payload = b64(JSON.stringify({ ...CLAIMS, x: '>>>???>>>??? ' }));
  const forms: [string, (segment: string) => string][] = [
    ['one = of padding', (s) => `${s}=`],
    ['all = of padding', (s) => `${s}${'='.repeat(-s.length & 3)}`],
    ['++ for --', (s) => swap(s, '-', '+')],
    ['// for __', (s) => swap(s, '_', '/')],
    ['a space inside', (s) => `${s.slice(0, 8)} ${s.slice(8)}`],
    ['a tab at the end', (s) => `${s}\t`],
    ['CR LF', (s) => `${s.slice(0, 8)}\r\n${s.slice(8)}`],
    ['NUL', (s) => `${s}\0`],
    ['a lone last character', (s) => `${s}${'A'.repeat((5 - (s.length % 4)) % 4 || 4)}`],
    ['percent encoding', (s) => swap(s, '-', '%2D')],
    ['trailing bits', (s) => s.slice(0, -1) + String.fromCharCode(s.charCodeAt(s.length - 1) + 1)],
  ];

  it('is what these tests begin with', async () => {
    expect([header.length % 4, payload.length % 4]).toEqual([2, 2]);
    expect(Buffer.from(forms.at(-1)![1](header), 'base64url')).toEqual(Buffer.from(header, 'base64url'));
    expect(await verify(rawSegments(header, payload))).toMatchObject({ header: { alg: 'HS256' } });
  });

  it.each(forms)('header: %s', async (_, change) => {
    const forged = rawSegments(change(header), payload);
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  it.each(forms)('payload: %s', async (_, change) => {
    const forged = rawSegments(header, change(payload));
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  it('signature: trailing bits', async () => {
    const last = SIGNATURE.at(-1)!;
    const alias = `${VALID.slice(0, -1)}${String.fromCharCode(last.charCodeAt(0) + 1)}`;
    expect(Buffer.from(alias.split('.')[2]!, 'base64url')).toEqual(Buffer.from(SIGNATURE, 'base64url'));
    await expectRefused(alias, { code: 'ERR_JWT_SIGNATURE' });
  });

  /** Letters that a table of 128 or 256 entries takes for the ASCII one. */
  const aliases = [128, 256, 512, 0x1000, 0xfe00, 0xff00];
  it.each(aliases)('letters %i above the right one', async (distance) => {
    const alias = (text: string) => text.replace(/[A-Za-z]/, (c) => String.fromCharCode(c.charCodeAt(0) + distance));
    await expectRefused(`${alias(HEAD)}.${BODY}.${SIGNATURE}`, { code: 'ERR_JWT_MALFORMED' });
    await expectRefused(`${HEAD}.${alias(BODY)}.${SIGNATURE}`, { code: 'ERR_JWT_SIGNATURE' });
    await expectRefused(rawSegments(HEAD, alias(BODY)), { code: 'ERR_JWT_SIGNATURE' });
    await expectRefused(`${HEAD}.${BODY}.${alias(SIGNATURE)}`, { code: 'ERR_JWT_SIGNATURE' });
    for (const at of [0, 1])
      expectUndecodable(
        VALID.split('.')
          .map((segment, i) => (i === at ? alias(segment) : segment))
          .join('.'),
      );
  });
});

describe('texts that are not UTF-8, JSON or an object, rightly signed', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const inside = (text: string, ...values: number[]) =>
    Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"x":"'), bytes(...values), Buffer.from('"}')]);
  const texts: [string, (text: string) => string | Uint8Array][] = [
    ['empty', () => ''],
    ['white space', () => '  '],
    ['not JSON', () => '{alg:HS256}'],
    ['cut short', (text) => text.slice(0, -1)],
    ['something behind', (text) => `${text}x`],
    ['two objects', (text) => `${text}${text}`],
    ['a comment', (text) => `${text}//`],
    ['a trailing comma', (text) => text.replace('}', ',}')],
    ['single quotes', (text) => text.replaceAll('"', "'")],
    ['a list', (text) => `[${text}]`],
    ['an empty list', () => '[]'],
    ['a string', () => '"text"'],
    ['a string of JSON', (text) => JSON.stringify(text)],
    ['a number', () => '42'],
    ['null', () => 'null'],
    ['true', () => 'true'],
    ['NaN', () => 'NaN'],
    ['a BOM', (text) => `\uFEFF${text}`],
    ['a BOM behind', (text) => `${text}\uFEFF`],
    ['a no-break space', (text) => `\u00A0${text}`],
    ['UTF-16', (text) => Buffer.from(text, 'utf16le')],
    ['byte FF', (text) => inside(text, 0xff)],
    ['overlong: C0 80', (text) => inside(text, 0xc0, 0x80)],
    ['overlong slash: E0 80 AF', (text) => inside(text, 0xe0, 0x80, 0xaf)],
    ['surrogate: ED A0 80', (text) => inside(text, 0xed, 0xa0, 0x80)],
    ['above U+10FFFF: F4 90 80 80', (text) => inside(text, 0xf4, 0x90, 0x80, 0x80)],
    ['a sequence cut short: E2 82', (text) => inside(text, 0xe2, 0x82)],
    ['a sequence without its start: 80', (text) => inside(text, 0x80)],
    ['a raw control character', (text) => inside(text, 10)],
    ['33 levels', (text) => nested(text, 32)],
    ['33 levels of lists', (text) => text.replace('}', `,"deep":${'['.repeat(32)}${']'.repeat(32)}}`)],
  ];
  function nested(text: string, levels: number): string {
    return text.replace('}', `,"deep":${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels)}`);
  }

  it.each(texts)('header: %s', async (_, change) => {
    const forged = rawToken(change(HEADER), PAYLOAD);
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  it.each(texts)('payload: %s', async (_, change) => {
    const forged = rawToken(HEADER, change(PAYLOAD));
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  it('32 levels, inner spaces and non-ASCII text are fine', async () => {
    const payload = `\n${nested(PAYLOAD.replace('}', ',"ü":"🔑 \\ud800"}'), 31)}\t`;
    const good = rawToken(nested(' { "alg" : "HS256" }', 31), payload);
    expect((await verify(good)).claims.ü).toBe('🔑 \ud800');
    expect(decodeUnverified(good).claims).toEqual(JSON.parse(payload));
  });

  it('100,000 levels: refused by length, and by depth where the length is allowed', async () => {
    const long = verifier({ maxTokenLength: 10_000_000 });
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      for (const forged of [
        rawToken(HEADER.replace('}', `,"deep":${deep}}`), PAYLOAD),
        rawToken(HEADER, PAYLOAD.replace('}', `,"deep":${deep}}`)),
        rawToken(deep, deep),
        rawToken(HEADER, open.repeat(100_000)),
      ]) {
        await expectRefused(forged, { code: 'ERR_JWT_TOO_LARGE' });
        expectUndecodable(forged, 'ERR_JWT_TOO_LARGE');
        expect(await refusal(long, forged)).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
      }
    }
  });
});

describe('duplicate names (RFC 7515 §4, RFC 7519 §4), rightly signed', () => {
  const headers: [string, string][] = [
    ['alg', '{"alg":"HS256","alg":"HS256"}'],
    ['alg, none last', '{"alg":"HS256","alg":"none"}'],
    ['alg, none first', '{"alg":"none","alg":"HS256"}'],
    ['alg escaped', '{"alg":"none","\\u0061lg":"HS256"}'],
    ['alg escaped in capitals', '{"\\u0061\\u006C\\u0067":"none","alg":"HS256"}'],
    ['kid', '{"alg":"HS256","kid":"a","kid":"b"}'],
    ['spaced', '{"alg":"HS256" , "x" \n:\t1, "x"\r:2}'],
    ['nested', '{"alg":"HS256","x":{"a":1,"b":[],"a":1}}'],
    ['nested in lists', '{"alg":"HS256","x":[[{"a":1,"a":1}]]}'],
    ['__proto__', '{"alg":"HS256","__proto__":1,"__proto__":2}'],
    ['empty', '{"alg":"HS256","":1,"":2}'],
    ['quotes', String.raw`{"alg":"HS256","\\":1,"\\":2}`],
    ['surrogates', String.raw`{"alg":"HS256","😀":1,"\ud83d\ude00":2}`],
    ['numbers', '{"alg":"HS256","1":1,"1":2}'],
  ];
  it.each(headers)('header: %s', async (_, header) => {
    const forged = rawToken(header, PAYLOAD);
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  const payloads: [string, string][] = [
    ['exp', `,"exp":${NOW + 901}`],
    ['exp escaped', String.raw`,"\u0065xp":1`],
    ['iss', ',"iss":"https://attacker.example"'],
    ['sub', ',"sub":"admin"'],
    ['nested', ',"x":{"role":"user","role":"admin"}'],
    ['nested in lists', ',"x":[1,[{"a":{}},{"a":{},"a":{}}]]'],
    ['__proto__', ',"__proto__":1,"__proto__":2'],
    ['solidus', String.raw`,"a/b":1,"a\/b":2`],
    ['three times', ',"a":1,"a":1,"a":1'],
    ['hidden by strings with colons', ',"a":"\\":","a":"x:"'],
  ];
  it.each(payloads)('payload: %s', async (_, more) => {
    const forged = rawToken(HEADER, PAYLOAD.replace('}', `${more}}`));
    await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
    expectUndecodable(forged);
  });

  const fine: [string, string][] = [
    ['the same name at other levels', ',"x":{"x":{"x":1}},"y":[{"x":1},{"x":1}]'],
    ['names that differ by case', ',"a":1,"A":2'],
    ['names that differ by normalisation', ',"\u00e9":1,"e\u0301":2'],
    ['strings that look like members', String.raw`,"a":"\"a\":1,\"a\":2","b":"\\","c":["a",":","a"]`],
  ];
  it.each(fine)('fine: %s', async (_, more) => {
    const text = PAYLOAD.replace('}', `${more}}`);
    expect((await verify(rawToken(HEADER, text))).claims).toEqual(JSON.parse(text));
  });
});

describe('header parameters that change what a token is', () => {
  const critical: [string, object][] = [
    ['crit []', { crit: [] }],
    ['crit string', { crit: 'exp' }],
    ['crit null', { crit: null }],
    ['crit object', { crit: {} }],
    ['crit true', { crit: true }],
    ['crit false', { crit: false }],
    ['crit number', { crit: 0 }],
    ['crit with a number', { crit: [1] }],
    ['crit with an empty name', { crit: [''] }],
    ['crit with a registered name', { crit: ['alg'] }],
    ['crit with a name that is not there', { crit: ['exp'] }],
    ['crit with an unknown name', { crit: ['http://example.com/x'], 'http://example.com/x': 1 }],
    ['crit with a name twice', { crit: ['x', 'x'], x: 1 }],
    ['crit with __proto__', { crit: ['__proto__'] }],
    ['crit with b64', { crit: ['b64'], b64: false }],
    ['crit with b64 true', { crit: ['b64'], b64: true }],
    ['crit nested', { crit: [['x']], x: 1 }],
    ['b64 false', { b64: false }],
    ['b64 true', { b64: true }],
    ['b64 null', { b64: null }],
    ['zip', { zip: 'DEF' }],
    ['zip null', { zip: null }],
  ];
  it.each(critical)('%s', async (_, parameters) => {
    const forged = token(CLAIMS, { alg: 'HS256', ...parameters });
    await expectRefused(forged, { code: 'ERR_JWT_CRITICAL' });
    expectUndecodable(forged, 'ERR_JWT_CRITICAL');
  });

  it('b64 false with the payload in clear', async () => {
    const header = b64('{"alg":"HS256","b64":false,"crit":["b64"]}');
    await expectRefused(rawSegments(header, PAYLOAD.replaceAll('.', '')), { code: 'ERR_JWT_CRITICAL' });
  });

  const types: [string, unknown, JwtErrorCode][] = [
    ['a number', 1, 'ERR_JWT_MALFORMED'],
    ['null', null, 'ERR_JWT_MALFORMED'],
    ['a list', ['JWT'], 'ERR_JWT_MALFORMED'],
    ['an object', { a: 'JWT' }, 'ERR_JWT_MALFORMED'],
    ['true', true, 'ERR_JWT_MALFORMED'],
    ['another type', 'at+jwt', 'ERR_JWT_TYPE'],
    ['another type in full', 'application/at+jwt', 'ERR_JWT_TYPE'],
    ['empty', '', 'ERR_JWT_TYPE'],
    ['JWE', 'JWE', 'ERR_JWT_TYPE'],
    ['with a space', 'JWT ', 'ERR_JWT_TYPE'],
    ['of another tree', 'text/jwt', 'ERR_JWT_TYPE'],
  ];
  it.each(types)('typ %s', async (_, typ, code) => {
    await expectRefused(token(CLAIMS, { alg: 'HS256', typ }), { code });
    const demanding = verifier({ type: 'logout+jwt' });
    expect(await refusal(demanding, token(CLAIMS, { alg: 'HS256', typ }))).toMatchObject({ code });
  });

  it.each([5, null, ['JWT'], {}])('cty %j', async (cty) => {
    await expectRefused(token(CLAIMS, { alg: 'HS256', cty }), { code: 'ERR_JWT_MALFORMED' });
  });
});

describe('claims that are not what they should be, rightly signed', () => {
  const dates: [string, string][] = [
    ['a string', `"${NOW + 60}"`],
    ['an empty string', '""'],
    ['null', 'null'],
    ['1e400', '1e400'],
    ['-1e400', '-1e400'],
    ['negative', '-1'],
    ['1e17', '1e17'],
    ['milliseconds of the far future', '8640000000001'],
    ['an object', '{"valueOf":1}'],
    ['a list', `[${NOW + 60}]`],
    ['true', 'true'],
    ['false', 'false'],
  ];
  /** Checks as little as a verifier can: what is there must still be well-formed. */
  const lax = verifier({ issuer: unchecked, audience: unchecked, requireExpiry: unchecked });
  describe.each(['exp', 'nbf', 'iat'])('%s', (claim) => {
    it.each(dates)('%s', async (_, text) => {
      const { [claim as 'exp']: __, ...others } = CLAIMS;
      const forged = rawToken(HEADER, JSON.stringify(others).replace('}', `,"${claim}":${text}}`));
      await expectRefused(forged, { code: 'ERR_JWT_CLAIM_INVALID', claim });
      expect(await refusal(lax, forged)).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID', claim });
    });

    it.each(['NaN', 'Infinity', '-Infinity', '0x10', '+1', '1.', '.5', '01', 'undefined', '1n'])(
      '%s is not JSON',
      async (text) => {
        const { [claim as 'exp']: __, ...others } = CLAIMS;
        const forged = rawToken(HEADER, JSON.stringify(others).replace('}', `,"${claim}":${text}}`));
        await expectRefused(forged, { code: 'ERR_JWT_MALFORMED' });
      },
    );
  });

  const texts: [string, unknown][] = [
    ['a number', 5],
    ['null', null],
    ['empty', ''],
    ['a list of one', [ISSUER]],
    ['an object', { 0: ISSUER }],
    ['true', true],
  ];
  describe.each(['iss', 'sub', 'jti'])('%s', (claim) => {
    it.each(texts)('%s', async (_, value) => {
      const forged = token({ ...CLAIMS, [claim]: value });
      await expectRefused(forged, { code: 'ERR_JWT_CLAIM_INVALID', claim });
      expect(await refusal(lax, forged)).toMatchObject({ code: 'ERR_JWT_CLAIM_INVALID', claim });
    });
  });

  const audiences: [string, unknown][] = [
    ['a number', 5],
    ['null', null],
    ['empty', ''],
    ['an empty list', []],
    ['a list with a number', [AUDIENCE, 5]],
    ['a list with null', [null, AUDIENCE]],
    ['a list with an empty name', [AUDIENCE, '']],
    ['a list in a list', [[AUDIENCE]]],
    ['a list with an object', [{ toString: AUDIENCE }]],
    ['an object', { 0: AUDIENCE, length: 1 }],
    ['true', true],
  ];
  it.each(audiences)('aud %s', async (_, aud) => {
    await expectRefused(token({ ...CLAIMS, aud }), { code: 'ERR_JWT_CLAIM_INVALID', claim: 'aud' });
    expect(await refusal(lax, token({ ...CLAIMS, aud }))).toMatchObject({
      code: 'ERR_JWT_CLAIM_INVALID',
      claim: 'aud',
    });
  });

  it.each(['iss', 'aud', 'exp'])('%s missing', async (claim) => {
    const { [claim as 'exp']: _, ...others } = CLAIMS;
    await expectRefused(token(others), { code: 'ERR_JWT_CLAIM_MISSING', claim });
  });

  it('all of them inherited', async () => {
    await expectRefused(rawToken(HEADER, `{"__proto__":${PAYLOAD}}`), { code: 'ERR_JWT_CLAIM_MISSING', claim: 'iss' });
    await expectRefused(rawToken(HEADER, `{"constructor":{"prototype":${PAYLOAD}}}`), {
      code: 'ERR_JWT_CLAIM_MISSING',
      claim: 'iss',
    });
  });

  it('an iss that is the name of a method of Map or Object', async () => {
    for (const iss of ['__proto__', 'get', 'constructor'])
      expect(await refusal(routing, token({ ...CLAIMS, iss }))).toMatchObject({ code: 'ERR_JWT_ISSUER', claim: 'iss' });
  });
});

describe('size', () => {
  /** Whether reading a token touches its text, beyond asking for its length. */
  async function looksAt(each: Verifier<unknown, unknown>, text: string): Promise<boolean> {
    const methods = [
      'split',
      'indexOf',
      'includes',
      'slice',
      'substring',
      'charCodeAt',
      'lastIndexOf',
      'match',
    ] as const;
    const spies = methods.map((name) => vi.spyOn(String.prototype, name as 'slice'));
    try {
      const promise = each(text);
      const touched = spies.some((spy) =>
        spy.mock.contexts.some((self) => (self as unknown as string).length === text.length),
      );
      for (const spy of spies) spy.mockRestore();
      await promise.catch(() => undefined);
      return touched;
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  it('10 MB are refused unread', async () => {
    for (const huge of ['a'.repeat(10_000_000), '.'.repeat(10_000_000), `${VALID}${'A'.repeat(10_000_000)}`]) {
      await expectRefused(huge, { code: 'ERR_JWT_TOO_LARGE' });
      expectUndecodable(huge, 'ERR_JWT_TOO_LARGE');
      for (const each of [verify, routing, cached]) expect(await looksAt(each, huge)).toBe(false);
    }
    expect(await looksAt(verify, VALID)).toBe(true);
  });

  it('a great many members, where the length is allowed', async () => {
    const long = verifier({ maxTokenLength: 20_000_000 });
    const members = Array.from({ length: 300_000 }, (_, i) => `,"m${i}":0`).join('');
    const { claims } = await long(rawToken(HEADER, PAYLOAD.replace('}', `${members}}`)));
    expect(Object.keys(claims)).toHaveLength(300_005);
    for (const forged of [
      rawToken(HEADER, PAYLOAD.replace('}', `${members},"m7":0}`)),
      rawToken(HEADER.replace('}', `${members},"m7":0}`), PAYLOAD),
    ])
      expect(await refusal(long, forged)).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
  });

  it('the limit is on the character', async () => {
    const length = (characters: number) => {
      const padded = (n: number) => token({ ...CLAIMS, pad: 'x'.repeat(n) });
      // Four characters of Base64url for three of text: some lengths cannot be met.
      for (let n = 0; ; n++) if (padded(n).length >= characters) return padded(n);
    };
    const token16k = length(16_384);
    expect(token16k.length).toBe(16_384);
    expect((await verify(token16k)).claims.sub).toBe('user-42');
    expect(decodeUnverified(token16k).claims.sub).toBe('user-42');
    await expectRefused(`${token16k}A`, { code: 'ERR_JWT_TOO_LARGE' });
    expectUndecodable(`${token16k}A`, 'ERR_JWT_TOO_LARGE');

    const exact = verifier({ maxTokenLength: VALID.length });
    expect((await exact(VALID)).claims).toEqual(CLAIMS);
    expect(await refusal(verifier({ maxTokenLength: VALID.length - 1 }), VALID)).toMatchObject({
      code: 'ERR_JWT_TOO_LARGE',
    });
  });
});

describe('names that mean something to JavaScript', () => {
  const hostile = `,"__proto__":{"admin":true,"exp":1},"constructor":{"prototype":{"admin":true}},"toString":"x","hasOwnProperty":1,"then":"now","toJSON":"z","length":9}`;
  const text = PAYLOAD.replace('}', hostile);

  it('stay own data and pollute nothing', async () => {
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: (value: object) => ({ value: { ...value } }) },
    };
    const results = [
      await verify(rawToken(HEADER, text)),
      await routing(rawToken(HEADER, text)),
      await cached(rawToken(HEADER, text)),
      await cached(rawToken(HEADER, text)),
      await verifier({ claims: schema })(rawToken(HEADER, text)),
      decodeUnverified(rawToken(HEADER, text)),
    ];
    for (const { claims } of results as { claims: object }[]) {
      expect(JSON.stringify(claims)).toBe(text);
      expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
      expect(Object.keys(claims)).toContain('__proto__');
      expect('admin' in claims).toBe(false);
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(Object.prototype.toString).toBeTypeOf('function');
  });

  it('stay own data in the header', async () => {
    const header = `{"alg":"HS256","__proto__":{"crit":["x"],"typ":"at+jwt"},"constructor":1,"then":2}`;
    const result = await verify(rawToken(header, PAYLOAD));
    expect(JSON.stringify(result.header)).toBe(header);
    expect(result.header.typ).toBeUndefined();
  });

  it('that the engine has confused are read rightly or not at all (V8 14: nodejs/node#63785)', () => {
    // Whoever sends the first text, unsigned, can make the engine misread the second.
    const pairs = [
      ['{"iss":"a","gr\\\\u0":0}', '{"iss":"a","gr\\u00f6\\u00dfe":5}', 'größe'],
      ['{"iss":"b","\\\\u0":0}', '{"iss":"b","\\u006ebf":5}', 'nbf'],
      ['{"iss":"c","\\\\":0}', '{"iss":"c","\\"":5}', '"'],
    ] as const;
    for (const [poison, text, name] of pairs) {
      expect(decodeUnverified(rawToken(HEADER, poison)).claims).toEqual(JSON.parse(poison));
      let claims: object;
      try {
        ({ claims } = decodeUnverified(rawToken(HEADER, text)));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_JWT_MALFORMED' });
        continue;
      }
      expect(Object.entries(claims)).toContainEqual([name, 5]);
    }
  });

  it('cannot be made to be required by inheritance', async () => {
    const demanding = verifier({ requiredClaims: ['constructor', '__proto__'] });
    expect(await refusal(demanding, VALID)).toMatchObject({ code: 'ERR_JWT_CLAIM_MISSING', claim: 'constructor' });
    expect((await demanding(rawToken(HEADER, text))).claims.sub).toBe('user-42');
  });
});
