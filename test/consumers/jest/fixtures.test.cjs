const { createVerifier, JwtError } = require('jwtight');
const { audit } = require('jwtight/audit');
const { createTestIssuer, testVerifier } = require('jwtight/testing');

// No await at the top: a CommonJS test makes its issuer and verifier as it is loaded.
const issuer = createTestIssuer();
const verify = createVerifier(issuer.policy);

test.each(['ES256', 'RS256', 'HS256', 'Ed25519'])('every fixture is answered as it says for %s', async (algorithm) => {
  const other = createTestIssuer({ algorithm });
  for (const { token, accepted, code } of Object.values(await other.fixtures())) {
    if (accepted) await expect(token).toBeValidJwt(other);
    else await expect(token).toFailWith(code, other);
  }
});

test('a token expires when the clock is turned', async () => {
  const token = await issuer.token({ sub: 'user-7' });
  expect((await verify(token)).claims.sub).toBe('user-7');
  issuer.clock.advance('1h');
  await expect(verify(token)).toFailWith('ERR_JWT_EXPIRED');
  await expect(token).not.toBeValidJwt(issuer);
});

test('the matchers fail where they should', async () => {
  await expect(expect('no token').toBeValidJwt(issuer)).rejects.toThrow('ERR_JWT_MALFORMED');
  await expect(expect(issuer.token()).toFailWith('ERR_JWT_EXPIRED')).rejects.toThrow('but it passed');
});

test('nothing in the catalogue gets through', async () => {
  const { failures, results } = await testVerifier(verify, issuer, { isClean: (error) => error instanceof JwtError });
  expect(failures).toEqual([]);
  expect(results.filter(({ outcome }) => outcome !== 'rejected')).toEqual([]);
});

test('the audit finds its parts', async () => {
  const token = await createTestIssuer({ algorithm: 'HS256' }).token();
  const { findings } = await audit({ token, secret: 'your-256-bit-secret', algorithm: 'HS256' });
  expect(findings[0]).toMatchObject({ ruleId: 'secret/known', severity: 'critical', path: '/secret' });
});
