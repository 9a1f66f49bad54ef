// Every rule fires on its failing example and is quiet on the mended one; the page of rules shows both.

import { rules } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { examples } from './examples/all.js';
import { findingsOf, quiet } from './support.js';

describe('the examples', () => {
  it('are there for every rule and for nothing else', () => {
    expect(Object.keys(examples).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it.each(Object.entries(examples))('%s', async (id, { reason, failing, mended }) => {
    expect(reason).toMatch(/^[^\n]+\.$/);
    expect(await findingsOf(id, failing.subject, failing.options)).not.toEqual([]);
    await quiet(id, mended.subject, mended.options);
  });
});
