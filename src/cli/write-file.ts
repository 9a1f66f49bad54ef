import { chmod, lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError, unusable } from './exit.js';

const PROBLEMS: Readonly<Record<string, string>> = {
  EEXIST: 'the file is there already: choose another name, or pass --force',
  ENOENT: 'there is no such folder',
  EACCES: 'that may not be written',
  EPERM: 'that may not be written',
  EISDIR: 'that is a folder, not a file',
  ENOTDIR: 'that is a file, not a folder',
};

/** How a key is written. */
export interface KeyFileOptions {
  readonly cwd: string;
  /** Whether its owner only may read it. */
  readonly isPrivate: boolean;
  /** Whether a file of that name is replaced. */
  readonly replace: boolean;
}

/** Writes a report, over an earlier one if there is one. */
export async function writeReport(path: string, text: string, what: string, cwd: string): Promise<void> {
  await namingProblems(what, () => writeFile(resolve(cwd, path), text));
}

/** Refuses a name that is taken. Whether it still is free is asked again when the file is made. */
export async function assertFree(path: string, what: string, cwd: string): Promise<void> {
  if (await lstat(resolve(cwd, path)).catch(() => undefined)) throw unusable(`${what}: ${PROBLEMS.EEXIST}`);
}

/** Writes a key to a file of its own: new, or put in the place of the old one as a whole. */
export async function writeKeyFile(path: string, text: string, what: string, options: KeyFileOptions): Promise<void> {
  const target = resolve(options.cwd, path);
  await namingProblems(what, async () => {
    const replaced = options.replace && (await isThere(target, what));
    const fresh = replaced ? `${target}.${crypto.randomUUID()}.tmp` : target;
    const mode = options.isPrivate ? 0o600 : 0o644;
    // Exclusively: no link is followed, and nobody else's file becomes ours.
    const handle = await open(fresh, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.close();
      if (options.isPrivate) await chmod(fresh, mode);
      if (replaced) await rename(fresh, target);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  });
}

/** Whether there is a file to replace; anything else, such as a device or a link, is left alone. */
async function isThere(target: string, what: string): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined);
  if (found && !found.isFile()) throw unusable(`${what}: what is there is no plain file, and is not replaced`);
  return found !== undefined;
}

/** Puts the option, and not the path, in front of what the platform reports. */
async function namingProblems(what: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof CliError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'for an unknown reason';
    throw unusable(`${what}: ${PROBLEMS[code] ?? `the file cannot be written (${code})`}`);
  }
}
