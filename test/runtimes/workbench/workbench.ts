// The workbench page as its visitors use it: what to press, and what it then says.
import type { Page } from '../browsers/page.ts';
import { until } from '../browsers/until.ts';
import { assert, equal } from '../conformance/check.ts';

const PATIENCE = 20_000;
const quoted = (text: string): string => JSON.stringify(text);

export interface Workbench extends Page {
  /** Puts a text into a field as pasting does. */
  paste(field: string, text: string): Promise<void>;
  /** Chooses an option of a select. */
  choose(field: string, value: string): Promise<void>;
  text(selector: string): Promise<string>;
  value(field: string): Promise<string>;
  count(selector: string): Promise<number>;
  /** Waits until the text of an element is as it should be. */
  says(selector: string, pattern: RegExp): Promise<string>;
  /** Waits until so many elements match. */
  has(selector: string, count: number): Promise<void>;
  /** The JSON value that a promise in the page comes to. */
  outcome<T>(promise: string): Promise<T>;
  /** Opens a tool and waits for its code. */
  tab(name: string): Promise<void>;
}

/** Opens the page in a browser and waits until it has made and signed what it begins with. */
export async function openWorkbench(page: Page, url: string): Promise<Workbench> {
  const find = (selector: string) => `document.querySelector(${quoted(selector)})`;
  const change = (field: string, value: string, event: string) =>
    page.evaluate(
      `(() => { const field = ${find(field)}; field.value = ${quoted(value)}; ` +
        `field.dispatchEvent(new Event('${event}', { bubbles: true })); return true; })()`,
    );
  const text = (selector: string) => page.evaluate<string>(`${find(selector)}?.textContent ?? ''`);
  const workbench: Workbench = {
    ...page,
    paste: async (field, value) => void (await change(field, value, 'input')),
    choose: async (field, value) => void (await change(field, value, 'change')),
    text,
    value: (field) => page.evaluate<string>(`${find(field)}.value`),
    count: (selector) => page.evaluate<number>(`document.querySelectorAll(${quoted(selector)}).length`),
    says: (selector, pattern) =>
      until(async () => {
        const found = await text(selector);
        assert(pattern.test(found), `${selector} says “${found.slice(0, 300)}”, not ${pattern}`);
        return found;
      }, PATIENCE),
    has: (selector, expected) => until(async () => equal(await workbench.count(selector), expected), PATIENCE),
    async outcome<T>(promise: string) {
      await page.evaluate(
        `(() => { globalThis.outcome = undefined; Promise.resolve(${promise}).then((value) => { globalThis.outcome = { value }; }, ` +
          '(error) => { globalThis.outcome = { error: String(error) }; }); return true; })()',
      );
      return until(async () => {
        const done = await page.evaluate<{ value?: T; error?: string } | null>('globalThis.outcome ?? null');
        assert(done, 'the promise is not settled');
        assert(done.error === undefined, done.error!);
        return done.value as T;
      }, PATIENCE);
    },
    async tab(name) {
      await page.click(`#tab-${name}`);
      if (['attacks', 'secret', 'convert'].includes(name))
        await until(
          async () => assert((await workbench.count(`#panel-${name}[data-ready]`)) === 1, `${name} is not loaded`),
          PATIENCE,
        );
    },
  };
  await page.open(url);
  await until(
    async () => assert((await workbench.count('html[data-ready]')) === 1, 'the page has not started'),
    PATIENCE,
  );
  // Whatever goes wrong from here on in the page is counted.
  await page.evaluate(
    "(() => { globalThis.failures = []; for (const name of ['error', 'unhandledrejection']) " +
      'addEventListener(name, (event) => failures.push(String(event.message ?? event.reason))); ' +
      // What is offered as a file can be read here.
      'const offer = URL.createObjectURL; URL.createObjectURL = (blob) => { globalThis.offered = blob; return offer.call(URL, blob); }; ' +
      'return true; })()',
  );
  return workbench;
}
