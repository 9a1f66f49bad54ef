import { createVerifier, JwtConfigError, JwtError } from 'jwtight';
import { type Attack, conformanceMarkdown, createTestIssuer, testVerifier } from 'jwtight/testing';
import { describe, expect, it } from 'vitest';
import { acceptsNone } from './broken-verifiers/algorithms.js';
import { buildVerifier, trustedBy } from './broken-verifiers/verifier.js';

const issuer = createTestIssuer();
const genuine = createVerifier(issuer.policy);

/** A verifier that passes a few attacks to an answer of the test's, and is right otherwise. */
function answering(answer: (token: string) => unknown): {
  verify: (token: string) => unknown;
  only: (attack: Attack) => boolean;
} {
  return {
    verify: async (token) => {
      const result = await genuine.safe(token);
      return result.ok ? result : answer(token);
    },
    only: ({ id }) => id === 'alg-none' || id === 'exp-missing',
  };
}

const outcomes = async (answer: (token: string) => unknown, options = {}) => {
  const { verify, only } = answering(answer);
  const { results } = await testVerifier(verify, issuer, { only, ...options });
  return results.map(({ id, outcome, error }) => [id, outcome, error]);
};

const fails = (error: unknown) => () => {
  throw error;
};

describe('testVerifier', () => {
  it('finds nothing wrong with jwtight', async () => {
    const isClean = (error: unknown) => error instanceof JwtError;
    const report = await testVerifier(genuine, issuer, { name: 'jwtight', isClean });
    expect(report).toMatchObject({
      name: 'jwtight',
      algorithm: 'ES256',
      passed: true,
      failures: [],
      summary:
        'jwtight, ES256: passed; accepted forgery 0/89, policy 0/85, robustness 0/70, strictness 0/53; foreign errors 0; too slow 0',
      classes: {
        forgery: { accepted: 0, rejected: 89, 'foreign-error': 0, 'too-slow': 0 },
        strictness: { accepted: 0, rejected: 53, 'foreign-error': 0, 'too-slow': 0 },
      },
    });
    expect(report.results.every(({ outcome, error }) => outcome === 'rejected' && error?.startsWith('ERR_JWT_'))).toBe(
      true,
    );
    expect(JSON.stringify(report)).not.toContain((await issuer.token()).split('.')[0]);
  });

  it('finds the flaw of a broken verifier', async () => {
    const verify = buildVerifier(await trustedBy(issuer), acceptsNone);
    const report = await testVerifier(verify, issuer, { name: 'broken' });
    expect(report.passed).toBe(false);
    expect(report.failures.map(({ id }) => id)).toEqual([
      'alg-none',
      'alg-none-with-junk-signature',
      'alg-none-with-genuine-signature',
    ]);
    expect(report.failures.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(report.classes.forgery).toEqual({ accepted: 3, rejected: 86, 'foreign-error': 0, 'too-slow': 0 });
    expect(report.summary).toMatch(/^broken, ES256: failed; accepted forgery 3\/89, /);
  });

  it('shows a genuine token before an attack on caches', async () => {
    const seen: string[] = [];
    const { results } = await testVerifier(
      async (token) => {
        seen.push(token);
        return genuine(token);
      },
      issuer,
      { only: ({ id }) => id === 'cache-by-signature' },
    );
    expect(results).toHaveLength(1);
    // The control, the token to remember, the attack.
    expect(seen).toHaveLength(3);
    expect(seen[2]!.split('.')[2]).toBe(seen[1]!.split('.')[2]);
  });

  it('does not call the acceptance of what the RFCs leave open a failure', async () => {
    const { verify, only } = answering((token) => {
      if (token.endsWith('.')) throw new JwtError('ERR_JWT_ALGORITHM', 'unsigned');
      return {};
    });
    const report = await testVerifier(verify, issuer, { only });
    expect(report).toMatchObject({ name: 'verifier', passed: true, classes: { strictness: { accepted: 1 } } });
  });

  it.each([undefined, null, false])('takes %o for a refusal', async (value) => {
    expect(await outcomes(() => value)).toEqual([
      ['alg-none', 'rejected', undefined],
      ['exp-missing', 'rejected', undefined],
    ]);
  });

  it.each([true, 0, '', {}])('takes %o for acceptance', async (value) => {
    expect((await outcomes(() => value)).map(([, outcome]) => outcome)).toEqual(['accepted', 'accepted']);
  });

  it('lets the caller read what is returned', async () => {
    const accepts = (value: unknown) => (value as { ok: boolean }).ok;
    expect(await outcomes(() => ({ ok: false }), { accepts })).toContainEqual(['alg-none', 'rejected', undefined]);
    const report = await testVerifier(genuine.safe, issuer, { accepts, only: ({ class: kind }) => kind === 'forgery' });
    expect(report.passed).toBe(true);
  });

  class LibraryError extends Error {
    override readonly name = 'LibraryError';
  }
  class Unnamed extends TypeError {}
  /** As libraries made errors before there were classes. */
  const oldStyle = Object.assign(Object.create(Object.create(Error.prototype)), { name: 'OldError' });

  it.each([
    [new Error('no'), 'rejected', 'Error'],
    [new LibraryError('no'), 'rejected', 'LibraryError'],
    [Object.assign(new Error('no'), { code: 'E_NO' }), 'rejected', 'E_NO'],
    [oldStyle, 'rejected', 'OldError'],
    [new TypeError('no'), 'foreign-error', 'TypeError'],
    [new Unnamed('no'), 'foreign-error', 'TypeError'],
    [new RangeError('no'), 'foreign-error', 'RangeError'],
    [new SyntaxError('no'), 'foreign-error', 'SyntaxError'],
    [new DOMException('no', 'OperationError'), 'foreign-error', 'OperationError'],
    ['no', 'foreign-error', 'string'],
    [undefined, 'foreign-error', 'undefined'],
    [null, 'foreign-error', 'object'],
    [new DOMException('no', 'TimeoutError'), 'foreign-error', 'TimeoutError'],
    [{ name: 'LibraryError' }, 'foreign-error', 'LibraryError'],
    [Object.create(null), 'foreign-error', 'object'],
  ])('takes %o for %s', async (error, outcome, name) => {
    expect(await outcomes(fails(error))).toEqual([
      ['alg-none', outcome, name],
      ['exp-missing', outcome, name],
    ]);
  });

  it('lets the caller judge errors', async () => {
    const isClean = (error: unknown) => error instanceof LibraryError;
    expect(await outcomes(fails(new Error('no')), { isClean })).toContainEqual(['alg-none', 'foreign-error', 'Error']);
    expect(await outcomes(fails(new LibraryError('no')), { isClean })).toContainEqual([
      'alg-none',
      'rejected',
      'LibraryError',
    ]);
  });

  it('does not wait for ever', async () => {
    const { verify, only } = answering(() => new Promise(() => {}));
    const report = await testVerifier(verify, issuer, { only, maxMilliseconds: 30 });
    expect(report.failures).toMatchObject([
      { id: 'alg-none', outcome: 'too-slow' },
      { id: 'exp-missing', outcome: 'too-slow' },
    ]);
    expect(report.passed).toBe(false);
    expect(report.summary).toMatch(/too slow 2$/);
  });

  const busy = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {}
  };

  it('notices who could not be interrupted, unless it is worse', async () => {
    const slow = (result: () => unknown) => () => {
      busy(40);
      return result();
    };
    expect(await outcomes(slow(fails(new Error('no'))), { maxMilliseconds: 20 })).toContainEqual([
      'alg-none',
      'too-slow',
      'Error',
    ]);
    expect(
      await outcomes(
        slow(() => true),
        { maxMilliseconds: 20 },
      ),
    ).toContainEqual(['alg-none', 'accepted', undefined]);
  });

  it('measures each answer', async () => {
    const { verify, only } = answering(() => busy(5));
    const { results } = await testVerifier(verify, issuer, { only });
    for (const { milliseconds } of results) expect(milliseconds).toBeGreaterThanOrEqual(5);
  });

  it('refuses a verifier that refuses genuine tokens', async () => {
    const other = createTestIssuer({ issuer: 'https://other.example' });
    await expect(testVerifier(genuine, other)).rejects.toThrow(JwtConfigError);
    await expect(testVerifier(genuine, other)).rejects.toThrow('ERR_JWT_KEY_NOT_FOUND');
    await expect(testVerifier(() => false, issuer)).rejects.toThrow('rejected');
  });

  it.each([
    { names: 'x' },
    { name: undefined },
    { maxMilliseconds: 0 },
    { maxMilliseconds: Number.NaN },
    { maxMilliseconds: Number.POSITIVE_INFINITY },
  ])('refuses the options %o', async (options) => {
    await expect(testVerifier(genuine, issuer, options as never)).rejects.toBeInstanceOf(JwtConfigError);
  });

  it('refuses what is no function', async () => {
    await expect(testVerifier({} as never, issuer)).rejects.toBeInstanceOf(JwtConfigError);
  });
});

