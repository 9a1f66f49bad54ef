import type { Output } from './io.js';
import { visible, visibleJson } from './safe-text.js';
import { timeInWords } from './time-words.js';

/** The claims that are times, and what they tell. */
const TIMES: Readonly<Record<string, string>> = {
  iat: 'issued',
  nbf: 'not before',
  exp: 'expires',
  auth_time: 'logged in',
};

/** Prints header and claims of a token, with its times in words. */
export function printToken(
  output: Output,
  { header, claims }: { readonly header: object; readonly claims: object },
  now: number,
): void {
  for (const [title, value] of Object.entries({ Header: header, Claims: claims })) {
    output.line(output.paint('bold', title));
    output.line(visibleJson(value));
    output.line();
  }
  const times = Object.entries(claims).filter(([name]) => Object.hasOwn(TIMES, name));
  if (times.length === 0) return;
  for (const [name, value] of times) {
    output.line(`${TIMES[name]!.padEnd(10)}  ${timeInWords(value, now)} ${output.paint('dim', `(${visible(name)})`)}`);
  }
  output.line();
}
