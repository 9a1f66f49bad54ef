import { type AuditInput, rules } from 'jwtight/audit';
import { expect, it } from 'vitest';
import { rulesFor } from '../../src/audit/rule-groups.js';

const INPUTS = ['token', 'draft', 'secret', 'key', 'jwks', 'verifier', 'issuance', 'storage', 'environment'] as const;
const ids = rules.map(({ id }) => id).sort();

it('are the catalogue when all is given', async () => {
  const set = await rulesFor(new Set(INPUTS));
  expect(set.unknown).toEqual([]);
  expect(set.rules.map(({ id }) => id).sort()).toEqual(ids);
});

it.each([[], ...INPUTS.map((name) => [name])])(
  'name what %s leaves out, and leave out nothing it serves',
  async (name) => {
    const inputs = new Set<AuditInput>(name === undefined ? [] : [name]);
    const set = await rulesFor(inputs);
    expect([...set.rules.map(({ id }) => id), ...set.unknown].sort()).toEqual(ids);
    for (const { id, needs } of rules.filter(({ id }) => set.unknown.includes(id))) {
      const lacks = needs.some((need) => [need].flat().every((one) => !inputs.has(one)));
      expect([id, lacks]).toEqual([id, true]);
    }
  },
);

it('leave the groups of other inputs alone', async () => {
  const { unknown } = await rulesFor(new Set(['token']));
  expect([...new Set(unknown.map((id) => id.split('/')[0]))]).toEqual(['secret', 'key', 'jwks', 'verifier', 'storage']);
});