describe('conformanceMarkdown', () => {
  it('has no second table where all is well', async () => {
    const report = await testVerifier(genuine, issuer, { name: 'jwtight' });
    expect(conformanceMarkdown(report)).toBe(
      [
        '## jwtight, ES256',
        '',
        report.summary,
        '',
        '| class | attacks | accepted | rejected | foreign error | too slow |',
        '| --- | --- | --- | --- | --- | --- |',
        '| forgery | 89 | 0 | 89 | 0 | 0 |',
        '| policy | 85 | 0 | 85 | 0 | 0 |',
        '| robustness | 70 | 0 | 70 | 0 | 0 |',
        '| strictness | 53 | 0 | 53 | 0 | 0 |',
        '',
      ].join('\n'),
    );
  });

  it('names what was not refused cleanly', async () => {
    const { verify, only } = answering((token) => {
      if (token.endsWith('.')) return {};
      throw new TypeError('oops');
    });
    const lines = conformanceMarkdown(await testVerifier(verify, issuer, { only, name: 'a|b' })).split('\n');
    expect(lines).toContain('| attack | class | severity | outcome | what it is | reference |');
    expect(lines).toContain(
      '| `alg-none` | forgery | critical | accepted | forged claims, alg none, empty signature | RFC 8725 §2.1, §3.2; CVE-2015-2951 |',
    );
    expect(lines).toContain(
      '| `exp-missing` | strictness | medium | foreign-error (TypeError) | no exp: good for ever | RFC 7519 §4.1.4 (exp is optional) |',
    );
  });
});
