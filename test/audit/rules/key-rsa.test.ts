import { createHash } from 'node:crypto';
import { key } from 'jwtight';
import { type AuditSubject, audit, rules } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { findingsOf, fires, quiet } from '../support.js';

function base64url(n: bigint): string {
  const hex = n.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
}

const rsa = (n: bigint, e = 65537n) => ({ kty: 'RSA', n: base64url(n), e: base64url(e) });
const withKey = (n: bigint, e?: bigint): AuditSubject => ({ key: rsa(n, e) });

/** RFC 7517 appendix A.1: the modulus of a sound key. */
const SOUND = BigInt(
  `0x${Buffer.from(
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3' +
      'oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zg' +
      'dAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF' +
      'Cur-kEgU8awapJzKnqDKgw',
    'base64url',
  ).toString('hex')}`,
);
/** Primes below 16384. */
const EXPONENTS = Array.from({ length: 16_384 }, (_, n) => 16_383 - n)
  .filter((n) => !Array.from({ length: 126 }, (_, i) => i + 2).some((d) => n % d === 0))
  .slice(0, 40);
/** Mersenne primes. */
const [P, Q, R] = [2n ** 521n - 1n, 2n ** 607n - 1n, 2n ** 1279n - 1n];

describe('key/rsa-too-small and key/rsa-112-bit', () => {
  const ofBits = (bits: number) => withKey(2n ** BigInt(bits) - 1n);

  it.each([
    [1023, 'critical'],
    [1024, 'high'],
    [2047, 'high'],
  ])('%i bits are too small', async (bits, severity) => {
    const finding = await fires('key/rsa-too-small', ofBits(bits));
    expect(finding).toMatchObject({ severity, path: '/key', rootCause: 'key-strength' });
    expect(finding.message).toContain(String(bits));
    await quiet('key/rsa-112-bit', ofBits(bits));
  });

  it.each([2048, 3071])('%i bits are enough for now', async (bits) => {
    await quiet('key/rsa-too-small', ofBits(bits));
    expect((await fires('key/rsa-112-bit', ofBits(bits))).severity).toBe('info');
    expect((await fires('key/rsa-112-bit', ofBits(bits), { profile: 'asvs-l2' })).severity).toBe('medium');
    expect((await fires('key/rsa-112-bit', ofBits(bits), { profile: 'fapi2' })).severity).toBe('info');
  });

  it('are quiet on 3072 bits, other keys, and keys without a size', async () => {
    for (const id of ['key/rsa-too-small', 'key/rsa-112-bit']) {
      await quiet(id, ofBits(3072));
      await quiet(id, { key: { kty: 'oct', k: 'AQ' } });
      await quiet(id, { key: { kty: 'RSA' } });
      await quiet(id, { jwks: { keys: [rsa(2n ** 3072n - 1n), { kty: 'RSA' }] } });
    }
  });

  it('point at each key of a set and of verifiers', async () => {
    const bad = rsa(2n ** 1024n - 1n);
    const findings = await findingsOf('key/rsa-too-small', {
      jwks: { keys: [rsa(SOUND), bad] },
      verifier: { keys: [bad] },
    });
    expect(findings.map(({ path }) => path)).toEqual(['/jwks/keys/1', '/verifier/keys/0']);
  });
});

describe('key/rsa-exponent', () => {
  const RULE = 'key/rsa-exponent';

  it.each([
    [1n, 'critical'],
    [0n, 'critical'],
    [65536n, 'critical'],
    [SOUND, 'critical'],
    [SOUND + 2n, 'critical'],
    [3n, 'low'],
    [17n, 'info'],
    [SOUND - 2n, 'info'],
  ])('%# is judged', async (e, severity) => {
    expect(await fires(RULE, withKey(SOUND, e))).toMatchObject({ severity, path: '/key' });
  });

  it('judges an exponent without modulus', async () => {
    expect((await fires(RULE, { key: { kty: 'RSA', e: 'Aw' } })).severity).toBe('low');
  });

  it('is quiet on 65537 and without exponent', async () => {
    await quiet(RULE, withKey(SOUND));
    await quiet(RULE, { jwks: { keys: [{ kty: 'RSA' }, rsa(SOUND)] } });
    await quiet(RULE, { key: { kty: 'RSA' } });
  });
});

