import { JwtConfigError } from '../errors.js';
import { isObject } from './json.js';

/**
 * Checks that options are an object with known names and no `undefined` value, such as an unset variable leaves.
 *
 * @returns a copy of the options themselves: nothing that Object.prototype may have been given is among them.
 * @throws JwtConfigError naming what is known, or the option that is undefined.
 */
export function checkOptions<T extends object>(options: T, known: readonly string[], what: string): T {
  if (!isObject(options)) throw new JwtConfigError(`${what} takes an object of options`);
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw new JwtConfigError(`unknown option for ${what}: it knows ${known.join(', ')}`);
    if (value === undefined) throw new JwtConfigError(`${name} is undefined: leave it out, or set it`);
  }
  return Object.assign(Object.create(null), options);
}
