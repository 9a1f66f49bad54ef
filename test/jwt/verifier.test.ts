import { describe, expect, it, vi } from 'vitest';
import { createVerifier, JwtConfigError, JwtError, key, sign, type VerificationKey } from '../../src/index.js';
import {
  AUDIENCE,
  CLAIMS,
  caught,
  clock,
  hs256,
  ISSUER,
  NOW,
  nodePair,
  rawToken,
  refusal,
  secretKey,
  signer,
  spkiPem,
  token,
  verifier,
} from './support.js';

describe('verify and verify.safe', () => {
  const verify = verifier();

  it('return claims, header and key', async () => {
    const text = token({ ...CLAIMS, roles: ['a', { b: null }] }, { alg: 'HS256', typ: 'JWT', x: [1] });
    const expected = {
      claims: { ...CLAIMS, roles: ['a', { b: null }] },
      header: { alg: 'HS256', typ: 'JWT', x: [1] },
      key: secretKey,
    };
    const result = await verify(text);
    expect(result).toEqual(expected);
    expect(result.key).toBe(secretKey);
    expect(await verify.safe(text)).toEqual({ ok: true, ...expected });
  });

  it('throw and return the same refusal', async () => {
    const bad = token({ ...CLAIMS, exp: 5 });
    await expect(verify(bad)).rejects.toThrow(JwtError);
    expect(await verify.safe(bad)).toEqual({
      ok: false,
      error: expect.objectContaining({ code: 'ERR_JWT_EXPIRED', claim: 'exp' }),
    });
  });

  it('always give a promise, whatever they are called with', () => {
    for (const given of [undefined, null, 5, '', 'a.b.c']) {
      const [thrown, safe] = [verify(given as string), verify.safe(given as string)];
      expect(thrown).toBeInstanceOf(Promise);
      expect(safe).toBeInstanceOf(Promise);
      thrown.catch(() => undefined);
    }
  });

  it('do not need their verifier as `this`', async () => {
    const { safe, policy } = verify;
    expect(await safe(token())).toMatchObject({ ok: true });
    expect(policy.issuer).toBe(ISSUER);
    expect(await Promise.all([token(), token()].map(verify))).toHaveLength(2);
  });

  it('the header is frozen, all the way down', async () => {
    const { header } = await verify(token(CLAIMS, { alg: 'HS256', x: { y: [{}] } }));
    const { x } = header as { x?: { y: object[] } };
    for (const part of [header, x, x?.y, x?.y[0]]) expect(Object.isFrozen(part)).toBe(true);
  });

  it('each call has claims of its own', async () => {
    const first = await verify(token());
    Object.assign(first.claims, { sub: 'admin' });
    expect((await verify(token())).claims.sub).toBe('user-42');
  });

  it('a clock that is broken is the mistake of the caller, and lets nothing through', async () => {
    for (const answer of [Number.NaN, undefined, Infinity, '']) {
      const broken = verifier({ clock: () => answer });
      const result = await caught(() => broken(token()));
      // '' counts as 1970: the token was then issued in the future.
      expect(result).toBeInstanceOf(answer === '' ? JwtError : JwtConfigError);
      expect(await caught(() => broken.safe(token()).then(({ ok }) => expect(ok).toBe(false)))).toEqual(
        answer === '' ? 'nothing was thrown' : expect.any(JwtConfigError),
      );
    }
  });
});

describe('the order of things: nothing is told of a token whose signature is wrong', () => {
  const wrong = (payload: string, header = '{"alg":"HS256"}') => rawToken(header, payload, () => new Uint8Array(32));

  it.each([
    ['expired', JSON.stringify({ ...CLAIMS, exp: 5 })],
    ['for somebody else', JSON.stringify({ ...CLAIMS, aud: 'x' })],
    ['without claims', '{}'],
    ['malformed', '{"exp":5,"exp":5}'],
    ['not JSON', 'x'],
  ])('a payload that is %s', async (_, payload) => {
    expect(await refusal(verifier(), wrong(payload))).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
  });

  it('a typ that is wrong', async () => {
    expect(await refusal(verifier(), wrong('{}', '{"alg":"HS256","typ":"x"}'))).toMatchObject({
      code: 'ERR_JWT_SIGNATURE',
    });
  });

  it('then the type, then the claims', async () => {
    expect(await refusal(verifier(), rawToken('{"alg":"HS256","typ":"x"}', 'not JSON'))).toMatchObject({
      code: 'ERR_JWT_TYPE',
    });
    expect(await refusal(verifier(), rawToken('{"alg":"HS256"}', 'not JSON'))).toMatchObject({
      code: 'ERR_JWT_MALFORMED',
    });
  });

  it('every wrong signature has the same error', async () => {
    const verify = verifier({ keys: await key('ES256').public({ pem: spkiPem(nodePair('P-256').publicKey) }) });
    const sign = (bytes: Uint8Array) => rawToken('{"alg":"ES256"}', JSON.stringify(CLAIMS), () => bytes);
    const messages = [new Uint8Array(64), new Uint8Array(64).fill(1), new Uint8Array(), new Uint8Array(70)].map(
      async (bytes) => {
        const { code, message, cause } = await refusal(verify, sign(bytes));
        return `${code} ${message} ${cause}`;
      },
    );
    expect(new Set(await Promise.all(messages)).size).toBe(1);
  });
});

