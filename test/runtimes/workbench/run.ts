// Clicks through the workbench in Chromium, Firefox and WebKit, and watches that nothing leaves it.
// With --pictures <folder> it leaves pictures of every part, on phone and desktop, light and dark.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { workbenchServer } from '../../../docs/workbench/serve.ts';
import { chromium } from '../browsers/chromium.ts';
import { firefox } from '../browsers/firefox.ts';
import type { Browser, Page } from '../browsers/page.ts';
import { webkit } from '../browsers/webkit.ts';
import { assert, equal, type Outcome, runCheck } from '../conformance/check.ts';
import { CLICK_THROUGH } from './click-through.ts';
import { fitsTheWidth, hasRoomForFingers, isAccessible } from './look.ts';
import { asksForItsOwnFilesOnly, keepsNothing, triesEveryWayOut } from './privacy.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** All that the page can ever load, compressed as servers do it: 150 kB. */
const LARGEST = 150_000;
const PHONE = [390, 844] as const;
const DESKTOP = [1280, 900] as const;
const TABS = ['audit', 'attacks', 'secret', 'convert', 'compliance'] as const;
const dist = new URL('../../../docs/workbench/dist/', import.meta.url).pathname;

const files = readdirSync(dist);
const outcomes: Outcome[] = [];
const asked: string[] = [];
const server = workbenchServer((method, path) => void asked.push(`${method} ${path}`));
await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
const { port } = server.address() as { port: number };
const url = `http://localhost:${port}/`;

async function check(feature: string, name: string, run: () => Promise<void> | void): Promise<void> {
  const outcome = await runCheck({ feature, name, run });
  outcomes.push(outcome);
  if (outcome.outcome === 'failed') console.log(`FAILED ${feature}: ${name}: ${outcome.reason}`);
}

async function visit(browser: Browser, visited: (page: Workbench) => Promise<void>): Promise<void> {
  const start = Date.now();
  let page: Page | undefined;
  await check(browser.name, 'opens the page and gets to the end', async () => {
    page = await browser.launch();
    await page.resize(...DESKTOP);
    await visited(await openWorkbench(page, url));
  });
  await page?.close();
  console.log(`${browser.name}: ${Date.now() - start} ms`);
}

async function clickThrough(name: string, page: Workbench): Promise<void> {
  for (const step of CLICK_THROUGH) await check(name, step.name, () => step.run(page, name !== 'Chromium'));
  await check(name, 'has thrown nothing', async () => equal(await page.evaluate('globalThis.failures'), []));
  await check(name, 'keeps nothing', () => keepsNothing(page));
  if (name !== 'Chromium') await check(name, 'is accessible by axe', () => isAccessible(page));
  await check(name, 'fits 360 px', async () => {
    await page.resize(360, 740);
    for (const tab of TABS) {
      await page.tab(tab);
      await fitsTheWidth(page);
    }
  });
  // Last: the ways out leave errors behind.
  await check(name, 'has no way out', () => triesEveryWayOut(page));
}

async function looks(page: Workbench, prefer: (scheme: 'light' | 'dark') => Promise<void>, picture: Picture) {
  await page.tab('attacks');
  await page.click('#make-attacks');
  await page.says('#attack-state', /refuses every one/);
  await page.choose('#attack-filter', 'headerKey');
  await page.tab('secret');
  await page.paste('#secret', 'Correct-Horse-1984');
  await page.says('#secret-report', /graphics card/);
  await page.tab('convert');
  await page.click('#convert-current');
  await page.says('#convert-state', /public key/);
  await page.choose('#practice-rotation', 'never');
  await page.paste('#policy-audience', 'other-api');
  await page.says('#causes', /\S/);
  for (const scheme of ['light', 'dark'] as const) {
    await prefer(scheme);
    for (const [device, [width, height]] of [
      ['phone', PHONE],
      ['desktop', DESKTOP],
    ] as const) {
      await page.resize(width, height);
      const sections = ['key', 'draft', 'token', 'verify'];
      for (const section of sections) await picture(`${device}-${scheme}-${section}`, section);
      await check('Chromium', `is accessible by axe, ${device}, ${scheme}`, () => isAccessible(page));
      for (const tab of TABS) {
        await page.tab(tab);
        const part = `#panel-${tab}`;
        if ((device === 'phone') === (scheme === 'dark'))
          await check('Chromium', `${tab} is accessible by axe, ${device}, ${scheme}`, () => isAccessible(page, part));
        await picture(`${device}-${scheme}-${tab}`, 'judge');
        if (device === 'phone' && scheme === 'light') {
          await check('Chromium', `${tab} fits a phone`, () => fitsTheWidth(page));
          await check('Chromium', `${tab} has room for fingers`, () => hasRoomForFingers(page));
        }
      }
    }
  }
}

