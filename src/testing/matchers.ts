import { isObject } from '../encoding/json.js';
import { JwtConfigError, type JwtError, type JwtErrorCode } from '../errors.js';
import type { VerifierPolicy } from '../jwt/policy.js';
import { createVerifier } from '../jwt/verifier.js';
import type { TestIssuer } from './test-issuer.js';

/** What a token is held against: a verifier, a policy for one, or a test issuer with the policy of its own. */
export type Judge = ((token: string) => unknown) | VerifierPolicy | Pick<TestIssuer, 'policy'>;

/**
 * The matchers as `expect(…)` has them: what a test runner's own types are extended with, so that none is depended on.
 */
export interface JwtMatchers {
  /** Whether a token passes. Await it. */
  toBeValidJwt(judge: Judge): Promise<void>;
  /**
   * Whether a promise, a function or an error fails with a JwtError of this code; or, with a judge, a token does.
   * Await it.
   */
  toFailWith(code: JwtErrorCode, judge?: Judge): Promise<void>;
}

/** What a matcher returns to `expect`. */
export interface MatcherResult {
  readonly pass: boolean;
  /** What the assertion says when it fails. */
  readonly message: () => string;
}

/** The matchers as `expect.extend(…)` takes them. */
export type JwtMatcherFunctions = {
  /** Whether a token passes. */
  toBeValidJwt(received: unknown, judge: Judge): Promise<MatcherResult>;
  /** Whether what is received, or a token before a judge, fails with the code. */
  toFailWith(received: unknown, code: JwtErrorCode, judge?: Judge): Promise<MatcherResult>;
};

/**
 * Matchers for vitest and jest. Their messages never hold a token.
 *
 * @throws JwtConfigError from a matcher that is given no judge or no code.
 * @example
 * ```ts
 * import { createTestIssuer, jwtMatchers } from 'jwtight/testing';
 *
 * // In the setup file: expect.extend(jwtMatchers), and then: await expect(token).toBeValidJwt(issuer);
 * const issuer = createTestIssuer();
 * console.log((await jwtMatchers.toBeValidJwt(await issuer.token(), issuer)).pass); // true
 * ```
 */
export const jwtMatchers: JwtMatcherFunctions = {
  async toBeValidJwt(received, judge) {
    const failure = await failureOf(() => toVerifier(judge)(received as string));
    return {
      pass: failure === undefined,
      message: () =>
        failure
          ? `expected a valid token, but it ${describe(failure.error)}`
          : 'expected a token that is refused, but it is valid',
    };
  },

  async toFailWith(received, code, ...judge) {
    const failure =
      judge.length > 0 ? await failureOf(() => toVerifier(judge[0])(received as string)) : await failureIn(received);
    if (typeof code !== 'string' || !/^ERR_JWT_[A-Z_]+$/.test(code))
      throw new JwtConfigError("toFailWith takes a code such as 'ERR_JWT_EXPIRED'");
    const pass = isJwtError(failure?.error) && failure.error.code === code;
    return {
      pass,
      message: () =>
        pass
          ? `expected another answer than ${code}`
          : `expected ${code}, but it ${failure ? describe(failure.error) : 'passed'}`,
    };
  },
};

interface Failure {
  readonly error: unknown;
}

async function failureOf(action: () => unknown): Promise<Failure | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    // A mistake in the test itself is no answer to the token.
    if (isObject(error) && error.name === 'JwtConfigError') throw error;
    return { error };
  }
}

/** The failure of a promise or function, or the error that was caught already. */
async function failureIn(received: unknown): Promise<Failure | undefined> {
  if (typeof received === 'function') return failureOf(received as () => unknown);
  if (isObject(received) && typeof received.then === 'function') return failureOf(() => received);
  if (isJwtError(received)) return { error: received };
  throw new JwtConfigError('toFailWith judges a promise, a function or an error; for a token add a verifier or policy');
}

function toVerifier(judge: unknown): (token: string) => unknown {
  if (typeof judge === 'function') return judge as (token: string) => unknown;
  if (!isObject(judge)) throw new JwtConfigError('pass a verifier, a policy for one, or a test issuer');
  return createVerifier(('policy' in judge ? judge.policy : judge) as VerifierPolicy);
}

/** By name: the error may come from another realm, or from the package's other format. */
function isJwtError(error: unknown): error is JwtError {
  return isObject(error) && error.name === 'JwtError';
}

function describe(error: unknown): string {
  return isJwtError(error)
    ? `was refused with ${error.code}: ${error.message}`
    : 'failed with an error of another kind';
}
