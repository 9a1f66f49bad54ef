// What came from outside is printed without anything that steers a terminal or turns a line round (CWE-150).

/** Controls, bidirectional and other format characters, line and paragraph separators, surrogates, unassigned. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  // Astral ones have two code units, and JSON an escape for each.
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** A text with everything that cannot be seen written as `\u001b`. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** A value as JSON on lines of its own, still JSON and good for any terminal. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => visible(line))
    .join('\n');
}
