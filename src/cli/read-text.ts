// The one way in for text: standard input, files and environment variables, bounded and decoded strictly.

import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type JsonObject, parseJsonObject } from '../encoding/json.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { unusable, usage } from './exit.js';
import type { Io } from './io.js';

/** Largest input read, in bytes: 1 MiB. */
const MAX_BYTES = 1_048_576;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  EISDIR: 'that is a folder, not a file',
};

/** Reads text. One reader serves one run: standard input can be read once. */
export class TextReader {
  readonly #io: Io;
  #stdinTakenBy: string | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  /** Whether standard input is a terminal, at which somebody would have to type. */
  get isInteractive(): boolean {
    return this.#io.stdin.isTTY === true;
  }

  /**
   * The text of a file, or of standard input for `-`.
   *
   * @param what - what the messages call it. Not the path: somebody may have passed a secret instead of its file.
   */
  async file(path: string, what: string): Promise<string> {
    if (path === '-') return this.stdin(what);
    if (path === '') throw usage(`${what} needs the name of a file`);
    return toText(await readFileBytes(resolve(this.#io.cwd, path), what), what);
  }

  /** The text of standard input. */
  async stdin(what: string): Promise<string> {
    if (this.#stdinTakenBy !== undefined)
      throw usage(`${this.#stdinTakenBy} and ${what} cannot both come from standard input`);
    this.#stdinTakenBy = what;
    if (this.isInteractive) this.#io.stderr.write('jwtight: reading from the terminal; end with Ctrl-D\n');
    const name = 'standard input';
    return toText(await namingProblems(name, () => collect(this.#io.stdin, name)), name);
  }

  /** The value of an environment variable. */
  variable(name: string, what: string): string {
    const value = this.#io.env[name];
    // The name is not repeated: it may be the secret itself, from "$SECRET" instead of SECRET.
    if (value === undefined) throw unusable(`${what}: no such variable is set; pass its name, not its value`);
    if (value === '') throw unusable(`${what}: the variable is empty`);
    return value;
  }
}

/** A text as a JSON object. */
export function toJsonObject(text: string, what: string): JsonObject {
  const value = parseJsonObject(text);
  if (!value) throw unusable(`${what} is not a JSON object (duplicate names are refused too)`);
  return value;
}

function readFileBytes(path: string, what: string): Promise<Uint8Array> {
  return namingProblems(what, async () => {
    const handle = await open(path);
    // Not readFile: what is read may be a pipe or a device without end.
    return collect(handle.createReadStream(), what);
  });
}

/** Says what cannot be read. The platform's own message holds the path. */
async function namingProblems<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined ? error : unusable(`${what}: ${PROBLEMS[code] ?? `it cannot be read (${code})`}`);
  }
}

async function collect(source: AsyncIterable<Uint8Array | string>, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > MAX_BYTES) throw unusable(`${what} is larger than 1 MiB`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Bytes as text: UTF-8 without BOM, without NUL, and without the line break that ends a file. */
function toText(bytes: Uint8Array, what: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw unusable(`${what} is UTF-16: save it as UTF-8`);
  const text = decodeUtf8(bytes);
  if (text === undefined || text.includes('\0')) throw unusable(`${what} is not text in UTF-8`);
  const body = text.replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
  if (body === '') throw unusable(`${what} is empty`);
  return body;
}
