import { JwtConfigError } from '../errors.js';
import { isObject } from './json.js';

/**
 * Checks that options are an object with known names and no `undefined` value, such as an unset variable leaves.
 *
 * @throws JwtConfigError naming what is known, or the option that is undefined.
 */
export function checkOptions(options: unknown, known: readonly string[], what: string): void {
  if (!isObject(options)) throw new JwtConfigError(`${what} takes an object of options`);
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw new JwtConfigError(`unknown option for ${what}: it knows ${known.join(', ')}`);
    if (value === undefined) throw new JwtConfigError(`${name} is undefined: leave it out, or set it`);
  }
}
