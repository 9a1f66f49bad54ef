import { readDer } from '../../encoding/der.js';

/** r and s of a signature that is DER (RFC 3279 §2.2.3); `undefined` when it is none. */
export function derNumbers(signature: Uint8Array): Uint8Array[] | undefined {
  const [sequence, rest] = readDer(signature) ?? [];
  const numbers = sequence?.tag === 0x30 && !rest ? readDer(sequence.content) : undefined;
  const isPair = numbers?.length === 2 && numbers.every(({ tag }) => tag === 2);
  return isPair ? numbers.map(({ content }) => content) : undefined;
}
