// Puts the page together. Panels that bring much code with them are loaded when they are first shown.

import { startAudit } from './audit-view.js';
import { byId } from './dom.js';
import { signFirst, startEditor } from './editor.js';
import { startKeys } from './keys.js';
import { startTabs } from './tabs.js';
import { startToken } from './token-view.js';
import { expectTemplate, startVerify } from './verify.js';

const LAZY: Readonly<Record<string, () => Promise<unknown>>> = {
  'panel-attacks': () => import('./attack-view.js').then(({ startAttacks }) => startAttacks()),
  'panel-secret': () => import('./secret-meter.js').then(({ startSecretMeter }) => startSecretMeter()),
  'panel-convert': () => import('./convert.js').then(({ startConvert }) => startConvert()),
};
const started = new Set<string>();

function startPanel(panel: string): void {
  const start = LAZY[panel];
  if (!start || started.has(panel)) return;
  started.add(panel);
  // Where a file cannot be loaded, choosing the tab again tries again.
  start().then(
    () => byId(panel).setAttribute('data-ready', ''),
    () => started.delete(panel),
  );
}

startToken();
startVerify();
startAudit();
startEditor(expectTemplate);
startTabs(byId('judge').querySelector<HTMLElement>('[role=tablist]')!, startPanel);
await startKeys();
await signFirst();
document.documentElement.setAttribute('data-ready', '');
