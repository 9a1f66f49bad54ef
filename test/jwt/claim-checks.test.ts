import { describe, expect, it } from 'vitest';
import { createVerifier, type JwtClaims, JwtError, type JwtErrorCode, unchecked } from '../../src/index.js';
import { CLAIM_CHECKS, checkVerifiedClaims } from '../../src/jwt/claim-checks.js';
import { AUDIENCE, CLAIMS, clockAt, ISSUER, NOW, refusal, secretKey, token, verifier } from './support.js';

/** Accepted, or the code and claim of the refusal. */
async function outcome(claims: object, options: object = {}): Promise<string> {
  const verify = verifier(options);
  const text = token(claims);
  const result = await verify.safe(text);
  if (result.ok) return 'accepted';
  expect(await refusal(verify, text)).toMatchObject({ message: result.error.message });
  // The message names the claim and holds no value of it.
  expect(result.error.message.startsWith(`${result.error.claim} `)).toBe(true);
  return `${result.error.code.slice(8)} ${result.error.claim}`;
}

const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([name]) => !names.includes(name)));

describe('the table', () => {
  it('has its rows in the order of what matters: form, presence, identity, time, profile', () => {
    const codes: JwtErrorCode[] = [
      'ERR_JWT_CLAIM_INVALID',
      'ERR_JWT_CLAIM_MISSING',
      'ERR_JWT_ISSUER',
      'ERR_JWT_AUDIENCE',
      'ERR_JWT_SUBJECT',
      'ERR_JWT_EXPIRED',
      'ERR_JWT_NOT_ACTIVE',
      'ERR_JWT_TOO_OLD',
      'ERR_JWT_CLAIM_INVALID',
      'ERR_JWT_CLAIM_INVALID',
    ];
    expect(CLAIM_CHECKS.map(({ code }) => code)).toEqual(codes);
    expect(CLAIM_CHECKS.filter(({ timed }) => timed).map(({ code }) => code)).toEqual(codes.slice(5, 8));
  });

  it('runs all rows, or the timed ones alone', () => {
    const { policy } = verifier();
    const check = (claims: JwtClaims, timedOnly: boolean) => () => checkVerifiedClaims(claims, policy, NOW, timedOnly);
    expect(check(CLAIMS, false)).not.toThrow();
    expect(check({ ...CLAIMS, iss: 'x' }, false)).toThrow(expect.objectContaining({ code: 'ERR_JWT_ISSUER' }));
    expect(check({ ...CLAIMS, iss: 'x' }, true)).not.toThrow();
    for (const timedOnly of [true, false])
      expect(check({ ...CLAIMS, exp: 1 }, timedOnly)).toThrow(expect.objectContaining({ code: 'ERR_JWT_EXPIRED' }));
    expect(check({ ...CLAIMS, exp: 1 }, true)).toThrow(JwtError);
  });

  it('the first finding is the answer', async () => {
    const all = { iss: 'x', aud: 'x', sub: 'x', exp: 1, nbf: NOW + 999, iat: 0 };
    const options = { subject: 'user-42', maxTokenAge: 5, requiredClaims: ['client_id'] };
    expect(await outcome({ ...all, jti: 5 }, options)).toBe('CLAIM_INVALID jti');
    expect(await outcome(all, options)).toBe('CLAIM_MISSING client_id');
    const complete = { ...all, client_id: 'c' };
    expect(await outcome(complete, options)).toBe('ISSUER iss');
    expect(await outcome({ ...complete, iss: ISSUER }, options)).toBe('AUDIENCE aud');
    const ours = { ...complete, iss: ISSUER, aud: AUDIENCE };
    expect(await outcome(ours, options)).toBe('SUBJECT sub');
    expect(await outcome({ ...ours, sub: 'user-42' }, options)).toBe('EXPIRED exp');
    expect(await outcome({ ...ours, sub: 'user-42', exp: NOW }, options)).toBe('NOT_ACTIVE nbf');
    expect(await outcome({ ...ours, sub: 'user-42', exp: NOW, nbf: 0 }, options)).toBe('TOO_OLD iat');
  });
});

describe('issuer', () => {
  it.each(['https://auth.example.com/', 'HTTPS://auth.example.com', 'https://auth.example.co', `${ISSUER} `, 'x'])(
    '%j is another issuer',
    async (iss) => expect(await outcome({ ...CLAIMS, iss })).toBe('ISSUER iss'),
  );
  it('unchecked: any or none, but a well-formed one', async () => {
    expect(await outcome({ ...CLAIMS, iss: 'x' }, { issuer: unchecked })).toBe('accepted');
    expect(await outcome(without('iss'), { issuer: unchecked })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, iss: 5 }, { issuer: unchecked })).toBe('CLAIM_INVALID iss');
  });
});

