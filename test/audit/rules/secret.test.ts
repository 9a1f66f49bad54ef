import { createHash, createHmac } from 'node:crypto';
import { type AuditSubject, audit, type SecretEnvironment } from 'jwtight/audit';
import { describe, expect, it } from 'vitest';
import { CANDIDATES, MD5, PUBLISHED_KEYS } from '../../../src/audit/rules/secret-candidates.data.js';
import { base64url, findingsOf, fires, quiet } from '../support.js';

/** Random, made for these tests and for nothing else: 64 bytes. */
const RANDOM = Buffer.from(
  'kWfKkvZ5vRzMEk2cV3i9nQGbT0a7oXyLhJ1mPzSdB48sUq6wNn0e5rXtYc2vFj9HgDpIoAlKzbMxQeRuTiW3yw',
  'base64url',
);
const BYTES = new Uint8Array(RANDOM.subarray(0, 32));
const TEXT = 'kWfKkvZ5vRzMEk2cV3i9nQGbT0a7oXyLhJ1mPzSdB48';
const HEX = RANDOM.subarray(0, 32).toString('hex');

const fromBase64url = (text: string) => Buffer.from(text, 'base64url');
const of = (secret: string | Uint8Array, algorithm?: string): AuditSubject =>
  algorithm === undefined ? { secret } : { secret, algorithm };

const STRENGTH = [
  'secret/empty',
  'secret/too-short',
  'secret/low-entropy',
  'secret/placeholder',
  'secret/repetitive',
  'secret/derived-value',
  'secret/stray-whitespace',
  'secret/known',
];

describe.each<[string, string | Uint8Array]>([
  ['32 raw bytes', BYTES],
  ['43 base64url characters', TEXT],
  ['64 hexadecimal digits', HEX],
])('%s', (_what, secret) => {
  it.each(STRENGTH)('are a full HS256 secret: %s', async (id) => {
    await quiet(id, of(secret));
  });
});

describe('secret/empty', () => {
  it.each<string | Uint8Array>(['', ' \n', '\uFEFF', new Uint8Array(), Uint8Array.of(32, 10)])(
    'fires',
    async (secret) => {
      expect(await fires('secret/empty', of(secret))).toMatchObject({
        severity: 'critical',
        path: '/secret',
        rootCause: 'secret-strength',
      });
      for (const id of ['secret/too-short', 'secret/low-entropy', 'secret/repetitive', 'secret/stray-whitespace'])
        await quiet(id, of(secret));
    },
  );
});

describe('secret/too-short', () => {
  const RULE = 'secret/too-short';
  it.each([
    [1, undefined, 'critical'],
    [13, undefined, 'critical'],
    [14, undefined, 'high'],
    [31, 'HS256', 'high'],
    [31, 'HS512', 'high'],
    [32, 'HS384', 'medium'],
    [47, 'HS384', 'medium'],
    [63, 'HS512', 'medium'],
    [31, 'RS256', 'high'],
  ])('%i bytes for %s are %s', async (length, algorithm, severity) => {
    const finding = await fires(RULE, of(RANDOM.subarray(0, length), algorithm));
    expect(finding).toMatchObject({ severity, path: '/secret', rootCause: 'secret-strength' });
    expect(finding.message).toContain(String(length));
  });
  it.each([
    [32, undefined],
    [32, 'HS256'],
    [48, 'HS384'],
    [64, 'HS512'],
    [32, 'RS512'],
  ])('%i bytes for %s are enough', async (length, algorithm) => {
    await quiet(RULE, of(RANDOM.subarray(0, length), algorithm));
  });
  it('takes the algorithm of the draft', async () => {
    await fires(RULE, { secret: BYTES, draft: { header: { alg: 'HS384' }, claims: {} } });
  });
});

