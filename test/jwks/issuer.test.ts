import { type IssuerOptions, issuerKeys, publishJwks } from 'jwtight/jwks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { json, type KeyServer, keyServer } from './key-server.js';
import { configError, es256, outcome, TestClock, token, verifier } from './tokens.js';

const a = await es256('a');
const setA = await publishJwks([a.publicKey]);

let server: KeyServer;
let elsewhere: KeyServer;
let clock: TestClock;
let documents: Record<string, unknown>;

beforeAll(async () => {
  server = await keyServer((request, response) => {
    const document = documents[request.url!];
    if (document === undefined) response.writeHead(404).end();
    else json(document)(request, response);
  });
  elsewhere = await keyServer(json(setA));
});
afterAll(() => Promise.all([server.stop(), elsewhere.stop()]));
beforeEach(() => {
  clock = new TestClock();
  server.requests.length = 0;
  elsewhere.requests.length = 0;
  documents = { '/keys': setA };
});

function discovered(issuer: string, options: Partial<IssuerOptions> = {}) {
  return issuerKeys(issuer, { algorithms: ['ES256'], allowLocalhost: true, clock: clock.now, ...options });
}

const metadata = (issuer: string, jwks_uri: unknown = `${server.origin}/keys`) => ({ issuer, jwks_uri });

