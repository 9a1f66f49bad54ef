// Keys in PEM, read leniently. Loaded with the first of them: DER takes its bytes.

import type { JsonObject } from '../../encoding/json.js';
import { readPem } from '../../encoding/pem.js';
import { derToJwk } from './der-key.js';

/** What is wrong with a PEM text. */
export type PemProblem = 'escaped-line-breaks' | 'no-footer' | 'encrypted' | 'unreadable';

/** What a PEM text says. */
export interface PemText {
  /** Where it is a usual one. */
  readonly label: string | undefined;
  readonly problem: PemProblem | undefined;
  readonly jwk: JsonObject | undefined;
}

/** Reads a text with a PEM in it. Whatever it holds, nothing is thrown. */
export function readPemText(text: string): PemText {
  const label = /-----BEGIN ((?:RSA |EC |ENCRYPTED )?(?:PRIVATE|PUBLIC) KEY|CERTIFICATE)-----/.exec(text)?.[1];
  let problem: PemProblem | undefined;
  if (label === 'ENCRYPTED PRIVATE KEY' || text.includes('4,ENCRYPTED')) problem = 'encrypted';
  else if (text.includes('\\n')) problem = 'escaped-line-breaks';
  else if (!text.includes('-----END ')) problem = 'no-footer';

  let jwk: JsonObject | undefined;
  try {
    // Line breaks written out and a lost footer can be mended; the key behind them is audited too.
    const mended = text.replaceAll('\\r', '').replaceAll('\\n', '\n').trimEnd();
    jwk = derToJwk(readPem(problem === 'no-footer' ? `${mended}\n-----END ${label}-----` : mended));
  } catch {
    problem ??= 'unreadable';
  }
  if (!jwk) problem ??= 'unreadable';
  return { label, problem, jwk };
}
