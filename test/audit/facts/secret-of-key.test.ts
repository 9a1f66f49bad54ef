import { key } from 'jwtight';
import { type AuditSubject, audit, fromJsonwebtoken } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/audit/facts/facts.js';

const secretsOf = async (subject: AuditSubject) => (await readFacts(subject, undefined)).secrets;
const secretOf = async (subject: AuditSubject) => (await secretsOf(subject))[0];
const oct = { kty: 'oct', k: 'c2VjcmV0' };

describe('a key as a secret', () => {
  it('is the text given to another library', async () => {
    const report = await audit({ verifier: fromJsonwebtoken({ algorithms: ['HS384'] }, 'short') });
    const found = report.findings.filter(({ ruleId }) => ruleId === 'secret/too-short');
    expect(found).toMatchObject([
      { path: '/verifier/keys/0', severity: 'critical', message: 'The secret has 5 bytes, not 48' },
    ]);
    expect(report.coverage.inputs).toEqual(['verifier']);
    expect(report.coverage.areas.key).toBe(true);
  });

  it.each<[string, AuditSubject, string, string | undefined]>([
    ['a JWK as key', { key: oct }, '/key', undefined],
    ['its alg before all', { key: { ...oct, alg: 'HS512' }, algorithm: 'HS384' }, '/key', 'HS512'],
    ['the algorithm of the subject', { key: oct, algorithm: 'HS384' }, '/key', 'HS384'],
    ['a JWK in a list', { verifier: { keys: [oct] } }, '/verifier/keys/0', undefined],
    [
      'the HMAC of several algorithms',
      { verifier: { keys: 'secret', algorithms: ['RS256', 'HS512'] } },
      '/verifier/keys',
      'HS512',
    ],
    ['bytes', { verifier: { keys: new Uint8Array([1, 2]) } }, '/verifier/keys', undefined],
  ])('may be %s', async (_what, subject, path, algorithm) => {
    expect(await secretOf(subject)).toMatchObject({ path, algorithm });
  });

  it('is ours; where it cannot be exported its length is known', async () => {
    const ours = await key('HS256').extractable().generate();
    expect(await secretOf({ key: ours })).toMatchObject({ path: '/key', algorithm: 'HS256', length: 32 });
    const { secret, secrets } = await readFacts({ key: await key('HS256').secret(new Uint8Array(40)) }, undefined);
    expect(secrets).toEqual([
      { path: '/key', algorithm: 'HS256', length: 40, given: undefined, text: undefined, bytes: undefined },
    ]);
    expect(secret).toBeUndefined();
  });

  it.each<[string, AuditSubject]>([
    ['another kind', { key: { kty: 'EC', crv: 'P-256' } }],
    ['beside another algorithm', { verifier: { keys: 'text', algorithms: ['RS256'] } }],
    ['one of several beside another algorithm', { verifier: { keys: ['one', 'two'], algorithms: ['RS256'] } }],
    ['for encryption', { key: { ...oct, alg: 'A128KW' } }],
    ['no key at all', { verifier: { keys: '' } }],
    ['no key at all, as a JWK', { verifier: { keys: [{ kty: 'oct', k: '' }, ''] } }],
    ['without k', { key: { kty: 'oct' } }],
    ['with a k that is no Base64url', { key: { kty: 'oct', k: '*' } }],
  ])('is none that is %s', async (_what, subject) => {
    const { secret, secrets, inputs } = await readFacts(subject, undefined);
    expect([secret, secrets]).toEqual([undefined, []]);
    expect(inputs.has('secret')).toBe(false);
  });

  it('stands beside a secret, which comes first', async () => {
    const { secret, secrets } = await readFacts({ secret: 'mine', key: oct }, undefined);
    expect(secrets).toMatchObject([{ path: '/secret', text: 'mine' }, { path: '/key' }]);
    expect(secret).toBe(secrets[0]);
  });

  it('is each of a verifier, and of each verifier', async () => {
    const rsa = { kty: 'RSA', n: 'AQ', e: 'AQAB' };
    const bytes = new Uint8Array(20);
    const hidden = await key('HS384').generate();
    const verifier = [
      { keys: ['one', rsa, bytes, ''], algorithms: ['RS256', 'HS512'] },
      { keys: hidden },
      { keys: 'text', algorithms: ['RS256'] },
    ];
    expect(await secretsOf({ verifier, token: 'e30.e30.' })).toMatchObject([
      { path: '/verifier/0/keys/0', algorithm: 'HS512', length: 3 },
      { path: '/verifier/0/keys/2', algorithm: 'HS512', length: 20 },
      { path: '/verifier/0/keys/3', algorithm: 'HS512', length: 0 },
      { path: '/verifier/1/keys', algorithm: 'HS384', length: 48, bytes: undefined },
    ]);
  });

  it("is for the token's algorithm only where its verifier accepts that", async () => {
    const verifier = [
      { keys: 'a', algorithms: ['HS512'] },
      { keys: 'b', algorithms: ['HS256', 'HS384'] },
      { keys: 'c' },
    ];
    const algorithms = (await secretsOf({ algorithm: 'HS384', verifier })).map(({ algorithm }) => algorithm);
    expect(algorithms).toEqual(['HS512', 'HS384', 'HS384']);
  });

  it('is empty where it is given as such', async () => {
    expect(await secretOf({ key: '' })).toMatchObject({ path: '/key', text: '' });
  });
});

