// What the stores need of Redis: reading keys and running a script on one key, each with a deadline.

import { isObject } from '../encoding/json.js';
import { JwtConfigError } from '../errors.js';
import { unavailable } from './unavailable.js';

/** What is used of a client of the package `redis`: `createClient()`, `createClientPool()`, `createCluster()`. */
export interface NodeRedisClient {
  /** Several values in one round trip. */
  mGet(keys: string[]): Promise<unknown>;
  /** Runs a Lua script, which is atomic. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What is used of a client of the package `ioredis`: `new Redis()`, `new Redis.Cluster()`. */
export interface IoRedisClient {
  /** Several values in one round trip. */
  mget(keys: string[]): Promise<unknown>;
  /** Runs a Lua script, which is atomic. */
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
}

/** A connected client of the package `redis` (4 or later) or `ioredis` (5 or later), for a single server or a cluster. */
export type RedisClient = NodeRedisClient | IoRedisClient;

/** The two commands, alike for both packages. Every failure is a JwtError `ERR_JWT_REVOCATION_UNAVAILABLE`. */
export interface RedisCommands {
  /** The values of keys, in their order, in one round trip. */
  read(keys: readonly string[]): Promise<readonly (string | null)[]>;
  /** Runs a Lua script on one key: a cluster then knows its node, and nothing comes in between. */
  run(script: string, key: string, ...values: readonly (string | number)[]): Promise<unknown>;
}

/** Puts a deadline in milliseconds on a client's commands. */
export function redisCommands(client: RedisClient, timeout: number): RedisCommands {
  const { mget, evaluate } = bind(client);
  let acrossSlots = false;

  async function readAll(keys: readonly string[]): Promise<unknown> {
    if (!acrossSlots) {
      try {
        return await mget([...keys]);
      } catch (error) {
        // Only a cluster's nodes say so, and then they always do: from now on, one command a key, all at once.
        if (!messageOf(error).startsWith('CROSSSLOT')) throw error;
        acrossSlots = true;
      }
    }
    return (await Promise.all(keys.map((key) => mget([key])))).flat();
  }

  return {
    async read(keys) {
      const values = await withDeadline(timeout, () => readAll(keys));
      if (!Array.isArray(values) || values.length !== keys.length || values.includes(undefined))
        throw unavailable('the answer is not what was asked for');
      return values.map((value) => (value === null ? null : String(value)));
    },
    run: (script, key, ...values) => withDeadline(timeout, async () => evaluate(script, key, values.map(String))),
  };
}

interface BoundClient {
  mget(keys: string[]): Promise<unknown>;
  evaluate(script: string, key: string, values: string[]): Promise<unknown>;
}

function bind(client: RedisClient): BoundClient {
  if (isObject(client) && typeof client.eval === 'function') {
    if (typeof client.mget === 'function') {
      const redis = client as IoRedisClient;
      return {
        mget: (keys) => redis.mget(keys),
        evaluate: (script, key, values) => redis.eval(script, 1, key, ...values),
      };
    }
    if (typeof client.mGet === 'function') {
      const redis = client as NodeRedisClient;
      return {
        mget: (keys) => redis.mGet(keys),
        evaluate: (script, key, values) => redis.eval(script, { keys: [key], arguments: values }),
      };
    }
  }
  throw new JwtConfigError('expected a client of the package redis or ioredis');
}

/**
 * The clients keep commands for a server that is away, for ever if need be: hence the deadline. The command may still
 * be carried out later; every script of ours errs on the safe side then.
 */
function withDeadline(timeout: number, work: () => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unavailable(`no answer within ${timeout} ms`)), timeout);
    work().then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error) => {
        clearTimeout(timer);
        reject(unavailable(reasonOf(error)));
      },
    );
  });
}

function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | null | undefined)?.message);
}

/** The error's code and nothing else: a client's error can carry the command, and that keys and contents. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code ?? messageOf(error);
  return /^[A-Z][A-Z_]{1,30}\b/.exec(String(code))?.[0] ?? 'the client refused the command';
}
