const assert = require('node:assert/strict');
const { test } = require('node:test');
const { createVerifier } = require('jwtight');
const { createTestIssuer } = require('jwtight/testing');

test('the package is required as well as imported', async () => {
  const issuer = createTestIssuer();
  const verify = createVerifier(issuer.policy);
  const { claims } = await verify(await issuer.token());
  assert.equal(claims.sub, 'user-42');
});