describe('secret/low-entropy', () => {
  const RULE = 'secret/low-entropy';
  it.each<[string, string | Uint8Array, string | undefined, string]>([
    ['words', 'I Love Secure Applications In 2026', undefined, 'high'],
    ['128 bits', HEX.slice(0, 32), undefined, 'medium'],
    ['less', HEX.slice(0, 31), undefined, 'high'],
    ['256 bits for HS512', BYTES, 'HS512', 'medium'],
  ])('%s', async (_what, secret, algorithm, severity) => {
    expect(await fires(RULE, of(secret, algorithm))).toMatchObject({ severity, path: '/secret' });
  });
  it('is quiet on as many bits as the algorithm has', async () => {
    await quiet(RULE, of(RANDOM, 'HS512'));
    await quiet(RULE, of(RANDOM.subarray(0, 48), 'HS384'));
  });
});

describe('secret/placeholder', () => {
  const RULE = 'secret/placeholder';
  it.each([
    'changeme',
    'CHANGE_ME',
    'yourSuperSecretKey',
    'super-secret-jwt-token-with-at-least-32-characters-long',
    'my-dev-key-123',
    // 6 of 10 letters
    'secretwqzv',
  ])('fires on %s', async (secret) => {
    expect(await fires(RULE, of(secret))).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      path: '/secret',
      rootCause: 'secret-strength',
    });
    await fires(RULE, of(Buffer.from(secret)));
  });
  it.each<string | Uint8Array>([
    // 6 of 11
    'secretwqzvj',
    // "me" and "my" only count alone.
    'memymemyme',
    'key-38291047562910384756',
    '38291047562910384756',
    'correct horse battery staple',
    BYTES,
  ])('is quiet on %s', async (secret) => {
    await quiet(RULE, of(secret));
  });
});

describe('secret/repetitive', () => {
  const RULE = 'secret/repetitive';
  it.each<string | Uint8Array>([
    'abcdabcd',
    'Xk9!pXk9!p',
    'Xk9!pQzXk9!pQzX',
    new Uint8Array(32),
    'qwertyuiopasdfghjkl',
    '0123456789abcdef0123456789abcdef',
    '38291047562910384756',
    'wqzkvjxmbtrhgpnd',
    'WQZKVJXMBTRHGPND',
    '!?%&/()=!$§+*#',
  ])('fires on %s', async (secret) => {
    expect(await fires(RULE, of(secret))).toMatchObject({
      severity: 'high',
      path: '/secret',
      rootCause: 'secret-strength',
    });
  });
  it.each<string | Uint8Array>([
    // 39 digits and 28 letters can be random enough.
    '382910475629103847562910384750192837465',
    'wqzkvjxmbtrhgpndfycslaoeuiqz',
    'Xk9!pQzXk9!p',
    'a1B2',
    RANDOM,
  ])('is quiet on %s', async (secret) => {
    await quiet(RULE, of(secret));
  });
});

describe('secret/derived-value', () => {
  const RULE = 'secret/derived-value';
  const hash = (algorithm: string, word: string) => createHash(algorithm).update(word).digest('hex');
  it.each([
    '2f1c6a34-2f64-4f0e-9a55-0d3c3f6f4a11',
    '{2F1C6A34-2F64-4F0E-9A55-0D3C3F6F4A11}\n',
    '2026-11-22',
    '20261122',
    '2026-11-22T10:00:00Z',
    '1795305600',
    '1795305600000',
    'auth.example.com',
    'https://auth.example.com:8443/',
    hash('sha256', 'password'),
    hash('sha1', 'password'),
    hash('md5', 'password').toUpperCase(),
    hash('md5', 'secret'),
  ])('fires on %s', async (secret) => {
    expect(await fires(RULE, of(secret))).toMatchObject({
      severity: 'medium',
      path: '/secret',
      rootCause: 'secret-strength',
    });
  });
  it.each<string | Uint8Array>([
    '2026-13-22',
    '20261122x',
    '2795305600',
    'auth',
    `x${hash('md5', 'password')}`,
    hash('md5', TEXT),
    hash('sha1', TEXT),
    hash('sha256', TEXT),
    BYTES,
  ])('is quiet on %s', async (secret) => {
    await quiet(RULE, of(secret));
  });
});

