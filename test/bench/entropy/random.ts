// Reproducible randomness: sfc32, seeded from the command line.

export interface Random {
  /** 32 random bits. */
  word(): number;
  /** A number from 0 up to, but not including, the limit. */
  below(limit: number): number;
  pick<T>(items: ArrayLike<T>): T;
  chance(probability: number): boolean;
}

export function seeded(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9 ^ seed, 0x243f6a88, 0xb7e15162 + seed, 1];
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 20; i++) word();
  const below = (limit: number): number => Math.floor((word() / 2 ** 32) * limit);
  return {
    word,
    below,
    pick: (items) => items[below(items.length)]!,
    chance: (probability) => word() / 2 ** 32 < probability,
  };
}
