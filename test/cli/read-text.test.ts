import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { TextReader } from '../../src/cli/read-text.js';
import { oneLine, workplace } from './run.js';

const SECRET = 'correct horse battery staple';
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** What the estimator saw of a text, which it does not repeat: its length. */
function lengthSeen(out: string): number {
  return JSON.parse(out).keyLength.bytes;
}

describe('text', () => {
  it.each([
    ['as it is', SECRET, 28],
    ['without the line break at its end', `${SECRET}\n`, 28],
    ['without CRLF at its end', `${SECRET}\r\n`, 28],
    ['without more than one line break', `${SECRET}\n\n`, 29],
    ['with the space around it', ` ${SECRET} `, 30],
    ['without BOM', bytes([0xef, 0xbb, 0xbf], SECRET), 28],
    ['up to 1 MiB', 'a'.repeat(1_048_576), 1_048_576],
  ])('is read %s, from a file and from standard input', async (_how, text, length) => {
    const { run, write } = workplace();
    write('secret', text);
    const file = await run(['entropy', '--json', '--secret-file', 'secret']);
    expect(lengthSeen(file.out)).toBe(length);
    expect(lengthSeen((await run(['entropy', '--json'], { stdin: text })).out)).toBe(length);
    expect(lengthSeen((await run(['entropy', '--json', '-'], { stdin: text })).out)).toBe(length);
    expect(lengthSeen((await run(['entropy', '--json', '--secret-file', '-'], { stdin: text })).out)).toBe(length);
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['a line break', '\n', 'is empty'],
    ['a BOM', bytes([0xef, 0xbb, 0xbf]), 'is empty'],
    ['bytes that are not UTF-8', bytes('hunter2', [0xff]), 'not text in UTF-8'],
    ['NUL', bytes('hunter2', [0]), 'not text in UTF-8'],
    ['UTF-16, little end first', bytes([0xff, 0xfe], [0x61, 0]), 'UTF-16'],
    ['UTF-16, big end first', bytes([0xfe, 0xff], [0, 0x61]), 'UTF-16'],
    ['more than 1 MiB', 'hunter2'.repeat(150_000), 'larger than 1 MiB'],
  ])('is refused where it is %s', async (_what, text, expected) => {
    const { run, write } = workplace();
    write('secret', text);
    for (const [words, around] of [
      [['entropy', '--secret-file', 'secret'], {}],
      [['entropy'], { stdin: text }],
    ] as const) {
      const { code, out, err } = await run(words, around);
      expect(err).toContain(expected);
      expect(err).not.toContain('hunter2');
      expect(oneLine(err)).toBe(true);
      expect(out).toBe('');
      expect(code).toBe(3);
    }
  });

  it('without end is not waited for', async () => {
    const { run } = workplace();
    const { code, err } = await run(['entropy', '--secret-file', '/dev/zero']);
    expect(err).toContain('larger than 1 MiB');
    expect(code).toBe(3);
  });

  it('may come through a pipe with a name', async () => {
    const { run, folder } = workplace();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const ran = run(['entropy', '--json', '--secret-file', 'pipe']);
    execFileSync('sh', ['-c', 'printf 12345 > pipe'], { cwd: folder });
    expect(lengthSeen((await ran).out)).toBe(5);
  });

  it('may come in small pieces', async () => {
    const pieces = Array.from(bytes('grün\n'), (byte) => Uint8Array.of(byte));
    expect(lengthSeen((await workplace().run(['entropy', '--json'], { stdin: pieces })).out)).toBe(5);
  });
});

describe('a file', () => {
  it.each([
    ['is not there', 'hunter2', 'no such file'],
    ['is a folder', '.', 'a folder, not a file'],
    ['lies below a file', 'secret/hunter2', 'it cannot be read (ENOTDIR)'],
  ])('that %s is told of without its name, which may be a secret', async (_what, path, expected) => {
    const { run, write } = workplace();
    write('secret', 'x');
    const { code, err } = await run(['entropy', '--secret-file', path]);
    expect(err).toContain(`--secret-file: `);
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(oneLine(err)).toBe(true);
    expect(code).toBe(3);
  });

  // Root reads everything.
  it.skipIf(process.getuid?.() === 0)('that may not be read is told of', async () => {
    const { run, write, folder } = workplace();
    write('secret', 'x');
    chmodSync(join(folder, 'secret'), 0);
    const { code, err } = await run(['entropy', '--secret-file', 'secret']);
    expect(err).toContain('may not be read');
    expect(code).toBe(3);
  });

  it('is found from the working folder on', async () => {
    const { run, write, folder } = workplace();
    mkdirSync(join(folder, 'keys'));
    write('keys/secret', 'x');
    expect((await run(['entropy', '--secret-file', 'keys/secret'])).code).toBe(0);
    expect((await run(['entropy', '--secret-file', join(folder, 'keys/secret')])).code).toBe(0);
  });
});

describe('a variable', () => {
  it('is read as it is', async () => {
    const { out } = await workplace().run(['entropy', '--json', '--secret-env', 'S'], { env: { S: 'abc\n' } });
    expect(lengthSeen(out)).toBe(4);
  });

  it.each([
    ['is not set', {}, 'no such variable'],
    ['is empty', { hunter2: '' }, 'the variable is empty'],
  ])('that %s is told of without its name, which may be the value', async (_what, env, expected) => {
    const { code, err } = await workplace().run(['entropy', '--secret-env', 'hunter2'], { env });
    expect(err).toContain(expected);
    expect(err).not.toContain('hunter2');
    expect(code).toBe(3);
  });
});

describe('standard input', () => {
  it('is not waited for at a terminal, unless it is asked for', async () => {
    const { run } = workplace();
    for (const command of ['entropy', 'decode', 'audit']) {
      const { code, err } = await run([command], { terminal: true, stdin: 'x' });
      expect(code).toBe(2);
      expect(err).toMatch(/^jwtight: (no|nothing) /);
    }
    const { code, err } = await run(['entropy', '-'], { terminal: true, stdin: 'x' });
    expect(code).toBe(0);
    expect(err).toContain('end with Ctrl-D');
  });

  it('that fails is told of, without what the platform says', async () => {
    const broken = (error: Error) => ({
      // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
      async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
        throw error;
      },
    });
    const reader = (error: Error) => new TextReader({ stdin: broken(error), cwd: '/', env: {} } as unknown as Io);
    const withCode = Object.assign(new Error('hunter2'), { code: 'EIO' });
    await expect(reader(withCode).stdin('the token')).rejects.toThrow('standard input: it cannot be read (EIO)');
    const bug = new Error('a bug');
    await expect(reader(bug).stdin('the token')).rejects.toBe(bug);
  });

  it('serves one option only', async () => {
    const { code, err } = await workplace().run(
      ['verify', '--key-file', '-', '--algorithm', 'ES256', '--issuer', 'a', '--audience', 'b'],
      { stdin: '{"kty":"EC"}' },
    );
    expect(code).toBe(3);
    expect(err).toContain('--key-file');
    const twice = await workplace().run(['sign', '--key-file', '-', '--claims', '-'], {
      stdin: '{"kty":"oct","k":"q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k","alg":"HS256"}',
    });
    expect(twice.code).toBe(2);
    expect(twice.err).toContain('--key-file and --claims cannot both come from standard input');
  });

  it('may hold anything', async () => {
    const { run } = workplace();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('decode', 'audit', 'entropy'),
        async (stdin, command) => {
          const { code, err } = await run([command], { stdin });
          expect([0, 1, 3]).toContain(code);
          expect(err === '' || oneLine(err)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
