// Tabs by the ARIA pattern: arrows move, Home and End jump, and only the chosen tab is in the tab order.

import { byId } from './dom.js';

/** Wires a list of tabs; `shown` hears of every tab that is chosen. */
export function startTabs(list: HTMLElement, shown: (panel: string) => void): void {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  const choose = (tab: HTMLButtonElement): void => {
    for (const each of tabs) {
      const isChosen = each === tab;
      each.setAttribute('aria-selected', String(isChosen));
      each.tabIndex = isChosen ? 0 : -1;
      byId(each.getAttribute('aria-controls')!).hidden = !isChosen;
    }
    shown(tab.getAttribute('aria-controls')!);
  };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
      const next = to === undefined ? undefined : tabs.at(to % tabs.length);
      if (!next) return;
      // Without it Firefox shows no focus where the tab before was chosen with a pointer.
      next.focus({ focusVisible: true } as FocusOptions);
      choose(next);
    });
  }
}
