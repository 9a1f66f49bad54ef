// Causes in the key and the signature: real tokens, really broken that way.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { createVerifier, exportJwk, exportPem, JwtError, type KeySource, key, sign } from 'jwtight';
import { describe, expect, it } from 'vitest';
import { base64url, NOW, NOW_SECONDS, rawToken } from '../support.js';
import {
  AUDIENCE,
  diagnosed,
  finds,
  good,
  goodClaims,
  hmacToken,
  ISSUER,
  otherPair,
  pair,
  secret,
  signed,
  tokenWith,
  verifier,
} from './support.js';

const HEAD = { alg: 'ES256', kid: 'one', typ: 'JWT' };
const [HEADER, CLAIMS, SIGNATURE] = good.split('.') as [string, string, string];
const policy = { issuer: ISSUER, audience: AUDIENCE, clock: () => NOW };
const jwk = await exportJwk(pair.publicKey);
const otherJwk = await exportJwk(otherPair.publicKey);
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaToken = (alg = 'RS256') => {
  const input = `${base64url(JSON.stringify({ alg }))}.${base64url(JSON.stringify(goodClaims()))}`;
  return `${input}.${nodeSign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')}`;
};
const rsaPem = (half: 'public' | 'private', type: 'pkcs1' | 'pkcs8' | 'spki') =>
  (half === 'public'
    ? rsa.publicKey.export({ type: type as 'spki', format: 'pem' })
    : rsa.privateKey.export({ type: type as 'pkcs8', format: 'pem' })) as string;

describe('keys in every form', () => {
  it('verify a token that is right', async () => {
    const pems = [await exportPem(pair.publicKey), await exportPem(pair.privateKey)];
    for (const pem of pems) {
      await finds(good, [], { keys: { pem }, now: NOW });
      await finds(good, [], { keys: { pem, algorithm: 'ES256' }, now: NOW });
    }
    for (const one of [jwk, JSON.stringify(jwk), await exportJwk(pair.privateKey), { ...jwk, alg: undefined }])
      await finds(good, [], { keys: { jwk: JSON.parse(JSON.stringify(one)) }, now: NOW });
    for (const jwks of [{ keys: [otherJwk, jwk] }, JSON.stringify({ keys: [otherJwk, jwk] })])
      await finds(good, [], { keys: { jwks }, now: NOW });
    await finds(good, [], { keys: [{ jwk: otherJwk }, pair.publicKey], now: NOW });
    await finds(rsaToken(), [], { keys: { pem: rsaPem('public', 'spki') }, now: NOW });
    await finds(rsaToken(), [], { keys: { pem: rsaPem('private', 'pkcs8') }, now: NOW });
    const ed = await key('Ed25519').extractable().generate();
    const edToken = await sign(goodClaims() as { exp: number }, ed.privateKey, { clock: () => NOW });
    await finds(edToken, [], { keys: { pem: await exportPem(ed.privateKey) }, now: NOW });
  });

  it('are secrets too', async () => {
    const text = 'a secret that is long enough for it';
    const token = await hmacToken(text);
    await finds(token, [], { keys: { secret: text, algorithm: 'HS256' }, now: NOW });
    await finds(token, [], { keys: { secret: Buffer.from(text), algorithm: 'HS256' }, now: NOW });
    await finds(token, [], { keys: { jwk: { kty: 'oct', k: base64url(text), kid: 'x' } }, now: NOW });
    await finds(await sign(goodClaims() as { exp: number }, secret, { clock: () => NOW }), [], {
      keys: secret,
      now: NOW,
    });
  });
});

