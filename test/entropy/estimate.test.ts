import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { estimateEntropy, loadDictionaries } from '../../src/entropy/index.js';
import { JwtConfigError } from '../../src/errors.js';

// Never a matter of speed: a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

// In this order: once loaded, dictionaries stay.
describe('on the built-in words alone', () => {
  test('says so, and knows what people write', () => {
    const estimate = estimateEntropy('my-super-secret-jwt-key');
    expect(estimate.dictionaries).toBe(false);
    expect(estimate.bits).toBeLessThan(50);
    expect(estimateEntropy('your-256-bit-secret').patterns[0]?.kind).toBe('known-secret');
  });

  test('knows fewer words than with dictionaries', async () => {
    const before = estimateEntropy('walrus-marmalade-teapot').bits;
    await loadDictionaries();
    expect(estimateEntropy('walrus-marmalade-teapot').bits).toBeLessThan(before - 10);
  });
});

describe('with dictionaries', () => {
  beforeAll(() => loadDictionaries());

  const kinds = (secret: string | Uint8Array): string[] => estimateEntropy(secret).patterns.map(({ kind }) => kind);

  test('are loaded once, also when asked for at the same time', async () => {
    expect(loadDictionaries()).toBe(loadDictionaries());
    await Promise.all([loadDictionaries(), loadDictionaries()]);
    expect(estimateEntropy('x').dictionaries).toBe(true);
  });

  test.each<[unknown]>([
    [undefined],
    [null],
    [7],
    [{}],
    [['a']],
    [new ArrayBuffer(4)],
    [new Uint16Array(2)],
    [new DataView(new ArrayBuffer(2))],
  ])('refuses what is neither text nor bytes: %o', (secret) => {
    expect(() => estimateEntropy(secret as string)).toThrow(JwtConfigError);
    expect(() => estimateEntropy({ [Symbol.toStringTag]: 'Uint8Array' } as unknown as string)).toThrow(JwtConfigError);
  });

  test('takes bytes of any kind and realm', () => {
    const foreign = runInNewContext('new Uint8Array([112, 97, 115, 115, 119, 111, 114, 100])') as Uint8Array;
    expect(foreign instanceof Uint8Array).toBe(false);
    const { bits } = estimateEntropy('password');
    for (const secret of [foreign, Buffer.from('password'), new TextEncoder().encode('password')]) {
      expect(estimateEntropy(secret)).toMatchObject({ bits, encoding: 'text', keyLength: { bytes: 8 } });
    }
  });

  test.each([[''], [new Uint8Array(0)]])('nothing is worth nothing', (secret) => {
    const { bits, encoding, patterns, keyLength, crackTimes } = estimateEntropy(secret);
    expect({ bits, encoding, patterns, bytes: keyLength.bytes }).toEqual({
      bits: 0,
      encoding: 'empty',
      patterns: [],
      bytes: 0,
    });
    expect(crackTimes.every(({ duration }) => duration === 'at once')).toBe(true);
  });

  test.each([
    ['\ud800'],
    ['a\udfff'],
    ['\0'],
    ['\0\0\0\0\0\0'],
    ['pass\0word'],
    ['\n'],
    ['\ufeff'],
    ['\u2028\u2029'],
    ['e\u0301'],
    ['İİİİ'],
  ])('has an answer for odd characters %j', (secret) => {
    const { bits, keyLength } = estimateEntropy(secret);
    expect(bits).toBeGreaterThan(0);
    expect(bits).toBeLessThanOrEqual(8 * keyLength.bytes);
  });

  test('other scripts and emoji are text', () => {
    expect(estimateEntropy('пароль').bits).toBeLessThanOrEqual(96);
    expect(estimateEntropy('密码密码密码').bits).toBeLessThan(40);
    expect(estimateEntropy('密码').keyLength.bytes).toBe(6);
    expect(estimateEntropy('🔐🔑').keyLength.bytes).toBe(8);
  });

  test('a megabyte is answered from its beginning', () => {
    const long = 'Zk3vQ9pL0x'.repeat(100_000);
    expect(estimateEntropy(long).bits).toBeLessThan(75);
    expect(estimateEntropy(long).keyLength.bytes).toBe(1_000_000);
    expect(Number.isFinite(estimateEntropy(new Uint8Array(1_000_000)).bits)).toBe(true);
    const random = crypto.getRandomValues(new Uint8Array(8192));
    expect(estimateEntropy(random)).toMatchObject({ bits: 65_536, sufficientFor: ['HS256', 'HS384', 'HS512'] });
    for (const { seconds } of estimateEntropy(random).crackTimes) expect(Number.isFinite(seconds.HS256)).toBe(true);
  });

  // A pattern that looks back for each character would take minutes here.
  test.each([' ', '=', '\n', '"', '{', 'a ', '1', '-', '_.', 'kty"', '\u3000'])(
    '8 kB of %j and one more, and a megabyte',
    (unit) => {
      const secret = `a${unit.repeat(8190 / unit.length)}b`;
      expect(Number.isFinite(estimateEntropy(secret).bits)).toBe(true);
      expect(Number.isFinite(estimateEntropy(`{"${secret}`).bits)).toBe(true);
      expect(Number.isFinite(estimateEntropy(unit.repeat(1_000_000 / unit.length)).bits)).toBe(true);
    },
  );

  test('a long text of few ideas gains little from its length', () => {
    const text = Array.from({ length: 400 }, (_, i) => `setting_${(i * 7919) % 1000}=on;`).join('');
    expect(estimateEntropy(text).bits).toBeLessThan(8 * text.length * 0.5);
    expect(estimateEntropy(text).patterns.at(-1)?.end).toBeLessThanOrEqual(text.length);
  });

  test.each([
    ['a word', 'elephant', 'word'],
    ['leet', '3l3ph4nt', 'word'],
    ['leet with 1 for l', 'unbe1ievab1e', 'word'],
    ['a reversed word', 'tnahpele', 'word'],
    ['an inflected word', 'elephants', 'word'],
    ['a word that lost its e', 'baking', 'word'],
    ['letters', 'brindleton', 'letters'],
    ['a sequence', 'mnopqrst', 'sequence'],
    ['a sequence backwards', '87654321', 'sequence'],
    ['a sequence that wraps', '678901234', 'sequence'],
    ['a walk', 'rfvtgbyhn', 'keyboard'],
    ['a walk with shift', '!@#$%^&*', 'keyboard'],
    ['a zigzag', '3edc4rfv5tgb', 'keyboard'],
    ['a counter', '17-18-19-20-21', 'counter'],
    ['a date', '14/07/1989', 'date'],
    ['few characters', '+-++--+-+---++-++++-++', 'few-characters'],
    ['a UUID in a text', 'service/550e8400-e29b-41d4-a716-446655440000', 'uuid'],
  ])('recognises %s', (_, secret, kind) => expect(kinds(secret)).toContain(kind));

  test('sees a random run between words', () => {
    const found = estimateEntropy('password kR7vQ2xLm9Tz4WbN8sYc password');
    expect(found.patterns.map(({ kind }) => kind)).toContain('random');
    expect(found.bits).toBeGreaterThan(120);
    expect(found.bits).toBeLessThan(175);
  });

  test('patterns cover the secret in order, with words for a user', () => {
    const secret = 'Elephant-2024-mnopqrst';
    const { patterns, bits } = estimateEntropy(secret);
    let end = 0;
    for (const pattern of patterns) {
      expect(pattern.start).toBe(end);
      expect(pattern.description).not.toBe('');
      end = pattern.end;
    }
    expect(end).toBe(secret.length);
    expect(patterns.reduce((sum, pattern) => sum + pattern.bits, 0)).toBeCloseTo(bits, -1);
  });

  test('a decoded pattern is placed in the encoded text', () => {
    const text = 'elephant elephant';
    const encoded = Buffer.from(text).toString('hex');
    const { patterns, decodedBytes, encoding } = estimateEntropy(encoded);
    expect({ decodedBytes, encoding }).toEqual({ decodedBytes: text.length, encoding: 'hex' });
    expect(patterns.at(-1)?.end).toBe(encoded.length);
    expect(patterns[0]?.start).toBe(0);
  });

  test.each([
    [
      'PEM public key',
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----',
      'pem',
    ],
    ['certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'pem'],
    ['SSH public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@host', 'pem'],
    ['public JWK', '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x"}', 'jwk'],
  ])('a %s is worth nothing', (_, secret, encoding) => {
    expect(estimateEntropy(secret)).toMatchObject({ bits: 0, encoding, patterns: [{ kind: 'public-key' }] });
  });

  test('the key value of a JWK is what counts', () => {
    const k = 'mF2kgIVIuuSlJus8o5HfDAqHQc0urx9i7zrqrIGOvbZ'.replace(/.$/, 'Y');
    expect(estimateEntropy(JSON.stringify({ kty: 'oct', k }))).toMatchObject({ encoding: 'jwk', decodedBytes: 32 });
    expect(estimateEntropy('{"kty":"oct"}').encoding).toBe('text');
    expect(estimateEntropy('{not json').encoding).toBe('text');
  });

  test.each([
    ['base32', 'KRUGS4ZANFZSAYJAONSWG4TFOQ======'],
    ['base32', 'krugs4zanfzsayjaonswg4tfoq'],
    ['base64', 'VGhpcyBpcyBhIHNlY3JldA=='],
    ['base64url', 'VGhpcyBpcyBhIHNlY3JldA'],
    ['hex', '5468697320697320612073656372657400'.slice(0, -2)],
    ['colon-hex', '54:68:69:73:20:69:73:20:61:20:73:65:63:72:65:74'],
  ])('decodes %s and reads what it says', (encoding, secret) => {
    expect(estimateEntropy(secret)).toMatchObject({ encoding, decodedBytes: 16 });
    expect(estimateEntropy(secret).bits).toBeLessThan(50);
  });

  test('a label is told by all its characters, the dot too', () => {
    expect(kinds('SG.ycwcqafihbY8jTK9L2GQ')[0]).toBe('label');
    expect(kinds('SGycwcqafihbY8jTK9L2GQ')).not.toContain('label');
  });

  test('non-canonical Base64 is text', () => {
    expect(estimateEntropy('mF2kgIVIuuSlJus8o5HfDAqHQc0urx9i7zrqrIGOvbZ').encoding).toBe('text');
    expect(estimateEntropy('KR7').encoding).toBe('text');
    expect(estimateEntropy('QLMXWYZ').encoding).toBe('text');
  });

  test('patterns of bytes count, whether given or encoded', () => {
    const counting = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(estimateEntropy(counting)).toMatchObject({ encoding: 'bytes' });
    expect(estimateEntropy(counting).bits).toBeLessThan(40);
    expect(estimateEntropy(Buffer.from(counting).toString('base64')).bits).toBeLessThan(45);
    expect(estimateEntropy(new Uint8Array(32)).bits).toBeLessThan(20);
  });

  test('finds leaked secrets and hashes of passwords', () => {
    const hash = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8';
    expect(kinds(hash)).toEqual(['hashed-password']);
    expect(kinds(Buffer.from(hash, 'hex'))).toEqual(['hashed-password']);
    expect(kinds('SomeRandomString')).toEqual(['leaked-secret']);
    expect(kinds(`JWT_SECRET="SomeRandomString"`)).toContain('leaked-secret');
  });

  test('crack times: four attackers, each with its source', () => {
    const { crackTimes } = estimateEntropy('f47ac10b-58cc-1372-8567-0e02b2c3d479');
    expect(crackTimes).toHaveLength(4);
    for (const time of crackTimes) {
      expect(time.source).toMatch(/hashcat/);
      expect(time.seconds.HS512).toBeGreaterThan(time.seconds.HS256);
      expect(time.seconds.HS256 * time.guessesPerSecond).toBeGreaterThan(0.9 * 2 ** 39);
    }
    expect(crackTimes[0]?.duration).toBe('2.2 minutes');
  });
});
