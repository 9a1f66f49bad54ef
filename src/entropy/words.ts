// Words in a text: plain, in any case, leet, reversed, with an ending.
import { bucket, type Lexicon } from './lexicon.js';
import { type AddSpan, isUpper, letterOf } from './spans.js';

const ENDING_BITS = 3.5;
const REVERSED_BITS = 4;
/** Once for spelling a word in leet, and for each character that stands in. */
const LEET_BITS = 2;
const LEET_CHARACTER_BITS = 0.7;
const LEET = '4@310!5$7+89';
const LEET_LETTERS = 'aaeioissttbg';
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'er', 'r', 'ly', 'y'];
/** Endings that take a letter of the word away: making, parties. */
const REPLACING = { ing: 'e', ies: 'y' };

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** How the writer joins and capitalises words: paid once per text, so each word pays a part. */
function styleOf(text: string): { separator: string; joined: number; unjoined: number; cases: number[] } {
  let separator = '';
  let most = 0;
  for (const symbol of new Set(text.match(/[ -/:-@[-`{-~]/g))) {
    const uses = text.split(symbol).length - 1;
    if (uses > most) [separator, most] = [symbol, uses];
  }
  const cases = [/(?:^|[^A-Za-z])[a-z]/g, /[A-Z][a-z]/g, /[A-Z]{2,}/g].map((pattern) => count(text, pattern) + 1.2);
  const all = cases[0]! + cases[1]! + cases[2]!;
  return {
    separator,
    // The choice of the character is spread over its uses.
    joined: 0.3 + 4 / most,
    unjoined: most > 1 ? 2 : 0.5,
    cases: cases.map((uses) => Math.log2(all / uses)),
  };
}

function caseBits(piece: string, cases: readonly number[]): number {
  if (!/[A-Z]/.test(piece)) return cases[0]!;
  if (!/.[A-Z]/.test(piece)) return cases[1]!;
  return /[a-z]/.test(piece) ? 3 + Math.min(piece.length, 2 * count(piece, /[A-Z]+/g)) : cases[2]!;
}

function isEdge(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return letterOf(before) === 0 || letterOf(after) === 0 || (!isUpper(before) && isUpper(after));
}

/** Adds every word of the text. */
export function addWordSpans(text: string, lower: string, { words, longest }: Lexicon, add: AddSpan): void {
  const { length } = text;
  const { separator, joined, unjoined, cases } = styleOf(text);

  const addWord = (start: number, end: number, list: number, extra: number): void => {
    const bits = extra + caseBits(text.slice(start, end), cases);
    add('word', start, end, bits + (end < length ? unjoined : 0), list);
    if (text[end] === separator) add('word', start, end + 1, bits + joined, list);
  };
  /** Finds the words of a spelling of the text; `extra` is what the spelling costs, below 0 when it is none. */
  const find = (spelling: string, extra: (start: number, end: number) => number, reversed = false): void => {
    for (let start = 0; start < length; start++) {
      const last = Math.min(length, start + longest[bucket(spelling, start)]!);
      for (let end = start + 3; end <= last; end++) {
        const piece = spelling.slice(start, end);
        const list = words.get(piece);
        if (list !== undefined) {
          const bits = extra(start, end);
          if (reversed) addWord(length - end, length - start, list, bits);
          else if (bits >= 0) {
            addWord(start, end, list, bits);
            for (const ending of ENDINGS) {
              if (spelling.startsWith(ending, end)) addWord(start, end + ending.length, list, bits + ENDING_BITS);
            }
          }
        }
        if (reversed) continue;
        for (const [ending, letter] of Object.entries(REPLACING)) {
          if (!spelling.startsWith(ending, end)) continue;
          const whole = words.get(piece + letter);
          if (whole !== undefined) addWord(start, end + 3, whole, ENDING_BITS);
        }
      }
    }
  };

  find(lower, () => 0);
  // Words of one or two letters only where a word can begin and end: elsewhere they are noise.
  for (let start = 0; start < length; start++) {
    if (!isEdge(text, start)) continue;
    for (const end of [start + 1, start + 2]) {
      const list = end <= length && isEdge(text, end) ? words.get(lower.slice(start, end)) : undefined;
      if (list !== undefined) addWord(start, end, list, 0);
    }
  }
  for (const one of 'il') {
    const plain = [...lower].map((c) => (c === '1' ? one : (LEET_LETTERS[LEET.indexOf(c)] ?? c))).join('');
    if (plain === lower || (one === 'l' && !lower.includes('1'))) continue;
    find(plain, (start, end) => {
      let swapped = 0;
      for (let i = start; i < end; i++) if (plain[i] !== lower[i]) swapped++;
      // All digits or symbols is a number, not a word in disguise.
      return swapped > 0 && swapped < end - start ? LEET_BITS + LEET_CHARACTER_BITS * swapped : -1;
    });
  }
  find(lower.split('').reverse().join(''), () => REVERSED_BITS, true);
}