describe('which key', () => {
  it('finds the key of the set that signed, where kid names another', async () => {
    const token = await signed({ ...HEAD, kid: 'two' }, goodClaims());
    expect(await finds(token, ['other-key'], { keys: { jwks: { keys: [otherJwk, jwk] } }, now: NOW })).toContain(
      'keys.jwks.keys[1]',
    );
    expect(await finds(token, ['other-key'], { keys: [otherPair.publicKey, pair.publicKey], now: NOW })).toContain(
      'keys[1]',
    );
    await finds(token, ['other-key']);
  });

  it('finds a key that the verifier does not have, or does not choose, among further keys', async () => {
    const verify = createVerifier({ ...policy, keys: [pair.publicKey, otherPair.publicKey] });
    const token = await signed({ ...HEAD, kid: 'two' }, goodClaims());
    await finds(token, ['signature-mismatch'], { verifier: verify, now: NOW });
    expect(await finds(token, ['other-key'], { verifier: verify, keys: { jwk }, now: NOW })).toContain('by keys,');
    const unknown = await signed({ ...HEAD, kid: 'three' }, goodClaims());
    await finds(unknown, ['key-not-found'], { verifier: verify, now: NOW });
    await finds(unknown, ['other-key'], { verifier: verify, keys: [{ jwk: otherJwk }, { jwk }], now: NOW });
  });

  it('finds that no key is named by kid', async () => {
    const token = await signed({ ...HEAD, kid: 'three' }, goodClaims(), otherPair.privateKey);
    await finds(token, ['key-not-found'], { keys: pair.publicKey, now: NOW });
    await finds(token, ['key-not-found'], { keys: { jwks: { keys: [] } }, now: NOW });
  });

  it('finds a token of another algorithm', async () => {
    const token = rsaToken();
    expect(await finds(token, ['algorithm-mismatch'])).toBe('The header says RS256; the keys are for ES256');
    expect(await finds(token, ['algorithm-mismatch'], { keys: { jwk }, now: NOW })).toContain('for ES256');
    const untold = { kty: jwk.kty!, crv: jwk.crv!, x: jwk.x!, y: jwk.y! };
    expect(await finds(token, ['algorithm-mismatch'], { keys: { jwk: untold }, now: NOW })).toContain(
      'no key is for it',
    );
    const odd = await signed({ alg: 'canary' }, goodClaims());
    expect(await finds(odd, ['algorithm-mismatch'])).toContain('is signed by the ES256 key of the verifier');
    expect(await finds(odd, ['algorithm-mismatch'])).not.toContain('canary');
  });

  it('finds the old name of Ed25519', async () => {
    const { privateKey, publicKey } = await key('Ed25519').extractable().generate();
    const named = await key('EdDSA').private({ cryptoKey: privateKey.cryptoKey });
    const token = await sign(goodClaims() as { exp: number }, named, { clock: () => NOW });
    const message = await finds(token, ['algorithm-mismatch'], { keys: publicKey, now: NOW });
    expect(message).toBe('The header says EdDSA; it is signed by keys for Ed25519');
  });

  it('finds a source that fails', async () => {
    const failing: KeySource = {
      algorithms: ['ES256'],
      find: () => Promise.reject(new Error('offline')),
      trusts: () => false,
    };
    const down = createVerifier({ ...policy, keys: failing });
    await finds(good, ['keys-unavailable'], { verifier: down, now: NOW });
    const wrong: KeySource = { ...failing, find: () => secret };
    await finds(good, ['keys-unavailable'], { verifier: createVerifier({ ...policy, keys: wrong }), now: NOW });
  });
});

