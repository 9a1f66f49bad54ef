import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JwtError } from '../../src/errors.js';
import { checkLength, decodeSegment, MAX_TOKEN_LENGTH, parseCompact, parseJsonSegment } from '../../src/jws/compact.js';
import { b64, jwtError } from './fixtures.js';

const HEADER = b64('{"alg":"HS256"}');
const parse = (token: unknown) => parseCompact(token, MAX_TOKEN_LENGTH);
const parseHeader = (header: object | string) =>
  parse(`${b64(typeof header === 'string' ? header : JSON.stringify(header))}.e30.AAAA`);

describe('parseCompact', () => {
  it('takes a token apart', () => {
    expect(parse(`${HEADER}.e30.c2ln`)).toStrictEqual({
      header: { alg: 'HS256' },
      signingInput: `${HEADER}.e30`,
      payload: 'e30',
      signature: 'c2ln',
    });
  });

  it('looks at neither payload nor signature', () => {
    expect(parse(`${HEADER}..`)).toMatchObject({ payload: '', signature: '', signingInput: `${HEADER}.` });
    expect(parse(`${HEADER}. =.é`)).toMatchObject({ payload: ' =', signature: 'é' });
  });

  it('returns a header that cannot be changed', () => {
    const { header } = parseHeader({ alg: 'HS256', jwk: { kty: 'oct', a: [{}] } });
    for (const value of [header, header.jwk, (header.jwk as { a: object[] }).a])
      expect(Object.isFrozen(value)).toBe(true);
  });

  it('keeps header members that look like magic as plain data', () => {
    const { header } = parseHeader('{"alg":"HS256","__proto__":{"kid":"x"},"constructor":"y"}');
    expect(header.kid).toBeUndefined();
    expect(Object.keys(header)).toEqual(['alg', '__proto__', 'constructor']);
    expect(({} as { kid?: string }).kid).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    5,
    true,
    {},
    [],
    [`${HEADER}.e30.AAAA`],
    { toString: () => `${HEADER}.e30.AAAA` },
    Object(`${HEADER}.e30.AAAA`),
    Buffer.from(`${HEADER}.e30.AAAA`),
    { payload: 'e30', signatures: [{ protected: HEADER, signature: 'AAAA' }] },
    { payload: 'e30', protected: HEADER, signature: 'AAAA' },
    Symbol('token'),
  ])('refuses what is no string: %o', async (token) => {
    await jwtError('ERR_JWT_MALFORMED', () => parse(token));
  });

  it.each([
    '',
    '.',
    '..',
    '...',
    HEADER,
    `${HEADER}.`,
    `${HEADER}.e30`,
    `${HEADER}.e30.AAAA.`,
    `${HEADER}.e30.AAAA.AAAA`,
    `${HEADER}.e30.AAAA.AAAA.AAAA`,
    `${HEADER}.e30.AAAA.AAAA.AAAA.AAAA`,
    `.${HEADER}.e30.AAAA`,
    ` ${HEADER}.e30.AAAA`,
    `\n${HEADER}.e30.AAAA`,
    `${HEADER}=.e30.AAAA`,
    `${HEADER} .e30.AAAA`,
    `Bearer ${HEADER}.e30.AAAA`,
    '.e30.AAAA',
    JSON.stringify({ payload: 'e30', protected: HEADER, signature: 'AAAA' }),
    `{"payload":"e30","signatures":[{"protected":"${HEADER}","signature":"A.A.A"}]}`,
  ])('refuses what is no compact serialisation: %s', async (token) => {
    await jwtError('ERR_JWT_MALFORMED', () => parse(token));
  });

  it.each([
    '',
    'null',
    '[]',
    '"alg"',
    '5',
    '{',
    '{}x',
    '{alg:"HS256"}',
    "{'alg':'HS256'}",
    '\ufeff{"alg":"HS256"}',
    '{"alg":"HS256","alg":"HS256"}',
    '{"alg":"none","\\u0061lg":"HS256"}',
    '{"alg":"HS256","x":{"a":1,"a":2}}',
    `{"alg":"HS256","x":${'['.repeat(32)}${']'.repeat(32)}}`,
  ])('refuses the header %s', async (header) => {
    await jwtError('ERR_JWT_MALFORMED', () => parseHeader(header));
  });

  it('refuses a header that is not UTF-8', async () => {
    for (const bytes of [
      [0x7b, 0xff, 0x7d],
      [0xff, 0xfe, 0x7b, 0, 0x7d, 0],
    ])
      await jwtError('ERR_JWT_MALFORMED', () => parse(`${b64(Uint8Array.from(bytes))}.e30.AAAA`));
    const latin = Buffer.from('{"alg":"HS256","x":"é"}', 'latin1');
    await jwtError('ERR_JWT_MALFORMED', () => parse(`${b64(latin)}.e30.AAAA`));
  });

  it.each([undefined, null, 5, true, [], ['HS256'], {}, { alg: 'HS256' }])('refuses the alg %o', async (alg) => {
    await jwtError('ERR_JWT_ALGORITHM', () => parseHeader({ alg }));
    await jwtError('ERR_JWT_ALGORITHM', () => parseHeader({ typ: 'JWT' }));
    await jwtError('ERR_JWT_ALGORITHM', () => parseHeader('{"__proto__":{"alg":"HS256"}}'));
  });

  it.each(['none', '', 'HS256', '__proto__', 'x'.repeat(1000)])('reads the alg %s: the keys decide', (alg) => {
    expect(parseHeader({ alg }).header.alg).toBe(alg);
  });

  it.each(['crit', 'b64', 'zip'])('refuses %s, whatever its value', async (name) => {
    for (const value of [[name], [], ['exp'], ['b64'], '', 'DEF', true, false, null, {}, 5, ['crit']])
      await jwtError('ERR_JWT_CRITICAL', () => parseHeader({ alg: 'HS256', [name]: value }));
    await jwtError('ERR_JWT_CRITICAL', () => parseHeader({ alg: 'none', [name]: [] }));
  });

  it('lets names alone that only resemble those', () => {
    expect(parseHeader({ alg: 'HS256', Crit: ['x'], B64: false, zi: 1 }).header).toHaveProperty('Crit');
  });

  it.each(['kid', 'typ', 'cty'])('wants %s to be a string', async (name) => {
    for (const value of [null, 5, true, [], ['x'], {}, Number.MAX_VALUE])
      await jwtError('ERR_JWT_MALFORMED', () => parseHeader({ alg: 'HS256', [name]: value }));
    for (const value of ['', 'x', '../../etc/passwd'])
      expect(parseHeader({ alg: 'HS256', [name]: value }).header[name]).toBe(value);
  });

  it('ignores keys and links in the header', () => {
    const extra = { jwk: { kty: 'oct', k: 'AA' }, jku: 5, x5c: null, x5u: ['http://x'], x5t: {}, 'x5t#S256': 1 };
    expect(parseHeader({ alg: 'HS256', ...extra }).header).toEqual({ alg: 'HS256', ...extra });
  });

  it('bounds the length first of all', async () => {
    const token = `${HEADER}.${'A'.repeat(100)}.AAAA`;
    expect(parseCompact(token, token.length).payload).toHaveLength(100);
    await jwtError('ERR_JWT_TOO_LARGE', () => parseCompact(token, token.length - 1));
    await jwtError('ERR_JWT_TOO_LARGE', () => parse('.'.repeat(MAX_TOKEN_LENGTH + 1)));
    await jwtError('ERR_JWT_MALFORMED', () => parse('.'.repeat(MAX_TOKEN_LENGTH)));
  });

  it('refuses 10 MB at once', async () => {
    const huge = 'a.'.repeat(5_000_000);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      await jwtError('ERR_JWT_TOO_LARGE', () => parse(huge));
      times.push(performance.now() - start);
    }
    // The quickest: the others may have waited for the processor.
    expect(Math.min(...times)).toBeLessThan(1);
  });

  it('refuses 100,000 levels', async () => {
    const deep = `{"alg":"HS256","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    await jwtError('ERR_JWT_MALFORMED', () => parseCompact(`${b64(deep)}.e30.AAAA`, 1e6));
    const open = `{"alg":"HS256","x":${'{"a":'.repeat(100_000)}`;
    await jwtError('ERR_JWT_MALFORMED', () => parseCompact(`${b64(open)}.e30.AAAA`, 1e6));
  });

  it('answers any string with a JwtError or its parts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('.', 'e', '3', '0', 'A', '=', '{', '}', '"', '\ud800') }),
      fc.json().map((json) => `${b64(json)}.e30.AAAA`),
    );
    fc.assert(
      fc.property(text, (token) => {
        try {
          expect(parse(token).header).toHaveProperty('alg');
        } catch (error) {
          expect((error as Error).constructor).toBe(JwtError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('checkLength', () => {
  it('counts characters', async () => {
    checkLength('abc', 3);
    await jwtError('ERR_JWT_TOO_LARGE', () => checkLength('abcd', 3));
  });
});

describe('MAX_TOKEN_LENGTH', () => {
  it('is 16 KiB', () => {
    expect(MAX_TOKEN_LENGTH).toBe(16 * 1024);
  });
});

describe('segments', () => {
  it('hold bytes', async () => {
    expect(decodeSegment('', 'payload')).toEqual(new Uint8Array());
    expect(decodeSegment('_-A', 'payload')).toEqual(Uint8Array.of(0xff, 0xe0));
    for (const segment of ['A', 'AA=', 'AB', '+/AA', ' AA', 'AA\n', 'ÁA']) {
      const { message } = await jwtError('ERR_JWT_MALFORMED', () => decodeSegment(segment, 'payload'));
      expect(message).toContain('payload');
    }
  });

  it('hold JSON objects', async () => {
    expect(parseJsonSegment(b64('{"a":[1,{"b":null}]}'), 'payload')).toEqual({ a: [1, { b: null }] });
    for (const text of ['', 'null', '[]', '5', '"a"', 'true', '{"a":1,"a":1}', '{']) {
      const { message } = await jwtError('ERR_JWT_MALFORMED', () => parseJsonSegment(b64(text), 'payload'));
      expect(message).toContain('payload');
    }
    await jwtError('ERR_JWT_MALFORMED', () => parseJsonSegment('A', 'payload'));
  });
});

describe('headers read before', () => {
  const header = (n: number, pad = '') =>
    parseCompact(`${b64(JSON.stringify({ alg: 'HS256', n, pad }))}.e30.`, 4096).header;

  it('are the same object again, frozen', () => {
    expect(header(1)).toBe(header(1));
    expect(Object.isFrozen(header(1))).toBe(true);
    expect(header(2)).not.toBe(header(1));
  });

  it('are few: the 33rd makes all others go', () => {
    // Headers of other tests may be there already: the first of these may go at any time, the last ones stay.
    const first = header(100);
    for (let n = 101; n <= 200; n++) header(n);
    expect(header(100)).not.toBe(first);
    expect(header(200)).toBe(header(200));
    const [a, b] = [header(300), header(301)];
    expect([header(300) === a, header(301) === b]).toContain(true);
  });

  it('are short: up to 512 characters of Base64url', () => {
    const bytes = JSON.stringify({ alg: 'HS256', n: 1, pad: '' }).length;
    const fits = 'x'.repeat(384 - bytes);
    expect(header(1, fits)).toBe(header(1, fits));
    expect(header(1, `${fits}x`)).not.toBe(header(1, `${fits}x`));
  });
});
