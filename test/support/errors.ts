import { JwtConfigError, JwtError } from 'jwtight';
import { expect } from 'vitest';

/** Expects a JwtError of a code, and of a claim where one is given, whose message repeats none of the texts. */
export async function expectJwtError(
  action: () => unknown,
  code: string,
  { claim, secrets = [] }: { claim?: string; secrets?: readonly string[] } = {},
): Promise<void> {
  const error = await caught(action);
  expect(error).toBeInstanceOf(JwtError);
  expect((error as JwtError).code).toBe(code);
  if (claim !== undefined) expect((error as JwtError).claim).toBe(claim);
  for (const secret of secrets) expect((error as JwtError).message).not.toContain(secret);
}

/** Expects a JwtConfigError. */
export async function expectConfigError(action: () => unknown): Promise<void> {
  expect(await caught(action)).toBeInstanceOf(JwtConfigError);
}

async function caught(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