describe('several secrets', () => {
  const GOOD = 'kWfKkvZ5vRzMEk2cV3i9nQGbT0a7oXyLhJ1mPzSdB48';
  const secretFindings = async (subject: AuditSubject) =>
    (await audit(subject)).findings
      .filter(({ ruleId }) => ruleId.startsWith('secret/'))
      .map(({ ruleId, severity, path }) => [ruleId, severity, path]);

  it('are judged each by itself', async () => {
    const algorithms = ['HS256'];
    expect(await secretFindings({ verifier: { keys: [GOOD, 'secret', '', `${GOOD}\n`], algorithms } })).toEqual([
      ['secret/empty', 'critical', '/verifier/keys/2'],
      ['secret/known', 'critical', '/verifier/keys/1'],
      ['secret/stray-whitespace', 'low', '/verifier/keys/3'],
      ['secret/encoding-ambiguous', 'info', '/verifier/keys/0'],
      ['secret/encoding-ambiguous', 'info', '/verifier/keys/3'],
    ]);
    expect(
      await secretFindings({
        secret: new TextEncoder().encode('changeme'),
        verifier: [
          { keys: new Uint8Array(32), algorithms },
          { keys: [{ kty: 'oct', k: 'AQID' }], algorithms },
        ],
      }),
    ).toEqual([
      ['secret/known', 'critical', '/secret'],
      ['secret/too-short', 'critical', '/verifier/1/keys/0'],
      ['secret/repetitive', 'high', '/verifier/0/keys'],
    ]);
  });

  it('that cannot be exported are judged by their length, and nothing else is claimed of them', async () => {
    const rulesOfStrength = ['known', 'low-entropy', 'placeholder', 'repetitive', 'derived-value', 'stray-whitespace'];
    const cryptoKey = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(10),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const weak = { algorithm: 'HS256', role: 'secret', cryptoKey } as const;
    const { findings, coverage } = await audit({ key: weak });
    expect(findings.filter(({ ruleId }) => ruleId.startsWith('secret/'))).toMatchObject([
      { ruleId: 'secret/too-short', severity: 'critical', path: '/key', message: 'The secret has 10 bytes, not 32' },
    ]);
    expect(coverage.unknown).toEqual(expect.arrayContaining(rulesOfStrength.map((name) => `secret/${name}`)));
    expect(coverage.evaluated).toEqual(expect.arrayContaining(['secret/too-short', 'secret/empty']));
    expect(await secretFindings({ key: await key('HS256').generate() })).toEqual([]);
  });

  it('do not hide each other from the coverage', async () => {
    const { coverage } = await audit({ verifier: { keys: [await key('HS256').generate(), GOOD] } });
    expect(coverage.evaluated).toEqual(expect.arrayContaining(['secret/known', 'secret/low-entropy']));
  });
});

it('looks into every text and all bytes for keys', async () => {
  const ssh = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7';
  const { findings } = await audit({ verifier: { keys: [ssh, 'other'], algorithms: ['HS256'] } });
  expect(findings.filter(({ ruleId }) => ruleId === 'algorithm/public-key-as-hmac-secret')).toMatchObject([
    { path: '/verifier/keys/0' },
  ]);
});