type Picture = (name: string, section: string) => Promise<void>;

function pictures(page: Workbench): Picture {
  const at = process.argv.indexOf('--pictures');
  const folder = at < 0 ? undefined : process.argv[at + 1];
  if (folder === undefined) return async () => {};
  mkdirSync(folder, { recursive: true });
  return async (name, section) => {
    await page.evaluate(`(document.getElementById('${section}').scrollIntoView({ behavior: 'instant' }), true)`);
    writeFileSync(join(folder, `${name}.png`), await page.screenshot());
  };
}

await check('page', 'is under 150 kB in all, gzipped', () => {
  const sizes = files
    .map((name) => readFileSync(`${dist}${name}`))
    .map((file) => [file.length, gzipSync(file, { level: 9 }).length] as const);
  const [raw, packed] = sizes.reduce(([a, b], [c, d]) => [a + c, b + d] as const, [0, 0] as const);
  console.log(`${files.length} files, ${raw} bytes, ${packed} gzipped`);
  assert(packed < LARGEST, `${packed} bytes`);
});
await check('page', 'has its policy in the page and in the header', async () => {
  const response = await fetch(url);
  const policy = response.headers.get('content-security-policy') ?? '';
  const written = /Content-Security-Policy" content="([^"]+)"/.exec(await response.text())?.[1];
  equal(policy, `${written}; frame-ancestors 'none'`);
  const directives = policy.split('; ');
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ])
    assert(directives.includes(directive), `no ${directive}`);
  assert(!/unsafe|\*|https?:/.test(policy), policy);
  equal((await fetch(`${url}..%2fserve.ts`)).status, 404);
  equal((await fetch(url, { method: 'POST' })).status, 405);
});
asked.length = 0;

const visits = [
  visit(chromium, async (workbench) => {
    const { requests } = workbench as Workbench & Awaited<ReturnType<typeof chromium.launch>>;
    const loaded = requests.length;
    await clickThrough('Chromium', workbench);
    // The ways out that were tried are among its requests; the server outside has seen none of them.
    await check('Chromium', 'asks for nothing but its own files', () => {
      const mine = requests.filter(({ url: to }) => to.startsWith(url) && to !== url);
      asksForItsOwnFilesOnly(
        mine.map(({ method, url: to }) => `${method} /${to.slice(url.length)}`),
        files,
      );
      assert(loaded > 5, 'the watch has seen nothing');
      const others = requests.filter(({ url: to }) => !to.startsWith(url) && !to.startsWith('blob:'));
      equal(
        others.filter(({ url: to }) => !/^(http|ws):\/\/127\.0\.0\.1:/.test(to)),
        [],
      );
    });
  }),
  visit(chromium, async (workbench) => {
    const { prefer } = workbench as Workbench & Awaited<ReturnType<typeof chromium.launch>>;
    await looks(workbench, prefer, pictures(workbench));
  }),
  ...(process.argv.includes('--chromium')
    ? []
    : [visit(firefox, (page) => clickThrough('Firefox', page)), visit(webkit, (page) => clickThrough('WebKit', page))]),
];
// Side by side: most of the time they wait for the page.
await Promise.all(visits);
await check('page', 'has asked the server for its own files alone', () => {
  assert(asked.length > 20, 'the server has seen nothing');
  asksForItsOwnFilesOnly(asked, files);
});
server.close();
server.closeAllConnections();

const count = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
const [passed, failed] = [count('passed'), count('failed')];
const report = process.env.TEST_REPORT;
if (report) {
  mkdirSync(join(report, '..'), { recursive: true });
  writeFileSync(report, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0 }));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
