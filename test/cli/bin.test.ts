// The command as it is installed: a process of its own, real streams, exit codes.

import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { bundleCommand, workplace } from './run.js';

const bin = bundleCommand('bin-test');
afterAll(() => rmSync(bin, { force: true }));

const run = (words: readonly string[], cwd: string, input = '') =>
  spawnSync(process.execPath, [bin, ...words], { cwd, input, encoding: 'utf8', env: { PATH: process.env.PATH } });

describe('the process', () => {
  it('prints the version of the package', () => {
    const { status, stdout, stderr } = run(['--version'], '/');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('makes a key, signs, verifies and refuses, and ends with the right code', () => {
    const { folder, read } = workplace();
    expect(run(['keygen', 'ES256', '--out', 'private.jwk', '--public-out', 'public.jwk'], folder).status).toBe(0);
    expect(statSync(join(folder, 'private.jwk')).mode & 0o777).toBe(0o600);
    expect(read('public.jwk')).not.toContain('"d"');
    const signed = run(
      ['sign', '--key-file', 'private.jwk', '--issuer', 'i', '--audience', 'a', '--expires-in', '1m'],
      folder,
    );
    const verify = ['verify', '--key-file', 'public.jwk', '--issuer', 'i', '--audience'];
    expect(run([...verify, 'a'], folder, signed.stdout)).toMatchObject({ status: 0, stderr: '' });
    expect(run([...verify, 'b'], folder, signed.stdout)).toMatchObject({ status: 1, stdout: '' });
    expect(run(['verify', '--key-file', 'public.jwk'], folder, signed.stdout).status).toBe(2);
    expect(
      run(['verify', '--key-file', 'none', '--issuer', 'i', '--audience', 'a'], folder, signed.stdout).status,
    ).toBe(3);
    expect(run([], folder).status).toBe(2);
  });

  it.each(['< .', '<&-', '< /dev/null'])('says so when standard input is none: %s', (input) => {
    const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" decode - ${input}`, process.execPath, bin], {
      cwd: workplace().folder,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 3, stderr: 'jwtight: standard input is empty\n' });
  });

  it('is content when nobody reads on', () => {
    const { folder, write } = workplace();
    write('.env', Array.from({ length: 300 }, (_, i) => `JWT_SECRET_${i}=changeme${i}`).join('\n'));
    const piped = (tail: string, words: string) =>
      spawnSync('bash', ['-c', `set -o pipefail; "$0" "$1" ${words} | ${tail}`, process.execPath, bin], {
        cwd: folder,
        encoding: 'utf8',
      });
    for (const tail of ['head -1', 'true']) {
      expect(piped(tail, 'audit .env --json')).toMatchObject({ status: 0, stderr: '' });
      // What was found out is still told.
      expect(piped(tail, 'audit .env --json --min-grade B 2>/dev/null').status).toBe(1);
    }
    expect(piped('true', 'audit .env --json 2>&-').status).toBe(0);
  });

  it.runIf(process.platform === 'linux')('says so when its output cannot be written', () => {
    const { folder } = workplace();
    const { status } = spawnSync('sh', ['-c', '"$0" "$1" keygen HS256 > /dev/full', process.execPath, bin], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(3);
  });

  it.runIf(process.platform === 'linux')('has colours on a terminal only', () => {
    const { folder } = workplace();
    const token = 'eyJhbGciOiJub25lIn0.e30.';
    const onTerminal = (env: Record<string, string>) =>
      execFileSync('script', ['-qec', `"${process.execPath}" "${bin}" decode ${token}`, '/dev/null'], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, TERM: 'xterm', ...env },
      });
    expect(onTerminal({})).toContain('\u001b[1mHeader\u001b[0m');
    expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[1m');
    expect(run(['decode', token], folder).stdout).not.toContain('\u001b');
  });
});
