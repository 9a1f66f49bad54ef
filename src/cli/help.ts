import { COMMON_OPTIONS, type OptionTable } from './arguments.js';
import type { Command } from './command.js';
import type { Output } from './io.js';

/** The width from which a line is broken. */
const WIDTH = 100;

/** What `jwtight --help` prints. */
export function printOverview(output: Output, commands: readonly Command[]): void {
  output.line('jwtight: JSON Web Tokens at the command line');
  heading(output, 'Commands');
  for (const { name, summary } of commands) output.line(`  ${name.padEnd(10)} ${summary}`);
  heading(output, 'Try');
  for (const line of [
    'jwtight keygen ES256 --out private.jwk --public-out public.jwk',
    'jwtight sign --key-file private.jwk --issuer auth --audience api --expires-in 15m > token.txt',
    'jwtight verify --token-file token.txt --key-file public.jwk --issuer auth --audience api',
    'jwtight audit .env --min-grade B',
  ])
    output.line(`  ${line}`);
  printExitCodes(output, 'the answer is no');
  output.line();
  output.line('jwtight COMMAND --help shows every option, and more examples; jwtight --version the version.');
  output.line('Tokens and secrets come from files, variables and standard input, where nobody else sees them.');
}

/** What `jwtight COMMAND --help` prints. */
export function printHelp(output: Output, command: Command): void {
  output.line(`jwtight ${command.name}: ${command.summary}`);
  heading(output, 'Examples');
  for (const [remark, line] of command.examples) {
    output.line(`  ${output.paint('dim', `# ${remark}`)}`);
    output.line(`  ${line}`);
  }
  heading(output, 'Usage');
  output.line(`  jwtight ${command.name} ${command.words === '' ? '' : `${command.words} `}[options]`);
  for (const [title, table] of Object.entries({ ...command.options, 'Always there': COMMON_OPTIONS })) {
    heading(output, title);
    printOptions(output, table);
  }
  printExitCodes(output, command.no);
}

function heading(output: Output, title: string): void {
  output.line();
  for (const line of wrapped(title, WIDTH)) output.line(output.paint('bold', line));
}

function printOptions(output: Output, table: OptionTable): void {
  const left = (name: string, value: string | undefined) => `--${name}${value === undefined ? '' : ` ${value}`}`;
  const widest = Math.max(...Object.entries(table).map(([name, { value }]) => left(name, value).length));
  for (const [name, { value, help }] of Object.entries(table)) {
    const [first, ...more] = wrapped(help, WIDTH - widest - 4);
    output.line(`  ${left(name, value).padEnd(widest)}  ${first}`);
    for (const line of more) output.line(`  ${' '.repeat(widest)}  ${line}`);
  }
}

/** The exit codes; `no` is what 1 means, where there is such an answer. */
function printExitCodes(output: Output, no: string | undefined): void {
  heading(output, 'Exit codes');
  output.line('  0  done, and the answer is yes');
  if (no !== undefined) output.line(`  1  ${no}`);
  output.line('  2  the command line is wrong');
  output.line('  3  something cannot be read, used or written');
}

/** Breaks a text between words. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
