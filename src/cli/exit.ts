// How the command ends: few codes, so that scripts can tell "no" from "you asked wrongly" from "I could not look".

/** The exit codes. They never change meaning once released. */
export const EXIT = {
  ok: 0,
  /** The answer is no: the token is not valid, the grade is too low, the secret is too weak. */
  no: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A file, a variable, standard input or a URL cannot be read, used or written. */
  input: 3,
  /** A bug (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;

/** Ends the command with one line on standard error. The line never holds a value that was read. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A mistake on the command line. */
export function usage(message: string): CliError {
  return new CliError(message, EXIT.usage);
}

/** Something that cannot be read, used or written. */
export function unusable(message: string): CliError {
  return new CliError(message, EXIT.input);
}
