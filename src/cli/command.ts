import type { Arguments, OptionTable } from './arguments.js';
import type { Io, Output } from './io.js';
import type { TextReader } from './read-text.js';

/** What a command works with. */
export interface Context {
  readonly args: Arguments;
  readonly io: Io;
  readonly reader: TextReader;
  readonly output: Output;
}

/** One of the commands: what `--help` says of it, and what it does. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name, besides options. */
  readonly words: string;
  /** Options by heading. */
  readonly options: Readonly<Record<string, OptionTable>>;
  /** What to try: a remark and a line that works. */
  readonly examples: readonly (readonly [remark: string, line: string])[];
  /** What an exit code of 1 means here, where there is one. */
  readonly no?: string;
  /** Does it; returns the exit code. */
  run(context: Context): Promise<number>;
}

/** All options of a command. */
export function optionsOf({ options }: Command): OptionTable {
  return Object.assign({}, ...Object.values(options));
}