describe('keys that cannot be used', () => {
  it('says why, in the words of the library', async () => {
    const pem = await exportPem(pair.publicKey);
    const escaped = pem.replaceAll('\n', '\\n');
    expect(await finds(good, ['key-unusable'], { keys: { pem: escaped }, now: NOW })).toContain('replaceAll');
    expect(await finds(good, ['key-unusable'], { keys: { pem: 'nothing' }, now: NOW })).toContain('BEGIN');
    const encrypted = createPrivateKey(await exportPem(pair.privateKey)).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    }) as string;
    expect(await finds(good, ['key-unusable'], { keys: { pem: encrypted }, now: NOW })).toContain('openssl');
    expect(await finds(good, ['key-unusable'], { keys: { jwk: { ...jwk, use: 'enc' } }, now: NOW })).toContain('use');
    expect(await finds(good, ['key-unusable'], { keys: { jwk: '[]' }, now: NOW })).toContain('kty');
    expect(await finds(good, ['key-unusable'], { keys: { jwks: '[]' }, now: NOW })).toContain('list of keys');
    const elsewhere = { jwk: otherJwk, algorithm: 'RS256' } as const;
    expect(await finds(good, ['key-unusable'], { keys: elsewhere, now: NOW })).toContain('RSA');
  });

  it('does not blame the other keys of a set for sure', async () => {
    const keys = [{ jwk: { ...jwk, use: 'enc' } }, { jwk: { ...otherJwk, kid: 'one' } }];
    await finds(good, ['signature-mismatch', ['key-unusable', 'possible']], { keys, now: NOW });
    await finds(good, [], { keys: [{ jwk: { ...otherJwk, use: 'enc' } }, { jwk }], now: NOW });
  });

  it('finds an encryption key instead of one for signatures', () =>
    finds(good, ['algorithm-mismatch'], { keys: { jwk: { ...jwk, alg: 'ECDH-ES' } }, now: NOW }));

  it('finds a secret that is too short but right', async () => {
    const token = await hmacToken('short');
    const message = await finds(token, ['key-unusable'], { keys: { secret: 'short', algorithm: 'HS256' }, now: NOW });
    expect(message).toContain('at least 32 bytes');
  });

  it('finds an oct key whose k is not Base64url', async () => {
    const token = await hmacToken('a secret, as text, for 32 bytes or more');
    const keys = { jwk: { kty: 'oct', k: 'a secret, as text, for 32 bytes or more' } };
    expect(await finds(token, ['key-unusable'], { keys, now: NOW })).toContain('canonical Base64url');
    const none = { jwk: { kty: 'oct', alg: 'HS256' } };
    expect(await finds(token, ['key-unusable'], { keys: none, now: NOW })).toContain("'k'");
  });

  it('finds PKCS#1 and SEC 1, which others refuse', async () => {
    const likely = [['pem-not-pkcs8', 'likely']] as const;
    for (const half of ['public', 'private'] as const)
      expect(await finds(rsaToken(), likely, { keys: { pem: rsaPem(half, 'pkcs1') }, now: NOW })).toContain('PKCS#1');
    const sec1 = createPrivateKey(await exportPem(pair.privateKey)).export({ type: 'sec1', format: 'pem' }) as string;
    expect(await finds(good, likely, { keys: { pem: sec1 }, now: NOW })).toContain('SEC 1');
    const expired = await tokenWith({ exp: NOW_SECONDS - 1 });
    await finds(expired, ['expired', ['pem-not-pkcs8', 'possible']], { keys: { pem: sec1 }, now: NOW });
  });

  it('finds a key whose own time has passed', async () => {
    const expired = { jwk: { ...jwk, exp: NOW_SECONDS - 38 } };
    expect(await finds(good, [['key-expired', 'possible']], { keys: expired, now: NOW })).toContain('38 s');
    await finds(good, [], { keys: { jwk: { ...jwk, exp: NOW_SECONDS + 1 } }, now: NOW });
    await finds(good, [['key-expired', 'possible']], { keys: { jwk: { ...jwk, exp: NOW_SECONDS } }, now: NOW });
    const token = await hmacToken('a secret that is long enough for it');
    const oct = { kty: 'oct', k: base64url('a secret that is long enough for it'), exp: 5 };
    await finds(token, [['key-expired', 'possible']], { keys: { jwk: oct }, now: NOW });
  });
});

describe('secrets', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 251) & 255);
  const hex = Buffer.from(bytes).toString('hex');
  const base64 = Buffer.from(bytes).toString('base64');

  it.each([
    ['hexadecimal', hex],
    ['Base64', base64],
    ['Base64', base64.replaceAll('=', '')],
    ['Base64url', base64url(bytes)],
    ['hexadecimal', `${hex}\n`],
    ['Base64', `${base64}\n`],
  ])('finds one that must be decoded as %s', async (words, text) => {
    const keys = { secret: text, algorithm: 'HS256' } as const;
    expect(await finds(await hmacToken(bytes), ['secret-not-decoded'], { keys, now: NOW })).toMatch(
      new RegExp(`${words}$`),
    );
  });

  it.each([
    ['hexadecimal', hex],
    ['hexadecimal', hex.toUpperCase()],
    ['Base64', base64],
    ['Base64', base64.replaceAll('=', '')],
    ['Base64', base64url(bytes)],
  ])('finds one that was decoded and must not be: %s', async (words, text) => {
    const token = await hmacToken(text);
    const keys = { secret: bytes, algorithm: 'HS256' } as const;
    expect(await finds(token, ['secret-decoded'], { keys, now: NOW })).toContain(words);
    await finds(token, ['secret-decoded'], { keys: { jwk: { kty: 'oct', k: base64url(bytes) } }, now: NOW });
  });

  it('finds it in a verifier whose secret may be exported', async () => {
    const mine = await key('HS256').extractable().secret({ text: hex });
    const verify = createVerifier({ ...policy, keys: mine });
    await finds(await hmacToken(bytes), ['secret-not-decoded'], { verifier: verify, now: NOW });
    const closed = createVerifier({ ...policy, keys: await key('HS256').secret({ text: hex }) });
    await finds(await hmacToken(bytes), ['signature-mismatch'], { verifier: closed, now: NOW });
  });

  it('finds a line break at the end', async () => {
    const text = 'a secret that is long enough: for it';
    const keys = { secret: `${text}\n`, algorithm: 'HS256' } as const;
    await finds(await hmacToken(text), ['secret-white-space'], { keys, now: NOW });
  });

  it('finds another secret', async () => {
    const keys = { secret: 'not the secret of this token, but long', algorithm: 'HS256' } as const;
    await finds(await hmacToken(bytes), ['signature-mismatch'], { keys, now: NOW });
    const blank = { secret: '   ', algorithm: 'HS256' } as const;
    await finds(await hmacToken(bytes), ['key-unusable', 'signature-mismatch'], { keys: blank, now: NOW });
  });

  it('finds the text of a public key that served as one', async () => {
    const pem = rsaPem('public', 'spki');
    for (const text of [pem, pem.trim()])
      await finds(await hmacToken(text), ['signed-with-public-key'], { keys: { pem }, now: NOW });
    await finds(await hmacToken(pem), ['signed-with-public-key'], { keys: { pem: pem.trim() }, now: NOW });
    await finds(await hmacToken('another'), ['algorithm-mismatch'], { keys: { pem }, now: NOW });
  });
});

