// WebKitGTK speaks plain WebDriver (W3C): a handful of JSON requests, no library needed.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Browser, Page } from './page.ts';
import { until } from './until.ts';

const STARTS_WITHIN = 60_000;
const CLICKS_WITHIN = 10_000;
/** The member that stands for an element in the protocol (W3C WebDriver §12.1). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** Keys by their code points (W3C WebDriver §15.4.2). */
const KEYS: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Control: '\uE009',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
};

async function launch(): Promise<Page> {
  const port = await freePort();
  const driver: ChildProcess = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
  });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: T };
    if (!response.ok) throw new Error(`WebDriver ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  // The group: xvfb-run has an X server and the driver under it.
  const stop = () => void (driver.pid !== undefined && process.kill(-driver.pid, 'SIGTERM'));
  try {
    await until(() => call('GET', '/status'), STARTS_WITHIN);
    const options = { binary: miniBrowser(), args: ['--automation'] };
    const { sessionId } = await call<{ sessionId: string }>('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    });
    return pageOf((method, path, body) => call(method, `/session/${sessionId}${path}`, body), stop);
  } catch (error) {
    stop();
    throw error;
  }
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

function pageOf(call: Call, stop: () => void): Page {
  return {
    open: (url) => call('POST', '/url', { url }),
    evaluate: (expression) => call('POST', '/execute/sync', { script: `return (${expression});`, args: [] }),
    // Its driver waits neither for smooth scrolling nor for a layout to settle.
    click: (selector) =>
      until(async () => {
        const script =
          'document.querySelector(arguments[0])?.scrollIntoView({ behavior: "instant", block: "center" });';
        await call('POST', '/execute/sync', { script, args: [selector] });
        const element = await call<Record<string, string>>('POST', '/element', {
          using: 'css selector',
          value: selector,
        });
        await call('POST', `/element/${element[ELEMENT]}/click`, {});
      }, CLICKS_WITHIN),
    async press(...keys) {
      for (const key of keys) {
        const codes = key.split('+').map((name) => KEYS[name] ?? name);
        const down = codes.map((value) => ({ type: 'keyDown', value }));
        const up = codes.toReversed().map((value) => ({ type: 'keyUp', value }));
        await call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
      }
    },
    async resize(width, height) {
      // The window is larger than what it shows of the page.
      const inside = await call<[number, number]>('POST', '/execute/sync', {
        script: 'return [outerWidth - innerWidth, outerHeight - innerHeight];',
        args: [],
      });
      await call('POST', '/window/rect', { width: width + inside[0], height: height + inside[1] });
    },
    screenshot: async () => Buffer.from(await call<string>('GET', '/screenshot'), 'base64'),
    async close() {
      await call('DELETE', '').catch(() => {});
      stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function miniBrowser(): string {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return process.env.WEBKIT ?? `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
}

export const webkit: Browser = { name: 'WebKit', launch };
