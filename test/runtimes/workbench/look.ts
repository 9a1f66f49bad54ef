// How the page looks and reads: accessible by axe, at home on a phone, whole at 360 px.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { assert, equal } from '../conformance/check.ts';
import type { Workbench } from './workbench.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Throws for what axe calls serious or critical, in the whole page or a part of it. */
export async function isAccessible(page: Workbench, part = 'html'): Promise<void> {
  if (!(await page.evaluate<boolean>("typeof globalThis.axe === 'object'"))) {
    await page.evaluate(`(() => { ${axe}\n; return true; })()`);
  }
  const violations = await page.outcome<readonly Violation[]>(
    `axe.run('${part}').then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) })))`,
  );
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`,
  );
  equal(told, []);
}

/** Throws where the page is wider than the window. */
export async function fitsTheWidth(page: Workbench): Promise<void> {
  const [wide, width] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  assert(wide <= width, `${wide} px wide in ${width} px`);
}

/** Throws for something to press that is less than 44 px high (WCAG 2.2, 2.5.5). */
export async function hasRoomForFingers(page: Workbench): Promise<void> {
  const small = await page.evaluate<string[]>(
    "[...document.querySelectorAll('button, select, input:not([type=checkbox]), label.check, summary, nav a')]" +
      '.filter((element) => element.offsetParent && element.getBoundingClientRect().height < 43.5)' +
      ".map((element) => [element.tagName, element.id, element.textContent.slice(0, 20), element.getBoundingClientRect().height].join(' '))",
  );
  equal(small, []);
}
