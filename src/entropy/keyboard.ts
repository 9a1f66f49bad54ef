// Walks over a QWERTY keyboard.
import { ANNOUNCE, lengthBits, type SpanTable } from './spans.js';

// Rows are written so that neighbours differ by at most one row and one column.
const ROWS = ['`1234567890-=', ' qwertyuiop[]\\', " asdfghjkl;'", ' zxcvbnm,./'];
const SHIFTED = ['~!@#$%^&*()_+', '          {}|', '          :"', '        <>?'];

/** Columns and zigzags people type as one piece; each may also be typed backwards. */
const LINES = [
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  'qazwsxedcrfvtgbyhnujmikolp',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7,ki8',
  '1qazxsw23edcvfr45tgbnhy67ujm',
  'zaq12wsxcde34rfvbgt56yhnmju78ik,',
  '1q2w3e4r5t6y7u8i9o0p',
  'qawsedrftgyhujikolp',
  'qwertyuiopasdfghjklzxcvbnm',
];

interface Keyboard {
  /** For each ASCII character row × 16 + column, plus 64 where it needs the shift key; -1 for none. */
  readonly keys: Int16Array;
  readonly lines: string;
}

let keyboard: Keyboard | undefined;

function makeKeyboard(): Keyboard {
  const keys = new Int16Array(128).fill(-1);
  ROWS.forEach((row, y) => {
    [...row].forEach((character, x) => {
      if (character === ' ') return;
      keys[character.charCodeAt(0)] = y * 16 + x;
      const upper = character.toUpperCase();
      if (upper !== character) keys[upper.charCodeAt(0)] = y * 16 + x + 64;
      const shifted = SHIFTED[y]![x];
      if (shifted !== undefined && shifted !== ' ') keys[shifted.charCodeAt(0)] = y * 16 + x + 64;
    });
  });
  const lines = LINES.join(' ');
  return { keys, lines: `${lines} ${[...lines].reverse().join('')}` };
}

/** The way from one key to a neighbour, 0 to 8 with 4 for staying; -1 when they are apart. */
function direction(from: number, to: number): number {
  const rows = ((to & 63) >> 4) - ((from & 63) >> 4);
  const columns = (to & 15) - (from & 15);
  // The rows are staggered: going up leads straight or right, going down straight or left.
  if (Math.abs(columns) > 1 || Math.abs(rows) > 1 || (rows !== 0 && rows === columns)) return -1;
  return (rows + 1) * 3 + columns + 1;
}

/** Adds walks of four keys and more. */
export function addKeyboardSpans(text: string, lower: string, table: SpanTable): void {
  keyboard ??= makeKeyboard();
  const { keys, lines } = keyboard;
  for (let start = 0; start + 3 < text.length; start++) {
    addWalk(text, start, keys, table);
    addLine(lower, start, lines, table);
  }
}

function addWalk(text: string, start: number, keys: Int16Array, table: SpanTable): void {
  let bits = ANNOUNCE.keyboard + 5.6;
  let before = keys[text.charCodeAt(start)] ?? -1;
  let last = -1;
  for (let i = start + 1; i < text.length && before >= 0; i++) {
    const key = keys[text.charCodeAt(i)] ?? -1;
    const way = key < 0 ? -1 : direction(before, key);
    if (way < 0) return;
    bits += way === last ? 0.8 : 4;
    if ((key ^ before) & 64) bits += 3;
    before = key;
    last = way;
    if (i - start > 2) table.add('keyboard', start, i + 1, bits + 1);
  }
}

function addLine(lower: string, start: number, lines: string, table: SpanTable): void {
  let end = start + 4;
  const at = lines.indexOf(lower.slice(start, end));
  if (at < 0 || lower.slice(start, end).includes(' ')) return;
  while (end < lower.length && lower[end] === lines[at + end - start] && lower[end] !== ' ') end++;
  table.add('keyboard', start, end, ANNOUNCE.keyboard + 8 + lengthBits(end - start - 3));
}
