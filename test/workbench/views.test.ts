// The parts of the page that are not the page: leaks, practice, keys in words, the matrix in Markdown.
import { exportJwk, exportPem, key } from 'jwtight';
import { audit, complianceMatrix } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { matrixMarkdown } from '../../docs/workbench/compliance.js';
import { explainMembers, explainPem } from '../../docs/workbench/explain-key.js';
import { generateKeys, importKeys, materialOf } from '../../docs/workbench/key-material.js';
import { leaksOf } from '../../docs/workbench/leaks.js';
import { isOfKey } from '../../docs/workbench/own-token.js';
import { practiceOf, QUESTIONS } from '../../docs/workbench/practice.js';

describe('leaksOf', () => {
  it('says what a thief can do with the token, and until when', () => {
    const leaks = leaksOf({ alg: 'ES256' }, { exp: 1060, iat: 1000, aud: 'api' }, 1000);
    expect(leaks).toContain('Stolen now, it is good for another 1 min.');
    expect(leaks).toContain('Tokens of this kind live 1 min.');
    expect(leaksOf({}, { exp: 940 }, 1000)[0]).toBe('It expired 1 min ago: useless where expiry is checked.');
    expect(leaksOf({}, {}, 1000)[0]).toMatch(/good for ever/);
    expect(leaksOf({}, { exp: 'x' }, 1000)[0]).toMatch(/no number/);
  });

  it('names what can be guessed, and personal data without its values', () => {
    const leaks = leaksOf({ alg: 'HS256', kid: '1' }, { email: 'a@example.com', sub: '1', scope: 'x' }, 0).join(' ');
    expect(leaks).toMatch(/HS256 can be guessed offline/);
    expect(leaks).toMatch(/Readable by anybody: email\./);
    expect(leaks).toMatch(/There is no aud/);
    expect(leaks).not.toContain('a@example.com');
  });
});

describe('practiceOf', () => {
  it('leaves out what is not said', () => {
    expect(practiceOf({})).toEqual({});
    expect(practiceOf({ rotation: '', storage: 'nothing' })).toEqual({});
  });

  it('joins what is said of issuance', () => {
    expect(practiceOf({ rotation: '30d', revocation: 'jti', storage: 'memory', source: 'vault' })).toEqual({
      issuance: { keyRotation: { every: '30d' }, revocation: 'jti' },
      storage: { where: 'memory' },
      environment: { secretSource: 'vault' },
    });
  });

  it('gives what the audit takes, whatever the answers', async () => {
    for (const { id, answers } of QUESTIONS)
      for (const [value] of answers) expect((await audit(practiceOf({ [id]: value }))).coverage.inputs).toHaveLength(1);
  });
});

describe('keys', () => {
  it('are told by alg and kid, whatever else is in the header', async () => {
    const { verification } = await generateKeys('ES256');
    const of = (header: unknown) =>
      isOfKey(`${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`, verification);
    expect(of({ alg: 'ES256', kid: verification.id, crit: [1] })).toBe(true);
    expect(of({ alg: 'ES256' })).toBe(true);
    expect(of({ alg: 'ES256', kid: 'other' })).toBe(false);
    expect(of({ alg: 'HS256' })).toBe(false);
    expect(isOfKey('', verification)).toBe(false);
  });

  it('come from PEM and JWK, private and public, and keep or get a name', async () => {
    const pair = await key('ES256').id('mine').extractable().generate();
    const pem = await importKeys('ES256', 'private', await exportPem(pair.privateKey), '');
    expect(pem.verification.id).toHaveLength(43);
    expect(pem.signing?.id).toBe(pem.verification.id);
    const jwk = await importKeys('ES256', 'private', JSON.stringify(await exportJwk(pair.privateKey)), '');
    expect([jwk.signing?.id, jwk.verification.id, jwk.verification.role]).toEqual(['mine', 'mine', 'public']);
    const open = await importKeys('ES256', 'public', await exportPem(pair.publicKey), 'named');
    expect([open.signing, open.pair, open.verification.id]).toEqual([undefined, undefined, 'named']);
    const secret = await importKeys('HS256', 'hex', 'ab'.repeat(32), '');
    expect(secret.signing).toBe(secret.verification);
  });

  it.each(['{', '{"k":"secret-value"', '{x}'])('of broken JSON are refused without repeating it: %s', (text) => {
    expect(() => materialOf(text)).toThrow(/^the JWK is not valid JSON$/);
  });

  it('are explained member by member', async () => {
    for (const algorithm of ['ES256', 'Ed25519', 'RS256'] as const) {
      const { privateKey } = await key(algorithm).id().extractable().generate();
      const jwk = await exportJwk(privateKey);
      expect(explainMembers(jwk).map(([name]) => name)).toEqual(Object.keys(jwk));
    }
    expect(explainPem('-----BEGIN RSA PRIVATE KEY-----')).toMatch(/PKCS#1/);
    expect(explainPem('-----BEGIN EC PARAMETERS-----\n-----BEGIN EC PRIVATE KEY-----')).toMatch(/SEC 1/);
    expect(explainPem('{"kty":"EC"}')).toMatch(/JSON Web Key/);
    expect(explainPem('nothing')).toMatch(/PEM/);
  });
});

describe('matrixMarkdown', () => {
  it('is a table with a row a topic', async () => {
    const rows = complianceMatrix(await audit({ secret: 'secret', algorithm: 'HS256' }));
    const lines = matrixMarkdown(rows).trimEnd().split('\n');
    expect(lines[0]).toBe('# JWT audit: compliance matrix');
    expect(lines).toHaveLength(rows.length + 4);
    for (const line of lines.slice(2)) expect(line.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(lines.join()).toContain('contradicts');
  });
});
