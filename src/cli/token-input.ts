import type { Arguments, OptionTable } from './arguments.js';
import { usage } from './exit.js';
import type { Output } from './io.js';
import type { TextReader } from './read-text.js';

/** Where a token comes from. */
export const TOKEN_OPTIONS: OptionTable = {
  'token-file': { value: 'FILE', help: 'read the token from a file; - is standard input, which is the default' },
  'token-env': { value: 'NAME', help: 'read the token from an environment variable' },
};

/** The one token of a command: from an option, a word of the command line, or standard input. */
export async function readToken(args: Arguments, reader: TextReader, output: Output): Promise<string> {
  const option = args.only('token-file', 'token-env');
  const [word, ...more] = args.positionals;
  if (more.length > 0) throw usage('pass one token at a time');
  if (option && word !== undefined) throw usage(`pass the token with --${option} or as a word, not both`);
  if (option === 'token-file') return reader.file(args.text(option)!, '--token-file');
  if (option === 'token-env') return reader.variable(args.text(option)!, '--token-env');
  if (word !== undefined && word !== '-') {
    warnOfHistory(output, 'token', '--token-file or --token-env');
    return word;
  }
  if (word === undefined && reader.isInteractive)
    throw usage('no token: pipe it in, or pass --token-file FILE or --token-env NAME');
  return reader.stdin('the token');
}

/** What a word of the command line is warned of. */
export function warnOfHistory(output: Output, what: 'token' | 'secret', instead: string): void {
  output.note(`a ${what} on the command line is kept in the shell's history and shown to others by ps: use ${instead}`);
}