describe('secret/encoding-ambiguous', () => {
  const RULE = 'secret/encoding-ambiguous';
  it.each<[string, string, string | undefined, string]>([
    ['hexadecimal of 32 bytes', HEX, undefined, 'info'],
    ['Base64url of 32 bytes', TEXT, undefined, 'info'],
    ['hexadecimal of 16 bytes', HEX.slice(0, 32), undefined, 'high'],
    ['hexadecimal of 31 bytes', HEX.slice(0, 62), 'HS512', 'high'],
    ['hexadecimal of 32 bytes for HS512', HEX, 'HS512', 'medium'],
    ['Base64 of 64 bytes for HS512', RANDOM.toString('base64'), 'HS512', 'info'],
  ])('%s', async (_what, secret, algorithm, severity) => {
    expect(await fires(RULE, of(secret, algorithm))).toMatchObject({
      severity,
      confidence: 'possible',
      path: '/secret',
    });
  });
  it.each<string | Uint8Array>(['I Love Secure Applications In 2026', BYTES, Buffer.from(HEX)])(
    'is quiet',
    async (secret) => {
      await quiet(RULE, of(secret));
    },
  );
});

describe('secret/stray-whitespace', () => {
  const RULE = 'secret/stray-whitespace';
  it.each([`${TEXT}\n`, ` ${TEXT}`, `\uFEFF${TEXT}`, `"${TEXT}"`, `'${TEXT}`, `${TEXT}\``])(
    'fires on %j',
    async (secret) => {
      expect(await fires(RULE, of(secret))).toMatchObject({
        severity: 'low',
        path: '/secret',
        rootCause: 'secret/stray-whitespace',
      });
      await fires(RULE, of(Buffer.from(secret)));
    },
  );
  it.each<string | Uint8Array>([
    TEXT,
    'a b"c',
    // Random bytes that happen to be text end in a line break by chance.
    Uint8Array.of(1, 2, 3, 10),
    Uint8Array.of(255, 10),
  ])('is quiet on %j', async (secret) => {
    await quiet(RULE, of(secret));
  });
});

describe('secret/known', () => {
  const RULE = 'secret/known';
  it.each<string | Uint8Array>([
    'secret',
    ' secret\n',
    'changeme',
    'your-256-bit-secret',
    'your-384-bit-secret',
    'your-512-bit-secret',
    'a-string-secret-at-least-256-bits-long',
    'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
    'super-secret-jwt-token-with-at-least-32-characters-long',
    '!ChangeThisMercureHubJWTSecretKey!',
    'SecretKey012345678901234567890123456789012345678901234567890123456789',
    '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
    Buffer.from('your-256-bit-secret'),
    Buffer.from('your-256-bit-secret').toString('base64'),
    Buffer.from('your-256-bit-secret').toString('hex'),
    'django-insecure-7x!k2v9$wq0z',
  ])('knows %s', async (secret) => {
    expect(await fires(RULE, of(secret))).toMatchObject({
      severity: 'critical',
      confidence: 'confirmed',
      path: '/secret',
      rootCause: 'secret-strength',
    });
  });
  it('knows each candidate in any form', async () => {
    expect(CANDIDATES.length + PUBLISHED_KEYS.length).toBe(150);
    const digests = CANDIDATES.map((text) => createHash('md5').update(text).digest('hex').slice(0, 8));
    expect(MD5).toBe(digests.join(''));
    for (const bytes of [...CANDIDATES.map((text) => Buffer.from(text)), ...PUBLISHED_KEYS.map(fromBase64url)]) {
      if (bytes.length === 0) continue;
      await fires(RULE, of(new Uint8Array(bytes)));
    }
    for (const text of CANDIDATES.filter((word) => word.length > 0)) await fires(RULE, of(`${text}\n`));
  });

  it.each<[string, AuditSubject]>([
    ['RFC 7515 §A.1', { key: { kty: 'oct', k: PUBLISHED_KEYS[0]! } }],
    ['its text', of(PUBLISHED_KEYS[0]!)],
    ['RFC 7520 §3.5', { key: { kty: 'oct', k: PUBLISHED_KEYS[1]!, alg: 'HS256', use: 'sig' } }],
    ['the bytes of a text with a line break', of(Buffer.from('your-256-bit-secret\n'))],
    ['the bytes of hexadecimal', of(Buffer.from(Buffer.from('your-256-bit-secret').toString('hex')))],
    ['the bytes of a Django default', of(Buffer.from('django-insecure-7x!k2v9$wq0z'))],
  ])('knows %s', async (_what, subject) => {
    await fires(RULE, subject);
  });

  it.each<string | Uint8Array>(['', ' ', 'xdjango-insecure-', TEXT, new Uint8Array()])(
    'does not know %j',
    async (secret) => {
      await quiet(RULE, of(secret));
    },
  );
});

