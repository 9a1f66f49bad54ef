// Nothing leaves the page and nothing stays: every way out is tried, and a server outside says whether anything came.
import { createServer } from 'node:http';
import { assert, equal } from '../conformance/check.ts';
import type { Workbench } from './workbench.ts';

/** Ways out of a page, as expressions that come to whether the way is shut. */
const WAYS_OUT: Readonly<Record<string, (url: string) => string>> = {
  fetch: (url) => `fetch(${url}).then(() => false, () => true)`,
  'fetch of the page itself': () => 'fetch(location.href).then(() => false, () => true)',
  XMLHttpRequest: (url) =>
    `new Promise((resolve) => { const request = new XMLHttpRequest(); request.onload = () => resolve(false); request.onerror = () => resolve(true); try { request.open('GET', ${url}); request.send(); } catch { resolve(true); } })`,
  // A beacon may say that it was sent; whether it was, the server outside knows.
  sendBeacon: (url) => `(async () => { navigator.sendBeacon(${url}, 'x'); return true; })()`,
  image: (url) =>
    `new Promise((resolve) => { const image = new Image(); image.onload = () => resolve(false); image.onerror = () => resolve(true); image.src = ${url}; })`,
  EventSource: (url) =>
    `new Promise((resolve) => { try { const source = new EventSource(${url}); source.onopen = () => resolve(false); source.onerror = () => { source.close(); resolve(true); }; } catch { resolve(true); } })`,
  WebSocket: (url) =>
    `new Promise((resolve) => { try { const socket = new WebSocket(${url}.replace('http', 'ws')); socket.onopen = () => resolve(false); socket.onerror = () => resolve(true); } catch { resolve(true); } })`,
  form: (url) =>
    `new Promise((resolve) => { const form = document.createElement('form'); form.action = ${url}; document.body.append(form); form.submit(); setTimeout(() => { form.remove(); resolve(true); }, 300); })`,
};

/** Tries them all; throws where one is open. */
export async function triesEveryWayOut(page: Workbench): Promise<void> {
  const came: string[] = [];
  const outside = createServer(({ method, url }, response) => {
    came.push(`${method} ${url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.end();
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const { port } = outside.address() as { port: number };
  try {
    for (const [name, way] of Object.entries(WAYS_OUT)) {
      const isShut = await page.outcome<boolean>(
        // Firefox throws where others stay silent.
        `(${way(JSON.stringify(`http://127.0.0.1:${port}/${encodeURI(name)}`))}).catch(() => true)`,
      );
      assert(isShut, `${name} is open`);
    }
    // What is on its way takes a moment to arrive.
    await page.outcome('new Promise((resolve) => setTimeout(resolve, 300))');
    equal(came, []);
  } finally {
    outside.close();
    outside.closeAllConnections();
  }
}

/** Throws where the page has stored something. */
export async function keepsNothing(page: Workbench): Promise<void> {
  const kept = await page.outcome(
    '(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases?.())?.length ?? 0, (await globalThis.caches?.keys())?.length ?? 0, location.search])()',
  );
  equal(kept, [0, 0, '', 0, 0, '']);
}

/** Whether every request was a GET of a file of the page. */
export function asksForItsOwnFilesOnly(requests: readonly string[], files: readonly string[]): void {
  const own = new Set(['GET /', ...files.map((name) => `GET /${name}`)]);
  const strange = requests.filter((request) => !own.has(request));
  equal(strange, []);
}
