// The audit engine: the same verdicts everywhere, whatever a runtime's WebCrypto can do.
import { accessToken, claims, createVerifier, key, sign } from 'jwtight';
import { audit, complianceMatrix, diagnose, rules, toJson, toMarkdown, toSarif } from 'jwtight/audit';
import { assert, type Check, equal } from './check.js';
import { RSA_PKCS1 } from './key-files.js';

const NOW = 1_800_000_000;
const now = new Date(NOW * 1000);
const clock = () => NOW * 1000;
const issuer = 'https://auth.example.com';
const audience = 'https://api.example.com';

const template = claims(accessToken).issuer(issuer).audience(audience).subject('user-42').id().set('client_id', 'web');

export const auditChecks: readonly Check[] = [
  {
    feature: 'audit',
    name: 'a set-up of the library by its defaults is an A+',
    async run() {
      const { privateKey, publicKey } = await key('ES256').id().generate();
      const token = await sign(template.expiresIn('15m'), privateKey, { clock });
      const verify = createVerifier({ keys: publicKey, issuer, audience, profile: accessToken });
      const lastRotated = new Date((NOW - 86_400) * 1000);
      const issuance = {
        kinds: ['access'],
        accessTokenLifetime: '15m',
        keyRotation: { every: '30d', lastRotated, overlap: '1d' },
      } as const;
      const report = await audit({ token, key: publicKey, verifier: verify.policy, issuance }, { now });
      equal(report.grade, 'A+');
      equal(report.coverage.partial, false);
    },
  },
  {
    feature: 'audit',
    name: 'the same report, to the byte',
    async run() {
      const subject = {
        draft: {
          header: { alg: 'HS256' },
          claims: { iss: 'i', exp: NOW * 1000, email: 'a@example.com', password: 'p' },
        },
        secret: 'change-me-jwt-secret',
        algorithm: 'HS256',
        key: RSA_PKCS1,
        verifier: { algorithms: ['HS256', 'RS256'], clockTolerance: '10m', ignoreExpiration: true },
        storage: { where: 'localStorage' },
      } as const;
      const report = await audit(subject, { now });
      equal([report.grade, report.score], ['F', 0]);
      assert(report.findings.length > 10, 'all mistakes are found');
      equal(complianceMatrix(report).length > 8, true);
      const texts = [toJson(report), toMarkdown(report), JSON.stringify(toSarif(report))];
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(texts.join())));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  },
  {
    feature: 'audit',
    name: 'a token under a published secret',
    async run() {
      const weak = await key('HS256').secret({ text: 'a-string-secret-at-least-256-bits-long' });
      const token = await sign(template.expiresIn('15m'), weak, { clock });
      const { grade, findings } = await audit({ token }, { now });
      equal([grade, findings[0]?.ruleId], ['F', 'secret/signs-with-known']);
      const strong = await sign(template.expiresIn('15m'), await key('HS256').generate(), { clock });
      assert(
        (await audit({ token: strong }, { now })).findings.every(({ ruleId }) => ruleId !== 'secret/signs-with-known'),
        'a secret of its own is none that is published',
      );
    },
  },
  {
    feature: 'audit',
    name: 'every rule is there, and hostile tokens are only rated',
    async run() {
      assert(rules.length > 140, 'the catalogue is whole');
      for (const token of ['', '.', 'a.b.c', '\ud800', `${'A'.repeat(50_000)}.${'{['.repeat(9_000)}.`, 'e30.e30.e30'])
        assert((await audit({ token }, { now })).grade !== 'A+', 'a broken token is no A+');
    },
  },
  {
    feature: 'audit',
    name: 'diagnose',
    async run() {
      const { privateKey, publicKey } = await key('ES256').id().generate();
      const token = await sign(template.expiresIn('15m'), privateKey, { clock });
      const verifier = createVerifier({ keys: publicKey, issuer, audience: 'other', profile: accessToken });
      const { causes } = await diagnose(`Bearer ${token}`, { verifier, now: new Date((NOW + 10_000) * 1000) });
      equal(causes.map(({ id }) => id).sort(), ['bearer-prefix', 'expired', 'wrong-audience']);
    },
  },
];
