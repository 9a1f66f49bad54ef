// Firefox, driven by Puppeteer over WebDriver BiDi.
import puppeteer, { type KeyInput } from 'puppeteer-core';
import type { Browser, Page } from './page.ts';

async function launch(): Promise<Page> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
  });
  const tab = await browser.newPage();
  return {
    open: async (url) => void (await tab.goto(url)),
    evaluate: async <T>(expression: string) => (await tab.evaluate(expression)) as T,
    click: (selector) => tab.click(selector),
    async press(...keys) {
      for (const key of keys) {
        const [main, ...held] = key.split('+').reverse() as KeyInput[];
        for (const modifier of held) await tab.keyboard.down(modifier);
        await tab.keyboard.press(main!);
        for (const modifier of held) await tab.keyboard.up(modifier);
      }
    },
    resize: (width, height) => tab.setViewport({ width, height }),
    screenshot: () => tab.screenshot(),
    close: () => browser.close(),
  };
}

export const firefox: Browser = { name: 'Firefox', launch };
