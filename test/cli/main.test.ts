import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/all.js';
import { oneLine, workplace } from './run.js';

const NAMES = ['keygen', 'sign', 'verify', 'decode', 'diagnose', 'audit', 'entropy'];
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.';

describe('the command', () => {
  it.each([['--version'], ['-V']])('prints its version for %s', async (word) => {
    expect(await workplace().run([word])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  it.each([['--help'], ['-h'], ['help']])('lists its commands for %s', async (word) => {
    const { code, out, err } = await workplace().run([word]);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const name of NAMES) expect(out).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
  });

  it('takes no words for a mistake, and lists its commands on standard error', async () => {
    const { code, out, err } = await workplace().run([]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('  keygen ');
  });

  it('has these commands', () => {
    expect(COMMANDS.map(({ name }) => name)).toEqual(NAMES);
  });

  it.each(NAMES)('%s explains itself, by example', async (name) => {
    const { run } = workplace();
    const { code, out, err } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(new RegExp(`^jwtight ${name}: `));
    expect(out).toMatch(new RegExp(`Examples\n  # .+\n  .*jwtight ${name} `));
    expect(out).toContain('  --json');
    expect(await run(['help', name])).toEqual({ code, out, err });
    expect(await run([name, '-h'])).toEqual({ code, out, err });
    // What cannot be broken are the examples: they are to be copied.
    const prose = out.split('\n').filter((line) => !line.includes('jwtight '));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('says what exit code 1 means only where it can come', async () => {
    const { run } = workplace();
    expect((await run(['verify', '--help'])).out).toContain('\n  1  the token is not valid\n');
    expect((await run(['keygen', '--help'])).out).not.toContain('\n  1  ');
  });

  it('suggests the command that may have been meant', async () => {
    const { code, err } = await workplace().run(['verfy']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean verify?');
    expect(oneLine(err)).toBe(true);
  });

  it('tells what to do with a token alone, without repeating it', async () => {
    const { code, err } = await workplace().run([TOKEN]);
    expect(code).toBe(2);
    expect(err).toContain('jwtight decode');
    expect(err).not.toContain('eyJ');
  });

  it('does not repeat an unknown command', async () => {
    const { code, err } = await workplace().run(['hunter2hunter2']);
    expect(code).toBe(2);
    expect(err).not.toContain('hunter2');
  });

  it('calls what it does not expect a bug, without its message and stack', async () => {
    const broken = () => {
      throw new RangeError('hunter2');
    };
    const { code, err } = await workplace().run(['decode'], { stdin: TOKEN, clock: broken });
    expect(code).toBe(70);
    expect(err).toMatch(/a bug: .*github\.com.*RangeError at /);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
  });

  it('survives what is no error', async () => {
    const { code, err } = await workplace().run(['decode'], {
      stdin: TOKEN,
      clock: () => {
        throw 'hunter2' as unknown as Error;
      },
    });
    expect(code).toBe(70);
    expect(err).toContain('no error was thrown');
    expect(err).not.toContain('hunter2');
  });
});

describe('options', () => {
  const cases: [what: string, words: string[], expected: string][] = [
    ['an unknown one', ['decode', '--tokn-file', 'x'], 'unknown option'],
    ['an unknown one, with what was meant', ['decode', '--token-fil', 'x'], 'did you mean --token-file?'],
    ['a short one', ['decode', '-x'], 'unknown option'],
    ['an inherited name', ['decode', '--constructor'], 'unknown option'],
    ['one of another command', ['decode', '--issuer', 'x'], 'unknown option'],
    ['one without its value', ['decode', '--token-file'], '--token-file needs a value'],
    ['one whose value is the next option', ['decode', '--token-file', '--json'], '--token-file needs a value'],
    ['a switch with a value', ['decode', '--json=yes'], '--json takes no value'],
    ['one that is there twice', ['decode', '--token-env', 'A', '--token-env', 'B'], '--token-env was given twice'],
    ['two that exclude each other', ['decode', '--token-env', 'A', '--token-file', 'B'], 'not both'],
    ['two tokens', ['decode', 'a', 'b'], 'one token at a time'],
    ['a token twice', ['decode', 'a', '--token-file', 'b'], 'not both'],
    ['an empty file name', ['decode', '--token-file', ''], 'needs the name of a file'],
    ['an empty name', ['decode', '--token-file='], 'needs the name of a file'],
  ];
  it.each(cases)('refuse %s', async (_what, words, expected) => {
    const { code, out, err } = await workplace().run(words);
    expect(err).toContain(expected);
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it.each([['--hunter2'], ['--hunter2=hunter2'], ['-hunter2']])('never repeat what is unknown: %s', async (word) => {
    expect((await workplace().run(['decode', word])).err).not.toContain('hunter2');
  });

  it('take a value that begins with a dash behind an equals sign', async () => {
    const { run } = workplace();
    expect((await run(['entropy', '--secret=-hunter2'])).code).toBe(0);
    expect((await run(['entropy', '--secret', '-hunter2'])).code).toBe(2);
  });

  it('end with two dashes', async () => {
    expect((await workplace().run(['entropy', '--json', '--', '--hunter2'])).code).toBe(0);
  });
});
