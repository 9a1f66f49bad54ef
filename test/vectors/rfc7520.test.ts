// RFC 7520, sections 4.1–4.4: signing, from the cookbook's own files.

import { describe, expect, it } from 'vitest';
import { signCompact, verifyCompact } from '../../src/jws/index.js';
import { type Algorithm, type AsymmetricAlgorithm, type Jwk, key } from '../../src/keys/index.js';
import { haveVectors, note, readVectors } from './folder.js';

interface Example {
  readonly title: string;
  readonly reproducible?: boolean;
  readonly input: { readonly payload: string; readonly key: Jwk; readonly alg: Algorithm };
  readonly signing: { readonly protected: object; readonly 'sig-input': string };
  readonly output: { readonly compact: string; readonly json: object; readonly json_flat: object };
}

const FILES = [
  '4_1.rsa_v15_signature.json',
  '4_2.rsa-pss_signature.json',
  '4_3.ecdsa_signature.json',
  '4_4.hmac-sha2_integrity_protection.json',
  // RFC 8037 A.4 in the same form.
  'jws.json',
];

/** The public half, by the members of RFC 7518 §6. */
function publicHalf({ d, p, q, dp, dq, qi, ...jwk }: Jwk): Jwk {
  return jwk;
}

async function importBoth(alg: Algorithm, jwk: Jwk) {
  if (jwk.kty === 'oct') {
    const secret = await key(alg as 'HS256').secret({ jwk });
    return { signing: secret, verifying: secret };
  }
  const builder = key(alg as AsymmetricAlgorithm);
  return { signing: await builder.private({ jwk }), verifying: await builder.public({ jwk: publicHalf(jwk) }) };
}

describe.skipIf(!haveVectors)(`RFC 7520 section 4${note}`, () => {
  it.each(FILES)('%s', async (file) => {
    const { input, signing, output, reproducible } = readVectors<Example>('rfc7520', file);
    const payload = new TextEncoder().encode(input.payload);
    const ours = await importBoth(input.alg, input.key);

    const verified = await verifyCompact(output.compact, ours.verifying);
    expect(verified.payload).toEqual(payload);
    expect(verified.header).toEqual(signing.protected);

    const token = await signCompact(payload, ours.signing);
    expect(token.slice(0, token.lastIndexOf('.'))).toBe(signing['sig-input']);
    if (reproducible) expect(token).toBe(output.compact);
    else expect(token).not.toBe(output.compact);
    expect((await verifyCompact(token, ours.verifying)).payload).toEqual(payload);

    for (const other of [output.json, output.json_flat])
      for (const jws of [other, JSON.stringify(other)])
        await expect(verifyCompact(jws as string, ours.verifying)).rejects.toMatchObject({ code: 'ERR_JWT_MALFORMED' });
  });

  it('reproduces those that can be', () => {
    const reproducible = FILES.filter((file) => readVectors<Example>('rfc7520', file).reproducible);
    expect(reproducible).toEqual([FILES[0], FILES[3], FILES[4]]);
  });
});
