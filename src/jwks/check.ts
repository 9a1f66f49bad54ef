import { JwtConfigError } from '../errors.js';

/** @throws JwtConfigError with the message, unless the condition holds. */
export function check(condition: unknown, message: string): void {
  if (!condition) throw new JwtConfigError(message);
}
