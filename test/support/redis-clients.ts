// Both client packages behind one face, so that every test runs with each.

import { Cluster, Redis } from 'ioredis';
import type { RedisClient } from 'jwtight/revocation';
import { createClient, createCluster } from 'redis';

/** A connected client with what tests look at: raw commands and an end. */
export interface TestClient {
  readonly client: RedisClient;
  command(...words: [string, ...string[]]): Promise<unknown>;
  end(): void;
}

/** How each package connects to a server, and to a cluster, without keeping commands for a server that is away. */
export const CLIENTS: Readonly<
  Record<string, { connect(port: number): Promise<TestClient>; cluster(ports: readonly number[]): Promise<TestClient> }>
> = {
  redis: {
    async connect(port) {
      const client = createClient({ socket: { host: '127.0.0.1', port } });
      client.on('error', () => {});
      await client.connect();
      return { client, command: (...words) => client.sendCommand(words), end: () => client.destroy() };
    },
    async cluster(ports) {
      const client = createCluster({ rootNodes: ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })) });
      client.on('error', () => {});
      await client.connect();
      return {
        client,
        command: (...words) => client.sendCommand(words[1], false, words),
        end: () => client.destroy(),
      };
    },
  },
  ioredis: {
    async connect(port) {
      const client = new Redis({ host: '127.0.0.1', port, lazyConnect: true });
      client.on('error', () => {});
      await client.connect();
      return { client, command: (name, ...words) => client.call(name, ...words), end: () => client.disconnect() };
    },
    async cluster(ports) {
      const client = new Cluster(
        ports.map((port) => ({ host: '127.0.0.1', port })),
        { lazyConnect: true },
      );
      client.on('error', () => {});
      await client.connect();
      return { client, command: (name, ...words) => client.call(name, ...words), end: () => client.disconnect() };
    },
  },
};
