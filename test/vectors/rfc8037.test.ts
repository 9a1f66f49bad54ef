// RFC 8037, appendix A.1–A.5: Ed25519 in JOSE.

import { describe, expect, it } from 'vitest';
import { signCompact, verifyCompact } from '../../src/jws/index.js';
import { exportJwk, key, thumbprint } from '../../src/keys/index.js';

// A.1
const PRIVATE = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};
// A.2
const PUBLIC = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
// A.4
const TOKEN =
  'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
const PAYLOAD = new TextEncoder().encode('Example of Ed25519 signing');

describe('RFC 8037 appendix A', () => {
  it('A.1 and A.2, the key', async () => {
    const privateKey = await key('EdDSA').extractable().private({ jwk: PRIVATE });
    expect(await exportJwk(privateKey)).toEqual({ ...PRIVATE, alg: 'EdDSA', use: 'sig' });
    expect(await exportJwk(await key('EdDSA').public({ jwk: PUBLIC }))).toEqual({
      ...PUBLIC,
      alg: 'EdDSA',
      use: 'sig',
    });
  });

  it('A.3, the thumbprint', async () => {
    expect(await thumbprint(await key('EdDSA').public({ jwk: PUBLIC }))).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
  });

  it('A.4, signing: reproduced', async () => {
    expect(await signCompact(PAYLOAD, await key('EdDSA').private({ jwk: PRIVATE }))).toBe(TOKEN);
  });

  it('A.5, validation', async () => {
    const publicKey = await key('EdDSA').public({ jwk: PUBLIC });
    const { header, payload } = await verifyCompact(TOKEN, publicKey);
    expect(header).toEqual({ alg: 'EdDSA' });
    expect(payload).toEqual(PAYLOAD);
  });

  // RFC 9864 §2.2: the same key under its exact name makes the same signature under another header.
  it('and not under the name Ed25519', async () => {
    await expect(verifyCompact(TOKEN, await key('Ed25519').public({ jwk: PUBLIC }))).rejects.toMatchObject({
      code: 'ERR_JWT_ALGORITHM',
    });
  });
});
