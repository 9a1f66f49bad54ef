// Walks over a QWERTY keyboard.
import { type AddSpan, lengthBits } from './spans.js';

const KEYBOARD_BITS = 10.5;
// Rows of 16, so that neighbours are 1, 15 or 16 places apart: the rows are staggered to the left.
const KEYS = "`1234567890-=    qwertyuiop[]\\   asdfghjkl;'     zxcvbnm,./";
const SHIFTED = '~!@#$%^&*()_+    QWERTYUIOP{}|   ASDFGHJKL:"     ZXCVBNM<>?';

/** Columns and zigzags people type as one piece, forwards and backwards. */
const LINES =
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/ qazwsxedcrfvtgbyhnujm 1q2w3e4r5t6y7u8i9o0p qwertyuiopasdfghjklzxcvbnm ';

/** How far apart neighbours are. */
const STEPS = [0, 1, 15, 16];

let lines: string | undefined;

/** Adds walks of four keys and more. */
export function addKeyboardSpans(text: string, lower: string, add: AddSpan): void {
  const shifts = [...text].map((key) => (SHIFTED.includes(key) ? 1 : 0));
  const places = [...text].map((key) => (key === ' ' ? -99 : Math.max(KEYS.indexOf(key), SHIFTED.indexOf(key))));
  lines ??= LINES + LINES.split('').reverse().join('');
  for (let start = 0; start + 3 < places.length; start++) {
    let bits = KEYBOARD_BITS;
    let direction = 0;
    for (let i = start + 1; i < places.length; i++) {
      const way = places[i]! - places[i - 1]!;
      if (!STEPS.includes(Math.abs(way)) || places[i]! < 0) break;
      bits += (way === direction ? 0.8 : 3.8) + (shifts[i] === shifts[i - 1] ? 0 : 3);
      direction = way;
      if (i > start + 2) add('keyboard', start, i + 1, bits);
    }
    let end = start + 4;
    const at = lines.indexOf(lower.slice(start, end));
    if (at < 0 || lower.slice(start, end).includes(' ')) continue;
    while (end < lower.length && lower[end] === lines[at + end - start] && lower[end] !== ' ') end++;
    add('keyboard', start, end, KEYBOARD_BITS + 2 + lengthBits(end - start - 3));
  }
}
