import { key } from 'jwtight';
import { type AuditSubject, audit, fromJsonwebtoken } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/audit/facts/facts.js';

const secretOf = async (subject: AuditSubject) => (await readFacts(subject, undefined)).secret;
const oct = { kty: 'oct', k: 'c2VjcmV0' };

describe('the only key as a secret', () => {
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

  it('is ours, where it can be exported', async () => {
    const ours = await key('HS256').extractable().generate();
    expect(await secretOf({ key: ours })).toMatchObject({ path: '/key', algorithm: 'HS256' });
    expect(await secretOf({ key: await key('HS256').generate() })).toBeUndefined();
  });

  it.each<[string, AuditSubject]>([
    ['another kind', { key: { kty: 'EC', crv: 'P-256' } }],
    ['beside another algorithm', { verifier: { keys: 'text', algorithms: ['RS256'] } }],
    ['no key at all', { verifier: { keys: '' } }],
    ['one of several', { verifier: { keys: ['one', 'two'] } }],
    ['one of several places', { key: oct, verifier: { keys: 'two' } }],
    ['without k', { key: { kty: 'oct' } }],
    ['with a k that is no Base64url', { key: { kty: 'oct', k: '*' } }],
  ])('is none that is %s', async (_what, subject) => {
    const { secret, inputs } = await readFacts(subject, undefined);
    expect(secret).toBeUndefined();
    expect(inputs.has('secret')).toBe(false);
  });

  it('gives way to a secret', async () => {
    expect(await secretOf({ secret: 'mine', key: oct })).toMatchObject({ path: '/secret', text: 'mine' });
  });

  it('is empty where it is given as such', async () => {
    expect(await secretOf({ key: '' })).toMatchObject({ path: '/key', text: '' });
  });
});

it('looks into every text and all bytes for keys', async () => {
  const ssh = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7';
  const { findings } = await audit({ verifier: { keys: [ssh, 'other'], algorithms: ['HS256'] } });
  expect(findings.filter(({ ruleId }) => ruleId === 'algorithm/public-key-as-hmac-secret')).toMatchObject([
    { path: '/verifier/keys/0' },
  ]);
});
