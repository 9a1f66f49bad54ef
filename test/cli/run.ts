// Runs the command in this process, with everything it touches handed in; and, as a bundle, in one of its own.

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** 2026-11-26 12:00:00 UTC in milliseconds. */
export const NOON: number = Date.UTC(2026, 10, 26, 12);

/** What a run left behind. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a run finds. */
export interface Around {
  readonly stdin?: string | Uint8Array | readonly Uint8Array[];
  /** Whether standard input and output are a terminal. */
  readonly terminal?: boolean;
  readonly env?: Io['env'];
  readonly fetch?: Io['fetch'];
  readonly clock?: () => number;
}

/** A folder of its own for a test, and the command in it. */
export interface Workplace {
  readonly folder: string;
  run(words: readonly string[], around?: Around): Promise<Ran>;
  write(name: string, text: string | Uint8Array): void;
  read(name: string): string;
}

/** A workplace that goes with the test. */
export function workplace(): Workplace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'jwtight-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    run: (words, around = {}) => run(words, folder, around),
    write: (name, text) => writeFileSync(join(folder, name), text),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
  };
}

async function run(words: readonly string[], cwd: string, around: Around): Promise<Ran> {
  const { stdin = '', terminal = false, env = {}, fetch, clock = () => NOON } = around;
  const out: string[] = [];
  const err: string[] = [];
  const chunks =
    typeof stdin === 'string' ? [new TextEncoder().encode(stdin)] : stdin instanceof Uint8Array ? [stdin] : stdin;
  async function* bytes() {
    yield* chunks;
  }
  const code = await main(
    words,
    {
      stdin: Object.assign(bytes(), { isTTY: terminal }),
      stdout: { write: (text) => out.push(text), isTTY: terminal },
      stderr: { write: (text) => err.push(text), isTTY: terminal },
      env,
      cwd,
      clock,
      ...(fetch && { fetch }),
    },
    '1.2.3',
  );
  return { code, out: out.join(''), err: err.join('') };
}

/** Bundles the command, for tests that need a process of its own; the file lies within the package, whose version it reads. */
export function bundleCommand(name: string): string {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = join(root, 'reports', 'cli');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(root, 'src/cli/bin.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** One line of standard error, as every error is. */
export function oneLine(text: string): boolean {
  return /^jwtight: [^\n]+\n$/.test(text);
}
