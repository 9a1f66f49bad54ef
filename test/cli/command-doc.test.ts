// Every sh block of the guide runs, in order and in one folder, and prints what it says it prints.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { optionsOf } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands/all.js';
import { bundleCommand } from './run.js';

interface Step {
  readonly command: string;
  /** The lines with `#>`, which stand for all that is printed; `…` for anything. */
  readonly expected: readonly string[];
}

const guide = readFileSync(fileURLToPath(new URL('../../docs/command.md', import.meta.url)), 'utf8');

/** The commands of a block: what stands between lines of expected output, empty lines and remarks. */
function stepsOf(block: string): Step[] {
  const steps: { command: string[]; expected: string[] }[] = [];
  let isOpen = false;
  let isHereDocument = false;
  for (const line of block.split('\n')) {
    if (isHereDocument) {
      steps.at(-1)!.command.push(line);
      isHereDocument = line !== 'JSON';
      isOpen = isHereDocument;
    } else if (line.startsWith('#>')) {
      steps.at(-1)!.expected.push(line.slice(3));
      isOpen = false;
    } else if (line.startsWith('# ') || line === '') isOpen = false;
    else {
      if (!isOpen) steps.push({ command: [], expected: [] });
      steps.at(-1)!.command.push(line);
      isHereDocument = line.endsWith("<<'JSON'");
      isOpen = /[\\|]$/.test(line);
    }
  }
  return steps.map(({ command, expected }) => ({ command: command.join('\n'), expected }));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const steps = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => stepsOf(block!));

const bin = bundleCommand('doc-test');
const folder = mkdtempSync(join(tmpdir(), 'jwtight-guide-'));
const shim = join(folder, 'jwtight');
writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
chmodSync(shim, 0o755);
const work = mkdtempSync(join(folder, 'work-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bin, { force: true });
});

describe('the guide of the command', () => {
  it('has steps for every command', () => {
    for (const { name } of COMMANDS)
      expect(steps.some(({ command }) => command.includes(`jwtight ${name} `))).toBe(true);
  });

  it.each(steps)('$command', ({ command, expected }) => {
    const { status, stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
      cwd: work,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    const exitCode = expected.findIndex((line) => line.startsWith('(exit code '));
    const lines = exitCode < 0 ? expected : expected.slice(0, exitCode);
    const pattern = lines.map((line) => line.split('…').map(escaped).join('[\\s\\S]*')).join('\n');
    expect(stdout).toMatch(new RegExp(`^${pattern}${lines.length > 0 && lines.at(-1) !== '…' ? '\n' : ''}$`));
    expect(`(exit code ${status})`).toBe(expected[exitCode] ?? '(exit code 0)');
  });

  it('names no option that is not there', () => {
    const known = new Set(COMMANDS.flatMap((command) => Object.keys(optionsOf(command))));
    for (const name of ['json', 'help', 'global']) known.add(name);
    const named = [...guide.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
