// What no healthy server does: clients and answers that are out of order.

import { describe, expect, it } from 'vitest';
import { redisCommands } from '../../src/stores/redis.js';
import { expectConfigError, expectJwtError } from '../support/errors.js';

const UNAVAILABLE = 'ERR_JWT_REVOCATION_UNAVAILABLE';

type Mget = (keys: string[]) => Promise<unknown>;
const commands = (mget: Mget, timeout = 1000) => redisCommands({ mget, eval: async () => null }, timeout);

describe('redisCommands', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'ab'],
    ['too little', [null]],
    ['too much', [null, null, null]],
    ['no value', [null, undefined]],
  ])('does not believe an answer of %s', async (_, answer) => {
    await expectJwtError(() => commands(async () => answer).read(['a', 'b']), UNAVAILABLE);
  });

  it('takes text, bytes and nulls', async () => {
    expect(await commands(async () => ['1', null, Buffer.from('2')]).read(['a', 'b', 'c'])).toEqual(['1', null, '2']);
  });

  it('speaks to either package as it expects', async () => {
    const mGet = async (keys: string[]) => keys;
    expect(await redisCommands({ mGet, eval: async () => null }, 1000).read(['a', 'b'])).toEqual(['a', 'b']);
    const calls: unknown[] = [];
    const record = async (...values: unknown[]) => {
      calls.push(values);
    };
    await redisCommands({ mget: async () => [], eval: record }, 1000).run('s', 'k', 1, 'b');
    await redisCommands({ mGet: async () => [], eval: record }, 1000).run('s', 'k', 1, 'b');
    expect(calls).toEqual([
      ['s', 1, 'k', '1', 'b'],
      ['s', { keys: ['k'], arguments: ['1', 'b'] }],
    ]);
  });

  it('asks key by key from then on when a cluster says that keys lie apart', async () => {
    const calls: string[][] = [];
    const redis = commands(async (keys) => {
      calls.push(keys);
      if (keys.length > 1) throw new Error("CROSSSLOT Keys in request don't hash to the same slot");
      return keys;
    });
    expect(await redis.read(['a', 'b'])).toEqual(['a', 'b']);
    expect(await redis.read(['c', 'd'])).toEqual(['c', 'd']);
    expect(calls).toEqual([['a', 'b'], ['a'], ['b'], ['c'], ['d']]);
  });

  it('does not ask twice after any other error', async () => {
    let calls = 0;
    const redis = commands(async () => {
      calls++;
      throw new Error('LOADING Redis is loading the dataset in memory: not CROSSSLOT');
    });
    await expectJwtError(() => redis.read(['a', 'b']), UNAVAILABLE);
    expect(calls).toBe(1);
  });

  it.each([
    [Object.assign(new Error('connect to secret'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new Error('NOAUTH secret'), 'NOAUTH'],
    [new Error('ERR unknown command, with args beginning with: secret'), 'ERR'],
    [Object.assign(new Error('secret'), { code: 'Secret stuff' }), 'refused'],
    [Object.assign(new Error('secret'), { code: 42 }), 'refused'],
    [new Error('secret'), 'refused'],
    [new Error('Secret'), 'refused'],
    [new Error('secret OOM'), 'refused'],
    ['secret', 'refused'],
    [null, 'refused'],
    [undefined, 'refused'],
  ])('says of %o no more than its code', async (thrown, expected) => {
    for (const fail of [() => Promise.reject(thrown), () => throwNow(thrown)]) {
      const redis = redisCommands({ mget: fail, eval: fail }, 1000);
      await expectJwtError(() => redis.read(['a']), UNAVAILABLE, { secrets: ['secret', 'Secret'] });
      await expect(redis.run('s', 'k')).rejects.toThrow(expected);
      await expect(redis.run('s', 'k')).rejects.not.toHaveProperty('cause');
    }
  });

  it('waits no longer than it may', async () => {
    const start = performance.now();
    await expectJwtError(() => commands(() => new Promise(() => {}), 30).read(['a']), UNAVAILABLE);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const redis = commands(async () => [null], 100_000);
    await redis.read(['a']);
    await redis.run('s', 'k');
    await expectJwtError(() => commands(() => Promise.reject(), 100_000).read(['a']), UNAVAILABLE);
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('refuses what is no client', async () => {
    const eval_ = async () => null;
    for (const client of [
      null,
      5,
      {},
      { eval: eval_ },
      { mget: eval_ },
      { eval: eval_, mget: 1 },
      { eval: 1, mGet: eval_ },
    ])
      await expectConfigError(() => redisCommands(client as never, 1000));
  });
});

function throwNow(value: unknown): never {
  throw value;
}
