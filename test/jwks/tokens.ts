import {
  claims,
  createVerifier,
  type JwtConfigError,
  JwtError,
  type KeySource,
  key,
  type SigningKey,
  sign,
} from 'jwtight';
import { expect } from 'vitest';

export const ISSUER = 'https://auth.example.com';
export const AUDIENCE = 'billing-api';

/** A clock to turn. Starts at a whole second. */
export class TestClock {
  seconds = 1_800_000_000;
  readonly now = (): number => this.seconds * 1000;
  /** Turns it on. */
  pass(seconds: number): void {
    this.seconds += seconds;
  }
}

/** A pair with the name given. */
export function es256(kid: string) {
  return key('ES256').id(kid).generate();
}

export function token(signingKey: SigningKey, clock: TestClock, lifetime = 3600): Promise<string> {
  return sign(claims().issuer(ISSUER).audience(AUDIENCE).subject('user-42').id().expiresIn(lifetime), signingKey, {
    clock: clock.now,
  });
}

export function verifier(keys: KeySource, clock: TestClock, cache?: { maxEntries: number }) {
  return createVerifier({ keys, issuer: ISSUER, audience: AUDIENCE, clock: clock.now, ...(cache && { cache }) });
}

/** The code that a promise rejects with; 'ok' when it does not. */
export async function outcome(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    expect(error).toBeInstanceOf(JwtError);
    return (error as JwtError).code;
  }
}

/** The message of the JwtConfigError that an action throws. */
export async function configError(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    expect((error as JwtConfigError).code).toBe('ERR_JWT_CONFIG');
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
