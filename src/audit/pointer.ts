/** Longest member name that goes into a pointer: what is longer is data, not a name. */
const LONGEST_NAME = 64;

/**
 * A JSON Pointer (RFC 6901) below a path: `pointer('/token/claims', 'a/b')` is `/token/claims/a~1b`.
 *
 * A name of over 64 characters, or with characters that cannot be shown, is replaced by `*`.
 *
 * @example
 * ```ts
 * import { pointer } from 'jwtight/audit';
 *
 * console.log(pointer('/token/claims', 'https://example.com/roles', 0)); // /token/claims/https:~1~1example.com~1roles/0
 * ```
 */
export function pointer(path: string, ...names: readonly (string | number)[]): string {
  return names.reduce<string>((sum, name) => `${sum}/${token(String(name))}`, path);
}

function token(name: string): string {
  if (name.length > LONGEST_NAME || /[\p{C}\p{Zl}\p{Zp}]/u.test(name)) return '*';
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
