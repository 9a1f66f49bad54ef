import { parseArgs } from 'node:util';
import { parseDuration } from '../encoding/duration.js';
import { usage } from './exit.js';

/** An option of a command, as parsed and as shown by `--help`. */
export interface OptionSpec {
  /** What stands for the value in the help; an option without one is a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly multiple?: true;
  readonly help: string;
}

/** Options by name, without the two dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** Understood by every command. */
export const COMMON_OPTIONS: OptionTable = {
  json: { help: 'print the result as JSON' },
  help: { help: 'show this' },
};

/** A command line that has been read. Messages name options, never what was given for them. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option; of a switch an empty text. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** All values of an option; empty when it was not given. */
  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The value of an option that takes one of a few. */
  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined || (choices as readonly string[]).includes(value)) return value as T | undefined;
    throw usage(`--${name} takes one of ${choices.join(', ')}`);
  }

  /** The value of an option that takes a duration, in seconds. */
  seconds(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,9}[smhd]$/.test(value)) throw usage(`--${name} takes digits and a unit: 90s, 15m, 1h, 30d`);
    return parseDuration(value, name);
  }

  /** The name of a file to write. */
  outputFile(name: string): string | undefined {
    const path = this.text(name);
    if (path === '' || path === '-')
      throw usage(`--${name} needs the name of a file; without it, standard output is used`);
    return path;
  }

  /** The only one of some options that was given. */
  only(...names: readonly string[]): string | undefined {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) throw usage(`pass one of ${given.map((name) => `--${name}`).join(' and ')}, not both`);
    return given[0];
  }
}

/** Reads the words after the command's name. */
export function readArguments(words: readonly string[], table: OptionTable): Arguments {
  const known = { ...table, ...COMMON_OPTIONS };
  const { tokens } = parseArgs({
    args: [...words],
    options: {
      ...Object.fromEntries(
        Object.entries(known).map(([name, { value }]) => [name, { type: value ? ('string' as const) : 'boolean' }]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
    // Not strict: what it says of a mistake may repeat a value.
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, value } = token;
    const spec = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!spec) throw usage(`unknown option${suggestion(`--${name}`, dashed(known))}: see --help`);
    if (spec.value && value === undefined) throw usage(`--${name} needs a value: --${name} ${spec.value}`);
    if (!spec.value && value !== undefined) throw usage(`--${name} takes no value`);
    // A word that begins with a dash is more likely the next option than a value.
    if (value !== undefined && !token.inlineValue && /^-./.test(value))
      throw usage(`--${name} needs a value; one that begins with a dash is written --${name}=VALUE`);
    const earlier = values.get(name);
    if (earlier && !spec.multiple) throw usage(`--${name} was given twice`);
    if (earlier) earlier.push(value ?? '');
    else values.set(name, [value ?? '']);
  }
  return new Arguments(positionals, values);
}

function dashed(table: OptionTable): string[] {
  return Object.keys(table).map((name) => `--${name}`);
}

/** Which known name may have been meant. The wrong one is not repeated: it may be a value that begins with dashes. */
export function suggestion(wrong: string, known: readonly string[]): string {
  const [best] = known
    .map((name) => ({ name, distance: editDistance(wrong.slice(0, 40), name) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= 2 ? `, did you mean ${best.name}?` : '';
}

/** Levenshtein's distance: how many letters have to be changed, added or removed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
