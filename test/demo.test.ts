// The tour of `npm run demo`: what it reports, that it is quick, and that it fails where something is not as told.
import { format, stripVTControlCharacters } from 'node:util';
import { createTestIssuer } from 'jwtight/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** Runs the tour anew and returns its lines. */
async function tour(): Promise<string[]> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  vi.resetModules();
  try {
    await import('../docs/examples/demo.js');
  } finally {
    log.mockRestore();
  }
  return lines.join('\n').split('\n');
}

/** What differs from run to run, by a name. */
function settled(line: string): string {
  return line
    .replace(/ [\w-]{43}$/, ' <thumbprint>')
    .replace(/\beyJ[\w-]+… \(\d+ /, '<token>… (<n> ')
    .replace(/ \d+\.\d seconds$/, ' <n> seconds');
}

describe('the tour', () => {
  beforeEach(() => {
    vi.stubEnv('FORCE_COLOR', undefined);
    vi.stubEnv('NO_COLOR', undefined);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('makes a key, signs, verifies, attacks, audits, mends, and ends with an A+', async () => {
    const { stdout } = process;
    const noTerminal = Object.create(stdout, { isTTY: { value: false } });
    vi.spyOn(process, 'stdout', 'get').mockReturnValue(noTerminal);
    const attacks = (await createTestIssuer().attacks()).length;
    const start = performance.now();
    const lines = await tour();
    expect(performance.now() - start).toBeLessThan(10_000);

    expect(lines.map(settled)).toEqual([
      '',
      '1. Make a key',
      '  An ES256 key, named by its thumbprint    <thumbprint>',
      '  Its private half                         cannot be exported',
      '',
      '2. Sign',
      '  An access token, good for 15 minutes     <token>… (<n> characters)',
      '',
      '3. Verify',
      '  Signature, type and claims are right     sub is user-42',
      '',
      '4. Attack',
      '  Another user in the claims               refused: ERR_JWT_SIGNATURE',
      '  alg "none", and no signature             refused: ERR_JWT_ALGORITHM',
      '  The public key as an HMAC secret         refused: ERR_JWT_ALGORITHM',
      '  A signature of zeros (CVE-2022-21449)    refused: ERR_JWT_SIGNATURE',
      `  The catalogue of published attacks       ${attacks} shown, 0 accepted`,
      '',
      '5. Audit',
      '  A set-up as one finds them               grade F',
      '    critical secret/known                  The secret is published',
      '    high     lifetime/access-long          An access token lives 2592000 s',
      '    high     verifier/aud-unchecked        The verifier does not check aud',
      '    high     verifier/exp-not-required     Tokens without exp are accepted',
      '    medium   storage/localstorage          The token is kept where every script of the page can read it',
      '    medium   verifier/iss-unchecked        The verifier does not check iss',
      '    medium   verifier/no-revocation-check  Tokens live long and cannot be revoked',
      '',
      '6. Mend',
      '  256 random bits for a secret             grade F',
      '  The key and verifier of steps 1 and 3    grade C',
      '  Tokens for 15 minutes, keys for 30 days  grade A-',
      '  A __Host- cookie for localStorage        grade A+',
      '',
      '7. A+',
      '  All as told.                             <n> seconds',
    ]);
  });

  it('is in colour where it is asked for, and says the same', async () => {
    vi.stubEnv('FORCE_COLOR', '1');
    const lines = await tour();
    expect(lines.filter((line) => line !== stripVTControlCharacters(line))).toHaveLength(12);
    expect(lines.map(stripVTControlCharacters)).toContain('  A __Host- cookie for localStorage        grade A+');
  });

  it('fails when a forged token is accepted', async () => {
    // A platform that finds every signature good.
    vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true);
    await expect(tour()).rejects.toThrow('accepted: Another user in the claims');
  });
});
