import type { JwtErrorCode } from '../errors.js';
import { ATTACKER, type AttackContext } from './attack-context.js';
import { signRaw } from './raw-token.js';
import { withSignature } from './signature-arithmetic.js';
import { testKeys } from './test-keys.js';

/** A token, and what a verifier with the issuer's policy must say to it. */
export interface Fixture {
  readonly token: string;
  readonly description: string;
  readonly accepted: boolean;
  /** The code of jwtight's error where it is refused. */
  readonly code?: JwtErrorCode;
}

type FixtureRow = readonly [
  description: string,
  code: JwtErrorCode | undefined,
  make: (c: AttackContext) => string | Promise<string>,
];

/** The fixtures there are. */
export type FixtureName =
  | 'valid'
  | 'withoutType'
  | 'severalAudiences'
  | 'prototypeClaim'
  | 'expired'
  | 'notYetActive'
  | 'issuedInFuture'
  | 'withoutExpiry'
  | 'malformedExpiry'
  | 'wrongIssuer'
  | 'withoutIssuer'
  | 'wrongAudience'
  | 'withoutAudience'
  | 'wrongType'
  | 'tampered'
  | 'wrongKey'
  | 'unknownKey'
  | 'otherAlgorithm'
  | 'unsigned'
  | 'critical'
  | 'malformed'
  | 'tooLarge';

const ROWS: Readonly<Record<FixtureName, FixtureRow>> = {
  valid: ['a genuine token', undefined, (c) => c.token],
  withoutType: ['a genuine token without typ', undefined, (c) => c.issued({}, { typ: undefined })],
  severalAudiences: [
    'a genuine token for several audiences',
    undefined,
    (c) => c.issued({ aud: ['other-api', c.audience] }),
  ],
  prototypeClaim: [
    'a genuine token with a claim named __proto__, which must stay a claim',
    undefined,
    (c) => c.issuedRaw(c.header, `${JSON.stringify(c.claims).slice(0, -1)},"__proto__":{"admin":true}}`),
  ],
  expired: ['expired ten minutes ago', 'ERR_JWT_EXPIRED', (c) => c.issued({ exp: c.now - 600 })],
  notYetActive: ['good in ten minutes', 'ERR_JWT_NOT_ACTIVE', (c) => c.issued({ nbf: c.now + 600 })],
  issuedInFuture: ['issued in ten minutes', 'ERR_JWT_NOT_ACTIVE', (c) => c.issued({ iat: c.now + 600 })],
  withoutExpiry: ['no exp', 'ERR_JWT_CLAIM_MISSING', (c) => c.issued({ exp: undefined })],
  malformedExpiry: ['exp is a text', 'ERR_JWT_CLAIM_INVALID', (c) => c.issued({ exp: 'tomorrow' })],
  wrongIssuer: ['of another issuer', 'ERR_JWT_ISSUER', (c) => c.issued({ iss: 'https://other.example' })],
  withoutIssuer: ['no iss', 'ERR_JWT_CLAIM_MISSING', (c) => c.issued({ iss: undefined })],
  wrongAudience: ['for another audience', 'ERR_JWT_AUDIENCE', (c) => c.issued({ aud: 'other-api' })],
  withoutAudience: ['no aud', 'ERR_JWT_CLAIM_MISSING', (c) => c.issued({ aud: undefined })],
  wrongType: ['a logout token', 'ERR_JWT_TYPE', (c) => c.issued({}, { typ: 'logout+jwt' })],
  tampered: [
    'another payload under a genuine signature',
    'ERR_JWT_SIGNATURE',
    (c) => withSignature(c.forgedInput({}), c.signature),
  ],
  wrongKey: ["signed with another key under the issuer's kid", 'ERR_JWT_SIGNATURE', (c) => c.signedByAttacker({})],
  unknownKey: [
    'signed with another key under its own kid',
    'ERR_JWT_KEY_NOT_FOUND',
    (c) => c.signedByAttacker({ kid: c.attacker.signing.id }),
  ],
  otherAlgorithm: ['signed with another algorithm', 'ERR_JWT_ALGORITHM', signedOtherwise],
  unsigned: ['alg none', 'ERR_JWT_ALGORITHM', (c) => `${c.forgedInput({ alg: 'none' })}.`],
  critical: [
    'an extension nobody knows is critical',
    'ERR_JWT_CRITICAL',
    (c) => c.issued({}, { crit: ['x-policy'], 'x-policy': 'mfa' }),
  ],
  malformed: ['no token at all', 'ERR_JWT_MALFORMED', () => 'not a token'],
  tooLarge: ['longer than 16 KiB', 'ERR_JWT_TOO_LARGE', (c) => `${c.forgedInput({ x: 'x'.repeat(15_000) })}.QUFB`],
};

/** A fixture by every name. */
export type Fixtures = Readonly<Record<FixtureName, Fixture>>;

/** Makes every fixture. */
export async function makeFixtures(context: AttackContext): Promise<Fixtures> {
  const rows = Object.entries(ROWS);
  const made = rows.map(async ([name, [description, code, make]]) => [
    name,
    { token: await make(context), description, accepted: code === undefined, ...(code && { code }) },
  ]);
  return Object.fromEntries(await Promise.all(made));
}

async function signedOtherwise({ algorithm, header, claims }: AttackContext): Promise<string> {
  const other = algorithm === 'ES256' ? 'ES384' : 'ES256';
  const { signing } = await testKeys(other, ATTACKER);
  return signRaw({ ...header, alg: other }, claims, signing);
}
