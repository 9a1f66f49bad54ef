// How long the guessing takes. One HS256 guess is two SHA-256 compressions and needs nothing but a token.
import type { HmacAlgorithm } from '../keys/algorithms.js';
import type { CrackTime } from './types.js';

interface Attacker {
  readonly name: string;
  /** HS256 guesses a second. */
  readonly rate: number;
  readonly source: string;
}

const MEASURED = 'hashcat 6.2.6, mode 16500, published for one RTX 4090';
const ATTACKERS: readonly Attacker[] = [
  { name: 'one graphics card', rate: 4.2e9, source: MEASURED },
  { name: 'eight graphics cards', rate: 3.4e10, source: `8 × ${MEASURED}` },
  { name: '10,000 graphics cards', rate: 4.2e13, source: `10,000 × ${MEASURED}` },
  { name: 'a million graphics cards', rate: 4.2e15, source: `assumption: 1,000,000 × ${MEASURED}` },
];

/** SHA-512, on which HS384 and HS512 rest, is slower to guess by this factor. */
const SHA512_FACTOR = 2.55;

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** Two digits: no estimate is better than that. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

export function durationText(seconds: number): string {
  if (seconds < 1) return 'at once';
  if (seconds > 1e18) return 'longer than the universe is old';
  const [name, size] = UNITS.find(([, size]) => seconds >= size)!;
  const count = rounded(seconds / size);
  if (count >= 1e6) return `10^${Math.round(Math.log10(count))} ${name}s`;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** Average time for each attacker to find a secret of so many bits. */
export function crackTimes(bits: number): CrackTime[] {
  // 2^1000 guesses are as impossible as more, and finite in JSON.
  const guesses = 2 ** (Math.min(bits, 1000) - 1);
  return ATTACKERS.map(({ name, rate, source }) => {
    const fast = guesses / rate;
    const slow = rounded(fast * SHA512_FACTOR);
    const seconds: Record<HmacAlgorithm, number> = { HS256: rounded(fast), HS384: slow, HS512: slow };
    return { attacker: name, guessesPerSecond: rate, source, seconds, duration: durationText(fast) };
  });
}
