import { expect, it } from 'vitest';
import { renderRules } from '../tools/generate-rules-doc.js';

// `npm run docs:rules` writes the page anew.
it('docs/rules.md is up to date', async () => {
  await expect(renderRules()).toMatchFileSnapshot('../../docs/rules.md');
});
