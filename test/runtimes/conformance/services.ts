// What stands around the verifier: key sets over HTTP, revocation, refresh tokens, requests and responses.
import { claims, createVerifier, key, sign } from 'jwtight';
import { challenge, readBearer, readTokenCookie, tokenCookie } from 'jwtight/http';
import { localJwks, remoteJwks } from 'jwtight/jwks';
import { createRefreshTokens, memoryRefreshStore } from 'jwtight/refresh';
import { memoryRevocations } from 'jwtight/revocation';
import { type Check, equal, fails } from './check.js';
import { FOREIGN_KEY, SERVED_KEY } from './served-keys.js';

const audience = 'a';

/** Not the platform's Headers, of which pages may not set every one. */
function headers(values: Readonly<Record<string, string>>): { get(name: string): string | null } {
  return { get: (name) => values[name] ?? null };
}

/** The checks against a key server that the runner has started at this address. */
export function jwksChecks(server: string): readonly Check[] {
  const issuer = 'i';
  const token = async (jwk: object, id = 'served') => {
    const signing = await key('ES256')
      .id(id)
      .private({ jwk: jwk as never });
    return sign(claims().issuer(issuer).audience(audience).expiresIn('1m'), signing);
  };
  const source = (path: string, more: object = {}) =>
    remoteJwks(`${server}${path}`, { algorithms: ['ES256'], allowLocalhost: true, timeout: 10, ...more });
  return [
    {
      feature: 'jwks',
      name: 'a set over HTTP',
      async run() {
        const verify = createVerifier({ keys: source('jwks.json'), issuer, audience });
        equal((await verify(await token(SERVED_KEY))).claims.iss, issuer);
        const results = await Promise.all(Array.from({ length: 20 }, async () => verify(await token(SERVED_KEY))));
        equal(results.length, 20);
        await fails('ERR_JWT_SIGNATURE', async () => verify(await token(FOREIGN_KEY)));
        await fails('ERR_JWT_KEY_NOT_FOUND', async () => verify(await token(FOREIGN_KEY, 'unknown')));
      },
    },
    {
      feature: 'jwks',
      name: 'a server that redirects, fails, or sends something else',
      async run() {
        for (const path of ['redirect', 'error', 'text', 'missing']) {
          const verify = createVerifier({ keys: source(path), issuer, audience });
          await fails('ERR_JWT_KEYS_UNAVAILABLE', async () => verify(await token(SERVED_KEY)));
        }
      },
    },
    {
      feature: 'jwks',
      name: 'a body that is too long, and one that never ends',
      async run() {
        const long = createVerifier({ keys: source('jwks.json', { maxBytes: 100 }), issuer, audience });
        await fails('ERR_JWT_KEYS_UNAVAILABLE', async () => long(await token(SERVED_KEY)));
        const endless = createVerifier({ keys: source('endless', { timeout: 0.3 }), issuer, audience });
        await fails('ERR_JWT_KEYS_UNAVAILABLE', async () => endless(await token(SERVED_KEY)));
      },
    },
    {
      feature: 'jwks',
      name: 'a set at hand',
      async run() {
        const { d: _, ...jwk } = SERVED_KEY;
        const keys = await localJwks({ keys: [{ ...jwk, kid: 'served' }] } as never, { algorithms: ['ES256'] });
        const verify = createVerifier({ keys, issuer, audience });
        equal((await verify(await token(SERVED_KEY))).key.id, 'served');
      },
    },
  ];
}

export const serviceChecks: readonly Check[] = [
  {
    feature: 'revocation',
    name: 'in memory',
    async run() {
      const keys = await key('HS256').generate();
      const revocation = memoryRevocations();
      const verify = createVerifier({ keys, issuer: 'i', audience, revocation });
      const template = claims().issuer('i').audience(audience).id().expiresIn('15m');
      const [one, two] = [await sign(template, keys), await sign(template, keys)];
      await revocation.revoke((await verify(one)).claims);
      await fails('ERR_JWT_REVOKED', () => verify(one));
      equal((await verify(two)).claims.iss, 'i');
    },
  },
  {
    feature: 'refresh',
    name: 'rotation, and reuse that ends the session',
    async run() {
      const sessions = createRefreshTokens({ store: memoryRefreshStore(), idleTimeout: '1d', absoluteTimeout: '9d' });
      const { token } = await sessions.issue('user', { scope: 'x' });
      const next = await sessions.rotate(token);
      equal([next.subject, next.data], ['user', { scope: 'x' }]);
      await fails('ERR_JWT_REVOKED', () => sessions.rotate(token));
      await fails('ERR_JWT_REVOKED', () => sessions.rotate(next.token));
      await fails('ERR_JWT_MALFORMED', () => sessions.rotate('x'));
    },
  },
  {
    feature: 'http',
    name: 'bearer tokens, cookies, challenges',
    async run() {
      const token = 'eyJhbGciOiJFZERTQSJ9.e30.c2ln';
      equal(readBearer(headers({ authorization: `Bearer ${token}` })), token);
      equal(readBearer(new Headers()), undefined);
      await fails('ERR_JWT_MALFORMED', () => readBearer(headers({ authorization: 'Bearer a b' })));
      const cookie = tokenCookie(token, { maxAge: '15m' });
      equal(readTokenCookie(headers({ cookie: cookie.split(';')[0]! })), token);
      equal([challenge().status, challenge().headers['WWW-Authenticate']], [401, 'Bearer realm="api"']);
    },
  },
];