describe('audience', () => {
  const cases: [string, unknown, unknown, boolean][] = [
    ['the name', AUDIENCE, AUDIENCE, true],
    ['a list with the name', AUDIENCE, ['other', AUDIENCE], true],
    ['a list without it', AUDIENCE, ['other', 'another'], false],
    ['another name', AUDIENCE, 'other', false],
    ['a longer name', AUDIENCE, `${AUDIENCE}-2`, false],
    ['a part of the name', AUDIENCE, 'billing', false],
    ['another case', AUDIENCE, AUDIENCE.toUpperCase(), false],
    ['one of ours', ['a', 'b'], 'b', true],
    ['a list with one of ours', ['a', 'b'], ['x', 'a'], true],
    ['none of ours', ['a', 'b'], ['x', 'ab'], false],
    ['a list of one', ['a'], 'a', true],
    ['our names in one', ['a', 'b'], 'a,b', false],
  ];
  it.each(cases)('%s', async (_, audience, aud, fits) => {
    expect(await outcome({ ...CLAIMS, aud }, { audience })).toBe(fits ? 'accepted' : 'AUDIENCE aud');
  });
  it('unchecked: any or none, but a well-formed one', async () => {
    expect(await outcome({ ...CLAIMS, aud: 'x' }, { audience: unchecked })).toBe('accepted');
    expect(await outcome(without('aud'), { audience: unchecked })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, aud: [] }, { audience: unchecked })).toBe('CLAIM_INVALID aud');
  });
});

describe('subject', () => {
  it('is compared exactly, and then required', async () => {
    expect(await outcome(CLAIMS, { subject: 'user-42' })).toBe('accepted');
    expect(await outcome(CLAIMS, { subject: 'user-4' })).toBe('SUBJECT sub');
    expect(await outcome(CLAIMS, { subject: 'USER-42' })).toBe('SUBJECT sub');
    expect(await outcome(without('sub'), { subject: 'user-42' })).toBe('CLAIM_MISSING sub');
    expect(await outcome(without('sub'))).toBe('accepted');
  });
});

describe('required claims', () => {
  it.each(['', 0, false, [], {}])('may have any value, such as %j', async (value) => {
    expect(await outcome({ ...CLAIMS, x: value }, { requiredClaims: ['x'] })).toBe('accepted');
  });
  it('not null, not absent', async () => {
    expect(await outcome({ ...CLAIMS, x: null }, { requiredClaims: ['x'] })).toBe('CLAIM_MISSING x');
    expect(await outcome(CLAIMS, { requiredClaims: ['sub', 'x'] })).toBe('CLAIM_MISSING x');
    expect(await outcome({ ...CLAIMS, x: null })).toBe('accepted');
  });
});

