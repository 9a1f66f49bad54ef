import { estimateEntropy, loadDictionaries } from 'jwtight/entropy';
import { describe, expect, it } from 'vitest';
import { SECRET } from '../keys.js';
import { oneLine, workplace } from '../run.js';

const WEAK = 'I Love Secure Applications In 2026';

describe('entropy', () => {
  it('says what a secret is worth, and nothing of it', async () => {
    const { code, out, err } = await workplace().run(['entropy'], { stdin: `${WEAK}\n` });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    await loadDictionaries();
    const { bits, patterns, crackTimes, caveat } = estimateEntropy(WEAK);
    expect(out).toMatch(new RegExp(`^${bits} bits of entropy at most\n`));
    expect(out).toContain('enough for   no HMAC algorithm');
    expect(out).toContain('length       34 bytes as given (RFC 7518 §3.2: long enough for HS256)');
    for (const { start, end, description } of patterns) {
      expect(out).toContain(`  ${start}–${end} `);
      expect(out).toContain(description);
    }
    for (const { attacker, duration } of crackTimes) expect(out).toMatch(new RegExp(`${attacker} +${duration}`));
    expect(out).toContain(caveat);
    for (const word of ['Love', 'Secure', 'Applications', '2026']) expect(out).not.toContain(word);
  });

  it('says of a good one that it is', async () => {
    const { out } = await workplace().run(['entropy', '--secret-env', 'S'], {
      env: { S: SECRET.replace('q83v', 'Zx8k') },
    });
    expect(out).toContain('written as   base64url, 32 bytes decoded');
  });

  it('says of a short one that it is', async () => {
    expect((await workplace().run(['entropy'], { stdin: 'x' })).out).toContain('too short');
  });

  it('judges for an algorithm', async () => {
    const { run } = workplace();
    const { out: stdin } = await run(['keygen', 'HS256', '--format', 'text']);
    const good = await run(['entropy', '--algorithm', 'HS256'], { stdin });
    expect(good.code).toBe(0);
    expect(good.out).toContain('enough for   HS256\n');
    expect(good.out).not.toContain(stdin.trim());
    expect((await run(['entropy', '--algorithm', 'HS512'], { stdin })).code).toBe(1);
    expect((await run(['entropy', '--algorithm', 'HS256', '--json'], { stdin: WEAK })).code).toBe(1);
  });

  it('prints JSON: the estimate, with the dictionaries', async () => {
    const { out } = await workplace().run(['entropy', '--json'], { stdin: WEAK });
    await loadDictionaries();
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(estimateEntropy(WEAK))));
    expect(JSON.parse(out).dictionaries).toBe(true);
  });

  it.each([[['hunter2']], [['--secret', 'hunter2']]])('warns of a secret on the command line: %j', async (words) => {
    const { code, out, err } = await workplace().run(['entropy', ...words]);
    expect(code).toBe(0);
    expect(err).toMatch(/^jwtight: a secret on the command line .*\n$/);
    expect(out + err).not.toContain('hunter2');
  });

  it.each([
    [['hunter2', 'b'], 'one secret at a time'],
    [['hunter2', '--secret-env', 'S'], 'one secret at a time'],
    [['--algorithm', 'ES256'], '--algorithm takes one of HS256, HS384, HS512'],
  ])('refuses %j', async (words, expected) => {
    const { code, err } = await workplace().run(['entropy', ...words], { env: { S: 'x' }, stdin: 'x' });
    expect(code).toBe(2);
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
  });
});
