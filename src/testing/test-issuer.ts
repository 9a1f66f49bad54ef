import { type Duration, parseDuration } from '../encoding/duration.js';
import type { JsonObject } from '../encoding/json.js';
import { checkOptions } from '../encoding/options.js';
import { JwtConfigError } from '../errors.js';
import type { JwkSet } from '../jwks/jwk-set.js';
import { type KeySource, toKeySource } from '../jws/key-source.js';
import { type Clock, secondsNow } from '../jwt/clock.js';
import { type Algorithm, isAlgorithm } from '../keys/algorithms.js';
import type { SigningKey, VerificationKey } from '../keys/key.js';
import { type Attack, makeAttacks } from './attack.js';
import { ATTACKER, type AttackContext, attackContext } from './attack-context.js';
import { attackCatalogue } from './attacks/catalogue.js';
import { type Fixtures, makeFixtures } from './fixtures.js';
import { discoveryDocument, siteFetch, type TestFetch } from './issuer-fetch.js';
import { signRaw } from './raw-token.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { publicJwks, testKeys } from './test-keys.js';

/** Who a test issuer is. */
export interface TestIssuerOptions {
  /** Its name, an https URL; `https://auth.example.com` by default. */
  readonly issuer?: string;
  /** Whom its tokens are for, three characters or more; `billing-api` by default. */
  readonly audience?: string;
  /** `ES256` by default. */
  readonly algorithm?: Algorithm;
  /** Where its clock takes the time from, such as `Date.now`; by default it stands still at the time of its making. */
  readonly clock?: Clock;
}

/** How one token differs from the others. */
export interface TestTokenOptions {
  /** Header parameters beside or instead of `alg`, `typ` and `kid`; `undefined` leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** How long the token is good: seconds, or text such as `'5m'`; 15 minutes by default. */
  readonly expiresIn?: Duration;
}

/** An issuer for tests: keys, tokens good and bad, a key set to fetch, and a clock to turn. */
export interface TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: Algorithm;
  readonly clock: TestClock;
  /** The verification key as a key source, so that a verifier can be made before the key is. */
  readonly keys: KeySource;
  /** What `createVerifier` needs to accept its tokens. Spread it to add to it. */
  readonly policy: {
    readonly keys: KeySource;
    readonly issuer: string;
    readonly audience: string;
    readonly clock: TestClock;
  };
  /** The key that signs. It can be exported, like the other half. */
  signingKey(): Promise<SigningKey>;
  /** The key that verifies, for other libraries: `exportJwk` and `exportPem` read it. */
  verificationKey(): Promise<VerificationKey>;
  /** Where the key set is served by `fetch`. */
  readonly jwksUri: string;
  /** The key set: public halves only, so empty where the algorithm has a secret. */
  jwks(): Promise<JwkSet>;
  /** The metadata that `fetch` serves (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
  discovery(): Readonly<Record<string, unknown>>;
  /** Serves metadata and key set; everything else is 404, but for the host of the catalogue's attacker. */
  readonly fetch: TestFetch;
  /** A token that is good but for what is changed; a claim of `undefined` is left out. Nothing is checked. */
  token(claims?: Readonly<Record<string, unknown>>, options?: TestTokenOptions): Promise<string>;
  /** Tokens by name, with what a verifier must say to each. Their times count from now by the clock. */
  fixtures(): Promise<Fixtures>;
  /** The catalogue of attacks as ready tokens. */
  attacks(): Promise<readonly Attack[]>;
}

/**
 * Makes an issuer for tests. Its keys are made on first use, once per process, algorithm and issuer.
 *
 * @throws JwtConfigError for an option that is unknown, `undefined` or not what it should be.
 * @example
 * ```ts
 * import { createVerifier } from 'jwtight';
 * import { createTestIssuer } from 'jwtight/testing';
 *
 * const issuer = createTestIssuer();
 * const verify = createVerifier(issuer.policy);
 * const token = await issuer.token({ sub: 'user-7' });
 * console.log((await verify(token)).claims.sub); // user-7
 *
 * issuer.clock.advance('1h');
 * const { ok } = await verify.safe(token);
 * console.log(ok); // false
 * ```
 */
export function createTestIssuer(options: TestIssuerOptions = {}): TestIssuer {
  checkOptions(options, ['issuer', 'audience', 'algorithm', 'clock'], 'createTestIssuer');
  const { issuer = 'https://auth.example.com', audience = 'billing-api', algorithm = 'ES256' } = options;
  if (!isIssuer(issuer)) throw new JwtConfigError('issuer must be an https URL without query or fragment');
  if (typeof audience !== 'string' || audience.length < 3)
    throw new JwtConfigError('audience must be a text of three characters or more');
  if (!isAlgorithm(algorithm)) throw new JwtConfigError("algorithm must be one that key('…') takes");

  const clock = createTestClock(options.clock);
  const ownKeys = () => testKeys(algorithm, issuer);
  const keys: KeySource = {
    algorithms: Object.freeze([algorithm]),
    find: async (header) => toKeySource((await ownKeys()).verification).find(header),
    trusts: () => true,
  };
  const jwksUri = `${issuer.replace(/\/$/, '')}/jwks.json`;
  const context = (): Promise<AttackContext> => attackContext({ issuer, audience, algorithm, now: secondsNow(clock) });

  async function token(
    claims: Readonly<Record<string, unknown>> = {},
    tokenOptions: TestTokenOptions = {},
  ): Promise<string> {
    checkOptions(tokenOptions, ['header', 'expiresIn'], 'token');
    const { header, expiresIn = 900 } = tokenOptions;
    const { signing } = await ownKeys();
    const now = secondsNow(clock);
    const jti = crypto.randomUUID();
    const exp = now + parseDuration(expiresIn, 'expiresIn');
    const usual: JsonObject = { iss: issuer, sub: 'user-42', aud: audience, iat: now, exp, jti };
    return signRaw({ alg: algorithm, typ: 'JWT', kid: signing.id, ...header }, { ...usual, ...claims }, signing);
  }

  return Object.freeze({
    issuer,
    audience,
    algorithm,
    clock,
    keys,
    policy: Object.freeze({ keys, issuer, audience, clock }),
    signingKey: async () => (await ownKeys()).signing,
    verificationKey: async () => (await ownKeys()).verification,
    jwksUri,
    jwks: async () => publicJwks(await ownKeys()),
    discovery: () => discoveryDocument(issuer, jwksUri, algorithm),
    fetch: siteFetch({ issuer, jwksUri, keys: ownKeys, attackerKeys: () => testKeys(algorithm, ATTACKER) }),
    token,
    fixtures: async () => makeFixtures(await context()),
    attacks: async () => makeAttacks(attackCatalogue(), await context()),
  });
}

function isIssuer(issuer: unknown): issuer is string {
  return typeof issuer === 'string' && URL.canParse(issuer) && /^https:/.test(issuer) && !/[?#]/.test(issuer);
}
