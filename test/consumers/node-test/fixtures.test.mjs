import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVerifier, JwtError } from 'jwtight';
import { createTestIssuer, testVerifier } from 'jwtight/testing';

const issuer = createTestIssuer();
const verify = createVerifier(issuer.policy);

for (const algorithm of ['ES256', 'RS256', 'HS256', 'Ed25519']) {
  test(`every fixture is answered as it says for ${algorithm}`, async (t) => {
    const other = createTestIssuer({ algorithm });
    const { safe } = createVerifier(other.policy);
    for (const [name, { token, accepted, code }] of Object.entries(await other.fixtures())) {
      await t.test(name, async () => {
        const result = await safe(token);
        assert.deepEqual([result.ok, result.error?.code], [accepted, code]);
      });
    }
  });
}

test('a token expires when the clock is turned', async () => {
  const token = await issuer.token({ sub: 'user-7' });
  assert.equal((await verify(token)).claims.sub, 'user-7');
  issuer.clock.advance('1h');
  await assert.rejects(verify(token), { name: 'JwtError', code: 'ERR_JWT_EXPIRED' });
});

test('nothing in the catalogue gets through', async () => {
  const { failures, results } = await testVerifier(verify, issuer, { isClean: (error) => error instanceof JwtError });
  assert.deepEqual(failures, []);
  assert.deepEqual(
    results.filter(({ outcome }) => outcome !== 'rejected'),
    [],
  );
});
