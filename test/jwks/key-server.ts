// A real HTTP server on loopback that serves a key set, or whatever a test wants it to do wrong.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface KeyServer {
  readonly origin: string;
  readonly url: string;
  /** Paths asked for so far. */
  readonly requests: string[];
  handle: Handler;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

export async function keyServer(handle: Handler): Promise<KeyServer> {
  let server: Server;
  let port = 0;
  const requests: string[] = [];
  const start = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer((request, response) => {
        requests.push(request.url!);
        keys.handle(request, response);
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        ({ port } = server.address() as AddressInfo);
        resolve();
      });
    });
  const keys: KeyServer = {
    get origin() {
      return `http://127.0.0.1:${port}`;
    },
    get url() {
      return `http://127.0.0.1:${port}/jwks.json`;
    },
    requests,
    handle,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start,
  };
  await start();
  return keys;
}

/** Answers with a JSON document. */
export function json(document: unknown, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  };
}
