import fc from 'fast-check';
import { JwtError } from 'jwtight';
import { readBearer } from 'jwtight/http';
import { describe, expect, it } from 'vitest';
import { codeUnit, noText } from '../support/arbitraries.js';
import { expectConfigError, expectJwtError } from '../support/errors.js';

const read = (value: unknown) => readBearer({ get: () => value as string | null });

describe('readBearer', () => {
  it('reads the token of the Fetch API’s own Headers', () => {
    expect(readBearer(new Headers({ authorization: 'Bearer a.b.c' }))).toBe('a.b.c');
    expect(readBearer(new Request('http://a', { headers: { Authorization: 'bearer a.b.c' } }).headers)).toBe('a.b.c');
  });

  it('asks for the one header', () => {
    const asked: string[] = [];
    const get = (name: string) => {
      asked.push(name.toLowerCase());
      return null;
    };
    readBearer({ get });
    expect(asked).toEqual(['authorization']);
  });

  it.each([
    ['Bearer abc', 'abc'],
    ['BEARER abc', 'abc'],
    ['bEaReR abc', 'abc'],
    ['Bearer    abc', 'abc'],
    ['Bearer aZ09-._~+/==', 'aZ09-._~+/=='],
  ])('reads %j', (value, token) => {
    expect(read(value)).toBe(token);
  });

  it.each([
    [null],
    [undefined],
    ['Basic dXNlcjpwdw=='],
    ['DPoP a.b.c'],
    ['Basic'],
    ['Bearers abc'],
    ['Digest a="b", c=d'],
  ])('finds no token in %j', (value) => {
    expect(read(value)).toBeUndefined();
  });

  it.each([
    [''],
    [' '],
    ['Bearer'],
    ['Bearer '],
    [' Bearer abc'],
    ['Bearer abc '],
    ['Bearer\tabc'],
    ['Bearer \tabc'],
    ['Bearer\u00a0abc'],
    ['Bearer:abc'],
    ['Bearer,abc'],
    ['Bearer abc, Bearer def'],
    ['Bearer abc,Bearer def'],
    ['Bearer abc def'],
    ['Bearer "abc"'],
    ['Bearer abc=d'],
    ['Bearer ='],
    ['Bearer abc;'],
    ['Bearer abc\r\nX: y'],
    ['Bearer abc\n'],
    ['Bearer äbc'],
    ['Bearer abc\u212a'],
    ['ＢＥＡＲＥＲ abc'],
    [['Bearer abc']],
    [['Bearer abc', 'Bearer abc']],
    [42],
    [{}],
  ])('refuses %j as malformed', async (value) => {
    await expectJwtError(() => read(value), 'ERR_JWT_MALFORMED', { secrets: ['abc'] });
  });

  it('refuses two headers, as Headers join them', async () => {
    const headers = new Headers([
      ['authorization', 'Bearer abc'],
      ['authorization', 'Bearer abc'],
    ]);
    await expectJwtError(() => readBearer(headers), 'ERR_JWT_MALFORMED');
  });

  it.each([[undefined], [null], [{}], [{ get: 'x' }], ['Bearer abc'], [{ authorization: 'Bearer abc' }]])(
    'wants headers with get, not %j',
    async (headers) => {
      await expectConfigError(() => readBearer(headers as never));
    },
  );

  it('answers garbage with a token, nothing or a JwtError', () => {
    const garbage = fc.oneof(
      fc.string({ unit: codeUnit }),
      fc.string().map((text) => `Bearer ${text}`),
      noText,
    );
    fc.assert(
      fc.property(garbage, (value) => {
        try {
          const token = read(value);
          if (token !== undefined) expect(token).toMatch(/^[\w.~+/-]+=*$/);
        } catch (error) {
          if (!(error instanceof JwtError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
