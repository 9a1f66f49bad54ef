// Hand-made tokens: what our signer would never write, under signatures that are right.

import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { JwtError, type JwtErrorCode } from '../../src/errors.js';

export const SECRET: Uint8Array<ArrayBuffer> = new Uint8Array(32).fill(7);

export const b64 = (data: string | Uint8Array): string => Buffer.from(data as string).toString('base64url');

/** Signs two segments, whatever they are, with HS256 and SECRET. */
export function hs256(header: string, payload: string): string {
  const input = `${header}.${payload}`;
  return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`;
}

/** A token with this header, as an object or as its JSON text, and a signature that is right. */
export function withHeader(header: object | string, payload = 'e30'): string {
  return hs256(b64(typeof header === 'string' ? header : JSON.stringify(header)), payload);
}

/** Runs what must end in JwtError with this code, that class exactly, and returns the error. */
export async function jwtError(code: JwtErrorCode, action: () => unknown): Promise<JwtError> {
  let result: unknown;
  try {
    result = await action();
  } catch (error) {
    expect(error).toBeInstanceOf(JwtError);
    expect(error).toMatchObject({ name: 'JwtError', code });
    return error as JwtError;
  }
  throw new Error(`accepted: ${typeof result}`);
}
