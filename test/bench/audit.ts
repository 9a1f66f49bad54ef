// Audits of a token alone, per second: `npm run bench:audit`. The goal is 5,000.

import { accessToken, claims, key, sign } from 'jwtight';
import { type AuditOptions, audit, rules } from 'jwtight/audit';

const GOAL = 5000;
const DURATION = 2000;

const builder = claims(accessToken)
  .issuer('https://auth.example.com')
  .audience('https://api.example.com')
  .subject('user-42')
  .id()
  .set('client_id', 'web-shop')
  .expiresIn('15m');

async function measure(name: string, tokens: readonly string[], options: AuditOptions = {}): Promise<number> {
  for (const token of tokens) await audit({ token }, options);
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < DURATION) {
    await audit({ token: tokens[count % tokens.length]! }, options);
    count++;
  }
  const rate = Math.round((count / (performance.now() - start)) * 1000);
  console.log(`${name}: ${rate.toLocaleString('en')} audits a second`);
  return rate;
}

console.log(`${rules.length} rules, Node ${process.version}`);
const { privateKey } = await key('ES256').id().generate();
const secret = await key('HS256').id('2026-11').generate();
const several = (signer: typeof privateKey | typeof secret) =>
  Promise.all(Array.from({ length: 200 }, () => sign(builder, signer)));
const rate = await measure('ES256', await several(privateKey));
const hmac = await several(secret);
await measure('HS256, which is tried against the published secrets', hmac);
await measure('HS256 without trying any', hmac, { maxCandidates: 0 });
if (rate < GOAL) process.exitCode = 1;
