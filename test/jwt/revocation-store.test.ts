import { describe, expect, it, vi } from 'vitest';
import { type JwtClaims, JwtError, type RevocationStore } from '../../src/index.js';
import { CLAIMS, refusal, token, verifier } from './support.js';

const claims = { ...CLAIMS, jti: 'id-1' };

function store(isRevoked: (claims: JwtClaims) => unknown): RevocationStore {
  return {
    isRevoked: isRevoked as RevocationStore['isRevoked'],
    revoke: async () => undefined,
    revokeSubject: async () => undefined,
  };
}

describe('a RevocationStore', () => {
  it.each([
    ['at once', () => false],
    ['later', async () => false],
  ])('says no, %s', async (_, answer) => {
    const isRevoked = vi.fn(answer);
    const result = await verifier({ revocation: store(isRevoked) })(token(claims));
    expect(result.claims).toEqual(claims);
    expect(isRevoked.mock.calls).toEqual([[claims]]);
  });

  const refusals: [string, () => unknown][] = [
    ['true', () => true],
    ['undefined', () => undefined],
    ['null', () => null],
    ['0', () => 0],
    ['an empty text', () => ''],
    ['"false"', () => 'false'],
    ['an object', () => ({ revoked: false })],
    ['new Boolean(false)', () => new Boolean(false)],
  ];
  it.each(refusals)('anything but a clear no refuses the token: %s', async (_, answer) => {
    for (const isRevoked of [answer, async () => answer()]) {
      const error = await refusal(verifier({ revocation: store(isRevoked) }), token(claims));
      expect(error).toMatchObject({ code: 'ERR_JWT_REVOKED' });
      expect(error).not.toHaveProperty('cause');
    }
  });

  it.each([[new Error('down')], [new TypeError('x is not a function')], ['down'], [undefined], [false]])(
    'that fails with %s refuses the token, and keeps the cause',
    async (cause) => {
      const throwing = () => {
        throw cause;
      };
      for (const isRevoked of [throwing, () => Promise.reject(cause)]) {
        const error = await refusal(verifier({ revocation: store(isRevoked) }), token(claims));
        expect(error.code).toBe('ERR_JWT_REVOCATION_UNAVAILABLE');
        expect(error.cause).toBe(cause);
      }
    },
  );

  it('may fail with a JwtError of its own', async () => {
    const own = new JwtError('ERR_JWT_REVOCATION_UNAVAILABLE', 'the store is closed');
    expect(await refusal(verifier({ revocation: store(() => Promise.reject(own)) }), token(claims))).toBe(own);
  });

  it('makes jti required', async () => {
    const isRevoked = vi.fn(() => false);
    expect(await refusal(verifier({ revocation: store(isRevoked) }), token(CLAIMS))).toMatchObject({
      code: 'ERR_JWT_CLAIM_MISSING',
      claim: 'jti',
    });
    expect(isRevoked).not.toHaveBeenCalled();
  });

  it('is asked last: never for a token that is wrong anyway', async () => {
    const isRevoked = vi.fn(() => false);
    const verify = verifier({ revocation: store(isRevoked) });
    for (const bad of [
      token({ ...claims, exp: 1 }),
      token({ ...claims, aud: 'x' }),
      token({ ...claims, jti: 5 }),
      `${token(claims).slice(0, -4)}AAAA`,
    ])
      await refusal(verify, bad);
    expect(isRevoked).not.toHaveBeenCalled();
  });

  it('is asked before the schema', async () => {
    const validate = vi.fn((value: unknown) => ({ value }));
    const schema = { '~standard': { version: 1, vendor: 'test', validate } };
    expect(await refusal(verifier({ revocation: store(() => true), claims: schema }), token(claims))).toMatchObject({
      code: 'ERR_JWT_REVOKED',
    });
    expect(validate).not.toHaveBeenCalled();
  });

  it('is called as a method', async () => {
    class Store {
      readonly #revoked = new Set(['id-2']);
      isRevoked({ jti }: JwtClaims) {
        return this.#revoked.has(jti!);
      }
    }
    const verify = verifier({ revocation: new Store() });
    expect(await verify.safe(token(claims))).toMatchObject({ ok: true });
    expect(await refusal(verify, token({ ...claims, jti: 'id-2' }))).toMatchObject({ code: 'ERR_JWT_REVOKED' });
  });
});