describe('the signature', () => {
  const der = (input: string, signer = pair.privateKey) =>
    exportPem(signer).then((pem) => nodeSign('sha256', Buffer.from(input), { key: pem, dsaEncoding: 'der' }));

  it('is DER instead of r‖s', async () => {
    const input = `${HEADER}.${CLAIMS}`;
    for (let i = 0; i < 8; i++) {
      const message = await finds(`${input}.${base64url(await der(input))}`, ['der-signature']);
      expect(message).toContain('converted, it is right');
    }
    const foreign = `${input}.${base64url(await der(input, otherPair.privateKey))}`;
    expect(await finds(foreign, ['der-signature', 'signature-mismatch'])).not.toContain('it is right');
  });

  it('is no DER of two numbers that fit', async () => {
    const short = [
      [0x30, 3, 2, 1, 1],
      [0x31, 6, 2, 1, 1, 2, 1, 1],
      [0x30, 6, 2, 1, 1, 4, 1, 1],
      [0x30, 6, 2, 1, 1, 2, 1, 1, 5, 0],
      [0x30, 38, 2, 33, ...Array(33).fill(1), 2, 1, 1],
    ];
    for (const bytes of short)
      await finds(`${HEADER}.${CLAIMS}.${base64url(Uint8Array.from(bytes))}`, ['signature-length']);
    const tiny = base64url(Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 1));
    await finds(`${HEADER}.${CLAIMS}.${tiny}`, ['der-signature', 'signature-mismatch']);
  });

  it('is hexadecimal text, as such or encoded', async () => {
    const text = Buffer.from(SIGNATURE, 'base64url').toString('hex');
    await finds(`${HEADER}.${CLAIMS}.${text}`, ['hex-signature']);
    await finds(`${HEADER}.${CLAIMS}.${base64url(text)}`, ['hex-signature']);
    const token = await hmacToken('short');
    const [header, payload, mac] = token.split('.') as [string, string, string];
    const hexed = `${header}.${payload}.${base64url(Buffer.from(mac, 'base64url').toString('hex'))}`;
    const keys = { secret: Buffer.from('short').toString('hex'), algorithm: 'HS256' } as const;
    await finds(hexed, ['hex-signature', 'secret-not-decoded'], { keys, now: NOW });
    const wrong = `${HEADER}.${CLAIMS}.${'ab'.repeat(64)}`;
    await finds(wrong, ['signature-mismatch', ['hex-signature', 'possible']]);
  });

  it('has a wrong length', async () => {
    const bytes = Buffer.from(SIGNATURE, 'base64url');
    expect(await finds(`${HEADER}.${CLAIMS}.${base64url(bytes.subarray(1))}`, ['signature-length'])).toBe(
      'The signature has 63 bytes; one by this key has 64',
    );
    const [header, payload] = rsaToken().split('.') as [string, string];
    const keys = { pem: rsaPem('public', 'spki') };
    const token = `${header}.${payload}.${base64url(new Uint8Array(255))}`;
    expect(await finds(token, ['signature-length'], { keys, now: NOW })).toContain('has 256');
  });

  it('is not by the key, or the token was changed', async () => {
    await finds(rawToken(HEAD, goodClaims()), ['signature-mismatch']);
    const changed = `${HEADER}.${base64url(JSON.stringify(goodClaims({ sub: 'admin' })))}.${SIGNATURE}`;
    expect(await finds(changed, ['signature-mismatch'])).toContain('(1)');
    await finds(`"${changed}"`, ['quotes', ['signature-mismatch', 'likely']]);
    const jwks = { keys: [otherJwk, jwk] };
    expect(await finds(changed, ['signature-mismatch'], { keys: { jwks }, now: NOW })).toContain('(2)');
  });
});