describe.each([
  ['key/rsa-roca', 65537n ** 130n],
  ['key/rsa-close-primes', (2n ** 1024n + 643n) * (2n ** 1024n + 9999n)],
  ['key/rsa-small-factor', P * 1999n],
])('%s', (id, modulus) => {
  it('fires', async () => {
    expect(await fires(id, { jwks: { keys: [rsa(SOUND), rsa(modulus)] } })).toMatchObject({
      severity: 'critical',
      confidence: 'confirmed',
      path: '/jwks/keys/1',
      rootCause: 'key-strength',
    });
  });

  it('is quiet on a sound key, keys without modulus, and other keys', async () => {
    await quiet(id, withKey(SOUND));
    await quiet(id, { key: { kty: 'RSA', e: 'AQAB' } });
    await quiet(id, { key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } });
  });
});

describe('keys of broken generators', () => {
  const primes = Array.from({ length: 400 }, (_, n) => n).filter(
    (n) => n > 1 && !Array.from({ length: 20 }, (_, i) => i + 2).some((d) => d < n && n % d === 0),
  );
  /** A number of 1024 bits and more, the same for the same seed. */
  const seeded = (seed: string) =>
    BigInt(
      `0x${['a', 'b']
        .map((part) =>
          createHash('sha512')
            .update(seed + part)
            .digest('hex'),
        )
        .join('')}`,
    );
  const power = (base: bigint, exponent: bigint, modulus: bigint): bigint =>
    exponent === 0n
      ? 1n
      : (power((base * base) % modulus, exponent / 2n, modulus) * (exponent % 2n ? base : 1n)) % modulus;

  it.each([
    // Nemec et al., table 1: the number of primes in M by the size of the key.
    [39, 'those of 512 to 960 bits'],
    [71, 'those of 992 to 1952 bits'],
  ])('ROCA: M of %i primes, %s', async (count) => {
    const m = primes.slice(0, count).reduce((product, prime) => product * BigInt(prime), 1n);
    for (let i = 0; i < 20; i++) {
      const [p, q] = ['p', 'q'].map(
        (half) => (seeded(`${half}k${i}`) % 2n ** 64n) * m + power(65537n, seeded(`${half}a${i}`) % 2n ** 60n, m),
      );
      await fires('key/rsa-roca', withKey(p! * q!));
      // The same with another residue modulo 11, where the powers of 65537 are 1 and 10 only.
      await quiet('key/rsa-roca', withKey(p! * q! + m / 11n));
    }
  });

  it('primes that follow each other, or have their upper half in common', async () => {
    for (let i = 0; i < 20; i++) {
      const p = seeded(`close${i}`) | 1n;
      await fires('key/rsa-close-primes', withKey(p * (p + 2n * (seeded(`gap${i}`) % 2n ** 500n))));
      await quiet('key/rsa-close-primes', withKey(p * ((seeded(`far${i}`) >> 8n) | 1n)));
    }
  });
});

describe('key/rsa-shared-prime', () => {
  const RULE = 'key/rsa-shared-prime';

  it('fires on both keys', async () => {
    const jwks = { keys: [rsa(SOUND), rsa(P * Q), { kty: 'RSA' }, rsa(R * Q)] };
    const findings = await findingsOf(RULE, { jwks });
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([
      ['/jwks/keys/1', 'critical'],
      ['/jwks/keys/3', 'critical'],
    ]);
  });

  it('compares a key with a set', async () => {
    expect(await findingsOf(RULE, { key: rsa(P * R), jwks: { keys: [rsa(P * Q)] } })).toHaveLength(2);
  });

  it('is quiet on one key twice, different keys, and a single key', async () => {
    await quiet(RULE, { jwks: { keys: [rsa(P * Q), rsa(P * Q)] } });
    await quiet(RULE, { jwks: { keys: [rsa(P * Q), rsa(SOUND)] } });
    await quiet(RULE, withKey(P * Q));
  });

  it('does not claim to have compared what is too much', async () => {
    // 2^a − 1 and 2^b − 1 have 2^gcd(a, b) − 1 in common.
    const keys = EXPONENTS.map((exponent) => rsa(2n ** BigInt(exponent) - 1n));
    const { coverage, findings } = await audit({ jwks: { keys } }, { rules: rules.filter(({ id }) => id === RULE) });
    expect([findings, coverage.unknown]).toEqual([[], [RULE]]);
    await quiet(RULE, { jwks: { keys: keys.slice(0, 30) } });
  });
});

it('nothing at or above medium is found on keys of ours', async () => {
  const { privateKey, publicKey } = await key('PS256').extractable().generate();
  for (const given of [privateKey, publicKey]) {
    for (const id of ['key/rsa-too-small', 'key/rsa-112-bit', 'key/rsa-exponent', 'key/rsa-roca'])
      await quiet(id, { key: given });
    await quiet('key/rsa-close-primes', { key: given });
    await quiet('key/rsa-small-factor', { key: given });
  }
}, 30_000);
