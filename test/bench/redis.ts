// Revocation checks a second on a real Redis, against the bare commands of the same client, commands pipelined as the
// clients do it. Run: npm run bench:redis

import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { type RedisClient, redisRevocations } from '../../src/revocation/index.js';
import { hasRedis, RedisServer } from '../support/redis.js';

const ROUNDS = 5;
const SLICE_MS = 60;
const IN_FLIGHT = [1, 64, 512];

type Task = (i: number) => Promise<unknown>;
interface BareClient {
  get(key: string): Promise<unknown>;
  mget(keys: string[]): Promise<unknown>;
}

/** What a task achieves. */
interface Figures {
  readonly perSecond: number;
  /** Microseconds of this process, user and system: steadier than the rate on a busy machine. */
  readonly cpu: number;
}

async function measure(task: Task, inFlight: number): Promise<Figures> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let count = 0;
  const worker = async () => {
    while (performance.now() - start < SLICE_MS) await task(count++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (count / (performance.now() - start)) * 1000, cpu: (user + system) / count };
}

/** Medians of tasks that take turns, so that a busy moment of the machine hits them all. */
async function compare(tasks: readonly Task[], inFlight: number): Promise<Figures[]> {
  const figures: Figures[][] = tasks.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, task] of tasks.entries()) figures[i]!.push(await measure(task, inFlight));
  return figures.map((list) => ({
    perSecond: median(list.map(({ perSecond }) => perSecond)),
    cpu: median(list.map(({ cpu }) => cpu)),
  }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function report(name: string, bare: BareClient, client: RedisClient): Promise<void> {
  const iss = 'https://auth.example.com';
  const now = Math.floor(Date.now() / 1000);
  const store = redisRevocations(client, { timeout: 5 });
  for (let i = 0; i < 1000; i += 10) await store.revoke({ iss, jti: `token-${i}`, exp: now + 900 });
  const keys = (i: number) => [
    `jwtight:revocation:token:["${iss}","token-${i % 1000}"]`,
    `jwtight:revocation:subject:[null,"user-${i % 100}"]`,
    `jwtight:revocation:subject:["${iss}","user-${i % 100}"]`,
  ];
  const tasks: Task[] = [
    (i) => bare.get(keys(i)[0]!),
    (i) => store.isRevoked({ iss, jti: `token-${i % 1000}`, exp: now + 900 }),
    (i) => bare.mget(keys(i)),
    (i) => store.isRevoked({ iss, jti: `token-${i % 1000}`, sub: `user-${i % 100}`, iat: now, exp: now + 900 }),
  ];
  for (const inFlight of IN_FLIGHT) {
    const [get, token, mget, subject] = (await compare(tasks, inFlight)) as [Figures, Figures, Figures, Figures];
    const line = [
      ...[get, token].map(rate),
      ...ratios(token, get),
      ...[mget, subject].map(rate),
      ...ratios(subject, mget),
    ];
    console.log(name.padEnd(12), String(inFlight).padStart(5), line.join(' '));
  }
}

function rate({ perSecond }: Figures): string {
  return Math.round(perSecond).toLocaleString('en').padStart(9);
}

function ratios(ours: Figures, bare: Figures): string[] {
  return [(ours.perSecond / bare.perSecond).toFixed(2).padStart(6), (ours.cpu - bare.cpu).toFixed(1).padStart(6)];
}

if (!hasRedis) {
  console.log('No redis-server here: apt-get install redis-server');
} else {
  const server = await RedisServer.start();
  try {
    console.log('Checks a second: a token without sub reads one key, one with sub reads three.');
    console.log('client      flight       GET   without  ratio +µsCPU  MGET of 3      with  ratio +µsCPU');
    const nodeRedis = await createClient({ url: server.url }).connect();
    await report('redis', { get: (key) => nodeRedis.get(key), mget: (keys) => nodeRedis.mGet(keys) }, nodeRedis);
    nodeRedis.destroy();
    for (const enableAutoPipelining of [false, true]) {
      const ioRedis = new Redis(server.url, { enableAutoPipelining });
      await report(enableAutoPipelining ? 'ioredis auto' : 'ioredis', ioRedis, ioRedis);
      ioRedis.disconnect();
    }
  } finally {
    await server.stop();
  }
}
