import { JwtConfigError, JwtError } from '../errors.js';
import { readArguments, suggestion } from './arguments.js';
import { optionsOf } from './command.js';
import { COMMANDS } from './commands/all.js';
import { CliError, EXIT, usage } from './exit.js';
import { printHelp, printOverview } from './help.js';
import { type Io, Output } from './io.js';
import { TextReader } from './read-text.js';
import { looksLikeToken } from './recognise.js';
import { visible } from './safe-text.js';

/**
 * Runs one command line.
 *
 * @param words - what follows `jwtight`.
 * @param version - what `--version` prints.
 * @returns the exit code; nothing is thrown.
 */
export async function main(words: readonly string[], io: Io, version: string): Promise<number> {
  const output = new Output(io);
  try {
    return await dispatch(words, io, output, version);
  } catch (error) {
    return complain(error, output);
  }
}

async function dispatch(words: readonly string[], io: Io, output: Output, version: string): Promise<number> {
  const [first, ...rest] = words;
  if (first === '--version' || first === '-V') {
    output.line(version);
    return EXIT.ok;
  }
  const asksForHelp = first === '--help' || first === '-h' || first === 'help';
  if (first === undefined || (asksForHelp && rest.length === 0)) {
    // Without a command this is a mistake: it goes where mistakes go.
    printOverview(first === undefined ? new Output({ ...io, stdout: io.stderr }) : output, COMMANDS);
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  const name = asksForHelp ? rest[0]! : first;
  const command = COMMANDS.find((command) => command.name === name);
  if (!command) throw usage(unknownCommand(name));
  const args = readArguments(asksForHelp ? ['--help'] : rest, optionsOf(command));
  if (args.has('help')) {
    printHelp(output, command);
    return EXIT.ok;
  }
  return command.run({ args, io, output, reader: new TextReader(io) });
}

/** The word itself is not repeated: it may be a token. */
function unknownCommand(word: string): string {
  const names = COMMANDS.map(({ name }) => name);
  if (looksLikeToken(word)) return 'say what to do with the token: jwtight decode, verify or diagnose';
  return `no such command${suggestion(word, names)}: there are ${names.join(', ')}`;
}

function complain(error: unknown, output: Output): number {
  if (error instanceof CliError) {
    output.note(visible(error.message));
    return error.exitCode;
  }
  // What the library has against a value of an option; what came from a file has been blamed on it.
  if (error instanceof JwtConfigError) {
    output.note(visible(error.message));
    return EXIT.usage;
  }
  if (error instanceof JwtError) {
    output.note(visible(`${error.message} (${error.code})`));
    return error.code === 'ERR_JWT_KEYS_UNAVAILABLE' ? EXIT.input : EXIT.no;
  }
  // The message may hold anything; the kind of error and where it was thrown do not.
  output.note(`a bug: please report it at https://github.com/jwtight/jwtight/issues (${bugReport(error)})`);
  return EXIT.bug;
}

function bugReport(error: unknown): string {
  if (!(error instanceof Error)) return 'no error was thrown';
  const place = /\n\s+at ([\w.<> ]+)/.exec(error.stack ?? '')?.[1];
  return visible(place === undefined ? error.name : `${error.name} at ${place.trim()}`);
}