describe('verifiers', () => {
  it('with several keys need a kid', async () => {
    const verify = createVerifier({ ...policy, keys: [pair.publicKey, otherPair.publicKey] });
    const unnamed = await signed({ alg: 'ES256' }, goodClaims());
    expect(await finds(unnamed, ['key-not-found'], { verifier: verify, now: NOW })).toContain('names no key');
    const stranger = await signed({ alg: 'ES256', kid: 'three' }, goodClaims());
    expect(await finds(stranger, ['key-not-found'], { verifier: verify, now: NOW })).toContain('the kid of the token');
  });

  const two = [
    { ...policy, keys: pair.publicKey },
    { ...policy, keys: otherPair.publicKey, issuer: 'https://other.example.com' },
  ] as const;

  it('of several issuers choose by iss', async () => {
    const verify = createVerifier(two);
    await finds(good, [], { verifier: verify, now: NOW });
    const other = await tokenWith({ iss: 'https://other.example.com' }, otherPair.privateKey);
    expect(await finds(other, ['other-key'], { verifier: verify.policy, now: NOW })).toBeTruthy();
    const right = await signed(
      { ...HEAD, kid: 'two' },
      goodClaims({ iss: 'https://other.example.com' }),
      otherPair.privateKey,
    );
    await finds(right, [], { verifier: verify, now: NOW });
    const swapped = await signed({ ...HEAD, kid: 'two' }, goodClaims(), otherPair.privateKey);
    await finds(swapped, ['key-not-found'], { verifier: verify, now: NOW });
    const nobody = await tokenWith({ iss: undefined });
    expect(await finds(nobody, ['claim-missing'], { verifier: verify, now: NOW })).toContain('iss');
    const stranger = await tokenWith({ iss: 'https://evil.example.com', exp: NOW_SECONDS - 5 });
    await finds(stranger, ['wrong-issuer', 'expired'], { verifier: verify, now: NOW });
    await finds(await signed(HEAD, '[]'), ['not-object'], { verifier: verify, now: NOW });
  });

  it('have the last word: schema and revocation', async () => {
    const keys = pair.publicKey;
    const token = await tokenWith({ jti: 'x' });
    const revoked = { isRevoked: () => true } as never;
    const message = await finds(token, ['refused'], {
      verifier: createVerifier({ ...policy, keys, revocation: revoked }),
      now: NOW,
    });
    expect(message).toContain('ERR_JWT_REVOKED');
    const fails = {
      isRevoked() {
        throw new JwtError('ERR_JWT_REVOCATION_UNAVAILABLE', 'down');
      },
    } as never;
    await finds(token, ['refused'], { verifier: createVerifier({ ...policy, keys, revocation: fails }), now: NOW });
    const claims = {
      '~standard': { version: 1, vendor: 'x', validate: () => ({ issues: [{ message: 'canary' }] }) },
    } as never;
    const strict = createVerifier({ ...policy, keys, claims });
    expect(await finds(token, ['refused'], { verifier: strict, now: NOW })).not.toContain('canary');
    await finds(await tokenWith({ exp: NOW + 1e10 }), [['milliseconds', 'likely']], { verifier, now: NOW });
    await finds(await tokenWith({ exp: NOW + 1e10 }), ['refused', ['milliseconds', 'likely']], {
      verifier: strict,
      now: NOW,
    });
    await finds(await tokenWith({ exp: 5 }), ['expired'], { verifier: strict, now: NOW });
  });

  it('with every option are asked at the time given', async () => {
    const all = createVerifier({
      ...policy,
      keys: pair.publicKey,
      cache: { maxEntries: 2 },
      maxTokenAge: '1h',
      requiredClaims: ['role'],
      subject: 'user-42',
    });
    const later = { verifier: all, now: NOW + 800_000 };
    expect(await diagnosed(await tokenWith({ role: 'x' }), later)).toEqual({ ok: true, causes: [] });
  });

  it('keep a certificate out of it: only its key is read', async () => {
    const spki = createPublicKey(await exportPem(pair.publicKey)).export({ type: 'spki', format: 'pem' }) as string;
    await finds(good, [], { keys: { pem: `Some text before\n${spki}` }, now: NOW });
  });
});
