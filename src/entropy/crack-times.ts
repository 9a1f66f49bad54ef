// How long the guessing takes. One HS256 guess is two SHA-256 compressions and needs nothing but a token.
import type { CrackTime } from './types.js';

/** HS256 guesses a second of one card. */
const CARD_RATE = 4.2e9;
const SOURCE = 'hashcat 6.2.6, mode 16500, published for one RTX 4090';
/** SHA-512, on which HS384 and HS512 rest, is slower to guess by this factor. */
const SHA512_FACTOR = 2.55;

const CARDS = [
  ['one graphics card', 1],
  ['eight graphics cards', 8],
  ['10,000 graphics cards', 10_000],
  ['a million graphics cards', 1_000_000],
] as const;

/** Units of time by their English names, with their seconds, from large to small. */
export const TIME_UNITS = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Two digits: no estimate is better than that. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

export function durationText(seconds: number): string {
  const [name, size] = TIME_UNITS.find(([, size]) => seconds >= size) ?? ['', 0];
  if (size === 0) return 'at once';
  const count = rounded(seconds / size);
  if (count > 1e10) return 'longer than the universe is old';
  return `${count < 1e6 ? count : `10^${Math.round(Math.log10(count))}`} ${name}${count === 1 ? '' : 's'}`;
}

/** Average time for each attacker to find a secret of so many bits. */
export function crackTimes(bits: number): CrackTime[] {
  // 2^1000 guesses are as impossible as more, and finite in JSON.
  const guesses = 2 ** (Math.min(bits, 1000) - 1);
  return CARDS.map(([attacker, cards]) => {
    const guessesPerSecond = rounded(cards * CARD_RATE);
    const fast = guesses / guessesPerSecond;
    const slow = rounded(fast * SHA512_FACTOR);
    return {
      attacker,
      guessesPerSecond,
      source: `${cards > 1e5 ? 'assumption: ' : ''}${cards} × ${SOURCE}`,
      seconds: { HS256: rounded(fast), HS384: slow, HS512: slow },
      duration: durationText(fast),
    };
  });
}
