import { createVerifier, JwtConfigError, JwtError } from 'jwtight';
import { createTestIssuer, type JwtMatchers, jwtMatchers } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends JwtMatchers {}
}

expect.extend(jwtMatchers);

const issuer = createTestIssuer();
const verify = createVerifier(issuer.policy);

/** The message of the assertion that fails. */
const messageOf = (assertion: Promise<unknown>): Promise<string> =>
  assertion.then(
    () => 'nothing failed',
    (error: Error) => error.message,
  );

describe('toBeValidJwt', () => {
  it('takes an issuer, a policy or a verifier', async () => {
    const token = await issuer.token();
    await expect(token).toBeValidJwt(issuer);
    await expect(token).toBeValidJwt(issuer.policy);
    await expect(token).toBeValidJwt(verify);
    await expect(`${token}x`).not.toBeValidJwt(issuer);
  });

  it('says what is wrong without the token', async () => {
    const { expired, valid } = await issuer.fixtures();
    const message = await messageOf(expect(expired.token).toBeValidJwt(issuer));
    expect(message).toContain('was refused with ERR_JWT_EXPIRED: ');
    expect(message).not.toContain('eyJ');
    expect(await messageOf(expect(valid.token).not.toBeValidJwt(issuer))).toBe(
      'expected a token that is refused, but it is valid',
    );
  });

  it('says when something else fails', async () => {
    const failing = () => {
      throw new TypeError('secret');
    };
    expect(await messageOf(expect('token').toBeValidJwt(failing))).toBe(
      'expected a valid token, but it failed with an error of another kind',
    );
  });

  it.each([undefined, null, 'policy', { keys: [] }])('refuses the judge %o', async (judge) => {
    await expect(jwtMatchers.toBeValidJwt('token', judge as never)).rejects.toBeInstanceOf(JwtConfigError);
  });
});

describe('toFailWith', () => {
  it('takes a promise, a function, an error, or a token and a judge', async () => {
    const { expired } = await issuer.fixtures();
    await expect(verify(expired.token)).toFailWith('ERR_JWT_EXPIRED');
    await expect(() => verify(expired.token)).toFailWith('ERR_JWT_EXPIRED');
    await expect(new JwtError('ERR_JWT_EXPIRED', 'expired')).toFailWith('ERR_JWT_EXPIRED');
    await expect(expired.token).toFailWith('ERR_JWT_EXPIRED', issuer);
    await expect(expired.token).not.toFailWith('ERR_JWT_SIGNATURE', issuer);
  });

  it('knows errors of another realm by their name', async () => {
    await expect(Promise.reject({ name: 'JwtError', code: 'ERR_JWT_TYPE' })).toFailWith('ERR_JWT_TYPE');
    await expect(Promise.reject({ name: 'OtherError', code: 'ERR_JWT_TYPE' })).not.toFailWith('ERR_JWT_TYPE');
  });

  it('says what happened instead, without the token', async () => {
    const { expired, valid } = await issuer.fixtures();
    const other = await messageOf(expect(expired.token).toFailWith('ERR_JWT_TYPE', issuer));
    expect(other).toContain('expected ERR_JWT_TYPE, but it was refused with ERR_JWT_EXPIRED: ');
    expect(other).not.toContain('eyJ');
    expect(await messageOf(expect(verify(valid.token)).toFailWith('ERR_JWT_TYPE'))).toBe(
      'expected ERR_JWT_TYPE, but it passed',
    );
    expect(await messageOf(expect(() => Promise.reject(new Error('x'))).toFailWith('ERR_JWT_TYPE'))).toBe(
      'expected ERR_JWT_TYPE, but it failed with an error of another kind',
    );
    expect(await messageOf(expect(verify(expired.token)).not.toFailWith('ERR_JWT_EXPIRED'))).toBe(
      'expected another answer than ERR_JWT_EXPIRED',
    );
  });

  it.each([undefined, '', 'EXPIRED', 'ERR_JWT_expired', 'XERR_JWT_EXPIRED', 7])('refuses the code %o', async (code) => {
    await expect(jwtMatchers.toFailWith(verify(''), code as never)).rejects.toBeInstanceOf(JwtConfigError);
  });

  it.each(['a token without a judge', 7, null, {}, new Error('not ours')])('refuses to judge %o', async (received) => {
    await expect(jwtMatchers.toFailWith(received, 'ERR_JWT_EXPIRED')).rejects.toBeInstanceOf(JwtConfigError);
  });

  it('refuses a judge that is undefined', async () => {
    await expect(jwtMatchers.toFailWith('token', 'ERR_JWT_EXPIRED', undefined)).rejects.toBeInstanceOf(JwtConfigError);
  });
});
