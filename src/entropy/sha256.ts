// SHA-256 (FIPS 180-4), synchronous: WebCrypto's is not, and an estimate is. Not for signatures.

let constants: readonly [rounds: Int32Array, start: Int32Array] | undefined;

/** FIPS 180-4 §4.2.2 and §5.3.3: the fractions of the cube and square roots of the first primes. */
function makeConstants(): readonly [Int32Array, Int32Array] {
  const rounds = new Int32Array(64);
  const start = new Int32Array(8);
  let count = 0;
  for (let n = 2; count < 64; n++) {
    let prime = true;
    for (let factor = 2; factor * factor <= n; factor++) prime &&= n % factor !== 0;
    if (!prime) continue;
    if (count < 8) start[count] = (n ** (1 / 2) % 1) * 2 ** 32;
    rounds[count++] = (n ** (1 / 3) % 1) * 2 ** 32;
  }
  return [rounds, start];
}

/** Hashes the bytes; 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  constants ??= makeConstants();
  const [rounds, start] = constants;
  const blocks = (bytes.length + 72) >> 6;
  const view = new DataView(new ArrayBuffer(blocks * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(blocks * 64 - 4, bytes.length << 3);
  const state = start.slice();
  const schedule = new Int32Array(64);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        schedule[i] = view.getInt32(block * 64 + i * 4);
        continue;
      }
      const x = schedule[i - 15]!;
      const y = schedule[i - 2]!;
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      schedule[i] = schedule[i - 16]! + low + schedule[i - 7]! + high;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const first = (h + high + ((e & f) ^ (~e & g)) + rounds[i]! + schedule[i]!) | 0;
      const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i]! += value;
    });
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => {
    digest.setInt32(i * 4, value);
  });
  return new Uint8Array(digest.buffer);
}