describe('type', () => {
  const typed = (typ?: string) => token(CLAIMS, { alg: 'HS256', ...(typ === undefined ? {} : { typ }) });
  it.each([
    [undefined, [undefined, 'JWT', 'jwt', 'application/jwt', 'APPLICATION/JWT'], ['at+jwt', 'JWS', '']],
    ['JWT', ['JWT', 'jwt', 'application/jwt'], [undefined, 'at+jwt']],
    [
      'at+jwt',
      ['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt'],
      [undefined, 'JWT', 'jwt+at', 'text/at+jwt'],
    ],
    ['application/at+jwt', ['at+jwt', 'application/at+jwt'], [undefined, 'JWT']],
    ['example/x;part="1/2"', ['example/x;part="1/2"'], ['x;part="1/2"', 'application/x']],
  ])('%s', async (type, accepted, refused) => {
    const verify = verifier(type === undefined ? {} : { type });
    for (const typ of accepted) expect(await verify.safe(typed(typ))).toMatchObject({ ok: true });
    for (const typ of refused) {
      const error = await refusal(verify, typed(typ));
      expect(error).toMatchObject({ code: 'ERR_JWT_TYPE' });
      expect(error.claim).toBeUndefined();
      expect(error.message).toContain(type ?? 'JWT');
    }
  });
});

describe('signatures that a runtime will not look at', () => {
  it('are wrong signatures', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    const expectWrong = async () => {
      const error = await refusal(verifier(), token());
      expect(error).toMatchObject({ code: 'ERR_JWT_SIGNATURE' });
      expect(error).not.toHaveProperty('cause');
    };
    try {
      verify.mockRejectedValue(new DOMException('canary', 'OperationError'));
      await expectWrong();
      verify.mockImplementation(() => {
        throw new DOMException('canary', 'InvalidAccessError');
      });
      await expectWrong();
      verify.mockResolvedValue(false);
      await expectWrong();
    } finally {
      verify.mockRestore();
    }
    expect(await verifier().safe(token())).toMatchObject({ ok: true });
  });
});

describe('many at a time', () => {
  /** Payloads of many lengths, so that one would show through under another in a shared buffer. */
  const claimsOf = (i: number) => ({
    ...CLAIMS,
    sub: `user-${i}`,
    pad: String.fromCharCode(97 + (i % 26)).repeat((i * 37) % 500),
  });
  const kinds = {
    HS256: ['', undefined],
    ES256: ['P-256', 'P-256'],
    RS256: ['rsa', 'rsa'],
    PS512: ['rsa', 'rsa'],
    ES512: ['P-521', 'P-521'],
    Ed25519: ['ed25519', 'ed25519'],
  } as const;

  it.each(Object.keys(kinds) as (keyof typeof kinds)[])('64 tokens of %s, half of them forged', async (algorithm) => {
    const kind = kinds[algorithm][1];
    const keys: VerificationKey =
      kind === undefined
        ? secretKey
        : await key(algorithm as 'ES256').public({ pem: spkiPem(nodePair(kind).publicKey) });
    const make = kind === undefined ? hs256 : signer(algorithm, nodePair(kind).privateKey);
    const verify = verifier({ keys });
    const header = { alg: algorithm };
    const good = Array.from({ length: 64 }, (_, i) => token(claimsOf(i), header, make));
    const texts = good.map((text, i) => {
      if (i % 2 === 0) return text;
      // The claims of one under the signature of its neighbour.
      return `${text.slice(0, text.lastIndexOf('.'))}${good[i - 1]!.slice(good[i - 1]!.lastIndexOf('.'))}`;
    });
    const results = await Promise.all(texts.map((text) => verify.safe(text)));
    expect(results.map((result) => (result.ok ? result.claims.sub : result.error.code))).toEqual(
      texts.map((_, i) => (i % 2 === 0 ? `user-${i}` : 'ERR_JWT_SIGNATURE')),
    );
  });

  it('signing and verifying, with several keys, while the buffer grows', async () => {
    const algorithms = ['HS256', 'ES256', 'Ed25519'] as const;
    const pairs = await Promise.all(
      algorithms.map(async (algorithm) => {
        const made = await key(algorithm as 'ES256').generate();
        return 'privateKey' in made ? made : { privateKey: made, publicKey: made };
      }),
    );
    const verify = createVerifier({
      keys: pairs.map(({ publicKey }) => publicKey),
      issuer: ISSUER,
      audience: AUDIENCE,
      clock,
      maxTokenLength: 200_000,
    });
    const subjects = await Promise.all(
      Array.from({ length: 64 }, async (_, i) => {
        const text = await sign({ ...claimsOf(i), big: 'x'.repeat(i * 1000) }, pairs[i % 3]!.privateKey, { clock });
        const other = verify.safe(`${text.slice(0, -8)}AAAAAAAA`);
        const { claims } = await verify(text);
        return `${claims.sub} ${(await other).ok}`;
      }),
    );
    expect(subjects).toEqual(Array.from({ length: 64 }, (_, i) => `user-${i} false`));
  });
});

it('a token is verified in one function with one call to WebCrypto', async () => {
  const spy = vi.spyOn(crypto.subtle, 'verify');
  try {
    await verifier()(token({ ...CLAIMS, iat: NOW }));
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy.mock.calls[0]![1]).toBe(secretKey.cryptoKey);
  } finally {
    spy.mockRestore();
  }
});
