// The published vectors that are too large for the repository: read from the folder that JWT_VECTORS names.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.JWT_VECTORS;

/** Whether the vectors are there. Without them their tests are skipped. */
export const haveVectors: boolean = folder !== undefined && folder !== '';

/** Added to the names of tests that need the vectors, so that a skipped test says why. */
export const note: string = haveVectors ? '' : ' (skipped: set JWT_VECTORS to the vectors folder)';

/** A file of vectors. Only to be called where there are any. */
export function readVectors<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(folder!, ...path), 'utf8')) as T;
}
