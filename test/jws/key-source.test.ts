import { afterEach, describe, expect, it, vi } from 'vitest';
import { JwtConfigError, JwtError } from '../../src/errors.js';
import { findKey, type KeySource, toKeySource, type VerificationKeys } from '../../src/jws/key-source.js';
import { key } from '../../src/keys/builder.js';
import type { VerificationKey } from '../../src/keys/key.js';
import { configError } from '../keys/fixtures.js';
import { jwtError } from './fixtures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const secret = (fill: number, id?: string) => {
  const builder = id === undefined ? key('HS256') : key('HS256').id(id);
  return builder.secret(new Uint8Array(32).fill(fill));
};
const [plain, a, b] = [await secret(1), await secret(2, 'a'), await secret(3, 'b')];
const hs512 = await key('HS512').id('a').generate();
const { privateKey, publicKey } = await key('ES256').id('a').generate();

const find = (keys: VerificationKeys, alg: string, kid?: string) =>
  findKey(toKeySource(keys), kid === undefined ? { alg } : { alg, kid });

describe('toKeySource', () => {
  it('pins the algorithms of its keys', () => {
    expect(toKeySource(plain).algorithms).toEqual(['HS256']);
    expect(toKeySource([a, publicKey, b, hs512]).algorithms).toEqual(['HS256', 'ES256', 'HS512']);
    expect(Object.isFrozen(toKeySource([a, b]).algorithms)).toBe(true);
  });

  it('does not follow changes to the list', () => {
    const list = [a];
    const source = toKeySource(list);
    list[0] = b;
    expect(findKey(source, { alg: 'HS256', kid: 'a' })).toBe(a);
  });

  it('trusts its keys', () => {
    expect(toKeySource(a).trusts(a)).toBe(true);
  });

  it('passes a source through', () => {
    const source: KeySource = { algorithms: ['HS256'], find: () => a, trusts: () => true };
    expect(toKeySource(source)).toBe(source);
    class Source implements KeySource {
      readonly algorithms = ['HS256'] as const;
      find() {
        return a;
      }
      trusts() {
        return true;
      }
    }
    const instance = new Source();
    expect(toKeySource(instance)).toBe(instance);
  });

  const NO_SOURCES: unknown[] = [
    undefined,
    null,
    '',
    'secret',
    5,
    [],
    {},
    [undefined],
    [[]],
    new Set([1]),
    new Uint8Array(32),
    Symbol('key'),
    () => a,
    { find: undefined },
    { find: () => a },
    { find: () => a, trusts: () => true },
    { algorithms: ['HS256'], find: () => a },
    { algorithms: ['HS256'], find: a, trusts: () => true },
    { algorithms: ['HS256'], find: () => a, trusts: true },
    { algorithms: [], find: () => a, trusts: () => true },
    { algorithms: 'HS256', find: () => a, trusts: () => true },
    { algorithms: new Set(['HS256']), find: () => a, trusts: () => true },
    { algorithms: undefined, find: () => a, trusts: () => true },
  ];
  it.each(NO_SOURCES)('refuses %o', async (keys) => {
    await configError(() => toKeySource(keys as never));
  });

  it.each([['none'], ['HS256', 'none'], ['hs256'], ['__proto__'], [undefined], [['HS256']]])(
    'refuses a source for an algorithm that there is not: %o',
    async (...algorithms) => {
      await configError(() => toKeySource({ algorithms, find: () => a, trusts: () => true } as never));
    },
  );

  it('refuses private keys and raw keys', async () => {
    await configError(() => toKeySource(privateKey as never));
    await configError(() => toKeySource([publicKey, privateKey] as never));
    await configError(() => toKeySource(publicKey.cryptoKey as never));
    await configError(() => toKeySource({ kty: 'oct', k: 'A'.repeat(43) } as never));
  });

  it('refuses keys that could not be told apart', async () => {
    await configError(() => toKeySource([plain, plain]));
    await configError(async () => toKeySource([plain, await secret(9)]));
    await configError(async () => toKeySource([a, b, await secret(9, 'a')]));
    for (const keys of [
      [plain, a],
      [a, b],
      [a, hs512, publicKey],
    ])
      expect(toKeySource(keys)).toHaveProperty('find');
  });
});