describe('secret/signs-with-known', () => {
  const RULE = 'secret/signs-with-known';
  const sign = (secret: string | Uint8Array, bits = 256, alg = `HS${bits}`) => {
    const input = `${base64url(JSON.stringify({ alg }))}.${base64url('{}')}`;
    return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`;
  };

  it.each([
    ['secret', 256],
    ['your-384-bit-secret', 384],
    ['your-512-bit-secret', 512],
    ['', 256],
    ['qwerty', 256],
  ])('%s, %i bits', async (secret, bits) => {
    expect(await fires(RULE, { token: sign(secret, bits) })).toMatchObject({
      severity: 'critical',
      confidence: 'confirmed',
      path: '/token/signature',
      rootCause: 'secret-strength',
    });
  });

  it('finds it behind a prefix', async () => {
    await fires(RULE, { token: `Bearer ${sign('secret')}\n` });
  });

  it('tries the word list too', async () => {
    const token = sign(TEXT);
    await quiet(RULE, { token });
    await fires(RULE, { token }, { wordlist: ['\ud800', 'no', TEXT] });
    await fires(RULE, { token }, { wordlist: [...Array.from({ length: 300 }, (_, i) => `no-${i}`), TEXT] });
  });

  it('tries the keys of the RFCs', async () => {
    // RFC 7515 §A.1.1
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm' +
      'NvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    await fires(RULE, { token });
    for (const k of PUBLISHED_KEYS) await fires(RULE, { token: sign(fromBase64url(k)) });
  });

  const coverageOf = async (token: string, options: object) => {
    const { coverage } = await audit({ token }, options);
    return Object.entries(coverage).find(([, ids]) => Array.isArray(ids) && ids.includes(RULE))?.[0];
  };

  it('stops when it is told to, and does not claim to have tried', async () => {
    const token = sign('secret');
    for (const wordlist of [[], ['secret']]) {
      expect(await findingsOf(RULE, { token }, { wordlist, signal: AbortSignal.abort() })).toEqual([]);
      expect(await coverageOf(token, { wordlist, signal: AbortSignal.abort() })).toBe('unknown');
    }
    await fires(RULE, { token }, { signal: new AbortController().signal });
    expect(await coverageOf(sign(TEXT), { signal: new AbortController().signal })).toBe('evaluated');
  });

  it('keeps what it found before it was stopped', async () => {
    const controller = new AbortController();
    const words = Array.from({ length: 10_000 }, (_, i) => `no-${i}`);
    const found = findingsOf(
      RULE,
      { token: sign('first') },
      { wordlist: ['first', ...words], signal: controller.signal },
    );
    setTimeout(() => controller.abort());
    expect(await found).toHaveLength(1);
    const stopped = coverageOf(sign(TEXT), { wordlist: [...words, TEXT], signal: AbortSignal.timeout(1) });
    expect(await stopped).toBe('unknown');
  });

  it('tries as many as it may: words of the caller first, then the commonest', async () => {
    const token = sign('secret');
    await fires(RULE, { token }, { maxCandidates: 1 });
    await quiet(RULE, { token }, { maxCandidates: 1, wordlist: ['no'] });
    await fires(RULE, { token }, { maxCandidates: 2, wordlist: ['no'] });
    await quiet(RULE, { token: sign(CANDIDATES[1]!) }, { maxCandidates: 1 });
    await fires(RULE, { token: sign(TEXT) }, { maxCandidates: 2, wordlist: ['no', TEXT] });
    await quiet(RULE, { token: sign(TEXT) }, { maxCandidates: 2, wordlist: ['no', 'neither', TEXT] });
    const last = PUBLISHED_KEYS.at(-1)!;
    await fires(RULE, { token: sign(fromBase64url(last)) }, { maxCandidates: 150 });
    await quiet(RULE, { token: sign(fromBase64url(last)) }, { maxCandidates: 149 });
  });

  it('tries none where it may not, and does not claim to have', async () => {
    for (const wordlist of [[], ['secret']]) {
      expect(await findingsOf(RULE, { token: sign('secret') }, { wordlist, maxCandidates: 0 })).toEqual([]);
      expect(await coverageOf(sign('secret'), { wordlist, maxCandidates: 0 })).toBe('unknown');
    }
  });

  it.each<[string, string]>([
    ['a random secret', sign(BYTES)],
    ['another algorithm', sign('secret', 256, 'RS256')],
    ['another hash', sign('secret', 256, 'HS512')],
    ['HS1', sign('secret', 256, 'HS1')],
    ['no signature', `${sign('secret').split('.').slice(0, 2).join('.')}.`],
    ['a changed payload', sign('secret').replace('.e30.', '.e31.')],
    ['two parts', sign('secret').split('.').slice(0, 2).join('.')],
    ['five parts', `${sign('secret')}.a.b`],
  ])('is quiet on %s', async (_what, token) => {
    await quiet(RULE, { token });
  });
});

describe('secrets as people make them', () => {
  /** 64 bytes that look random and are always the same. */
  const random = (seed: string) => createHash('sha512').update(seed).digest();
  const pick = (alphabet: string, length: number, seed: string) =>
    Array.from({ length }, (_, i) => alphabet[random(`${seed}/${i}`).readUInt32LE() % alphabet.length]).join('');
  const uuid = (seed: string) =>
    random(seed)
      .toString('hex')
      .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
  const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

  it.each<[string, (seed: string) => string | Uint8Array]>([
    ['openssl rand -base64 32', (seed) => random(seed).subarray(0, 32).toString('base64')],
    ['openssl rand -hex 32', (seed) => random(seed).subarray(0, 32).toString('hex')],
    ['openssl rand -base64 64', (seed) => random(seed).toString('base64')],
    ['32 bytes of a file', (seed) => new Uint8Array(random(seed).subarray(0, 32))],
    ['a key of Laravel', (seed) => `base64:${random(seed).subarray(0, 32).toString('base64')}`],
    ['two UUIDs', (seed) => uuid(seed) + uuid(`${seed}b`)],
    ['two UUIDs with a dash', (seed) => `${uuid(seed)}-${uuid(`${seed}b`)}`],
    ['50 characters of a password manager', (seed) => pick(`${ALPHANUMERIC}!@#$%^&*-_.`, 50, seed)],
    ['64 letters and digits', (seed) => pick(ALPHANUMERIC, 64, seed)],
    ['a labelled one', (seed) => `jwt_live_${random(seed).subarray(0, 32).toString('hex')}`],
  ])('%s', async (_what, make) => {
    for (let i = 0; i < 25; i++) {
      const { findings } = await audit({ secret: make(`seed ${i}`), algorithm: 'HS256' });
      expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    }
  });
});

