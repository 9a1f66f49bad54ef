// Chromium, Firefox and WebKit: the page on localhost, a secure context without certificates.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import type { Outcome } from '../conformance/check.ts';
import { ML_DSA, type Runtime } from './driver.ts';

const TIMEOUT = 120_000;

/** The page puts its outcomes into the title when it is done. */
const DONE = '[';

export const browsers: readonly Runtime[] = [
  {
    name: 'Chromium',
    lacks: [],
    async drive({ page }) {
      const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
      try {
        const tab = await browser.newPage();
        await tab.goto(page);
        await tab.waitForFunction((mark) => document.title.startsWith(mark), DONE, { timeout: TIMEOUT });
        return JSON.parse(await tab.title()) as Outcome[];
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: 'Firefox',
    lacks: ML_DSA,
    async drive({ page }) {
      const browser = await puppeteer.launch({
        browser: 'firefox',
        protocol: 'webDriverBiDi',
        executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
        headless: true,
      });
      try {
        const tab = await browser.newPage();
        await tab.goto(page);
        await tab.waitForFunction((mark: string) => document.title.startsWith(mark), { timeout: TIMEOUT }, DONE);
        return JSON.parse(await tab.title()) as Outcome[];
      } finally {
        await browser.close();
      }
    },
  },
  { name: 'WebKit', lacks: ML_DSA, drive: ({ page }) => driveWebKit(page) },
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** WebKitGTK speaks plain WebDriver (W3C): a handful of JSON requests, no library needed. */
async function driveWebKit(page: string): Promise<Outcome[]> {
  const port = await freePort();
  const driver: ChildProcess = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
  });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebDriver ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  let session: string | undefined;
  try {
    await until(() => call('GET', '/status'));
    const created = (await call('POST', '/session', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
      },
    })) as { sessionId: string };
    session = `/session/${created.sessionId}`;
    await call('POST', `${session}/url`, { url: page });
    return await until(async () => {
      const title = (await call('GET', `${session}/title`)) as string;
      if (!title.startsWith(DONE)) throw new Error(`the page is not done: ${title}`);
      return JSON.parse(title) as Outcome[];
    });
  } finally {
    if (session !== undefined) await call('DELETE', session).catch(() => {});
    // The group: xvfb-run has an X server and the driver under it.
    if (driver.pid !== undefined) process.kill(-driver.pid, 'SIGTERM');
  }
}

function miniBrowser(): string {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return process.env.WEBKIT ?? `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
}

async function until<T>(action: () => Promise<T>): Promise<T> {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() > end) throw error;
      await delay(100);
    }
  }
}
