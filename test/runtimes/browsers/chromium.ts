// Chromium, driven by Playwright.
import { chromium as playwright } from 'playwright-core';
import type { Browser, Page } from './page.ts';

/** What only Chromium tells: its requests, and how the page looks to those who prefer the dark. */
export interface ChromiumPage extends Page {
  /** Every request that the page makes from here on: method and address. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  prefer(scheme: 'light' | 'dark'): Promise<void>;
}

async function launch(): Promise<ChromiumPage> {
  const browser = await playwright.launch({
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
  const tab = await browser.newPage();
  const requests: { method: string; url: string }[] = [];
  tab.on('request', (request) => void requests.push({ method: request.method(), url: request.url() }));
  return {
    requests,
    open: async (url) => void (await tab.goto(url)),
    evaluate: <T>(expression: string) => tab.evaluate<T>(expression),
    click: (selector) => tab.click(selector, { timeout: 10_000 }),
    async press(...keys) {
      for (const key of keys) await tab.keyboard.press(key);
    },
    resize: (width, height) => tab.setViewportSize({ width, height }),
    prefer: (colorScheme) => tab.emulateMedia({ colorScheme }),
    screenshot: () => tab.screenshot(),
    close: () => browser.close(),
  };
}

export const chromium = { name: 'Chromium', launch } as const satisfies Browser;
