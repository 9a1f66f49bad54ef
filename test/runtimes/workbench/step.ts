// What the steps through the page share.
import { assert, equal } from '../conformance/check.ts';
import type { Workbench } from './workbench.ts';

export interface Step {
  readonly name: string;
  run(page: Workbench, isQuick: boolean): Promise<void>;
}

/** Input that is markup: it must stay text. */
export const MARKUP = '<img src=x id=injected onerror=document.title=1><script id=injected></script>';

export async function signsAndVerifies(page: Workbench): Promise<void> {
  const before = await page.value('#token-text');
  await page.click('#sign');
  await page.says('#verdict', /^Accepted/);
  await page.says('#token-state', /^A token of \d+ characters/);
  assert((await page.value('#token-text')) !== before, 'nothing new was signed');
  equal(await page.text('#sign-error'), '');
}
