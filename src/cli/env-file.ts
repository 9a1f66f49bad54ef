// A .env file, read as dotenv and Node read it: values in three kinds of quotes, comments, several lines.

/** A variable and where it stands. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** Where it stands, counted from 1; the end column is one past the last character. */
  readonly region: {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
}

/** `NAME=`, `NAME: ` or `export NAME=`, at the start of a line. */
const START = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)(?:[ \t]*=|:[ \t])[ \t]*/;

/** The variables of a file. Lines that are none are passed over. */
export function readEnvFile(text: string): EnvEntry[] {
  const lines = text.split(/\r\n|\r|\n/);
  const entries: EnvEntry[] = [];
  for (let i = 0; i < lines.length; i++) {
    const start = START.exec(lines[i]!);
    if (!start) continue;
    const first = i;
    const column = start[0].length;
    const quoted = readQuoted(lines, i, column);
    if (quoted) i = quoted.line;
    entries.push({
      name: start[1]!,
      // A # ends a value without quotes wherever it stands. A quote that nothing closes is a character.
      value: quoted?.value ?? lines[i]!.slice(column).replace(/#.*$/, '').trim(),
      region: { startLine: first + 1, startColumn: 1, endLine: i + 1, endColumn: lines[i]!.length + 1 },
    });
  }
  return entries;
}

/** The value in quotes that begins in a column of a line, and the line where it ends. */
function readQuoted(
  lines: readonly string[],
  from: number,
  column: number,
): { value: string; line: number } | undefined {
  const quote = lines[from]![column];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const parts: string[] = [];
  for (let line = from; line < lines.length; line++) {
    const text = lines[line]!.slice(line === from ? column + 1 : 0);
    const end = text.search(quote === '"' ? /(?<!\\)"/ : quote);
    if (end < 0) {
      parts.push(text);
      continue;
    }
    const value = [...parts, text.slice(0, end)].join('\n');
    return { value: quote === '"' ? value.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : value, line };
  }
  return undefined;
}