describe('times, at their boundaries', () => {
  describe.each([0, 1, 60, 3600])('with a tolerance of %i seconds', (clockTolerance) => {
    const options = { clockTolerance };

    it('exp: on it or after it the token is no longer good (RFC 7519 §4.1.4)', async () => {
      const exp = NOW - clockTolerance;
      expect(await outcome({ ...CLAIMS, exp }, options)).toBe('EXPIRED exp');
      expect(await outcome({ ...CLAIMS, exp: exp - 1 }, options)).toBe('EXPIRED exp');
      expect(await outcome({ ...CLAIMS, exp: exp + 0.5 }, options)).toBe('accepted');
      expect(await outcome({ ...CLAIMS, exp: exp + 1 }, options)).toBe('accepted');
    });

    it.each(['nbf', 'iat'])('%s: on it the token is good (RFC 7519 §4.1.5)', async (claim) => {
      const limit = NOW + clockTolerance;
      expect(await outcome({ ...CLAIMS, [claim]: limit, exp: limit + 5 }, options)).toBe('accepted');
      expect(await outcome({ ...CLAIMS, [claim]: limit + 0.5, exp: limit + 5 }, options)).toBe(`NOT_ACTIVE ${claim}`);
      expect(await outcome({ ...CLAIMS, [claim]: limit + 1, exp: limit + 5 }, options)).toBe(`NOT_ACTIVE ${claim}`);
    });

    it.each([0, 1, 300])('maxTokenAge %i', async (maxTokenAge) => {
      const age = { clockTolerance, maxTokenAge };
      const oldest = NOW - clockTolerance - maxTokenAge;
      expect(await outcome({ ...CLAIMS, iat: oldest }, age)).toBe('accepted');
      expect(await outcome({ ...CLAIMS, iat: oldest - 0.5 }, age)).toBe('TOO_OLD iat');
      expect(await outcome({ ...CLAIMS, iat: oldest - 1 }, age)).toBe('TOO_OLD iat');
      expect(await outcome(without('iat'), age)).toBe('CLAIM_MISSING iat');
    });
  });

  it('60 seconds of tolerance, and no age, by default', async () => {
    expect(await outcome({ ...CLAIMS, exp: NOW - 60 })).toBe('EXPIRED exp');
    expect(await outcome({ ...CLAIMS, exp: NOW - 59 })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, nbf: NOW + 61 })).toBe('NOT_ACTIVE nbf');
    expect(await outcome({ ...CLAIMS, nbf: NOW + 60 })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, iat: 0 })).toBe('accepted');
    expect(await outcome(without('iat'))).toBe('accepted');
  });

  it('nbf is named before iat', async () => {
    expect(await outcome({ ...CLAIMS, nbf: NOW + 999, iat: NOW + 999 })).toBe('NOT_ACTIVE nbf');
  });

  it('durations with a unit', async () => {
    expect(await outcome({ ...CLAIMS, exp: NOW - 119 }, { clockTolerance: '2m' })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, exp: NOW - 120 }, { clockTolerance: '2m' })).toBe('EXPIRED exp');
    expect(await outcome({ ...CLAIMS, iat: NOW - 3661 }, { maxTokenAge: '1h' })).toBe('TOO_OLD iat');
    expect(await outcome({ ...CLAIMS, iat: NOW - 3660 }, { maxTokenAge: '1h' })).toBe('accepted');
  });

  it('the clock counts whole seconds, and is asked each time', async () => {
    let ms = (NOW + 959) * 1000 + 999;
    const verify = createVerifier({ keys: secretKey, issuer: ISSUER, audience: AUDIENCE, clock: () => ms });
    expect((await verify.safe(token())).ok).toBe(true);
    ms += 1;
    expect(await refusal(verify, token())).toMatchObject({ code: 'ERR_JWT_EXPIRED', claim: 'exp' });
  });

  it('Date.now by default', async () => {
    const verify = createVerifier({ keys: secretKey, issuer: ISSUER, audience: AUDIENCE });
    const now = Math.floor(Date.now() / 1000);
    expect((await verify.safe(token({ ...CLAIMS, iat: now, exp: now + 600 }))).ok).toBe(true);
    expect(await refusal(verify, token({ ...CLAIMS, iat: now, exp: now - 61 }))).toMatchObject({
      code: 'ERR_JWT_EXPIRED',
    });
    expect(await refusal(verify, token({ ...CLAIMS, iat: now + 900, exp: now + 999 }))).toMatchObject({
      code: 'ERR_JWT_NOT_ACTIVE',
    });
  });

  it('exp 0 is a time like any other', async () => {
    expect(await outcome({ ...CLAIMS, exp: 0 })).toBe('EXPIRED exp');
    expect(await outcome({ ...CLAIMS, exp: 0 }, { clock: clockAt(0), clockTolerance: 1 })).toBe('NOT_ACTIVE iat');
    expect(await outcome({ ...CLAIMS, exp: 0, iat: 0 }, { clock: clockAt(0), clockTolerance: 1 })).toBe('accepted');
  });
});

describe('requireExpiry', () => {
  it('exp is required unless said otherwise; one that is there is checked all the same', async () => {
    expect(await outcome(without('exp'))).toBe('CLAIM_MISSING exp');
    const requireExpiry = unchecked;
    expect(await outcome(without('exp'), { requireExpiry })).toBe('accepted');
    expect(await outcome(CLAIMS, { requireExpiry })).toBe('accepted');
    expect(await outcome({ ...CLAIMS, exp: NOW - 60 }, { requireExpiry })).toBe('EXPIRED exp');
    expect(await outcome({ ...CLAIMS, exp: null }, { requireExpiry })).toBe('CLAIM_INVALID exp');
    expect(await outcome(without('exp'), { requireExpiry, requiredClaims: ['exp'] })).toBe('CLAIM_MISSING exp');
  });
});
