// Real Redis servers for tests: on free ports of the loopback, in temporary folders, gone with the process.

import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Whether `redis-server` and `redis-cli` are there. */
export const hasRedis: boolean = ['redis-server', 'redis-cli'].every(
  (command) => spawnSync(command, ['--version']).status === 0,
);

/** What to add to the name of a suite that is skipped for want of a server. */
export const redisHint: string = hasRedis ? '' : ' (skipped: no redis-server; apt-get install redis-server)';

const run = promisify(execFile);
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A server that the test can kill and start again on its data. */
export class RedisServer {
  readonly port: number;
  readonly folder: string = mkdtempSync(join(tmpdir(), 'jwtight-redis-'));
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(port: number, options: readonly string[]) {
    this.port = port;
    this.#options = options;
  }

  /** Starts a server without persistence, unless the options say otherwise. */
  static async start(...options: string[]): Promise<RedisServer> {
    const [port] = await freePorts(1);
    const server = new RedisServer(port!, options);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const child = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', '', ...this.#options],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    running.add(child);
    let log = '';
    await new Promise<void>((resolve, reject) => {
      // Read to its end, or the server would stop at a full pipe one day.
      child.stdout.on('data', (chunk) => {
        log += chunk;
        if (log.includes('Ready to accept connections')) resolve();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`redis-server did not start: ${log}`)));
    });
  }

  /** Ends it without a chance to write anything more. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await exit;
    running.delete(child);
  }

  /** Makes it deaf, though the connection stays: what a server looks like behind a broken network. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Three masters without replicas. */
export async function startCluster(): Promise<RedisServer[]> {
  const servers: RedisServer[] = [];
  try {
    for (const bus of await freePorts(3))
      servers.push(await RedisServer.start('--cluster-enabled', 'yes', '--cluster-port', String(bus)));
    const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
    await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
    // The command returns before every node knows that the cluster is complete.
    for (const { port } of servers)
      while (!(await run('redis-cli', ['-p', String(port), 'cluster', 'info'])).stdout.includes('cluster_state:ok'))
        await setTimeout(50);
    return servers;
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
}

/** Ports that nothing listens on. They are all held at once, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const holders: Server[] = [];
  for (let i = 0; i < count; i++) {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    holders.push(holder);
  }
  const ports = holders.map((holder) => (holder.address() as { port: number }).port);
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
  return ports;
}
