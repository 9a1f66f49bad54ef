import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type HeaderBuilder, header } from '../../src/jws/header.js';
import { configError } from '../keys/fixtures.js';

/** The builder as JavaScript sees it. */
const set = (name: unknown, value: unknown) =>
  (header() as unknown as { set(name: unknown, value: unknown): HeaderBuilder }).set(name, value);

describe('header', () => {
  it('starts with nothing', () => {
    expect(header().parameters).toStrictEqual({});
  });

  it('collects parameters in order', () => {
    const built = header()
      .type('at+jwt')
      .contentType('json')
      .jwkSetUrl('https://a.example/keys')
      .set('x', [1, { a: null }]);
    expect(Object.entries(built.parameters)).toEqual([
      ['typ', 'at+jwt'],
      ['cty', 'json'],
      ['jku', 'https://a.example/keys'],
      ['x', [1, { a: null }]],
    ]);
    expect(built.type('JWT').parameters).toMatchObject({ typ: 'JWT', cty: 'json' });
  });

  it('never changes', () => {
    const first = header()
      .type('a')
      .set('nested', { list: [1] });
    const second = first.type('b');
    expect(first.parameters.typ).toBe('a');
    expect(second.parameters.typ).toBe('b');
    expect(Object.isFrozen(first)).toBe(true);
    // Otherwise one user of a template could put alg or crit under another's feet.
    const { parameters } = first as { parameters: Record<string, unknown> };
    expect(Reflect.set(parameters, 'alg', 'none')).toBe(false);
    expect(Reflect.set(parameters.nested as object, 'more', 1)).toBe(false);
    expect(Reflect.set((parameters.nested as { list: number[] }).list, 0, 2)).toBe(false);
    expect(first.parameters).toStrictEqual({ typ: 'a', nested: { list: [1] } });
  });

  it('copies what it is given', () => {
    const value = { list: [1] };
    const built = header().set('x', value);
    value.list.push(2);
    expect(built.parameters.x).toEqual({ list: [1] });
  });

  it.each(['alg', 'kid', 'crit', 'b64', 'zip', '', undefined, null, 5, Symbol('typ'), ['typ'], {}])(
    'refuses the name %o',
    async (name) => {
      await configError(() => set(name, 'x'));
    },
  );

  it('takes names that only look special as names', () => {
    for (const name of ['__proto__', 'constructor', 'toJSON', 'Alg', 'jwk', 'x5c']) {
      const { parameters } = set(name, 'x');
      expect(Object.keys(parameters)).toEqual([name]);
      expect(JSON.parse(JSON.stringify(parameters))).toHaveProperty([name], 'x');
    }
  });

  it.each([undefined, null, '', 5, [], ['JWT'], {}])('refuses the typ and cty %o', async (value) => {
    await configError(() => header().type(value as string));
    await configError(() => header().contentType(value as string));
    await configError(() => set('typ', value));
    await configError(() => set('cty', value));
  });

  it.each([
    undefined,
    null,
    '',
    5,
    'http://a.example/keys',
    '//a.example/keys',
    '/keys',
    'keys',
    'a.example',
    'https://',
    'ftp://a.example',
    'javascript:alert(1)',
    'data:application/json,{}',
    ['https://a.example'],
    new URL('https://a.example'),
  ])('refuses the jku %o', async (url) => {
    await configError(() => header().jwkSetUrl(url as string));
    await configError(() => set('jku', url));
  });

  it('keeps the jku as it was given', () => {
    expect(header().jwkSetUrl('HTTPS://a.example/keys?a=1').parameters.jku).toBe('HTTPS://a.example/keys?a=1');
  });

  it.each([
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    5n,
    () => 5,
    Symbol('x'),
    new Date(0),
    new Map(),
    new Uint8Array(2),
    { a: undefined },
    [undefined],
    [[{ a: () => 5 }]],
  ])('refuses what JSON cannot carry: %o', async (value) => {
    await configError(() => set('x', value));
  });

  it('refuses cycles and depth', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    await configError(() => set('x', cycle));
  });

  it('takes objects of another realm', () => {
    expect(set('x', runInNewContext('({ a: [1] })')).parameters).toEqual({ x: { a: [1] } });
  });
});
