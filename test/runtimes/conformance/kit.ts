// Entropy, and the testing kit with all its attacks.
import { createVerifier } from 'jwtight';
import { estimateEntropy, generateSecret, loadDictionaries, loadLeakedSecrets } from 'jwtight/entropy';
import { createTestIssuer, testVerifier } from 'jwtight/testing';
import { assert, type Check, equal, fails } from './check.js';

export const kitChecks: readonly Check[] = [
  {
    feature: 'entropy',
    name: 'weak secrets, strong ones, and the dictionaries',
    async run() {
      await loadDictionaries();
      const weak = estimateEntropy('correct horse battery staple');
      assert(weak.dictionaries && weak.bits < 90, 'four words are weak');
      assert(estimateEntropy(generateSecret('HS256')).bits > 200, 'a generated secret is strong');
      equal((await loadLeakedSecrets()).find('your-256-bit-secret'), 'as given');
    },
  },
  {
    feature: 'entropy',
    name: 'the same bits everywhere',
    async run() {
      await loadDictionaries();
      const secrets = ['secret', 'S3cr3t!2024', 'aaaaaaaaaaaaaaaa', '0123456789abcdef'.repeat(4), 'Tr0ub4dor&3'];
      equal(
        secrets.map((secret) => Math.round(estimateEntropy(secret).bits)),
        ENTROPY_BITS,
      );
    },
  },
  ...(['HS256', 'ES256', 'Ed25519'] as const).map((algorithm) => ({
    feature: 'fixtures',
    name: `every fixture for ${algorithm}`,
    async run() {
      const issuer = createTestIssuer({ algorithm });
      const verify = createVerifier(issuer.policy);
      const fixtures = Object.values(await issuer.fixtures());
      assert(fixtures.length > 10, 'there are fixtures');
      for (const { token, accepted, code } of fixtures)
        if (accepted) await verify(token);
        else await fails(code!, () => verify(token));
    },
  })),
  ...(['HS256', 'RS256', 'ES256', 'Ed25519'] as const).map((algorithm) => ({
    feature: 'attacks',
    name: `every attack on ${algorithm}`,
    async run() {
      const issuer = createTestIssuer({ algorithm });
      const { results } = await testVerifier(createVerifier(issuer.policy), issuer, {
        maxMilliseconds: 10_000,
      });
      assert(results.length > 50, 'there are attacks');
      const through = results
        .filter(({ outcome }) => outcome !== 'rejected')
        .map(({ id, outcome }) => `${id}: ${outcome}`);
      equal(through, []);
    },
  })),
];

/** As Node computes them: the estimate may not depend on the runtime. */
const ENTROPY_BITS: readonly number[] = [6, 27, 12, 27, 67];
