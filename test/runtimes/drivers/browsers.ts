// Chromium, Firefox and WebKit: the page on localhost, a secure context without certificates.
import { chromium } from '../browsers/chromium.ts';
import { firefox } from '../browsers/firefox.ts';
import type { Browser } from '../browsers/page.ts';
import { until } from '../browsers/until.ts';
import { webkit } from '../browsers/webkit.ts';
import type { Outcome } from '../conformance/check.ts';
import { ML_DSA, type Runtime } from './driver.ts';

const TIMEOUT = 120_000;

/** The page puts its outcomes into the title when it is done. */
const DONE = '[';

function runtime({ name, launch }: Browser, lacks: readonly string[]): Runtime {
  return {
    name,
    lacks,
    async drive({ page: address }) {
      const page = await launch();
      try {
        await page.open(address);
        return await until(async () => {
          const title = await page.evaluate<string>('document.title');
          if (!title.startsWith(DONE)) throw new Error(`the page is not done: ${title}`);
          return JSON.parse(title) as Outcome[];
        }, TIMEOUT);
      } finally {
        await page.close();
      }
    },
  };
}

export const browsers: readonly Runtime[] = [runtime(chromium, []), runtime(firefox, ML_DSA), runtime(webkit, ML_DSA)];
