import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { exportPem, type Jwk, key, supportedAlgorithms, thumbprint } from 'jwtight';
import { localJwks } from 'jwtight/jwks';
import { describe, expect, it } from 'vitest';
import { oneLine, workplace } from '../run.js';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('keygen', () => {
  it.each(['ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA', 'PS256'] as const)(
    'makes a pair for %s',
    async (algorithm) => {
      const { run } = workplace();
      const { code, out, err } = await run(['keygen', algorithm]);
      expect(code).toBe(0);
      expect(err).toBe('');
      const jwk = JSON.parse(out) as Jwk;
      const privateKey = await key(algorithm).extractable().private({ jwk });
      expect(jwk.alg).toBe(algorithm);
      expect(jwk.kid).toBe(await thumbprint(privateKey));
    },
  );

  it('makes keys of all algorithms there are', async () => {
    const { run } = workplace();
    for (const algorithm of await supportedAlgorithms()) {
      if (/^[RP]S/.test(algorithm)) continue; // they take their time
      const { out } = await run(['keygen', algorithm]);
      expect(JSON.parse(out).alg).toBe(algorithm);
    }
  });

  it('makes a secret as long as the hash, without an id: a thumbprint would be a hash of it', async () => {
    const { run } = workplace();
    const { out } = await run(['keygen', 'HS512']);
    const jwk = JSON.parse(out);
    expect(Buffer.from(jwk.k, 'base64url')).toHaveLength(64);
    expect(jwk).toEqual({ kty: 'oct', k: jwk.k, alg: 'HS512', use: 'sig' });
    expect(JSON.parse((await run(['keygen', 'HS256', '--kid', 'a'])).out).kid).toBe('a');
  });

  it('names the key as asked', async () => {
    expect(JSON.parse((await workplace().run(['keygen', 'ES256', '--kid', '2026-11'])).out).kid).toBe('2026-11');
  });

  it('makes RSA keys of the size asked for', async () => {
    const { out } = await workplace().run(['keygen', 'RS256', '--bits', '2048']);
    expect(Buffer.from(JSON.parse(out).n, 'base64url')).toHaveLength(256);
  });

  it('writes files of its own: the private one for its owner only', async () => {
    const { run, read, folder } = workplace();
    const before = process.umask(0);
    try {
      const { code, out, err } = await run(['keygen', 'ES256', '--out', 'private.jwk', '--public-out', 'public.jwk']);
      const jwk = JSON.parse(read('private.jwk'));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toBe(`ES256 ${jwk.kid}: wrote private.jwk, which only you may read\npublic key: wrote public.jwk\n`);
      expect(mode(join(folder, 'private.jwk'))).toBe('600');
      expect(mode(join(folder, 'public.jwk'))).toBe('644');
      const { d, ...publicHalf } = jwk;
      expect(d).toHaveLength(43);
      expect(JSON.parse(read('public.jwk'))).toEqual(publicHalf);
    } finally {
      process.umask(before);
    }
  });

  it('gives the owner the file whatever the umask', async () => {
    const { run, folder } = workplace();
    const before = process.umask(0o277);
    try {
      expect((await run(['keygen', 'HS256', '--out', 'secret'])).code).toBe(0);
      expect(mode(join(folder, 'secret'))).toBe('600');
    } finally {
      process.umask(before);
    }
  });

  it('replaces no file, unless forced, and then with one of its own', async () => {
    const { run, write, read, folder } = workplace();
    write('private.jwk', 'precious');
    chmodSync(join(folder, 'private.jwk'), 0o644);
    const refused = await run(['keygen', 'ES256', '--out', 'private.jwk']);
    expect(refused.code).toBe(3);
    expect(refused.err).toBe('jwtight: --out: the file is there already: choose another name, or pass --force\n');
    expect(read('private.jwk')).toBe('precious');
    expect((await run(['keygen', 'ES256', '--out', 'private.jwk', '--force'])).code).toBe(0);
    expect(JSON.parse(read('private.jwk')).kty).toBe('EC');
    expect(mode(join(folder, 'private.jwk'))).toBe('600');
    expect((await run(['keygen', 'ES256', '--out', 'new.jwk', '--force'])).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['new.jwk', 'private.jwk']);
  });

  it('writes neither file where one of them is there', async () => {
    const { run, write, folder } = workplace();
    write('public.jwk', 'precious');
    const { code, err } = await run(['keygen', 'ES256', '--out', 'private.jwk', '--public-out', 'public.jwk']);
    expect(code).toBe(3);
    expect(err).toContain('--public-out: the file is there already');
    expect(readdirSync(folder)).toEqual(['public.jwk']);
  });

  it('follows no link and replaces no folder', async () => {
    const { run, write, read, folder } = workplace();
    write('target', 'precious');
    symlinkSync(join(folder, 'target'), join(folder, 'link'));
    mkdirSync(join(folder, 'folder'));
    for (const words of [
      ['link'],
      ['link', '--force'],
      ['folder'],
      ['folder', '--force'],
      ['no/where'],
      ['target/x'],
    ]) {
      const { code, err } = await run(['keygen', 'HS256', '--out', ...words]);
      expect(code).toBe(3);
      expect(oneLine(err)).toBe(true);
    }
    expect(read('target')).toBe('precious');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  it('leaves nothing half written', async () => {
    const { run } = workplace();
    const { code, err } = await run(['keygen', 'HS256', '--out', '/dev/full']);
    expect(code).toBe(3);
    expect(err).toContain('--out');
    expect(existsSync('/dev/full')).toBe(true);
  });

  it('writes PEM, both halves', async () => {
    const { run, read } = workplace();
    expect(
      (await run(['keygen', 'ES256', '--format', 'pem', '--out', 'private.pem', '--public-out', 'public.pem'])).code,
    ).toBe(0);
    const privateKey = await key('ES256')
      .extractable()
      .private({ pem: read('private.pem') });
    const publicKey = await key('ES256').public({ pem: read('public.pem') });
    expect(await thumbprint(publicKey)).toBe(await thumbprint(privateKey));
    expect(read('private.pem')).toBe(await exportPem(privateKey));
  });

  it('writes a key set to publish', async () => {
    const { run, read } = workplace();
    await run(['keygen', 'ES256', '--out', 'private.jwk', '--public-out', 'jwks.json', '--public-format', 'jwks']);
    expect((await localJwks(read('jwks.json'), { algorithms: ['ES256'] })).status()).toEqual({ keys: 1, skipped: [] });
    expect(read('jwks.json')).not.toContain('"d"');
  });

  it('writes variables: a secret as text, keys as JWK that nothing has to be escaped for', async () => {
    const { run } = workplace();
    const secret = await run(['keygen', 'HS256', '--format', 'env']);
    expect(secret.out).toMatch(/^JWT_SECRET=[\w-]{43}\n$/);
    const hex = await run(['keygen', 'HS256', '--format', 'env', '--secret-encoding', 'hex', '--prefix', 'AUTH']);
    expect(hex.out).toMatch(/^AUTH_SECRET=[\da-f]{64}\n$/);
    const { out } = await run(['keygen', 'ES256', '--format', 'env', '--kid', `it's "ü"`]);
    const [, privateJwk, publicJwk] = /^JWT_PRIVATE_KEY='([^']+)'\nJWT_PUBLIC_KEY='([^']+)'\n$/.exec(out)!;
    expect(JSON.parse(privateJwk!)).toMatchObject({ kty: 'EC', kid: `it's "ü"` });
    expect(JSON.parse(publicJwk!)).not.toHaveProperty('d');
  });

  it('writes a Secret for Kubernetes', async () => {
    const { run } = workplace();
    expect((await run(['keygen', 'HS256', '--format', 'k8s'])).out).toMatch(
      /^apiVersion: v1\nkind: Secret\nmetadata:\n {2}name: jwt-key\ntype: Opaque\nstringData:\n {2}JWT_SECRET: '[\w-]{43}'\n$/,
    );
    const { out } = await run(['keygen', 'Ed25519', '--format', 'k8s', '--name', 'auth.key-1', '--prefix', 'A']);
    expect(out).toMatch(/\n {2}name: auth\.key-1\n/);
    expect(out).toMatch(/\n {2}A_PRIVATE_KEY: '\{"kty":"OKP".*\}'\n {2}A_PUBLIC_KEY: '\{.*\}'\n$/);
  });

  it('writes a secret alone', async () => {
    const { out } = await workplace().run(['keygen', 'HS384', '--format', 'text', '--secret-encoding', 'base64']);
    expect(out).toMatch(/^[A-Za-z\d+/]{64}\n$/);
  });

  it('says at a terminal, and only there, that the screen is no place for it', async () => {
    const { run } = workplace();
    expect((await run(['keygen', 'HS256'])).err).toBe('');
    expect((await run(['keygen', 'HS256'], { terminal: true })).err).toContain('--out FILE');
    expect((await run(['keygen', 'HS256', '--out', 'secret'], { terminal: true })).err).toBe('');
  });

  it('prints JSON: the key where it went to no file', async () => {
    const { run } = workplace();
    const printed = JSON.parse((await run(['keygen', 'ES256', '--json'])).out);
    expect(printed).toMatchObject({ algorithm: 'ES256', kid: printed.key.kid, publicKey: { kty: 'EC' } });
    expect(printed.key.d).toHaveLength(43);
    const pem = JSON.parse((await run(['keygen', 'ES256', '--json', '--format', 'pem'])).out);
    expect(pem.key).toContain('BEGIN PRIVATE KEY');
    const filed = await run(['keygen', 'ES256', '--json', '--out', 'a', '--public-out', 'b']);
    expect(JSON.parse(filed.out)).toMatchObject({ out: 'a', publicOut: 'b' });
    expect(JSON.parse(filed.out)).not.toHaveProperty('key');
    expect(JSON.parse((await run(['keygen', 'HS256', '--json'])).out)).not.toHaveProperty('publicKey');
  });

  it('prints the private key alone when only the public one goes to a file', async () => {
    const { run, read } = workplace();
    const { out } = await run(['keygen', 'ES256', '--public-out', 'public.jwk']);
    expect(JSON.parse(out).kid).toBe(JSON.parse(read('public.jwk')).kid);
  });

  const mistakes: [words: string[], expected: string][] = [
    [[], 'jwtight keygen ES256'],
    [['ES256', 'ES384'], 'one key at a time'],
    [['es256'], 'no such algorithm'],
    [['ES265'], 'did you mean ES256?'],
    [['none'], 'no such algorithm'],
    [['__proto__'], 'no such algorithm'],
    [['HS256', '--format', 'pem'], 'a secret has no PEM form'],
    [['ES256', '--format', 'text'], 'a key pair has no plain text'],
    [['ES256', '--format', 'yaml'], '--format takes one of jwk, pem, env, k8s, text'],
    [['HS256', '--public-out', 'x'], 'no public half'],
    [['HS256', '--format', 'env', '--prefix', 'A B'], '--prefix takes letters'],
    [['HS256', '--format', 'k8s', '--name', 'A\nb'], '--name takes small letters'],
    [['RS256', '--bits', '1024'], 'modulus length'],
    [['RS256', '--bits', 'many'], 'modulus length'],
    [['ES256', '--bits', '2048'], '--bits goes with an RSA key only'],
    [['HS256', '--bits', '512'], '--bits goes with an RSA key only'],
    [['ES256', '--secret-encoding', 'hex'], '--secret-encoding goes with a secret'],
    [['HS256', '--secret-encoding', 'hex'], '--secret-encoding goes with a secret'],
    [['HS256', '--prefix', 'A'], '--prefix goes with'],
    [['HS256', '--format', 'env', '--name', 'a'], '--name goes with'],
    [['ES256', '--public-format', 'jwks'], '--public-format goes with --public-out only'],
    [['ES256', '--out', '-'], '--out needs the name of a file; without it, standard output is used'],
    [['ES256', '--public-out', ''], '--public-out needs the name of a file'],
    [['ES256', '--kid', ''], 'key id must be a non-empty string'],
  ];
  it.each(mistakes)('refuses %j', async (words, expected) => {
    const { code, out, err } = await workplace().run(['keygen', ...words]);
    expect(err).toContain(expected);
    expect(oneLine(err)).toBe(true);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