describe('which key it is', () => {
  it('one key without an id: for every token of its algorithm', () => {
    for (const kid of [undefined, 'a', '', 'HS256', '__proto__']) expect(find(plain, 'HS256', kid)).toBe(plain);
  });

  it('one key with an id: for its name and for none', async () => {
    expect(find(a, 'HS256', 'a')).toBe(a);
    expect(find(a, 'HS256')).toBe(a);
    for (const kid of ['b', '', 'A', 'a ', 'HS256:a', '__proto__'])
      await jwtError('ERR_JWT_KEY_NOT_FOUND', () => find(a, 'HS256', kid));
  });

  it('several keys with ids: by name only', async () => {
    expect(find([a, b], 'HS256', 'a')).toBe(a);
    expect(find([a, b], 'HS256', 'b')).toBe(b);
    await jwtError('ERR_JWT_KEY_NOT_FOUND', () => find([a, b], 'HS256'));
    await jwtError('ERR_JWT_KEY_NOT_FOUND', () => find([a, b], 'HS256', 'c'));
  });

  it('the key without an id beside others: for names that are not known', () => {
    expect(find([a, plain, b], 'HS256', 'a')).toBe(a);
    expect(find([a, plain, b], 'HS256', 'c')).toBe(plain);
    expect(find([a, plain, b], 'HS256')).toBe(plain);
  });

  it('of the same name: by algorithm', () => {
    const keys = [a, hs512, publicKey];
    expect(find(keys, 'HS256', 'a')).toBe(a);
    expect(find(keys, 'HS512', 'a')).toBe(hs512);
    expect(find(keys, 'ES256', 'a')).toBe(publicKey);
    expect(find(keys, 'ES256')).toBe(publicKey);
  });

  it('never one of another algorithm', async () => {
    for (const alg of [
      'none',
      'None',
      '',
      'HS384',
      'HS512',
      'RS256',
      'ES256',
      'hs256',
      '__proto__',
      'HS256:a',
      'HS256 ',
    ])
      for (const kid of [undefined, 'a']) {
        const { message } = await jwtError('ERR_JWT_ALGORITHM', () => find([a, b], alg, kid));
        expect(message).toContain('HS256');
      }
  });

  it('found in the same time among many', async () => {
    const keys = Array.from({ length: 2000 }, (_, i) => ({ ...plain, id: `${i}` }));
    const source = toKeySource(keys);
    const compared = vi.spyOn(Array.prototype, 'find');
    expect(findKey(source, { alg: 'HS256', kid: '1999' })).toBe(keys[1999]);
    expect(compared).not.toHaveBeenCalled();
  });
});

describe('findKey with a source', () => {
  const sourceOf = (lookup: () => unknown): KeySource =>
    ({ algorithms: ['HS256'], find: lookup, trusts: () => true }) as KeySource;
  const header = { alg: 'HS256', kid: 'a' };
  const ask = (lookup: () => unknown) => async () => findKey(sourceOf(lookup), header);

  it('hands over the header, and calls as a method', async () => {
    const source = { ...sourceOf(() => undefined), find: vi.fn(() => a) };
    expect(await findKey(source, header)).toBe(a);
    expect(source.find).toHaveBeenCalledExactlyOnceWith(header);
    expect(source.find.mock.contexts[0]).toBe(source);
  });

  it('is not asked for another algorithm', async () => {
    const lookup = vi.fn(() => a);
    await jwtError('ERR_JWT_ALGORITHM', () => findKey(sourceOf(lookup), { alg: 'none' }));
    expect(lookup).not.toHaveBeenCalled();
  });

  it('needs no promise, and may have one', async () => {
    expect(
      findKey(
        sourceOf(() => a),
        header,
      ),
    ).toBe(a);
    const later = findKey(
      sourceOf(async () => a),
      header,
    );
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(a);
    // biome-ignore lint/suspicious/noThenProperty: a promise of another library
    const thenable = { then: (resolve: (found: VerificationKey) => void) => resolve(a) };
    expect(
      await findKey(
        sourceOf(() => thenable),
        header,
      ),
    ).toBe(a);
  });

  it('finds nothing', async () => {
    await jwtError(
      'ERR_JWT_KEY_NOT_FOUND',
      ask(() => undefined),
    );
    await jwtError(
      'ERR_JWT_KEY_NOT_FOUND',
      ask(async () => undefined),
    );
  });

  it('fails with its own JwtError', async () => {
    const own = new JwtError('ERR_JWT_KEYS_UNAVAILABLE', 'the key set could not be fetched');
    const fail = () => {
      throw own;
    };
    expect(await jwtError('ERR_JWT_KEYS_UNAVAILABLE', ask(fail))).toBe(own);
    expect(
      await jwtError(
        'ERR_JWT_KEYS_UNAVAILABLE',
        ask(async () => fail()),
      ),
    ).toBe(own);
  });

  it.each([new TypeError('fetch failed'), new JwtConfigError('x'), new DOMException('x'), 'text', null, undefined])(
    'turns any other failure into one: %o',
    async (cause) => {
      const fail = () => {
        throw cause;
      };
      for (const lookup of [fail, async () => fail()])
        expect((await jwtError('ERR_JWT_KEYS_UNAVAILABLE', ask(lookup))).cause).toBe(cause);
    },
  );

  // biome-ignore lint/suspicious/noThenProperty: not a promise
  const almost = { then: 5 };
  const NO_KEYS: unknown[] = [
    null,
    0,
    '',
    'key',
    5,
    true,
    {},
    [],
    () => a,
    Symbol('key'),
    almost,
    a.cryptoKey,
    privateKey,
  ];
  it.each(NO_KEYS)('does not take for a key: %o', async (found) => {
    await jwtError(
      'ERR_JWT_KEYS_UNAVAILABLE',
      ask(() => found),
    );
    await jwtError(
      'ERR_JWT_KEYS_UNAVAILABLE',
      ask(async () => found),
    );
  });

  it('does not take a key of another algorithm, or too weak a one', async () => {
    for (const found of [hs512, publicKey]) {
      await jwtError(
        'ERR_JWT_KEYS_UNAVAILABLE',
        ask(() => found),
      );
      await jwtError(
        'ERR_JWT_KEYS_UNAVAILABLE',
        ask(async () => found),
      );
    }
    const parameters = { name: 'HMAC', hash: 'SHA-256' };
    const cryptoKey = await crypto.subtle.importKey('raw', new Uint8Array(16), parameters, false, ['verify']);
    await jwtError(
      'ERR_JWT_KEYS_UNAVAILABLE',
      ask(() => ({ algorithm: 'HS256', role: 'secret', cryptoKey })),
    );
  });
});
