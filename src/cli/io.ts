import type { FetchFunction } from '../jwks/fetch-json.js';

/** Where text goes: `process.stdout`, or a test's list. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Everything the command touches besides files: handed in, so that tests can hand in their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** The time in milliseconds. */
  readonly clock: () => number;
  /** Instead of the platform's `fetch`. */
  readonly fetch?: FetchFunction;
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** How a piece of text looks on a terminal. */
export type Style = keyof typeof STYLES;

/** Writes what the command has to say. */
export class Output {
  readonly #io: Io;
  readonly #coloured: boolean;

  constructor(io: Io) {
    this.#io = io;
    this.#coloured = io.stdout.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  }

  /** A line of the result. */
  line(text = ''): void {
    this.#io.stdout.write(`${text}\n`);
  }

  /** Text as it is, line breaks included. */
  raw(text: string): void {
    this.#io.stdout.write(text);
  }

  /** A remark beside the result, on standard error. */
  note(text: string): void {
    this.#io.stderr.write(`jwtight: ${text}\n`);
  }

  /** The text in a style, on a terminal; elsewhere just the text. */
  paint(style: Style, text: string): string {
    return this.#coloured ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  }

  get toTerminal(): boolean {
    return this.#io.stdout.isTTY === true;
  }
}
