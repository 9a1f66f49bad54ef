// RFC 7515, appendix A: the examples of JWS.

import { describe, expect, it } from 'vitest';
import { JwtError } from '../../src/errors.js';
import type { JwsHeader } from '../../src/jws/header.js';
import { signCompact, verifyCompact } from '../../src/jws/index.js';
import { key } from '../../src/keys/index.js';

const PAYLOAD = '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}';
const PAYLOAD_SEGMENT =
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

const HMAC_KEY = {
  kty: 'oct',
  k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
};
const RSA_KEY = {
  kty: 'RSA',
  n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
  e: 'AQAB',
  d: 'Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ',
  p: '4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc',
  q: 'uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc',
  dp: 'BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0',
  dq: 'h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU',
  qi: 'IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U',
};
const P256_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
};
const P521_KEY = {
  kty: 'EC',
  crv: 'P-521',
  x: 'AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk',
  y: 'ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2',
  d: 'AY5pb7A0UFiB3RELSD64fTLOSV_jazdF7fLYyuTw8lOfRhWg6Y6rUrPAxerEzgdRhajnu0ferB0d53vM9mE15j2C',
};

const HS256_TOKEN = `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${PAYLOAD_SEGMENT}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`;
const RS256_SIGNATURE =
  'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw';
const RS256_TOKEN = `eyJhbGciOiJSUzI1NiJ9.${PAYLOAD_SEGMENT}.${RS256_SIGNATURE}`;
const ES256_SIGNATURE = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
const ES256_TOKEN = `eyJhbGciOiJFUzI1NiJ9.${PAYLOAD_SEGMENT}.${ES256_SIGNATURE}`;
const ES512_TOKEN =
  'eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn';
const UNSECURED_TOKEN = `eyJhbGciOiJub25lIn0.${PAYLOAD_SEGMENT}.`;

const { d: _rsa, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...RSA_PUBLIC } = RSA_KEY;
const { d: _p256, ...P256_PUBLIC } = P256_KEY;
const { d: _p521, ...P521_PUBLIC } = P521_KEY;

const secret = await key('HS256').secret({ jwk: HMAC_KEY });
const rs256 = await key('RS256').public({ jwk: RSA_PUBLIC });
const es256 = await key('ES256').public({ jwk: P256_PUBLIC });
const es512 = await key('ES512').public({ jwk: P521_PUBLIC });

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const read = async (token: string, verifying: Parameters<typeof verifyCompact>[1]): Promise<[JwsHeader, string]> => {
  const { header, payload } = await verifyCompact(token, verifying);
  return [header, text(payload)];
};

describe('RFC 7515 appendix A', () => {
  // The header holds white space, which our signer never writes: it can be verified, not reproduced.
  it('A.1, HS256', async () => {
    expect(await read(HS256_TOKEN, secret)).toEqual([{ typ: 'JWT', alg: 'HS256' }, PAYLOAD]);
  });

  it('A.2, RS256: verified, and reproduced', async () => {
    expect(await read(RS256_TOKEN, rs256)).toEqual([{ alg: 'RS256' }, PAYLOAD]);
    const signing = await key('RS256').private({ jwk: RSA_KEY });
    expect(await signCompact(new TextEncoder().encode(PAYLOAD), signing)).toBe(RS256_TOKEN);
  });

  it('A.3, ES256', async () => {
    expect(await read(ES256_TOKEN, es256)).toEqual([{ alg: 'ES256' }, PAYLOAD]);
    const signing = await key('ES256').private({ jwk: P256_KEY });
    const token = await signCompact(new TextEncoder().encode(PAYLOAD), signing);
    expect(token.slice(0, token.lastIndexOf('.'))).toBe(ES256_TOKEN.slice(0, ES256_TOKEN.lastIndexOf('.')));
    expect(await read(token, es256)).toEqual([{ alg: 'ES256' }, PAYLOAD]);
  });

  it('A.4, ES512', async () => {
    expect(await read(ES512_TOKEN, es512)).toEqual([{ alg: 'ES512' }, 'Payload']);
    const signing = await key('ES512').private({ jwk: P521_KEY });
    expect(await read(await signCompact(new TextEncoder().encode('Payload'), signing), es512)).toEqual([
      { alg: 'ES512' },
      'Payload',
    ]);
  });

  it('A.5, unsecured: refused', async () => {
    for (const verifying of [secret, rs256, es256, [secret, rs256, es512]])
      await expect(verifyCompact(UNSECURED_TOKEN, verifying)).rejects.toMatchObject({
        constructor: JwtError,
        code: 'ERR_JWT_ALGORITHM',
      });
  });

  it.each([
    [
      'A.6, general JSON serialisation',
      {
        payload: PAYLOAD_SEGMENT,
        signatures: [
          { protected: 'eyJhbGciOiJSUzI1NiJ9', header: { kid: '2010-12-29' }, signature: RS256_SIGNATURE },
          {
            protected: 'eyJhbGciOiJFUzI1NiJ9',
            header: { kid: 'e9bc097a-ce51-4036-9562-d2ade882db0d' },
            signature: ES256_SIGNATURE,
          },
        ],
      },
    ],
    [
      'A.7, flattened JSON serialisation',
      {
        payload: PAYLOAD_SEGMENT,
        protected: 'eyJhbGciOiJFUzI1NiJ9',
        header: { kid: 'e9bc097a-ce51-4036-9562-d2ade882db0d' },
        signature: ES256_SIGNATURE,
      },
    ],
  ])('%s: refused', async (_, jws) => {
    for (const token of [jws, JSON.stringify(jws), JSON.stringify(jws, null, 2)])
      await expect(verifyCompact(token as string, [rs256, es256])).rejects.toMatchObject({
        constructor: JwtError,
        code: 'ERR_JWT_MALFORMED',
      });
  });

  // Appendix E: an extension that no implementation knows.
  it('E, negative test case for crit: refused', async () => {
    const token =
      'eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.';
    await expect(verifyCompact(token, secret)).rejects.toMatchObject({
      constructor: JwtError,
      code: 'ERR_JWT_CRITICAL',
    });
  });
});
