// Compiled against the packed declarations by every TypeScript of types.test.mjs. Nothing here needs the DOM or Node.
import { accessToken, claims, createVerifier, JwtError, key, sign } from 'jwtight';
import { type AuditReport, audit, defineRule, type Rule, toSarif } from 'jwtight/audit';
import { estimateEntropy, generateSecret } from 'jwtight/entropy';
import { readBearer, tokenCookie } from 'jwtight/http';
import { localJwks, remoteJwks } from 'jwtight/jwks';
import { signCompact, verifyCompact } from 'jwtight/jws';
import { memoryRefreshStore } from 'jwtight/refresh';
import { memoryRevocations } from 'jwtight/revocation';
import { createTestIssuer } from 'jwtight/testing';

export async function subject(token: string): Promise<string> {
  const { privateKey, publicKey } = await key('ES256').id().generate();
  await sign(
    claims(accessToken).issuer('i').audience('a').subject('s').set('client_id', 'c').id().expiresIn('1m'),
    privateKey,
  );
  const verify = createVerifier({ keys: publicKey, issuer: 'i', audience: 'a', requiredClaims: ['sub'] });
  const result = await verify.safe(token);
  if (!result.ok) throw new JwtError(result.error.code, 'refused');
  return result.claims.sub;
}

export async function bytes(payload: Uint8Array): Promise<Uint8Array> {
  const secret = await key('HS256').generate();
  return (await verifyCompact(await signCompact(payload, secret), secret)).payload;
}

export const noKid: Rule = defineRule({
  id: 'acme/no-kid',
  title: 'The token names no key',
  severity: 'low',
  needs: ['token'],
  remediation: 'Set kid.',
  references: [],
  check: ({ token }) => (token?.header?.kid === undefined ? [{ path: '/token/header' }] : []),
});

export async function grade(token: string): Promise<AuditReport['grade']> {
  const report = await audit({ token, secret: generateSecret('HS256'), algorithm: 'HS256' }, { profile: 'asvs-l2' });
  const { runs } = toSarif(report, { uri: 'config/jwt.json' });
  return runs.length > 0 && estimateEntropy('secret').bits < 40 ? report.grade : null;
}

export const functions: readonly ((...args: never[]) => unknown)[] = [
  readBearer,
  tokenCookie,
  localJwks,
  remoteJwks,
  memoryRefreshStore,
  memoryRevocations,
  createTestIssuer,
];

// @ts-expect-error: a misspelt algorithm: these are types and not `any`.
key('HS265');
// @ts-expect-error: a verifier without an audience.
createVerifier({ keys: [], issuer: 'i' });
