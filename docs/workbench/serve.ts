// Serves the built page on localhost. Any static host does; this one also sends the policy as a header.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const folder = new URL('dist/', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A server of the page; `seen` hears of every request. */
export function workbenchServer(seen: (method: string, path: string) => void = () => {}): Server {
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(`${folder}${name}`)]));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(String(files.get('/index.html')))![1]!;
  return createServer(({ method = '', url = '' }: IncomingMessage, response: ServerResponse) => {
    seen(method, url);
    const path = url === '/' ? '/index.html' : url;
    const file = files.get(path);
    if (!file || (method !== 'GET' && method !== 'HEAD')) return void response.writeHead(file ? 405 : 404).end();
    response.writeHead(200, {
      'content-type': TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream',
      // frame-ancestors has no effect in a meta element.
      'content-security-policy': `${policy}; frame-ancestors 'none'`,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    response.end(file);
  });
}

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 8080);
  workbenchServer().listen(port, 'localhost', () => console.log(`The workbench is at http://localhost:${port}/`));
}
