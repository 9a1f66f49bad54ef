// A tour: make a key, sign, verify, attack, audit, mend, A+. Whatever is not as told ends it with an error.
import assert from 'node:assert/strict';
import { styleText } from 'node:util';
import { accessToken, claims, createVerifier, exportPem, key, sign } from 'jwtight';
import { type AuditSubject, audit, fromJsonwebtoken } from 'jwtight/audit';
import { generateSecret } from 'jwtight/entropy';
import { createTestIssuer, testVerifier } from 'jwtight/testing';

// In colour only where standard output is a terminal that has it.
const paint = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { stream: process.stdout });
const step = (title: string) => console.log(`\n${paint('bold', title)}`);
const say = (what: string, detail: string) => console.log(`  ${what.padEnd(40)} ${detail}`);
const begin = performance.now();

step('1. Make a key');
const { privateKey, publicKey } = await key('ES256').id().generate();
say('An ES256 key, named by its thumbprint', privateKey.id ?? '');
await assert.rejects(exportPem(privateKey));
say('Its private half', 'cannot be exported');

step('2. Sign');
const issuer = 'https://auth.example.com';
const audience = 'https://api.example.com';
const template = claims(accessToken).issuer(issuer).audience(audience).set('client_id', 'web').id().expiresIn('15m');
const token = await sign(template.subject('user-42'), privateKey);
const [header = '', payload = '', signature = ''] = token.split('.');
say('An access token, good for 15 minutes', `${token.slice(0, 20)}… (${token.length} characters)`);

step('3. Verify');
const verify = createVerifier({ keys: publicKey, issuer, audience, profile: accessToken });
const verified = await verify(token);
assert.equal(verified.claims.sub, 'user-42');
say('Signature, type and claims are right', `sub is ${verified.claims.sub}`);

step('4. Attack');
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const spki = Buffer.from(await exportPem(publicKey));
const hmac = await crypto.subtle.importKey('raw', spki, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
const confused = `${base64url({ alg: 'HS256', typ: 'at+jwt' })}.${payload}`;
const mac = Buffer.from(await crypto.subtle.sign('HMAC', hmac, Buffer.from(confused))).toString('base64url');

const attacks = {
  'Another user in the claims': `${header}.${base64url({ ...verified.claims, sub: 'admin' })}.${signature}`,
  'alg "none", and no signature': `${base64url({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
  'The public key as an HMAC secret': `${confused}.${mac}`,
  'A signature of zeros (CVE-2022-21449)': `${header}.${payload}.${'A'.repeat(86)}`,
};
for (const [what, forged] of Object.entries(attacks)) {
  const result = await verify.safe(forged);
  assert(!result.ok, `accepted: ${what}`);
  say(what, `refused: ${result.error.code}`);
}
const tests = createTestIssuer();
const { passed, results } = await testVerifier(createVerifier(tests.policy), tests);
assert(passed);
const accepted = results.filter(({ outcome }) => outcome === 'accepted').length;
assert.equal(accepted, 0);
say('The catalogue of published attacks', `${results.length} shown, ${accepted} accepted`);

step('5. Audit');
const found: AuditSubject = {
  secret: 'your-256-bit-secret',
  algorithm: 'HS256',
  verifier: fromJsonwebtoken({ algorithms: ['HS256'] }),
  issuance: { accessTokenLifetime: '30d' },
  storage: { where: 'localStorage', contentSecurityPolicy: "script-src 'self'" },
};
const report = await audit(found);
assert.equal(report.grade, 'F');
say('A set-up as one finds them', paint('red', `grade ${report.grade}`));
for (const { severity, ruleId, message } of report.findings)
  if (severity !== 'low' && severity !== 'info') say(`  ${severity.padEnd(8)} ${ruleId}`, message);

step('6. Mend');
const strong: AuditSubject = { ...found, secret: generateSecret('HS256') };
const { secret: _, algorithm: __, ...rest } = found;
const pinned: AuditSubject = { ...rest, token, key: publicKey, verifier: verify.policy };
const keyRotation = { every: '30d', lastRotated: new Date(), overlap: '1d' } as const;
const short: AuditSubject = {
  ...pinned,
  issuance: { kinds: ['access'], accessTokenLifetime: '15m', keyRotation },
};
const cookie = { name: '__Host-session', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: '15m' } as const;
const kept: AuditSubject = { ...short, storage: { where: 'cookie', cookie } };

const mended: [what: string, subject: AuditSubject, grade: string][] = [
  ['256 random bits for a secret', strong, 'F'],
  ['The key and verifier of steps 1 and 3', pinned, 'C'],
  ['Tokens for 15 minutes, keys for 30 days', short, 'A-'],
  ['A __Host- cookie for localStorage', kept, 'A+'],
];
let last: string | null = report.grade;
for (const [what, subject, grade] of mended) {
  last = (await audit(subject)).grade;
  assert.equal(last, grade, what);
  say(what, paint(last === 'A+' ? 'green' : 'yellow', `grade ${last}`));
}

step(`7. ${last}`);
say('All as told.', `${((performance.now() - begin) / 1000).toFixed(1)} seconds`);