describe('discovery', () => {
  it.each<[string, string, string[]]>([
    ['OpenID Connect', '', ['/.well-known/openid-configuration']],
    ['OpenID Connect with a path', '/tenant/1', ['/tenant/1/.well-known/openid-configuration']],
    ['OpenID Connect with a slash', '/', ['/.well-known/openid-configuration']],
    ['OpenID Connect with path and slash', '/tenant/', ['/tenant/.well-known/openid-configuration']],
    ['RFC 8414', '', ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']],
    [
      'RFC 8414 with a path',
      '/tenant/1',
      ['/tenant/1/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/tenant/1'],
    ],
    [
      'RFC 8414 with path and slash',
      '/tenant/',
      ['/tenant/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/tenant'],
    ],
  ])('finds keys by %s', async (_what, path, requests) => {
    const issuer = server.origin + path;
    documents[requests.at(-1)!] = metadata(issuer);
    const keys = discovered(issuer);
    expect(await outcome(verifier(keys, clock)(await token(a.privateKey, clock)))).toBe('ok');
    expect(server.requests).toEqual([...requests, '/keys']);
    expect(keys.settings).toMatchObject({ issuer, url: undefined, jwksHosts: [] });
  });

  it('is kept and repeated with the keys', async () => {
    documents['/.well-known/openid-configuration'] = metadata(server.origin);
    const verify = verifier(discovered(server.origin), clock);
    const kept = await token(a.privateKey, clock);
    await Promise.all(Array.from({ length: 100 }, () => verify(kept)));
    expect(server.requests).toHaveLength(2);
    documents['/.well-known/openid-configuration'] = metadata(server.origin, `${server.origin}/new`);
    documents['/new'] = { keys: [] };
    clock.pass(600);
    expect(await outcome(verify(kept))).toBe('ERR_JWT_KEY_NOT_FOUND');
    expect(server.requests).toHaveLength(4);
  });

  it.each<[string, () => unknown]>([
    ['is not there', () => undefined],
    ['is for another issuer', () => metadata('https://evil.example')],
    ['differs by a slash', () => metadata(`${server.origin}/`)],
    ['differs by case', () => metadata(server.origin.toUpperCase())],
    ['names no issuer', () => ({ jwks_uri: `${server.origin}/keys` })],
    ['names several issuers', () => ({ ...metadata(server.origin), issuer: [server.origin] })],
    ['names no keys', () => ({ issuer: server.origin })],
    ['names no URL', () => metadata(server.origin, '/keys')],
    ['names a list', () => metadata(server.origin, [`${server.origin}/keys`])],
    ['names a file', () => metadata(server.origin, 'file:///etc/passwd')],
    ['names data', () => metadata(server.origin, `data:application/json,${JSON.stringify(setA)}`)],
    ['names http elsewhere', () => metadata(server.origin, 'http://keys.example/keys')],
    ['names credentials', () => metadata(server.origin, `${server.origin.replace('//', '//user:pass@')}/keys`)],
    ['names another host', () => metadata(server.origin, elsewhere.url)],
    ['names keys that are not there', () => metadata(server.origin, `${server.origin}/gone`)],
    ['repeats a name', () => `{"issuer":"x","issuer":"${server.origin}","jwks_uri":"${server.origin}/keys"}`],
  ])('fails when the document %s', async (_what, document) => {
    documents['/.well-known/openid-configuration'] = document();
    const keys = discovered(server.origin);
    expect(await outcome(verifier(keys, clock)(await token(a.privateKey, clock)))).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    expect(elsewhere.requests).toEqual([]);
    expect(keys.status().error?.message).not.toMatch(/127\.0\.0\.1|example|pass/);
  });

  it('tells what is wrong with the first document, not that there is no second', async () => {
    documents['/.well-known/openid-configuration'] = metadata('https://evil.example');
    const keys = discovered(server.origin);
    await outcome(keys.refresh());
    expect(keys.status().error?.message).toContain('exactly this issuer');
  });

  it('allows the hosts it is told', async () => {
    documents['/.well-known/openid-configuration'] = metadata(server.origin, elsewhere.url);
    const { host } = new URL(elsewhere.origin);
    expect(await outcome(discovered(server.origin, { jwksHosts: [host] }).refresh())).toBe('ok');
    expect(elsewhere.requests).toHaveLength(1);
    expect(await outcome(discovered(server.origin, { jwksHosts: [`x${host}`] }).refresh())).toBe(
      'ERR_JWT_KEYS_UNAVAILABLE',
    );
    expect(await outcome(discovered(server.origin, { jwksHosts: ['127.0.0.1'] }).refresh())).toBe(
      'ERR_JWT_KEYS_UNAVAILABLE',
    );
  });

  it('is one attempt, with one timeout', async () => {
    const handle = server.handle;
    server.handle = () => {};
    const keys = discovered(server.origin, { timeout: 0.05 });
    expect(await outcome(keys.refresh())).toBe('ERR_JWT_KEYS_UNAVAILABLE');
    server.handle = handle;
    expect(server.requests).toEqual(['/.well-known/openid-configuration']);
  });

  it('can share what it found', async () => {
    documents['/.well-known/openid-configuration'] = metadata(server.origin);
    const entries = new Map<string, string>();
    const cache = {
      get: (name: string) => entries.get(name),
      set: (name: string, text: string) => entries.set(name, text),
    };
    for (let i = 0; i < 2; i++)
      await verifier(discovered(server.origin, { cache }), clock)(await token(a.privateKey, clock));
    expect(server.requests).toHaveLength(2);
    expect([...entries.keys()]).toEqual([`jwtight:issuer:${server.origin}`]);
  });
});

describe('the issuer', () => {
  it.each([
    'http://auth.example.com',
    'auth.example.com',
    'https://user@auth.example.com',
    'https://:pass@auth.example.com',
    'https://auth.example.com?tenant=1',
    'https://auth.example.com/#a',
    'https://auth.example.com?',
    'ftp://auth.example.com',
    '',
    undefined,
    null,
    new URL('https://auth.example.com'),
  ])('cannot be %s', async (issuer) => {
    await configError(() => discovered(issuer as string));
  });

  it.each([[[]], ['www.googleapis.com'], [['']], [[5]], [undefined], [null]])(
    'cannot have %j as jwksHosts',
    async (jwksHosts) => {
      await configError(() => discovered('https://auth.example.com', { jwksHosts } as never));
    },
  );

  it.each([undefined, null, [], 'x'])('cannot have %j as options', async (options) => {
    await configError(() => issuerKeys('https://auth.example.com', options as never));
  });

  it('is not on this machine unless that is asked for', async () => {
    await configError(() => discovered(server.origin, { allowLocalhost: false }));
  });
});
