// What a verifier does with the source of its keys.

import { describe, expect, it, vi } from 'vitest';
import { type JwsHeader, JwtError, type KeySource, key, type VerificationKey } from '../../src/index.js';
import { CLAIMS, refusal, SECRET, secretKey, signer, token, verifier } from './support.js';

function source(find: (header: JwsHeader) => unknown, more: Partial<KeySource> = {}): KeySource {
  return { algorithms: ['HS256'], find: find as KeySource['find'], trusts: () => true, ...more };
}

/** An object with a `then`, which may not be one of a promise. */
const thenable = (then: unknown): object => Object.fromEntries([['then', then]]);

describe('a list of keys', () => {
  const make = async (id?: string, text = `${id} ${SECRET}`) =>
    (id === undefined ? key('HS256') : key('HS256').id(id)).secret({ text });
  const by = (kid: string | undefined, secret: string) =>
    token(CLAIMS, { alg: 'HS256', ...(kid === undefined ? {} : { kid }) }, signer('HS256', secret));

  it('finds by kid', async () => {
    const keys = [await make('a'), await make('b')];
    const verify = verifier({ keys });
    expect((await verify(by('a', `a ${SECRET}`))).key).toBe(keys[0]);
    expect((await verify(by('b', `b ${SECRET}`))).key).toBe(keys[1]);
    expect(await refusal(verify, by('a', `b ${SECRET}`))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
    expect(await refusal(verify, by('c', `a ${SECRET}`))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
    expect(await refusal(verify, by(undefined, `a ${SECRET}`))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
  });

  it('one key with an id: a token without kid can only mean it', async () => {
    const verify = verifier({ keys: [await make('a')] });
    expect(await verify.safe(by(undefined, `a ${SECRET}`))).toMatchObject({ ok: true });
    expect(await verify.safe(by('a', `a ${SECRET}`))).toMatchObject({ ok: true });
    expect(await refusal(verify, by('b', `a ${SECRET}`))).toMatchObject({ code: 'ERR_JWT_KEY_NOT_FOUND' });
  });

  it('a key without an id serves every kid that no other key has, and none', async () => {
    const keys = [await make('a'), await make(undefined, SECRET)];
    const verify = verifier({ keys });
    expect((await verify(by('a', `a ${SECRET}`))).key).toBe(keys[0]);
    expect((await verify(by('b', SECRET))).key).toBe(keys[1]);
    expect((await verify(by(undefined, SECRET))).key).toBe(keys[1]);
    expect(await refusal(verify, by('a', SECRET))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
  });

  it('one per algorithm: the token without kid means the one of its algorithm', async () => {
    const keys = [await make('a'), await key('HS512').id('b').secret({ text: SECRET })];
    const verify = verifier({ keys });
    expect((await verify(token(CLAIMS, { alg: 'HS512' }, signer('HS512', SECRET)))).key).toBe(keys[1]);
    expect((await verify(by(undefined, `a ${SECRET}`))).key).toBe(keys[0]);
    const error = await refusal(verify, token(CLAIMS, { alg: 'HS384' }, signer('HS384', SECRET)));
    expect(error).toMatchObject({ code: 'ERR_JWT_ALGORITHM', message: expect.stringContaining('HS256 or HS512') });
  });
});

describe('a KeySource', () => {
  it.each([
    ['at once', (found: VerificationKey) => found],
    ['later', async (found: VerificationKey) => found],
    ['by a thenable', (found: VerificationKey) => thenable((done: (key: unknown) => void) => done(found))],
  ])('is asked with the header, and answers %s', async (_, answer) => {
    const find = vi.fn(() => answer(secretKey));
    const verify = verifier({ keys: source(find) });
    const result = await verify(token(CLAIMS, { alg: 'HS256', kid: 'k', x: 1 }));
    expect(result.key).toBe(secretKey);
    expect(result.claims).toEqual(CLAIMS);
    expect(find.mock.calls).toEqual([[{ alg: 'HS256', kid: 'k', x: 1 }]]);
  });

  it('is called as a method', async () => {
    class Source {
      readonly algorithms = ['HS256'] as const;
      readonly #key = secretKey;
      find() {
        return this.#key;
      }
      trusts() {
        return this.#key !== undefined;
      }
    }
    const verify = verifier({ keys: new Source(), cache: { maxEntries: 2 } });
    for (let i = 0; i < 2; i++) expect(await verify.safe(token())).toMatchObject({ ok: true });
  });

  it('is not asked for an algorithm it has not declared, nor for a token that is malformed', async () => {
    const find = vi.fn(() => secretKey);
    const verify = verifier({ keys: source(find) });
    expect(await refusal(verify, token(CLAIMS, { alg: 'HS384' }, signer('HS384', SECRET)))).toMatchObject({
      code: 'ERR_JWT_ALGORITHM',
    });
    expect(await refusal(verify, token(CLAIMS, { alg: 'none' }))).toMatchObject({ code: 'ERR_JWT_ALGORITHM' });
    expect(await refusal(verify, token(CLAIMS, { alg: 'HS256', crit: [] }))).toMatchObject({
      code: 'ERR_JWT_CRITICAL',
    });
    expect(find).not.toHaveBeenCalled();
  });

  it('whose key does not match: a wrong signature', async () => {
    const other = await key('HS256').generate();
    expect(await refusal(verifier({ keys: source(() => other) }), token())).toMatchObject({
      code: 'ERR_JWT_SIGNATURE',
    });
    expect(await refusal(verifier({ keys: source(async () => other) }), token())).toMatchObject({
      code: 'ERR_JWT_SIGNATURE',
    });
  });

  it('that has no key', async () => {
    expect(await refusal(verifier({ keys: source(() => undefined) }), token())).toMatchObject({
      code: 'ERR_JWT_KEY_NOT_FOUND',
    });
    expect(await refusal(verifier({ keys: source(async () => undefined) }), token())).toMatchObject({
      code: 'ERR_JWT_KEY_NOT_FOUND',
    });
  });

  it('that fails: the token is refused, and the cause is kept', async () => {
    for (const cause of [new Error('down'), new TypeError('fetch failed'), 'down', undefined]) {
      const throwing = source(() => {
        throw cause;
      });
      const rejecting = source(() => Promise.reject(cause));
      for (const keys of [throwing, rejecting]) {
        const error = await refusal(verifier({ keys }), token());
        expect(error.code).toBe('ERR_JWT_KEYS_UNAVAILABLE');
        expect(error.cause).toBe(cause);
      }
    }
  });

  it('may fail with a JwtError of its own', async () => {
    const own = new JwtError('ERR_JWT_KEY_NOT_FOUND', 'the key has gone');
    const throwing = source(() => {
      throw own;
    });
    for (const keys of [throwing, source(() => Promise.reject(own))])
      expect(await refusal(verifier({ keys }), token())).toBe(own);
  });

  describe('that returns what is no key for this token', () => {
    const answers: [string, () => unknown][] = [
      ['null', () => null],
      ['text', () => SECRET],
      ['a number', () => 5],
      ['true', () => true],
      ['false', () => false],
      ['an empty text', () => ''],
      ['an object', () => ({})],
      ['a list of keys', () => [secretKey]],
      ['a CryptoKey', () => secretKey.cryptoKey],
      ['an object with a then that is none', () => thenable(5)],
      ['a key of another algorithm', () => key('HS512').generate()],
      ['a private key', async () => (await key('ES256').generate()).privateKey],
      ['a public key', async () => (await key('ES256').generate()).publicKey],
      ['a key with another algorithm written on it', () => ({ ...secretKey, algorithm: 'HS512' })],
      ['a key whose secret is too short', async () => ({ ...secretKey, cryptoKey: await weak() })],
      ['a key with an id that is none', () => ({ ...secretKey, id: 5 })],
    ];
    const weak = () =>
      crypto.subtle.importKey('raw', new Uint8Array(8), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);

    it.each(answers)('%s', async (_, answer) => {
      expect(await refusal(verifier({ keys: source(answer) }), token())).toMatchObject({
        code: 'ERR_JWT_KEYS_UNAVAILABLE',
      });
      expect(await refusal(verifier({ keys: source(async () => answer()) }), token())).toMatchObject({
        code: 'ERR_JWT_KEYS_UNAVAILABLE',
      });
    });
  });

  it('of several algorithms: the key must be the one of the token', async () => {
    const keys = source(() => secretKey, { algorithms: ['HS256', 'HS512'] });
    expect(await refusal(verifier({ keys }), token(CLAIMS, { alg: 'HS512' }, signer('HS512', SECRET)))).toMatchObject({
      code: 'ERR_JWT_KEYS_UNAVAILABLE',
    });
    expect(await verifier({ keys }).safe(token())).toMatchObject({ ok: true });
  });
});