describe('where the secret comes from', () => {
  const from = (environment: SecretEnvironment, more: AuditSubject = {}): AuditSubject => ({ environment, ...more });

  it('secret/hardcoded', async () => {
    for (const secretSource of ['code', 'config'] as const) {
      expect(await fires('secret/hardcoded', from({ secretSource }))).toMatchObject({
        severity: 'high',
        path: '/environment/secretSource',
      });
      expect((await fires('secret/hardcoded', from({ secretSource, production: true }))).severity).toBe('critical');
      expect((await fires('secret/hardcoded', from({ secretSource, production: false }))).severity).toBe('high');
    }
    for (const secretSource of ['env', 'file', 'vault'] as const)
      await quiet('secret/hardcoded', from({ secretSource, production: true }));
    await quiet('secret/hardcoded', from({ production: true }));
  });

  it('secret/fallback-default', async () => {
    for (const fallback of [true, 'dev', ''])
      expect(await fires('secret/fallback-default', from({ fallback }))).toMatchObject({
        severity: 'high',
        path: '/environment/fallback',
      });
    await quiet('secret/fallback-default', from({ fallback: false }));
    await quiet('secret/fallback-default', from({}));
  });

  const PUBLIC = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' };
  const PRIVATE = { ...PUBLIC, d: 'AQ' };

  it('secret/client-exposed by its variable', async () => {
    for (const prefix of ['NEXT_PUBLIC_', 'VITE_', 'REACT_APP_', 'EXPO_PUBLIC_'])
      expect(await fires('secret/client-exposed', from({ variable: `${prefix}JWT` }))).toMatchObject({
        severity: 'critical',
        path: '/environment/variable',
      });
    const variable = 'NEXT_PUBLIC_JWT_KEY';
    await fires('secret/client-exposed', from({ variable }, { key: PRIVATE }));
    await fires('secret/client-exposed', from({ variable }, { key: PUBLIC, secret: 'x' }));
    await quiet('secret/client-exposed', from({ variable }, { key: PUBLIC }));
    for (const name of ['JWT_SECRET', 'MY_NEXT_PUBLIC_X', 'vite_x'])
      await quiet('secret/client-exposed', from({ variable: name }));
  });

  it('secret/client-exposed in a browser', async () => {
    for (const more of [{ secret: 'x' }, { key: PRIVATE }, { algorithm: 'HS256' }])
      expect((await fires('secret/client-exposed', from({ browser: true }, more))).path).toBe('/environment/browser');
    await quiet('secret/client-exposed', from({ browser: true }, { key: PUBLIC }));
    await quiet('secret/client-exposed', from({ browser: true }, { algorithm: 'ES256' }));
    await quiet('secret/client-exposed', from({ browser: false }, { secret: 'x' }));
    await quiet('secret/client-exposed', from({}, { secret: 'x' }));
  });

  it('secret/shared', async () => {
    const sharedAcross = ['staging', 'production'];
    expect(await fires('secret/shared', from({ sharedAcross }))).toMatchObject({
      severity: 'high',
      path: '/environment/sharedAcross',
    });
    await fires('secret/shared', from({ sharedAcross }, { key: PUBLIC, secret: 'x' }));
    await quiet('secret/shared', from({ sharedAcross }, { key: PUBLIC }));
    await quiet('secret/shared', from({ sharedAcross: ['production'] }));
    await quiet('secret/shared', from({}));
  });
});

it('no finding says anything of the secret', async () => {
  const secret = 'qwertyuiopasdfghjklzxcvbnm123456';
  for (const id of [...STRENGTH, 'secret/encoding-ambiguous'])
    for (const { message } of await findingsOf(id, of(secret))) expect(message).not.toMatch(/qwert|zxcv|123456/);
});
