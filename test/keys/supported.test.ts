import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Algorithm } from '../../src/keys/algorithms.js';
import { supportedAlgorithms } from '../../src/keys/supported.js';
import { ALL } from './fixtures.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const withoutMlDsa = ALL.filter((name) => !name.startsWith('ML-DSA'));

describe('supportedAlgorithms', () => {
  it('names the algorithms of this runtime, in the order of the table', async () => {
    const expected: Algorithm[] = [];
    for (const name of ALL) {
      const probe = name.startsWith('ML-DSA')
        ? crypto.subtle.generateKey({ name }, false, ['sign', 'verify']).then(
            () => true,
            () => false,
          )
        : true;
      if (await probe) expected.push(name);
    }
    expect(await supportedAlgorithms()).toEqual(expected);
  });

  it('leaves out what the runtime does not know', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation(async (...args: unknown[]) => {
      const { name } = args[2] as { name: string };
      throw new DOMException('', name.startsWith('ML-DSA') ? 'NotSupportedError' : 'DataError');
    });
    expect(await supportedAlgorithms()).toEqual(withoutMlDsa);
  });

  it('takes any other answer for knowledge', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    importKey.mockResolvedValue({} as CryptoKey);
    expect(await supportedAlgorithms()).toEqual(ALL);
    importKey.mockRejectedValue(new TypeError());
    expect(await supportedAlgorithms()).toEqual(ALL);
  });

  it('returns a list of its own each time', async () => {
    (await supportedAlgorithms()).length = 0;
    expect(await supportedAlgorithms()).toContain('HS256');
  });
});
